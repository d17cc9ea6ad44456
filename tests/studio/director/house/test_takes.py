"""Going back to an earlier take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Decide = Callable[..., list[dict[str, Any]]]
THREE = {"takes": {"hero": 3}, "current": {"hero": 3}}


@pytest.mark.parametrize(
    ("words", "take"),
    [
        ("use take 1", 1),
        ("take two", 2),
        ("go back to the first hero", 1),
        ("previous one", 2),
        ("undo", 2),
        ("revert", 2),
        ("v2", 2),
        ("I prefer version 1", 1),
        ("the last take", 2),
        ("back to the original", 1),
    ],
)
def test_take_is_found(decide: Decide, words: str, take: int) -> None:
    """By number, by order, or by being the one before."""
    expected = [{"type": "use-take", "stage": "hero", "take": take}]
    assert decide(words, **THREE) == expected


def test_take_of_an_earlier_stage(decide: Decide) -> None:
    """A stage that is named is meant."""
    takes = {"takes": {"hero": 2, "contact-sheet": 1}, "current": {"hero": 2, "contact-sheet": 1}}
    expected = [{"type": "use-take", "stage": "hero", "take": 1}]
    assert decide("use hero take 1", "contact-sheet", **takes) == expected


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("use take 9", "it has 3 takes"),
        ("use take 3", "is the one in use already"),
        ("use film take 1", "comes later"),
        ("go back", "Back to which take"),
    ],
)
def test_take_there_is_none_of_is_refused(
    answer: Callable[..., str], words: str, rule: str
) -> None:
    """With the rule, or the question that is open."""
    assert rule in answer(words, **THREE)


def test_latest_and_last_differ_after_going_back(answer: Callable[..., str]) -> None:
    """With an older take in use, the last one may be either."""
    older = {"takes": {"hero": 3}, "current": {"hero": 2}}
    assert "Do you mean the latest take, 3" in answer("use the last take", **older)


def test_one_more_take_is_not_take_one(decide: Decide) -> None:
    """It asks for another version."""
    assert [one["type"] for one in decide("one more take", **THREE)] == ["revise"]
