"""The budget: what may be spent without asking, and what a person has agreed to beyond it.

Orders are known by their keys, which are also the ids of their ledger entries. An order that is
on the ledger is counted there, so taking it up again counts nothing. What a person has agreed to
stands beside the budget: it neither uses the budget up nor makes it larger, and whatever is spent
in the meantime does not outdate it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from studio.ledger import LedgerEntry, totals


@dataclass(frozen=True)
class Order:
    """One order that is about to be placed, or taken up; ``price`` in US dollars, if known."""

    key: str
    price: float | None


@dataclass(frozen=True)
class Question:
    """What a person must agree to first: these orders, at ``cost`` US dollars together.

    ``spending`` is what they would bring the shoot to in all. ``unpriced`` says that some of them
    have no known price, so that neither sum holds.
    """

    keys: tuple[str, ...]
    cost: float
    spending: float
    unpriced: bool


def question(
    budget: float | None,
    agreed: Collection[str],
    ledger: Sequence[LedgerEntry],
    orders: Iterable[Order],
) -> Question | None:
    """What to ask before ``orders`` are placed; ``None`` where they may be.

    Without a budget nothing is asked. With one, a person is asked about orders that would go
    beyond it and about those whose price nobody knows.
    """
    if budget is None:
        return None
    booked = {entry.id: entry for entry in ledger}
    new = [
        order
        for order in orders
        if not _counted(order.key, booked) and not covered(order.key, agreed, booked)
    ]
    asked = [order for order in new if order.price is None or order.price > 0]
    if not asked:
        return None
    cost = sum(order.price or 0.0 for order in asked)
    own = totals(entry for entry in ledger if not covered(entry.id, agreed, booked))
    unpriced = any(order.price is None for order in asked)
    if not unpriced and round(own.estimate_usd + cost, 4) <= round(budget, 4):
        return None
    return Question(
        keys=tuple(order.key for order in asked),
        cost=round(cost, 4),
        spending=round(totals(ledger).estimate_usd + cost, 4),
        unpriced=unpriced,
    )


def covered(key: str, agreed: Collection[str], booked: dict[str, LedgerEntry]) -> bool:
    """Whether an agreement holds for the order ``key``.

    It holds for the order that was named, for the calls that make it up (a turn of the director is
    several) and, where that order was not charged because it failed, for the one placed instead.
    """
    if any(key == one or key.startswith(f"{one}.") for one in agreed):
        return True
    stem, _, number = key.rpartition(".")
    if not (stem and number.isdecimal()):
        return False
    before = f"{stem}.{int(number) - 1}"
    return before in booked and booked[before].state == "failed" and covered(before, agreed, booked)


def _counted(key: str, booked: dict[str, LedgerEntry]) -> bool:
    """Whether the ledger's sum has the order already: one that failed costs nothing."""
    return key in booked and booked[key].state != "failed"
