"""Foresight: what it says of decisions is what comes of following them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.decisions import Approve, Cancel, Decision, Modify, Regenerate, Resize, Revise
from studio.shoot import ShootState
from studio.stages import Stage
from tests.workflows.test_decide import _fresh, _settle, decisions
from workflows import decide
from workflows.foresight import objection
from workflows.steps import End, Pause


def _at(stage: Stage) -> tuple[ShootState, Pause]:
    """A shoot that was approved up to ``stage``."""
    state, pause = _settle(*_fresh())
    while isinstance(pause, Pause) and pause.stage is not stage:
        state, pause = _settle(*decide.follow(state, pause, Approve()))
    assert isinstance(pause, Pause)
    return state, pause


@pytest.mark.parametrize(
    ("stage", "wished", "why"),
    [
        (Stage.HERO, (Modify(frames=(2,), instruction="x"),), "comes after the hero"),
        (Stage.FRAMES, (Regenerate(clips=(2,)),), "no clips yet"),
        (Stage.CLIPS, (Regenerate(clips=(6,)),), "no clip 6"),
        (
            Stage.FRAMES,
            (Revise(stage=Stage.HERO, instruction="x"), Modify(frames=(2,), instruction="x")),
            "comes after the hero",
        ),
        (Stage.FRAMES, (Cancel(), Approve()), "over then"),
        (Stage.FRAMES, (Modify(frames=(2,), instruction="x"), Resize(aspect_ratio="9:16")), None),
        (Stage.FRAMES, (Approve(), Approve(), Approve()), None),
    ],
)
def test_objections_say_why(stage: Stage, wished: tuple[Decision, ...], why: str | None) -> None:
    """In the words of the shoot's own rules; nothing where all can be done."""
    found = objection(*_at(stage), wished)
    assert (found is None) if why is None else (found is not None and why in found)


@settings(deadline=None)
@given(st.sampled_from([Stage.HERO, Stage.FRAMES, Stage.CLIPS]), st.lists(decisions, max_size=5))
def test_foresight_is_what_happens(stage: Stage, wished: list[Decision]) -> None:
    """An objection comes exactly where following the decisions, with all made well, is refused."""
    state, pause = _at(stage)
    foreseen = objection(state, pause, wished)
    at: Pause | End = pause
    happened = None
    for decision in wished:
        if isinstance(at, End):
            happened = "over"
            break
        try:
            decide.check(state, at, decision)
            state, at = _settle(*decide.follow(state, at, decision))
        except decide.NotApplicableError as error:
            happened = str(error)
            break
    assert (foreseen is None) is (happened is None)
