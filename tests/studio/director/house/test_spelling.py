"""Typing errors."""

from __future__ import annotations

import pytest

from studio.director.house.spelling import distance, speller
from studio.director.house.tokens import tokenise


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("contineu", "continue"),
        ("frmes", "frames"),
        ("resiez", "resize"),
        ("regenrate", "regenerate"),
        ("aprove", "approve"),
        ("backgruond", "background"),
        ("vertcal", "vertical"),
        ("looop", "loop"),
        ("clpi", "clip"),
        ("rezise", "resize"),
    ],
)
def test_slips_are_mended(typed: str, meant: str) -> None:
    """A slip in a command word does not hide it."""
    assert speller().mend(tokenise(typed))[0].norm == meant


@pytest.mark.parametrize(
    "word", ["lips", "look", "blank", "flower", "improve", "discontinue", "shower", "hat", "black"]
)
def test_other_words_are_left_alone(word: str) -> None:
    """A word that only resembles a command is not made one."""
    assert speller().mend(tokenise(word))[0].norm == word


def test_text_is_kept_as_typed() -> None:
    """Quotes stay true to what was written."""
    assert speller().mend(tokenise("contineu"))[0].text == "contineu"


@pytest.mark.parametrize(
    ("first", "second", "slips"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "abcd", 1), ("abc", "xbz", 2), ("", "ab", 2)],
)
def test_distance_counts_slips(first: str, second: str, slips: int) -> None:
    """Letters changed over count once."""
    assert distance(first, second) == slips
