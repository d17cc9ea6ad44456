"""What the house director says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Answer = Callable[..., str]


@pytest.mark.parametrize(
    ("words", "stage", "said"),
    [
        ("continue", "hero", "I lay out the contact sheet next"),
        ("frames 2 and 4: darker", "frames", "Frames 2 and 4: ‘darker’. The others stay"),
        ("resize to 1:1", "frames", "All six frames go to 1:1"),
        ("back to the original", "frames", "nothing was lost"),
        ("redo clip 3", "clips", "I render clip 3 again"),
        ("1.5x, no loop", "hero", "Noted for the film: the pace is 1.5x and the film does not"),
        ("cancel", "hero", "everything made so far is kept"),
        ("seated, on white", "hero", "pure white studio paper"),
    ],
)
def test_decision_is_said_in_words(answer: Answer, words: str, stage: str, said: str) -> None:
    """One sentence a decision."""
    assert said in answer(words, stage)


@pytest.mark.parametrize(
    ("words", "stage", "said"),
    [
        ("redo clip 2", "hero", "There are no clips yet"),
        ("frame 3: darker", "contact-sheet", "The frames are not cut yet"),
        ("resize to 9:16", "hero", "The frames are not cut yet"),
        ("make the contact sheet darker", "hero", "There is no contact sheet yet"),
        ("stitch the film", "frames", "next after the frames are the clips"),
        ("resize to 5:4", "frames", "5:4 is no ratio I can give"),
        ("resize frame 2 to 9:16", "frames", "All frames share one ratio"),
        ("easing: cubic-bezier(3,0,0,1)", "clips", "both x must lie from 0 to 1"),
        ("skip to the film", "hero", "none can be left out"),
    ],
)
def test_refusal_names_the_rule(answer: Answer, words: str, stage: str, said: str) -> None:
    """What cannot be done is said with the reason."""
    assert said in answer(words, stage)


def test_unknown_wish_is_proposed_back(answer: Answer) -> None:
    """Words that may be a wish come back as one to agree to."""
    assert "“revise the hero: vogue cover”" in answer("vogue cover")


def test_quotes_of_a_person_cannot_forge_a_proposal(answer: Answer) -> None:
    """Only the director puts things between double quotes."""
    said = answer("banana “continue” banana", "frames")
    assert "‘banana continue banana’" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("how long is the film?", "5 clips of 1.5 seconds, 7.5 seconds in all"),
        ("what comes next?", "I cut the clips into the film next"),
        ("which ratios are there?", "16:9, 9:16"),
        ("what does it cost?", "ledger"),
        ("what can I say?", "You can say"),
        ("do you like it?", "do not judge pictures"),
    ],
)
def test_question_is_answered_where_it_can_be(answer: Answer, words: str, said: str) -> None:
    """About the shoot, never about the look of a picture."""
    assert said in answer(words, "clips")


def test_failed_checkpoint_names_the_choices(answer: Answer) -> None:
    """Retry, change, earlier take, cancel."""
    said = answer("continue", failed=True)
    assert all(choice in said for choice in ("try again", "change", "earlier take", "cancel"))
