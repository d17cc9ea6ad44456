"""The ledger: what is counted, and whose intent counts."""

from __future__ import annotations

from typing import Any

import pytest

from studio.ledger import LedgerEntry, order_key, still_charged, totals


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


def test_nothing_bought_is_not_spoken_of() -> None:
    """A proof that is cancelled has cost nothing, and so has what failed."""
    assert still_charged([]) is None
    assert still_charged([entry("failed", estimate_usd=0.15)]) is None


def test_after_a_cancel_it_is_said_what_is_charged() -> None:
    """Each order by its name and provider, with the sums; what was made is in the last one."""
    said = still_charged(
        [
            entry("settled", id="h", purpose="hero 1 hero", estimate_usd=0.15),
            entry("failed", id="f", purpose="clips 1 clip-9", estimate_usd=0.35),
            *(
                entry("accepted", id=n, provider="kling", purpose=f"clips 1 {n}", estimate_usd=0.35)
                for n in ("clip-1", "clip-2")
            ),
            entry("unknown", id="u", purpose="clips 1 clip-3"),
            entry("cancelled", id="c", purpose="clips 1 clip-4", estimate_usd=0.35),
        ]
    )
    assert said is not None
    assert "not to be stopped: clip-1 at kling, clip-2 at kling ($0.70)" in said
    assert "nobody can tell: clip-3 at fal ($0.00 and 1 without a known price)" in said
    assert "if it had begun: clip-4 at fal ($0.35)" in said
    assert "$1.20 and 1 without a known price for the whole shoot" in said


def test_nothing_open_after_a_cancel_is_said_too() -> None:
    """What was made is paid for, and nothing else is."""
    said = still_charged([entry("settled", estimate_usd=0.15)])
    assert said == "Nothing is charged any more after the cancel; it was $0.15 for the whole shoot."


@pytest.mark.parametrize(
    ("state", "provider", "number"),
    [
        ("accepted", "fal", 1),
        ("failed", "fal", 2),
        ("lost", "fal", 2),
        ("cancelled", "fal", 2),
        ("unknown", "fal", 2),
        ("unknown", "kling", 1),
    ],
)
def test_a_new_key_after_what_came_to_nothing(state: str, provider: str, number: int) -> None:
    """What runs is taken up under its key, and Kling can be asked by it."""
    held = [entry(state, id="s.hero.abc.1", provider=provider), entry("failed", id="s.hero.abcd.1")]
    assert order_key("s.hero.abc", held) == f"s.hero.abc.{number}"
