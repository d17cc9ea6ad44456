"""The budget: what is counted, what is asked about, and what an agreement covers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.budget import Order, Question, question
from studio.ledger import LedgerEntry, totals

AT = datetime(2026, 11, 28, tzinfo=UTC)
HERO = Order("s.hero.abc.1", 0.15)


def entry(key: str, state: str = "accepted", price: float | None = 0.15) -> LedgerEntry:
    given: dict[str, Any] = {"provider": "fal", "operation": "image", "purpose": "hero", "at": AT}
    return LedgerEntry.model_validate({**given, "id": key, "state": state, "estimateUsd": price})


def test_without_a_budget_nothing_is_asked() -> None:
    """Who set no limit is not asked, whatever it costs, known or not."""
    assert question(None, (), (), [HERO, Order("s.x.1", None)]) is None


@pytest.mark.parametrize("state", ["intent", "accepted", "settled", "unknown"])
def test_an_order_on_the_ledger_is_counted_once(state: str) -> None:
    """Taking up what runs already buys nothing more, so nothing is asked."""
    assert question(0.15, (), [entry(HERO.key, state)], [HERO]) is None


def test_what_failed_is_not_counted() -> None:
    """A failed order left the budget as it was."""
    assert question(0.15, (), [entry(HERO.key, "failed")], [Order("s.hero.abc.2", 0.15)]) is None


def test_the_question_names_the_orders_and_the_sum() -> None:
    """Only what is new and paid for is asked about."""
    held = [entry("s.clip-1.a.1", price=0.35)]
    orders = [Order("s.clip-1.a.1", 0.35), Order("s.clip-2.b.1", 0.35), Order("s.free", 0.0)]
    assert question(0.5, (), held, orders) == Question(("s.clip-2.b.1",), 0.35, 0.7, unpriced=False)


def test_cents_add_up() -> None:
    """Ten times ten cents is a dollar, also in floating point."""
    held = [entry(f"s.{n}", price=0.1) for n in range(9)]
    assert question(1.0, (), held, [Order("s.9", 0.1)]) is None


@pytest.mark.parametrize("spent", [0.0, 5.0])
def test_without_a_price_a_person_is_asked(spent: float) -> None:
    """Under a budget nobody buys what cannot be counted, however much is left of it."""
    asked = question(10.0, (), [entry("s.1", price=spent)], [Order("s.2", None)])
    assert asked is not None and asked.unpriced
    assert question(10.0, asked.keys, [entry("s.1", price=spent)], [Order("s.2", None)]) is None


def test_agreement_is_not_outdated_by_a_turn() -> None:
    """What is spent between the question and the answer does not bring the question back."""
    asked = question(0.1, (), (), [HERO])
    assert asked is not None
    turn = entry("s.turn-1.1.1", "settled", 0.04)
    assert question(0.1, asked.keys, [turn], [HERO]) is None


def test_agreement_covers_that_order_alone() -> None:
    """The next order is asked about again; the budget is what it was."""
    asked = question(0.1, (), (), [HERO])
    assert asked is not None
    held = [entry(HERO.key, "settled")]
    assert question(0.1, asked.keys, held, [Order("s.contact-sheet.def.1", 0.15)]) is not None
    assert question(0.1, asked.keys, held, [Order("s.frame-1.def.1", 0.05)]) is None


@pytest.mark.parametrize(("state", "asks"), [("failed", False), ("lost", True), ("unknown", True)])
def test_agreement_covers_one_charge(state: str, asks: bool) -> None:
    """An order placed for one that was not charged is agreed to; for one that was, it is not."""
    again = Order("s.hero.abc.2", 0.15)
    asked = question(0.1, (HERO.key,), [entry(HERO.key, state)], [again])
    assert (asked is not None) is asks


def test_agreement_to_a_turn_covers_its_calls() -> None:
    """A turn of the director is several calls, each an entry of its own."""
    calls = [entry(f"s.turn-1.1.{n}", "settled", 0.05) for n in (1, 2)]
    assert question(0.1, ("s.turn-1",), calls, [Order("s.x.1", 0.1)]) is None
    others = [entry("s.turn-10.1.1", "settled", 0.05)]
    assert question(0.1, ("s.turn-1",), others, [Order("s.x.1", 0.1)]) is not None


@dataclass
class Shopper:
    """Places orders as a shoot does, in whole cents, and keeps its own account of them."""

    budget: int
    agreed: set[str] = field(default_factory=set)
    ledger: dict[str, LedgerEntry] = field(default_factory=dict)
    within: int = 0
    """Cents spent of the budget: charged or perhaps charged, and never agreed to."""

    def buy(self, item: int, cents: int, answer: bool, end: str) -> None:
        """One order of ``item``, taken up if it runs, and how it ends."""
        key = self.key(item)
        running = key in self.ledger
        order = Order(key, cents / 100)
        asked = question(self.budget / 100, self.agreed, tuple(self.ledger.values()), [order])
        covers = self.covers(item)
        expected = not running and not covers and self.within + cents > self.budget
        assert (asked is not None) is expected
        if asked is not None:
            assert asked.keys == (key,)
            assert asked.cost == pytest.approx(cents / 100)
            if not answer:
                return
            self.agreed |= set(asked.keys)
            again = question(self.budget / 100, self.agreed, tuple(self.ledger.values()), [order])
            assert again is None
            covers = True
        if not running and not covers:
            self.within += cents
        if end == "failed" and not covers:
            self.within -= round(100 * (self.price(key) or cents / 100)) if running else cents
        price = self.price(key) if running else cents / 100
        self.ledger[key] = entry(key, end, price)

    def price(self, key: str) -> float | None:
        return self.ledger[key].estimate_usd if key in self.ledger else None

    def key(self, item: int) -> str:
        mine = [one for one in self.ledger.values() if one.id.startswith(f"s.{item}.")]
        ended = [one for one in mine if one.state in ("failed", "lost", "settled", "cancelled")]
        return f"s.{item}.{len(ended) + 1}"

    def covers(self, item: int) -> bool:
        """Whether this order, or one it stands for because it was not charged, was agreed to."""
        number = int(self.key(item).rpartition(".")[2])
        while True:
            if f"s.{item}.{number}" in self.agreed:
                return True
            number -= 1
            before = self.ledger.get(f"s.{item}.{number}")
            if before is None or before.state != "failed":
                return False


STEPS = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.sampled_from([5, 15, 35]),
        st.booleans(),
        st.sampled_from(["accepted", "settled", "failed", "lost", "cancelled"]),
    ),
    max_size=25,
)


@settings(deadline=None)
@given(budget=st.integers(0, 150), steps=STEPS)
def test_any_course_of_orders(budget: int, steps: list[tuple[int, int, bool, str]]) -> None:
    """Whatever is ordered, fails, is taken up or agreed to: asked exactly where new spending would
    go beyond the budget, and never spent beyond it without a yes."""
    shopper = Shopper(budget)
    for item, cents, answer, end in steps:
        shopper.buy(item, cents, answer, end)
        assert shopper.within <= budget
        agreed = [one for one in shopper.ledger.values() if one.state != "failed"]
        assert totals(agreed).estimate_usd == totals(shopper.ledger.values()).estimate_usd
