"""``shoot interpret``: a decision without a shoot."""

from __future__ import annotations

import pytest

from studio.cli.interpreting import interpret, situation
from studio.settings import Settings
from studio.stages import Stage


@pytest.mark.parametrize(
    ("stage", "words", "kinds"),
    [
        (Stage.HERO, "continue", ["approve"]),
        (Stage.HERO, "make it edgier, on a black background", ["revise"]),
        (Stage.FRAMES, "frames 2 and 4: open the jacket", ["modify"]),
        (Stage.FRAMES, "resize to 9:16", ["resize"]),
        (Stage.CLIPS, "redo clip 3", ["regenerate"]),
        (Stage.CLIPS, "1.5x with loop", ["edit"]),
        (Stage.HERO, "is it good?", []),
        (Stage.HERO, "great, but the hat is wrong", []),
    ],
)
async def test_words_become_decisions(stage, words, kinds):
    """The house director answers at every stage, and never takes a doubt for a yes."""
    who, reply = await interpret(words, situation(stage), "house", Settings())
    assert (who, [decision.type for decision in reply.decisions]) == ("house", kinds)
    assert reply.words


async def test_clip_six_exists_with_the_loop_alone():
    """The situation knows how many clips there are."""
    for loop, count in ((False, 0), (True, 1)):
        given = situation(Stage.CLIPS, loop=loop)
        _, reply = await interpret("redo clip 6", given, "house", Settings())
        assert len(reply.decisions) == count
