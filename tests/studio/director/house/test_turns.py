"""Words in the light of what was said before."""

from __future__ import annotations

from datetime import UTC, datetime

from studio.decisions import Approve, Modify, SetEdit
from studio.director.house.interpret import interpret
from studio.director.house.turns import answer
from studio.director.interface import Reply, Situation
from studio.shoot import Message
from studio.stages import Stage


def said(stage: Stage, *lines: str) -> tuple[Message, ...]:
    """A transcript: the person and the director in turn."""
    roles = ("person", "director")
    return tuple(
        Message(id=str(i), role=roles[i % 2], text=line, stage=stage, at=datetime.now(UTC))
        for i, line in enumerate(lines)
    )


def talk(stage: Stage, *lines: str) -> Reply:
    """The last line's reply, the director having answered each line before by itself."""
    situation = Situation(stage=stage)
    spoken: list[str] = []
    for line in lines[:-1]:
        spoken += [line, answer(line, situation, said(stage, *spoken)).words]
    return answer(lines[-1], situation, said(stage, *spoken))


def test_bare_yes_takes_what_was_proposed() -> None:
    """Asked whether it shall be 1.25x, yes is 1.25x and no approval."""
    assert talk(Stage.COMPLETE, "faster", "yes").decisions == (SetEdit(pace=1.25),)


def test_bare_yes_to_going_on_approves() -> None:
    """Asked whether to continue, yes continues."""
    assert talk(Stage.HERO, "nice", "yes please").decisions == (Approve(),)


def test_bare_yes_to_several_proposals_decides_nothing() -> None:
    """Of two things proposed, yes is neither."""
    reply = talk(Stage.FRAMES, "warmer", "yes")
    assert (reply.decisions, "Which of them" in reply.words) == ((), True)


def test_bare_no_leaves_things_as_they_are() -> None:
    """A no to a proposal is no decision."""
    assert talk(Stage.COMPLETE, "faster", "no").decisions == ()


def test_yes_with_a_question_mark_is_no_yes() -> None:
    """A question is never an approval, after a question either."""
    assert talk(Stage.HERO, "nice", "yes?").decisions == ()


def test_frames_named_afterwards_complete_the_wish() -> None:
    """Asked in which frames, numbers are the answer."""
    expected = (Modify(frames=(2, 4), instruction="warmer"),)
    assert talk(Stage.FRAMES, "warmer", "2 and 4").decisions == expected


def test_wish_named_afterwards_completes_the_frames() -> None:
    """Asked what should change, the wish is the answer."""
    expected = (Modify(frames=(3,), instruction="open the jacket"),)
    assert talk(Stage.FRAMES, "frame 3", "open the jacket").decisions == expected


def test_new_words_are_not_joined_to_old_ones() -> None:
    """What is complete by itself stands by itself."""
    assert talk(Stage.FRAMES, "warmer", "continue").decisions == (Approve(),)


def test_question_of_an_earlier_stage_is_forgotten() -> None:
    """A yes after the stage has changed is about the new stage."""
    transcript = said(Stage.CLIPS, "faster", "How much faster? Shall it be “1.25x”?")
    reply = answer("yes", Situation(stage=Stage.COMPLETE), transcript)
    assert reply == interpret("yes", Situation(stage=Stage.COMPLETE))


def test_transcript_may_end_with_the_words_themselves() -> None:
    """Whether the words are on the transcript already makes no difference."""
    lines = ("faster", "Shall it be “1.25x”?")
    without = said(Stage.COMPLETE, *lines)
    ending = said(Stage.COMPLETE, *lines, "yes")
    situation = Situation(stage=Stage.COMPLETE)
    assert answer("yes", situation, without) == answer("yes", situation, ending)
