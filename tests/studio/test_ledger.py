"""The ledger: what is counted, and whose intent counts."""

from __future__ import annotations

from typing import Any

import pytest

from studio.ledger import LedgerEntry, totals


def entry(state: str, **more: Any) -> LedgerEntry:
    given = {"id": "a", "at": "2026-11-22T12:00:00Z", "provider": "fal", "operation": "image"}
    return LedgerEntry.model_validate({**given, "purpose": "hero", "state": state, **more})


def test_what_may_have_been_charged_is_counted() -> None:
    """All but what failed; what has no price is counted and named, not added."""
    states = ("accepted", "settled", "failed", "unknown", "cancelled", "lost")
    sums = totals([*(entry(state, estimate_usd=0.15) for state in states), entry("settled")])
    assert (sums.calls, sums.estimate_usd, sums.unknown, sums.unpriced) == (6, 0.75, 1, 1)


@pytest.mark.parametrize(
    ("known", "mine", "yields"),
    [
        (entry("intent"), entry("intent", attempt=2), True),
        (entry("accepted"), entry("intent", attempt=2), True),
        (entry("failed"), entry("intent", attempt=2), False),
        (entry("intent"), entry("intent"), False),
        (entry("intent"), entry("accepted", attempt=2), False),
        (entry("intent", provider="kling"), entry("intent", provider="kling", attempt=2), False),
    ],
)
def test_the_first_intent_counts(known: LedgerEntry, mine: LedgerEntry, yields: bool) -> None:
    """Of two tries of one job at fal only one may order; Kling sorts it out by the key."""
    assert mine.yields_to(known) is yields
