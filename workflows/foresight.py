"""Foresight: whether several decisions can follow one after the other, before any is followed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from studio.decisions import Decision
from studio.shoot import ShootState
from studio.takes import Artifact, ClipsRecipe, Take
from workflows import decide
from workflows.steps import End, Make, Open, Pause, Step


def objection(state: ShootState, pause: Pause, decisions: Sequence[Decision]) -> str | None:
    """Why one of ``decisions`` cannot be followed once those before it have been; else ``None``.

    What is made in between is taken to succeed.
    """
    at: Pause | None = pause
    for decision in decisions:
        if at is None:
            return "the shoot is over then"
        try:
            decide.check(state, at, decision)
            state, step = decide.follow(state, at, decision)
        except decide.NotApplicableError as error:
            return str(error)
        state, at = _then(state, step)
    return None


def _then(state: ShootState, step: Step) -> tuple[ShootState, Pause | None]:
    """Where the shoot waits next, with the takes that it will have made by then."""
    while isinstance(step, Make):
        stage = step.recipe.stage
        numbered = {**state.numbered, stage: step.number}
        takes = (*state.takes, _imagined(step, state.updated_at))
        state = state.model_copy(update={"takes": takes, "numbered": numbered})
        state = decide.use_take(state, stage, step.number)
        following = stage.following if step.go_on else None
        if following is None:
            return state, Pause(stage=stage)
        state, step = decide.advance(state, following)
    match step:
        case Pause():
            return state, step
        case Open():
            return state, Pause(stage=state.stage)
        case End():
            return state, None


def _imagined(step: Make, at: datetime) -> Take:
    """The take that ``step`` will make, as far as rules look at takes: how much is in it."""
    count = len(step.recipe.slots) if isinstance(step.recipe, ClipsRecipe) else 1
    blank = Artifact(
        name="", key="", kind="image", sha256="", size=0, width=0, height=0, fingerprint=""
    )
    return Take(
        stage=step.recipe.stage,
        number=step.number,
        artifacts=(blank,) * count,
        recipe=step.recipe,
        made_from=step.made_from,
        provider="proof",
        created_at=at,
    )
