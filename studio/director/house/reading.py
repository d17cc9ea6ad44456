"""One clause, read: what kind of thing it says. Doubt comes before commands, commands before free
words, and what none of the readers knows stays unknown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from studio.director.house import judgement
from studio.director.house.acting import read_act
from studio.director.house.clauses import Clause, reserves
from studio.director.house.lexicon import Lexicon, covers, is_mark
from studio.director.house.orders import orders, trimmed
from studio.director.house.results import Item, Kind
from studio.director.house.scope import Scope, Unit
from studio.director.house.selections import Selection, select
from studio.director.house.takes import read_take
from studio.director.house.targets import read_target
from studio.director.house.tokens import Tokens
from studio.director.house.words import acts, approval, changes, doubt, joints, settings, units
from studio.director.house.words import orders as orders_words
from studio.stages import Stage


def read_all(found: tuple[Clause, ...], scope: Scope) -> tuple[Item, ...]:
    """What the clauses say, one item each. A polite request holds to the end of its sentence."""
    items: list[Item] = []
    requested_in = -1
    for clause in found:
        items.append(read(clause, scope, requested=requested_in == clause.sentence))
        core = _core(clause.tokens)
        if _wished(core) != core:
            requested_in = clause.sentence
    return tuple(items)


def read(clause: Clause, scope: Scope, *, requested: bool) -> Item:
    """What ``clause`` says. ``requested``: a polite request began earlier in the sentence."""
    if doubt.SARCASM.within(clause.tokens):
        return Item(Kind.SARCASM, clause.tokens, sentence=clause.sentence)
    if orders_words.THANKS.within(clause.tokens):
        return Item(Kind.NICETY, clause.tokens, sentence=clause.sentence)
    core = _core(clause.tokens)
    asked = _asks(clause, core, requested=requested)
    if asked is Kind.QUESTION:
        return Item(Kind.QUESTION, clause.tokens, sentence=clause.sentence)
    if asked is Kind.CHANGE:
        core = _wished(core)
        if changes.DEGREE.length(core, 0) and orders_words.TOO.length(core, 0):
            return Item(Kind.QUESTION, clause.tokens, sentence=clause.sentence)
    if not core:
        return replace(_courtesy(clause.tokens, scope), sentence=clause.sentence)
    tokens = core
    found = next((item for item in (reader(tokens, scope) for reader in _READERS) if item), None)
    hesitant = doubt.HESITATION.within(clause.tokens)
    item = found or Item(Kind.HESITATION if hesitant else Kind.UNKNOWN, tokens)
    maybe = doubt.MAYBE.within(core if asked else clause.tokens)
    later = maybe or orders_words.LATER.within(clause.tokens)
    if later and item.kind in (Kind.CHANGE, Kind.REDO, Kind.DECIDE, Kind.GO):
        item = Item(Kind.HESITATION, tokens)
    if asked is Kind.CHANGE and item.kind in (Kind.UNKNOWN, Kind.VERDICT, Kind.NICETY):
        item = Item(Kind.QUESTION, tokens)
    return replace(item, sentence=clause.sentence)


def _core(tokens: Tokens) -> Tokens:
    """The clause without what connects it to the one before."""
    core = tokens
    while core:
        courtesy = changes.POLITE.length(core, 0) or is_mark(core[0])
        courtesy = courtesy or (doubt.CONTRAST.length(core, 0) if reserves(core, 0) else 0)
        if not courtesy or any(lexicon.length(core, 0) > courtesy for lexicon in _LONGER):
            return core
        core = core[courtesy:]
    return core


_LONGER = (
    approval.VERDICT,
    acts.REDO,
    acts.RETRY,
    approval.GO,
    doubt.REFUSAL,
    doubt.NEGATION,
    doubt.REQUEST,
)
"""Phrases that begin with what is elsewhere mere courtesy: ``noch einmal``, ``noch nicht``."""


def _courtesy(tokens: Tokens, scope: Scope) -> Item:
    """A clause of nothing but courtesy: an ``ok`` approves all the same, and ``hmm`` hesitates."""
    if doubt.HESITATION.within(tokens):
        return Item(Kind.HESITATION, tokens)
    return read_act(tokens, scope) or Item(Kind.NOTHING, tokens)


def _asks(clause: Clause, core: Tokens, *, requested: bool) -> Kind | None:
    """``QUESTION``, or ``CHANGE`` for a wish in the form of a question, or ``None``."""
    if doubt.ASKING.length(core, 0):
        return Kind.QUESTION
    if _wished(core) != core:
        after = doubt.ASKS_AFTER_REQUEST.length(_wished(core), 0)
        return Kind.QUESTION if after else Kind.CHANGE
    if _interrogates(core) and (clause.asked or not conditional(core)):
        return Kind.QUESTION
    if not clause.asked or requested:
        return None
    courteous = changes.PLEASE.within(clause.tokens) and len(clause.tokens) > 1
    return None if courteous else Kind.QUESTION


def _interrogates(core: Tokens) -> bool:
    """Whether it begins as a question does; Spanish ``que`` without its accent wishes."""
    length = doubt.INTERROGATIVE.length(core, 0)
    return bool(length) and not (length == 1 and core[0].text.casefold() == "que")


def _wished(core: Tokens) -> Tokens:
    """What is wished for, without the polite opening; the whole where there is none."""
    having = doubt.REQUEST_OF.length(core, 0)
    length = having - 1 if having else doubt.REQUEST.length(core, 0)
    if not length and core and core[0].norm in doubt.MAY:
        asked = doubt.INTERROGATIVE.length(core, 0)
        length = 1 if not asked and judgement.directs(core[1:]) else 0
    return changes.POLITE.strip(core[length:]) if length else core


def _stopped(tokens: Tokens, scope: Scope) -> Item | None:
    """Doubt, conditions, hesitation, a plain no: whatever speaks against acting."""
    if covers(tokens, changes.OPENER):
        return Item(Kind.NOTHING, tokens)
    unsure = doubt.NEGATION.within(tokens) and doubt.SURE.within(tokens)
    if doubt.STRONG_DOUBT.within(tokens) or (unsure and not judgement.directs(tokens)):
        return Item(Kind.DOUBT, tokens)
    if conditional(tokens):
        return Item(Kind.CONDITION, tokens)
    if doubt.REFUSAL.within(tokens) and covers(tokens, doubt.REFUSAL, *_AROUND_NO):
        return Item(Kind.NEGATION, tokens)
    if doubt.HESITATION.within(tokens) and covers(tokens, doubt.HESITATION, *_AROUND_NO):
        return Item(Kind.HESITATION, tokens)
    return None


def conditional(tokens: Tokens) -> bool:
    """Whether something is tied to something else; courtesy and comparison are not."""
    index = 0
    while index < len(tokens):
        polite = doubt.POLITE_CONDITION.length(tokens, index)
        if not polite and doubt.CONDITION.length(tokens, index):
            return True
        index += polite or 1
    first = (
        0 if doubt.POLITE_CONDITION.length(tokens, 0) else doubt.CONDITION_FIRST.length(tokens, 0)
    )
    accented = bool(tokens) and tokens[0].text.casefold() in ("sí", "sì")
    go = approval.GO.length(tokens, 0)
    if go and doubt.CONDITION_FIRST.length(tokens, go):
        return True
    again = acts.RETRY.length(tokens, 0) or acts.REDO.length(tokens, 0)
    if again > first:
        return False
    return bool(first) and len(tokens) > 2 and not accented


def _negated(tokens: Tokens, scope: Scope) -> Item | None:
    """``don't continue``, ``nicht weiter``, ``no``."""
    if not doubt.NEGATION.within(tokens):
        return None
    known: tuple[Lexicon, ...] = (doubt.NEGATION, doubt.HESITATION, acts.CANCEL, acts.RETRY)
    if covers(tokens, *known, *_AROUND_NO, changes.AROUND_NO, settings.RESIZE_VERB):
        return Item(Kind.NEGATION, tokens)
    return None


_AROUND_NO = (
    approval.GO,
    approval.VERDICT,
    approval.NICETY,
    approval.AROUND_APPROVAL,
    units.STAGE,
    doubt.HESITATION,
)


def _numbered(tokens: Tokens, scope: Scope) -> Item | None:
    selection = select(tokens, scope)
    return None if selection is None else read_target(tokens, selection, scope)


def _plural(tokens: Tokens, scope: Scope) -> Item | None:
    """``the frames darker``: all of them, where none is named by number."""
    for lexicon, unit in _PLURALS:
        found = lexicon.first(tokens)
        if found is None or not scope.numbered or (unit == "clip" and not scope.clips):
            continue
        start, _, length = found
        every = tuple(range(1, scope.count(unit) + 1))
        selection = Selection(every, unit, start, start + length, True, everything=True)
        rest = (*tokens[:start], *tokens[start + length :])
        wished = orders(rest) or acts.REDO.within(rest)
        return read_target(tokens, selection, scope) if wished else None
    return None


_PLURALS: tuple[tuple[Lexicon, Unit], ...] = (
    (units.PLURAL, "frame"),
    (units.PLURAL_CLIPS, "clip"),
)


def _free(tokens: Tokens, scope: Scope) -> Item | None:
    """Wishes, complaints and praise in free words."""
    stage = named_stage(tokens)
    if stage is None and acts.REDO.within(tokens) and covers(tokens, acts.REDO, *_AROUND_REDO):
        return Item(Kind.REDO, tokens)
    if stage is not None and _points(tokens, stage):
        return Item(Kind.TARGET, tokens, stage=stage)
    if judgement.constrains(tokens):
        return Item(Kind.CONSTRAINT, tokens)
    about = _about(tokens, stage)
    if orders(about) or orders(about[acts.REDO.length(about, 0) :]) or _redoes(about, stage):
        return Item(Kind.CHANGE, trimmed(about), stage=stage)
    if judgement.praises(changes.POLITE.strip(tokens)):
        return Item(Kind.NICETY, tokens)
    if judgement.complains(tokens):
        return Item(Kind.COMPLAINT, tokens, stage=stage)
    if judgement.admires(tokens):
        return Item(Kind.NICETY, tokens)
    if covers(tokens, acts.BACK, acts.TAKE, acts.AROUND_TAKE):
        return Item(Kind.NOTHING, tokens)
    left = changes.LEAVE.within(tokens) or approval.VERDICT.within(tokens)
    if left and covers(
        tokens, changes.LEAVE, approval.AROUND_APPROVAL, approval.VERDICT, units.STAGE
    ):
        return Item(Kind.NICETY, tokens)
    return None


def _redoes(tokens: Tokens, stage: Stage | None) -> bool:
    """``redo the hero``, ``hero again``."""
    return (
        stage is not None
        and acts.REDO.within(tokens)
        and covers(tokens, acts.REDO, units.STAGE, *_AROUND_REDO)
    )


_AROUND_REDO = (changes.POLITE, approval.AROUND_APPROVAL, units.THEM, approval.NICETY)


def named_stage(tokens: Tokens) -> Stage | None:
    """The hero or the contact sheet, where a clause names one of them."""
    words = tuple(token for token in tokens if not is_mark(token))
    named = [
        stage
        for index, stage, _ in units.STAGE.all(words)
        if stage in units.SHEET_ONLY and not _compared(words[:index])
    ]
    return named[0] if named else None


def _compared(before: Tokens) -> bool:
    """``should match the hero``: what the wish is measured by, and not what it is about."""
    return any(units.LIKE.length(before[-2:], at) for at in range(2))


def _about(tokens: Tokens, stage: Stage | None) -> Tokens:
    """The wish without the name of its stage, where that only leads in: ``hero: softer light``."""
    for index, (named, length) in enumerate(
        units.STAGE.at(tokens, i) or (None, 0) for i in range(8)
    ):
        before, rest = tokens[:index], tokens[index + length :]
        if named is None or named is not stage or not rest:
            continue
        leads = covers(before, changes.HEAD, acts.REDO, acts.GO_BACK, changes.POLITE, units.ARTICLE)
        on = (
            is_mark(rest[0])
            or joints.JOIN.length(rest, 0)
            or changes.FRAGMENT.length(rest, 0)
            or changes.COMPARATIVE.length(rest, 0)
        )
        wish = changes.POLITE.strip(rest)
        return wish if leads and on and wish else tokens
    return tokens


def _points(tokens: Tokens, stage: Stage) -> bool:
    """``go back to the hero``, ``the contact sheet``: a place, and no wish."""
    rest = changes.POLITE.strip(tokens)
    rest = rest[acts.GO_BACK.length(rest, 0) :]
    return covers(rest, units.STAGE, units.ARTICLE, changes.POLITE)


Reader = Callable[[Tokens, Scope], "Item | None"]

_READERS: tuple[Reader, ...] = (
    _stopped,
    read_take,
    read_act,
    _negated,
    _numbered,
    _plural,
    _free,
)
