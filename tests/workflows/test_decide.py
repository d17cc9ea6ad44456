"""The shoot's rules, over every state that decisions can lead to."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.decisions import (
    DECISION,
    Approve,
    Modify,
    Regenerate,
    Resize,
    Retry,
    Revise,
    SetEdit,
    UseTake,
)
from studio.presets import ASPECT_RATIOS
from studio.shoot import Brief, Direction, ShootState
from studio.stages import ORDER, Stage
from studio.takes import Artifact, ClipsRecipe, FramesRecipe, Take
from workflows import decide
from workflows.steps import End, Make, Pause

NOW = datetime(2026, 1, 1, tzinfo=UTC)
COUNTS = {Stage.FRAMES: 6, Stage.CLIPS: 5}

numbers = st.lists(st.integers(1, 6), min_size=1, max_size=6).map(tuple)
decisions = st.one_of(
    st.just(Approve()),
    st.builds(
        Revise, stage=st.sampled_from([Stage.HERO, Stage.CONTACT_SHEET]), instruction=st.just("x")
    ),
    st.builds(Modify, frames=numbers, instruction=st.just("x")),
    st.sampled_from(ASPECT_RATIOS).map(lambda ratio: Resize(aspect_ratio=ratio)),
    st.builds(Regenerate, clips=numbers),
    st.builds(SetEdit, loop=st.booleans(), pace=st.sampled_from([0.5, 1.0, 2.0])),
    st.builds(UseTake, stage=st.sampled_from(ORDER), take=st.integers(1, 4)),
    st.just(Retry()),
)


def _fresh() -> tuple[ShootState, Make]:
    state = ShootState(id="s", brief=Brief(prompt="b"), created_at=NOW, updated_at=NOW)
    direction = Direction(pose="street-walk", background="studio-grey")
    state = state.model_copy(update={"direction": direction})
    state, step = decide.advance(state, Stage.HERO)
    assert isinstance(step, Make)
    return state, step


def _made(state: ShootState, step: Make) -> ShootState:
    """The state once ``step`` has been done."""
    stage = step.recipe.stage
    slots = step.recipe.slots if isinstance(step.recipe, ClipsRecipe) else ()
    count = len(slots) or COUNTS.get(stage, 1)
    artifacts = tuple(
        Artifact(
            name=f"{stage}-{n}",
            key=f"{stage}/{step.number}/{n}",
            kind="image",
            sha256="0",
            size=1,
            width=3,
            height=2,
            fingerprint=f"{stage}/{step.number}/{n}",
        )
        for n in range(count)
    )
    take = Take(
        stage=stage,
        number=step.number,
        artifacts=artifacts,
        recipe=step.recipe,
        made_from=step.made_from,
        provider="proof",
        created_at=NOW,
    )
    state = state.model_copy(
        update={"takes": (*state.takes, take), "numbered": {**state.numbered, stage: step.number}}
    )
    return decide.use_take(state, stage, step.number)


def _settle(state: ShootState, step: Make | Pause | End) -> tuple[ShootState, Pause | End]:
    """Do steps until the shoot pauses or ends."""
    while isinstance(step, Make):
        stage = step.recipe.stage
        state = _made(state, step)
        following = stage.following
        if step.go_on and following:
            state, step = decide.advance(state, following)
        else:
            step = Pause(stage=stage)
    assert isinstance(step, Pause | End)
    return state, step


@given(st.lists(decisions, max_size=14))
def test_every_sequence_of_decisions_keeps_the_rules(said):
    """Whatever is decided, takes only grow, numbers never repeat, and what is in use hangs
    together."""
    state, pause = _settle(*_fresh())
    for decision in said:
        if isinstance(pause, End):
            return
        before = state.takes
        try:
            decide.check(state, pause, decision)
        except decide.NotApplicableError:
            continue
        state, pause = _settle(*decide.follow(state, pause, decision))
        assert state.takes[: len(before)] == before
        marks = [(take.stage, take.number) for take in state.takes]
        assert len(set(marks)) == len(marks)
        for stage, number in state.current.items():
            take = state.take(stage, number)
            assert take is not None
            if stage.preceding:
                assert take.made_from == state.current[stage.preceding]
        if isinstance(pause, Pause):
            assert pause.stage in state.current
            assert max(stage.position for stage in state.current) == pause.stage.position


@given(st.lists(decisions, max_size=10))
def test_approving_always_leads_to_the_film(said):
    """From anywhere, at most four approvals reach the film and the next one ends the shoot."""
    state, pause = _settle(*_fresh())
    for decision in said:
        if isinstance(pause, End):
            return
        try:
            decide.check(state, pause, decision)
        except decide.NotApplicableError:
            continue
        state, pause = _settle(*decide.follow(state, pause, decision))
    approvals = 0
    while isinstance(pause, Pause):
        state, pause = _settle(*decide.follow(state, pause, Approve()))
        approvals += 1
    assert approvals <= len(ORDER)


@given(st.lists(decisions, max_size=10))
def test_the_film_matches_the_edit(said):
    """At the end the clips are as many as the loop needs, and the ratio is that of the frames."""
    state, pause = _settle(*_fresh())
    for decision in [*said, *[Approve()] * len(ORDER)]:
        if isinstance(pause, End):
            break
        try:
            decide.check(state, pause, decision)
        except decide.NotApplicableError:
            continue
        state, pause = _settle(*decide.follow(state, pause, decision))
    clips = state.current_take(Stage.CLIPS)
    film = state.current_take(Stage.COMPLETE)
    frames = state.current_take(Stage.FRAMES)
    assert clips is not None
    assert film is not None
    assert frames is not None
    assert len(clips.artifacts) == (6 if state.edit.loop else 5)
    assert isinstance(frames.recipe, FramesRecipe)
    assert frames.recipe.aspect_ratio == state.aspect_ratio


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "modify", "frames": [9], "instruction": "x"},
        {"type": "modify", "frames": [], "instruction": "x"},
        {"type": "modify", "frames": [1], "instruction": "  "},
        {"type": "resize", "aspectRatio": "17:9"},
        {"type": "edit", "pace": 3},
        {"type": "edit"},
        {"type": "edit", "easing": "cubic-bezier(2,0,1,1)"},
        {"type": "revise", "stage": "frames", "instruction": "x"},
        {"type": "revise", "stage": "hero"},
        {"type": "use-take", "stage": "hero", "take": 0},
        {"type": "approved"},
    ],
)
def test_impossible_values_are_no_decisions(wrong):
    """A decision that could never apply is refused before it reaches a shoot."""
    with pytest.raises(ValueError, match=r"validation error"):
        DECISION.validate_python(wrong)
