"""What holds for any text whatever."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.director import cases
from studio.decisions import Approve, Modify, Regenerate, Resize, SetEdit
from studio.director.house import interpret, read_brief
from studio.director.house.guard import QUESTION_MARKS
from studio.director.house.vocabulary import known_words
from studio.director.interface import Reply, Situation
from studio.presets import ASPECT_RATIOS, FRAME_COUNT, MAX_PACE, MIN_PACE
from studio.stages import Stage

APPROVALS = sorted({case.words for case in cases("seen") if case.kind == "approve"})
SENTENCES = sorted({case.words for case in cases("seen")})
NOES = ("not", "don't", "never", "nicht", "niemals", "pas", "jamais", "nunca", "niet", "não")
DOUBTS = ("hmm", "maybe", "I guess", "not sure", "vielleicht", "peut-être", "quizás", "forse")
NUMBER_WORDS = ("one", "two", "three", "four", "five", "six")

stages = st.sampled_from(list(Stage))
situations = st.builds(
    Situation,
    stage=stages,
    failed=st.booleans(),
    takes=st.dictionaries(stages, st.integers(1, 4), max_size=5),
    current=st.dictionaries(stages, st.integers(1, 4), max_size=5),
    clips=st.sampled_from([0, 5, 6]),
)
marks = st.sampled_from([" ", " ", " ", ", ", ": ", ". ", "\n", " - ", "? ", "! ", "/", "…"])
pieces = st.one_of(
    st.sampled_from(sorted(known_words())),
    st.integers(-3, 40).map(str),
    st.sampled_from(
        ["1.5x", "9:16", "150%", "½x", "2-4", "#3", "👍", "🙄", "cubic-bezier(1,2,3,4)"]
    ),
)
salads = st.lists(st.tuples(pieces, marks), max_size=14).map(
    lambda parts: "".join(piece + mark for piece, mark in parts)
)
texts = st.one_of(st.text(max_size=200), salads, st.sampled_from(SENTENCES))
subsets = st.sets(st.integers(1, FRAME_COUNT), min_size=1).map(sorted)


def approves(reply: Reply) -> bool:
    return any(isinstance(decision, Approve) for decision in reply.decisions)


@given(texts, situations)
@settings(max_examples=400, deadline=None)
def test_any_text_is_answered(text: str, situation: Situation) -> None:
    """No text breaks the director, and none is left without an answer."""
    assert interpret(text, situation).words


@given(st.one_of(salads, st.sampled_from(SENTENCES)), situations)
@settings(max_examples=300, deadline=None)
def test_numbers_are_in_range(text: str, situation: Situation) -> None:
    """Whatever is decided names frames, clips and paces that there are."""
    for decision in interpret(text, situation).decisions:
        match decision:
            case Modify(frames=numbers) | Regenerate(clips=numbers):
                assert set(numbers) <= set(range(1, FRAME_COUNT + 1))
            case SetEdit(pace=float(pace)):
                assert MIN_PACE <= pace <= MAX_PACE
            case Resize(aspect_ratio=ratio):
                assert ratio in ASPECT_RATIOS


@given(texts, situations)
@settings(deadline=None)
def test_same_words_get_same_reply(text: str, situation: Situation) -> None:
    """Nothing but the words and the situation counts."""
    assert interpret(text, situation) == interpret(text, situation)


@given(texts, st.sampled_from(sorted(QUESTION_MARKS)), st.data(), situations)
@settings(max_examples=300, deadline=None)
def test_question_never_approves(
    text: str, mark: str, data: st.DataObject, situation: Situation
) -> None:
    """A question mark anywhere forbids it."""
    place = data.draw(st.integers(0, len(text)))
    assert not approves(interpret(text[:place] + mark + text[place:], situation))


@given(st.sampled_from(APPROVALS), st.sampled_from(NOES), st.data(), stages)
@settings(max_examples=400, deadline=None)
def test_negation_never_approves(approval: str, no: str, data: st.DataObject, stage: Stage) -> None:
    """A no put anywhere among the words of an approval takes it back."""
    words = approval.split()
    words.insert(data.draw(st.integers(0, len(words))), no)
    assert not approves(interpret(" ".join(words), Situation(stage=stage)))


@given(st.sampled_from(APPROVALS), st.sampled_from(DOUBTS), st.booleans(), stages)
@settings(max_examples=200, deadline=None)
def test_doubt_never_approves(approval: str, doubt: str, first: bool, stage: Stage) -> None:
    """A doubt before or after an approval takes it back."""
    text = f"{doubt}, {approval}" if first else f"{approval}, {doubt}"
    assert not approves(interpret(text, Situation(stage=stage)))


@given(st.sampled_from(APPROVALS), stages)
@settings(deadline=None)
def test_reservation_never_approves(approval: str, stage: Stage) -> None:
    """Praise with a "but" is not an approval."""
    text = f"{approval.rstrip('.!')}, but the hat is wrong"
    assert not approves(interpret(text, Situation(stage=stage)))


@given(st.sampled_from(APPROVALS), stages)
@settings(deadline=None)
def test_failed_checkpoint_is_never_approved(approval: str, stage: Stage) -> None:
    """Where the stage failed there is nothing to approve."""
    assert not approves(interpret(approval, Situation(stage=stage, failed=True)))


@given(subsets, st.sampled_from([", ", " and ", " & ", ","]), st.booleans())
@settings(deadline=None)
def test_listed_frames_are_those_meant(numbers: list[int], joint: str, spelt: bool) -> None:
    """Any frames, in figures or in words, however joined."""
    named = [NUMBER_WORDS[n - 1] if spelt else str(n) for n in numbers]
    reply = interpret(f"frames {joint.join(named)}: darker", Situation(stage=Stage.FRAMES))
    assert reply.decisions == (Modify(frames=tuple(numbers), instruction="darker"),)


@given(subsets.filter(lambda numbers: len(numbers) < FRAME_COUNT))
@settings(deadline=None)
def test_all_but_some_are_the_others(numbers: list[int]) -> None:
    """What is excepted stays as it is."""
    named = " and ".join(map(str, numbers))
    reply = interpret(f"all but {named}: darker", Situation(stage=Stage.FRAMES))
    others = tuple(n for n in range(1, FRAME_COUNT + 1) if n not in numbers)
    assert reply.decisions == (Modify(frames=others, instruction="darker"),)


@given(st.integers(7, 10**12) | st.just(0))
@settings(deadline=None)
def test_frames_there_are_none_of_are_refused(number: int) -> None:
    """Frame 9 is answered with the rule."""
    reply = interpret(f"frame {number}: darker", Situation(stage=Stage.FRAMES))
    assert (reply.decisions, "from 1 to 6" in reply.words) == ((), True)


@given(st.integers(0, 1000).map(lambda cents: cents / 100))
@settings(deadline=None)
def test_pace_is_set_or_refused(pace: float) -> None:
    """A pace within the range is set as said; any other is refused with the range."""
    reply = interpret(f"{pace:g}x", Situation(stage=Stage.COMPLETE))
    if MIN_PACE <= pace <= MAX_PACE:
        assert reply.decisions == (SetEdit(pace=pace),)
    else:
        assert (reply.decisions, "0.5x to 2x" in reply.words) == ((), True)


@pytest.mark.parametrize("ratio", ASPECT_RATIOS[1:])
@pytest.mark.parametrize("between", [":", "x", "/", " : ", " x ", " by ", "×"])
def test_ratio_is_read_in_every_spelling(ratio: str, between: str) -> None:
    """16:9, 16x9, 16/9, 16 by 9."""
    reply = interpret(f"resize to {ratio.replace(':', between)}", Situation(stage=Stage.FRAMES))
    assert reply.decisions == (Resize(aspect_ratio=ratio),)


@given(texts)
@settings(deadline=None)
def test_any_brief_is_read(text: str) -> None:
    """No brief breaks the director."""
    assert read_brief(text).pose
