"""Words at a checkpoint: which decisions the house director takes, and which it leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from studio.decisions import MAX_WORDS

Decide = Callable[..., list[dict[str, Any]]]
APPROVE = {"type": "approve"}


def test_change_and_explicit_continue_are_two_decisions(decide: Decide) -> None:
    """What is said to happen next happens next."""
    resize = {"type": "resize", "aspectRatio": "9:16"}
    assert decide("resize to 9:16 and continue", "frames") == [resize, APPROVE]


def test_nicety_beside_a_change_approves_nothing(decide: Decide) -> None:
    """Praise is no approval where a change is wanted."""
    resize = {"type": "resize", "aspectRatio": "9:16"}
    assert decide("looks good, resize to 9:16", "frames") == [resize]


def test_continue_before_a_change_waits(decide: Decide) -> None:
    """Who continues and then wishes for more sees the change first."""
    revise = {"type": "revise", "stage": "hero", "instruction": "make it darker"}
    assert decide("continue, and make it darker") == [revise]


def test_settings_beside_continue_come_first(decide: Decide) -> None:
    """The film is cut by the edit that was named, wherever it was named."""
    edit = {"type": "edit", "loop": True, "pace": 1.5}
    assert decide("Continue with 1.5x speed and loop enabled", "clips") == [edit, APPROVE]
    assert decide("Continue. 1.5x with loop.", "clips") == [edit, APPROVE]


def test_finished_film_is_not_approved_with_a_change(decide: Decide) -> None:
    """A film that is cut again is looked at again."""
    assert decide("1.5x, then continue", "complete") == [{"type": "edit", "pace": 1.5}]


def test_stitching_approves_the_clips_alone(decide: Decide) -> None:
    """Elsewhere something else comes next."""
    assert decide("stitch the film", "clips") == [APPROVE]
    assert decide("stitch the film", "frames") == []


@pytest.mark.parametrize(
    "words",
    [
        '{"speed": 1.5, "loop": true}',
        "**Speed:** 1.5x\n**Loop:** on",
        "- speed: 1.5x\n- loop: yes",
        "Use 1.5x Speed With Loop",
        "SPEED = 1.5, LOOP = ENABLED",
    ],
)
def test_markup_is_read_through(decide: Decide, words: str) -> None:
    """JSON, Markdown and title case say the same."""
    assert decide(words, "complete") == [{"type": "edit", "loop": True, "pace": 1.5}]


def test_one_impossible_part_stops_all(decide: Decide, answer: Callable[..., str]) -> None:
    """Half of what was asked for would not be what was asked for."""
    words = "resize to 9:16 and redo clip 9"
    assert decide(words, "clips") == []
    assert "There is no clip 9" in answer(words, "clips")


def test_doubt_stops_all(decide: Decide) -> None:
    """A wish in doubt is no wish yet."""
    assert decide("make it darker, not sure though") == []


def test_question_beside_a_wish_is_answered(decide: Decide, answer: Callable[..., str]) -> None:
    """The wish is taken, and the question gets its answer."""
    words = "frame 2: darker. What happens next?"
    assert [one["type"] for one in decide(words, "frames")] == ["modify"]
    assert "I make the clips next" in answer(words, "frames")


def test_instruction_is_quoted_as_written(decide: Decide) -> None:
    """Case, accents and punctuation within the wish are the person's."""
    words = "Please: Frame 2 — Öffne die *Jacke*, ganz!"
    assert decide(words, "frames")[0]["instruction"] == "Öffne die *Jacke*, ganz"


def test_pronoun_refers_to_the_frame_before(decide: Decide) -> None:
    """``it`` is the frame just spoken of."""
    expected = [{"type": "modify", "frames": [3], "instruction": "is dull, make it brighter"}]
    words = "looks good except frame 3, make it brighter"
    assert decide(words, "frames")[0]["frames"] == expected[0]["frames"]


def test_others_are_those_not_mentioned(decide: Decide) -> None:
    """``the rest`` is counted from what was said before."""
    taken = decide("frame 1: brighter, the others: darker", "frames")
    assert [one["frames"] for one in taken] == [[1], [2, 3, 4, 5, 6]]


def test_explicit_background_is_set_beside_the_words(decide: Decide) -> None:
    """A background that is named is a preset; a mere mood is words."""
    assert decide("make it edgier, on a black background") == [
        {
            "type": "revise",
            "stage": "hero",
            "instruction": "make it edgier, on a black background",
            "background": "studio-black",
        }
    ]


@pytest.mark.parametrize("words", ["not on black", "less neon", "get rid of the concrete"])
def test_refused_background_is_not_set(decide: Decide, words: str) -> None:
    """What is not wanted is no choice."""
    assert all("background" not in one for one in decide(words))


def test_untargeted_wish_at_frames_is_asked_about(answer: Callable[..., str]) -> None:
    """Which frames is for the person to say."""
    assert "“all frames: warmer”" in answer("warmer", "frames")


def test_comparative_without_number_is_asked_about(answer: Callable[..., str]) -> None:
    """``faster`` comes back with a number, from the pace there is."""
    assert "“1.75x”" in answer("faster", "complete", edit={"pace": 1.5})


def test_slower_clip_is_about_the_clip(decide: Decide) -> None:
    """Beside a clip, slower is its movement and not the film's pace."""
    expected = [{"type": "regenerate", "clips": [3], "instruction": "slower"}]
    assert decide("clip 3 slower", "clips") == expected


def test_sixth_clip_exists_with_the_loop(decide: Decide) -> None:
    """The loop adds a clip."""
    assert decide("redo clip 6", "clips", clips=6) == [{"type": "regenerate", "clips": [6]}]
    assert decide("redo clip 6", "clips", clips=5) == []


def test_retry_belongs_to_failures(decide: Decide) -> None:
    """Where nothing failed, trying again is another version."""
    assert decide("try again", failed=True) == [{"type": "retry"}]
    made = {"takes": {"hero": 1}, "current": {"hero": 1}}
    assert [one["type"] for one in decide("try again", **made)] == ["revise"]


def test_change_at_a_failure_is_no_retry_too(decide: Decide) -> None:
    """The change makes the thing again by itself."""
    taken = decide("make it softer and try again", failed=True)
    assert [one["type"] for one in taken] == ["revise"]


def test_stop_beside_other_words_does_not_cancel(decide: Decide) -> None:
    """``stop, don't continue`` is not the end of the shoot."""
    assert decide("stop") == [{"type": "cancel"}]
    assert decide("stop, don't continue") == []


def test_nothing_is_left_out_of_the_film(answer: Callable[..., str]) -> None:
    """There is no decision that removes a clip."""
    assert "none is taken out" in answer("remove clip 2", "clips")


def test_empty_words_are_answered_with_possibilities(answer: Callable[..., str]) -> None:
    """Silence is no approval."""
    assert "You can say" in answer("", "frames")


@pytest.mark.parametrize("words", ["the others: darker", "all but 1-6: darker", "not 1-6"])
def test_none_left_is_asked_about(answer: Callable[..., str], words: str) -> None:
    """An exception of everything leaves nothing to change."""
    for stage in ("frames", "clips", "complete"):
        assert answer(words, stage)


@pytest.mark.parametrize(
    "piece", ["and ", "with ", "but ", "1,", "2-", "first, ", "frame 2: darker and ", "the others "]
)
def test_long_text_is_answered_in_time(answer: Callable[..., str], piece: str) -> None:
    """The time for a text does not run away with its length."""
    assert answer(piece * (MAX_WORDS // len(piece)), "frames")


def test_longest_words_make_a_valid_instruction(decide: Decide) -> None:
    """An instruction never outgrows what a decision may hold."""
    taken = decide("make it darker " + "very " * MAX_WORDS)
    assert len(taken[0]["instruction"]) <= MAX_WORDS
