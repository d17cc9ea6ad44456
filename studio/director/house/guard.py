"""What stands against approving: one look at the whole text, after everything else was read."""

from __future__ import annotations

from studio.decisions import Cancel
from studio.director.house.clauses import Clause, reserves
from studio.director.house.lexicon import covers
from studio.director.house.orders import hinted as hints
from studio.director.house.results import Item, Kind
from studio.director.house.tokens import Tokens
from studio.director.house.words import acts, doubt

QUESTION_MARKS = frozenset("?？؟¿⁇⁈⁉‽⸮")

STOPPING = frozenset({Kind.DOUBT, Kind.CONDITION, Kind.SARCASM})
"""Where one of these is said, nothing is decided at all."""

_WARM = frozenset({Kind.VERDICT, Kind.NICETY, Kind.GO})
_READ = frozenset({Kind.DECIDE, Kind.GO, Kind.VERDICT, Kind.NICETY, Kind.NOTHING})
_ALLOWED = _READ | {Kind.CHANGE, Kind.REDO}


def stopped(items: tuple[Item, ...]) -> bool:
    """Whether a doubt, a condition or irony forbids every decision."""
    return any(item.kind in STOPPING for item in items)


def asks_back(items: tuple[Item, ...]) -> bool:
    """Whether a wish is doubted as it is said: ``too dark, or is it me``, ``darker… no``."""
    asked = {item.sentence for item in items if item.kind is Kind.QUESTION}
    changed = [at for at, item in enumerate(items) if item.kind is Kind.CHANGE]
    doubted = any(items[at].sentence in asked for at in changed)
    taken_back = (
        any(item.kind is Kind.NEGATION for item in items[changed[0] :]) if changed else False
    )
    hesitant = any(item.kind is Kind.HESITATION for item in items)
    warm = any(item.kind in _WARM and item.selection is None for item in items)
    hinted = any(
        item.selection is None and hints(item.tokens) for item in map(items.__getitem__, changed)
    )
    return doubted or taken_back or hesitant or (warm and hinted)


def may_cancel(items: tuple[Item, ...]) -> bool:
    """Whether a cancel is meant: a bare "stop" beside anything else may mean something less."""
    alone = {Kind.NOTHING, Kind.NICETY}
    cancels = [item for item in items if any(isinstance(d, Cancel) for d in item.decisions)]
    firm = any(not covers(item.tokens, acts.STOP, acts.AROUND_CANCEL) for item in cancels)
    return firm or all(item.kind in alone or item in cancels for item in items)


def may_approve(
    text: str, tokens: Tokens, found: tuple[Clause, ...], items: tuple[Item, ...]
) -> bool:
    """Whether nothing speaks against an approval: no question, no, doubt or reservation."""
    if (
        QUESTION_MARKS & set(text)
        or doubt.HESITATION.within(tokens)
        or doubt.CONDITION.within(tokens)
    ):
        return False
    if any(item.kind not in _ALLOWED for item in items):
        return False
    return not any(_reserved(clause, item) for clause, item in zip(found, items, strict=True))


def _reserved(clause: Clause, item: Item) -> bool:
    """A no that is not part of a setting, or a "but" that does not just pick frames."""
    if item.kind not in _READ and doubt.NEGATION.within(clause.tokens):
        return True
    if item.selection is not None or item.kind in _READ:
        return reserves(clause.tokens, 0)
    if doubt.RESERVE.within(clause.tokens):
        return True
    return any(reserves(clause.tokens, index) for index in range(len(clause.tokens)))
