"""A text cut into clauses: at sentence ends, commas, before "but", where "and" joins acts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from studio.director.house.commands import substantial
from studio.director.house.lexicon import covers, is_mark
from studio.director.house.scope import Scope
from studio.director.house.selections import Selector
from studio.director.house.tokens import Token, Tokens
from studio.director.house.words import (
    acts,
    approval,
    changes,
    doubt,
    joints,
    orders,
    settings,
    units,
)

_SENTENCE_ENDS = frozenset(".!?;\n")
_QUESTION = "?"
_AHEAD = 40
"""How many tokens are looked at around a joint: acts are short, and texts may be long."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Some tokens in a row. ``asked``: its sentence ends in a question mark."""

    tokens: Tokens
    sentence: int
    asked: bool


@dataclass(slots=True)
class _Sentence:
    tokens: list[Token] = field(default_factory=list)
    asked: bool = False


def clauses(tokens: Tokens, scope: Scope) -> tuple[Clause, ...]:
    """The clauses of a text, in order; none is empty."""
    found = []
    for number, sentence in enumerate(_sentences(tokens)):
        for part in _parts(tuple(sentence.tokens), scope):
            found.append(Clause(part, number, sentence.asked))
    return tuple(found)


def _sentences(tokens: Tokens) -> Iterator[_Sentence]:
    sentence = _Sentence()
    for index, token in enumerate(tokens):
        alone = token.kind == "emoji" or token.norm == "…"
        ends = is_mark(token) and token.norm in _SENTENCE_ENDS and not _abbreviates(tokens, index)
        if not ends and not alone:
            sentence.tokens.append(token)
            continue
        sentence.asked = token.norm == _QUESTION
        if sentence.tokens:
            yield sentence
            sentence = _Sentence()
        if alone:
            yield _Sentence([token])
    if sentence.tokens:
        yield sentence


def _abbreviates(tokens: Tokens, index: int) -> bool:
    """The full stop of ``no. 5``."""
    return (
        tokens[index].norm == "."
        and 0 < index < len(tokens) - 1
        and tokens[index - 1].norm in ("no", "nr", "num")
        and tokens[index + 1].kind == "number"
    )


def _parts(tokens: Tokens, scope: Scope) -> Iterator[Tokens]:
    """Split one sentence."""
    whole, targets = _selected(tokens, scope)
    start = index = 0
    while index < len(tokens):
        skip = 0
        if index not in whole and index > start:
            targeted = any(start <= target < index for target in targets)
            skip = _joint(tokens, start, index, scope, targeted=targeted)
        if skip < 0:  # a new clause begins with this very token
            yield tokens[start:index]
            start = index
        elif skip:
            yield tokens[start:index]
            start = index = index + skip
            continue
        index += 1
    if start < len(tokens):
        yield tokens[start:]


def _selected(tokens: Tokens, scope: Scope) -> tuple[frozenset[int], list[int]]:
    """The places inside selections and set phrases, where nothing is split; where targets begin."""
    targets = []
    inside: set[int] = set()
    for lexicon in (approval.GO, approval.VERDICT):
        for start, _, length in lexicon.all(tokens):
            inside.update(range(start + 1, start + length))
    selector = Selector(tokens, scope)
    index = 0
    while index < len(tokens):
        found = selector.at(index) or selector.bare(index)
        if found is None:
            index += 1
            continue
        targets.append(found.start)
        inside.update(range(found.start + 1, found.end))
        index = max(found.end, index + 1)
    return frozenset(inside), targets


def _joint(tokens: Tokens, start: int, index: int, scope: Scope, *, targeted: bool) -> int:
    """How many tokens join two clauses here; -1 where a new one begins without any, 0 if none."""
    token = tokens[index]
    if is_mark(token) and token.norm in (",", "(", ")"):
        return 1
    if is_mark(token) and token.norm == "-":
        return 0 if targeted and _only_target(tokens[start:index], scope) else 1
    if reserves(tokens, index):
        return -1
    length = joints.JOIN.length(tokens, index)
    left = tokens[max(start, index - _AHEAD) : index]
    if (
        length
        and token.norm == "en"
        and covers(left, settings.AROUND_SETTINGS, settings.RESIZE_VERB)
    ):
        length = 0  # "in", not "and"
    if length and begins_act(tokens[index + length :], scope):
        return length
    if length and _after_command(tokens[start:index], tokens[index + length :], scope):
        return length
    if targeted and (
        _names_with_colon(tokens, index, scope) or _turns(tokens, start, index, scope)
    ):
        return -1
    if not targeted and joints.WITH.length(tokens, index):
        return _settings_follow(tokens, start, index, scope)
    return 0


def _after_command(left: Tokens, right: Tokens, scope: Scope) -> bool:
    """``9:16 and brighter in frame 2``: a whole command, and then a wish with a target."""
    if len(left) > _AHEAD or not substantial(left, scope):
        return False
    return Selector(right[:_AHEAD], scope).find() is not None


def _only_target(tokens: Tokens, scope: Scope) -> bool:
    found = Selector(tokens, scope).find()
    return found is not None and found.end == len(tokens)


def _names_with_colon(tokens: Tokens, index: int, scope: Scope) -> bool:
    """``Frame 4:`` in the middle of a sentence that already has a target."""
    near = tokens[index : index + _AHEAD]
    found = Selector(near, scope).at(0)
    named = found is not None and found.end < len(near)
    return bool(found and named and near[found.end].norm == ":")


def _turns(tokens: Tokens, start: int, index: int, scope: Scope) -> bool:
    """``keep 1-3 | redo 4``, ``1 2 good | 3 again``: what is said of the ones is done with."""
    near = tokens[index : index + _AHEAD]
    length = max(
        lexicon.length(near, 0) for lexicon in (acts.REDO, changes.JUST_CHANGE, orders.KEEP)
    )
    if length and Selector(near[length:], scope).at_start():
        return True
    said = tokens[max(start, index - _AHEAD) : index]
    judged = (approval.VERDICT, changes.LEAVE, acts.REDO)
    ends = any(lexicon.strip_end(said) != said for lexicon in judged)
    return ends and Selector(near, scope).at_start()


def _settings_follow(tokens: Tokens, start: int, index: int, scope: Scope) -> int:
    """``continue with 1.5x``: split only where both sides are commands in their own right."""
    left, right = tokens[start:index], tokens[index : index + _AHEAD]
    if len(left) > _AHEAD:
        return 0
    both = substantial(left, scope) and substantial(_until_join(right), scope)
    return -1 if both else 0


def reserves(tokens: Tokens, index: int) -> bool:
    """Whether a reservation ("but", "except") begins here."""
    if not doubt.CONTRAST.length(tokens, index):
        return False
    if index and tokens[index - 1].norm in joints.NOT_BEFORE_CONTRAST:
        return False
    word, after = tokens[index].norm, tokens[index + 1].norm if index + 1 < len(tokens) else ""
    only_before = joints.CONTRAST_ONLY_BEFORE.get(word)
    if only_before is None:
        return True
    accented = word == "mas" and "á" in tokens[index].text.casefold()
    return not accented and (after in only_before or is_mark_before(tokens, index))


def is_mark_before(tokens: Tokens, index: int) -> bool:
    """Whether punctuation stands right before ``index``."""
    return index > 0 and is_mark(tokens[index - 1])


def begins_act(tokens: Tokens, scope: Scope) -> bool:
    """Whether the rest of a sentence begins with an act of its own."""
    rest = changes.POLITE.strip(tokens[:_AHEAD])
    part = _until_join(rest)
    if not part:
        return False
    if substantial(part, scope) or _whole_act(part):
        return True
    for lexicon in (None, changes.HEAD, acts.REDO, units.BEFORE_TARGET):
        length = lexicon.length(rest, 0) if lexicon else 0
        if (lexicon is None or length) and Selector(rest, scope).at(length) is not None:
            return True
    return False


def _whole_act(tokens: Tokens) -> bool:
    whole = acts.CANCEL.length(tokens, 0) or acts.RETRY.length(tokens, 0)
    return whole == len(tokens) or approval.GO.length(tokens, 0) == len(tokens)


def _until_join(tokens: Tokens) -> Tokens:
    for index, token in enumerate(tokens):
        if index and (joints.JOIN.length(tokens, index) or token.norm in (",", "(", ")")):
            return tokens[:index]
    return tokens
