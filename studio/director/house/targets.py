"""Clauses with frames or clips by number: what is wanted of them, and in which words."""

from __future__ import annotations

from studio.director.house import judgement
from studio.director.house.acting import read_settings
from studio.director.house.clauses import reserves
from studio.director.house.commands import read_commands
from studio.director.house.lexicon import Lexicon, covers
from studio.director.house.orders import orders, trimmed
from studio.director.house.results import ONE_RATIO, Item, Kind
from studio.director.house.scope import Scope
from studio.director.house.selections import Selection, Selector
from studio.director.house.tokens import Tokens
from studio.director.house.words import acts, approval, changes, doubt, units
from studio.director.house.words import orders as orders_words


def read_target(tokens: Tokens, selection: Selection, scope: Scope) -> Item | None:
    """What a clause wants of ``selection``; ``None`` where the numbers mean nothing here."""
    if not scope.numbered and not selection.named:
        return None
    early = _too_early(selection, scope)
    if early:
        return Item(Kind.REFUSE, tokens, selection=selection, words=early)
    before, after = tokens[: selection.start], tokens[selection.end :]
    if before and reserves(before, 0):
        before = before[doubt.CONTRAST.length(before, 0) :]
    settled = _settled(before, after, tokens, selection, scope)
    if settled is not None:
        return settled
    return _wish(before, after, tokens, selection, scope)


def _too_early(selection: Selection, scope: Scope) -> str:
    if selection.unit == "clip" and not scope.clips:
        return "There are no clips yet: they are made from the frames, once you approve those."
    if not scope.numbered:
        return (
            "The frames are not cut yet: that happens when you approve the contact sheet, and then "
            "each can be changed alone. Here I can only shoot the whole picture again."
        )
    return ""


def _settled(
    before: Tokens, after: Tokens, tokens: Tokens, selection: Selection, scope: Scope
) -> Item | None:
    """Where the rest is a command, praise, or nothing but doubt."""
    rest = _rest(before, after)
    commands = read_commands(rest, scope)
    if commands is not None and commands.praise:
        return Item(Kind.NICETY, tokens, selection=selection)
    if commands is not None and commands.sets and selection.everything:
        return read_settings(commands, tokens, scope)
    if commands is not None and commands.ratios:
        words = ONE_RATIO
        return Item(Kind.REFUSE, tokens, selection=selection, words=words)
    if commands is not None and (commands.goes or commands.firm):
        words = "I go on with all of them or not at all; say what should change in the others."
        return Item(Kind.REFUSE, tokens, selection=selection, words=words)
    if commands is not None and (commands.verdict or commands.nicety) and not commands.sets:
        return Item(Kind.NICETY, tokens, selection=selection)
    if covers(rest, doubt.HESITATION, approval.AROUND_APPROVAL) and doubt.HESITATION.within(rest):
        return Item(Kind.HESITATION, tokens, selection=selection)
    kept = any(lexicon.within(rest) for lexicon in _KEEPING)
    if kept and covers(rest, *_LEFT_ALONE) and not orders(rest):
        return Item(Kind.NICETY, tokens, selection=selection)
    return None


def _wish(
    before: Tokens, after: Tokens, tokens: Tokens, selection: Selection, scope: Scope
) -> Item:
    """What is ordered of the numbers; they alone, or beside words that are no order, ask."""
    rest = _rest(before, after)
    if covers(rest, *_EMPTY):
        return Item(Kind.TARGET, tokens, selection=selection)
    if changes.COMPLAINT.within(before):
        return Item(Kind.COMPLAINT, tokens, selection=selection)
    if doubt.NEGATION.within(before):
        kept = covers(rest, doubt.NEGATION, acts.REDO, changes.HEAD, changes.AROUND_NO, *_EMPTY)
        kept = kept and not acts.REDO.within(after)
        return Item(Kind.NICETY if kept else Kind.REMARK, tokens, selection=selection)
    if acts.REDO.within(rest) and covers(rest, acts.REDO, changes.HEAD, *_EMPTY):
        return Item(Kind.REDO, tokens, selection=selection)
    wish = (
        _stripped(after, changes.POLITE, acts.REDO) if covers(before, acts.REDO, *_EMPTY) else rest
    )
    told = after[:1] and after[0].norm in (":", "so") and changes.JUST_CHANGE.within(before)
    told = told and covers(before, changes.JUST_CHANGE, *_EMPTY)
    told = told and not (orders_words.NOTHING.within(after) or changes.PRAISE.within(after))
    plain = not (_more(before, scope) or _more(after, scope) or doubt.HESITATION.within(before))
    if judgement.complains(rest) and plain and not orders(wish, named=True):
        return Item(Kind.COMPLAINT, tokens, selection=selection)
    if plain and (told or orders(wish, named=True)):
        return Item(Kind.CHANGE, _instruction(before, after, tokens), selection=selection)
    beside = next((said for lexicon, said in _NO_CHANGE if lexicon.within(tokens)), "")
    kind = Kind.REFUSE if beside else Kind.REMARK
    return Item(kind, tokens, selection=selection, words=beside)


def _more(tokens: Tokens, scope: Scope) -> bool:
    """Whether other numbers stand there, which nothing has bound to the wish."""
    return Selector(tokens, scope).find() is not None


def _instruction(before: Tokens, after: Tokens, tokens: Tokens) -> Tokens:
    """The wish without its target, where the target stands at an end; else the whole clause."""
    tail = _stripped(after, changes.POLITE, acts.REDO)
    head = changes.POLITE.strip(before)
    if tail and covers(head, changes.HEAD, acts.REDO, *_EMPTY):
        return tail
    if not tail:
        for lexicon in (units.ARTICLE, units.BEFORE_TARGET, units.ARTICLE):
            head = lexicon.strip_end(head)
        return changes.POLITE.strip_end(head) or tokens
    return trimmed(tokens) or tokens


def _stripped(tokens: Tokens, *lexicons: Lexicon) -> Tokens:
    before: Tokens = ()
    while tokens and tokens != before:
        before = tokens
        for lexicon in lexicons:
            tokens = lexicon.strip(tokens)
    return changes.POLITE.strip_end(tokens)


def _rest(before: Tokens, after: Tokens) -> Tokens:
    return (*before, *after)


_EMPTY = (
    orders_words.SAME,
    changes.POLITE,
    changes.JUST_CHANGE,
    units.BEFORE_TARGET,
    units.ARTICLE,
)
_NAMED = (changes.SEEN, units.ARTICLE, units.BEFORE_TARGET)
"""``the hands in 3``: something is the matter with them, and nobody has said what."""
_KEEPING = (changes.LEAVE, changes.ADMIRE, approval.VERDICT)
_LEFT_ALONE = (*_KEEPING, approval.AROUND_APPROVAL, *_EMPTY)
_NO_CHANGE = (
    (orders_words.ORDER, "Everything has its place in the film, so none is taken out, added or "
                         "moved; I can change a frame, or render a clip again."),
    (orders_words.USE, "Everything that is made can be opened and saved where it is shown, so I "
                       "change nothing for that."),
    (orders_words.LOOK, "It is shown where it was made, with every earlier take."),
)  # fmt: skip
"""What may be asked of a frame or a clip besides a change, and what is said to it."""
