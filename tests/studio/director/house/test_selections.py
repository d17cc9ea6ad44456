"""Which frames and clips are meant."""

from __future__ import annotations

import pytest

from studio.director.house.scope import Scope
from studio.director.house.selections import Selection, select
from studio.director.house.spelling import speller
from studio.director.house.tokens import tokenise
from studio.director.interface import Situation
from studio.stages import Stage


def selected(words: str, stage: Stage = Stage.FRAMES, clips: int = 0) -> Selection | None:
    """The first selection in some words."""
    tokens = speller().mend(tokenise(words))
    return select(tokens, Scope(Situation(stage=stage, clips=clips)))


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("frames 2 and 4", (2, 4)),
        ("frames 2, 4 & 5", (2, 4, 5)),
        ("frame #3", (3,)),
        ("frames 1 3 5", (1, 3, 5)),
        ("2-4: darker", (2, 3, 4)),
        ("from 2 to 4", (2, 3, 4)),
        ("Bilder 1 bis 3", (1, 2, 3)),
        ("images de 2 à 4", (2, 3, 4)),
        ("frames two and five", (2, 5)),
        ("the second frame", (2,)),
        ("2nd and 3rd frames", (2, 3)),
        ("first and last frame", (1, 6)),
        ("the first three", (1, 2, 3)),
        ("the last two frames", (5, 6)),
        ("les deux dernières", (5, 6)),
        ("die letzten zwei", (5, 6)),
        ("the middle two", (3, 4)),
        ("first two and last one", (1, 2, 6)),
        ("odd frames", (1, 3, 5)),
        ("the even ones", (2, 4, 6)),
        ("every frame", (1, 2, 3, 4, 5, 6)),
        ("all six", (1, 2, 3, 4, 5, 6)),
        ("all but 6: warmer", (1, 2, 3, 4, 5)),
        ("everything except the last two", (1, 2, 3, 4)),
        ("alle außer 6", (1, 2, 3, 4, 5)),
        ("todas menos la última", (1, 2, 3, 4, 5)),
        ("frames 1-6 except 3", (1, 2, 4, 5, 6)),
    ],
)
def test_frames_are_found(words: str, numbers: tuple[int, ...]) -> None:
    """By number, by place, by exception, in several languages."""
    found = selected(words)
    assert found is not None
    assert found.numbers == numbers


@pytest.mark.parametrize(
    "words", ["add 2 rings", "one more scarf", "make it darker", "the first thing", "in 2 seconds"]
)
def test_counts_are_no_targets(words: str) -> None:
    """A number of things is not the number of a frame."""
    assert selected(words) is None


def test_last_clip_depends_on_the_loop() -> None:
    """The last of five, or of six."""
    assert [selected("last clip", Stage.CLIPS, count).numbers for count in (5, 6)] == [(5,), (6,)]  # type: ignore[union-attr]


def test_absurd_range_is_not_spelt_out() -> None:
    """A range is bounded before it is counted."""
    found = selected("frames 1-1000000000")
    assert found is not None
    assert len(found.numbers) < 10


def test_bare_numbers_mean_nothing_at_the_hero() -> None:
    """Before there are frames, numbers are words."""
    assert selected("2 and 4: darker", Stage.HERO) is None
