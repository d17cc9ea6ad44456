"""A shoot in the session API's words: pipeline stages, progress, assets, statistics."""

from __future__ import annotations

from typing import Any

from gateway.sessionwire import Assets, Pipeline, SessionStats
from studio.checkpoints import Checkpoint
from studio.ledger import totals
from studio.shoot import ShootState
from studio.stages import ORDER, ShootStatus, Stage

_WORKING = {
    Stage.HERO: "generating-hero",
    Stage.CONTACT_SHEET: "generating-contact-sheet",
    Stage.FRAMES: "cropping-frames",
    Stage.CLIPS: "generating-videos",
    Stage.COMPLETE: "stitching",
}


def stage_name(stage: Stage, status: ShootStatus) -> str:
    """The pipeline stage, by what a list knows of a shoot."""
    if status is ShootStatus.COMPLETE:
        return "completed"
    if status in (ShootStatus.PAUSED, ShootStatus.CANCELLED):
        return "error"
    return _WORKING[stage]


def pipeline(state: ShootState) -> Pipeline:
    """How far the shoot is."""
    name = stage_name(state.stage, state.status)
    if state.direction is None and state.status is ShootStatus.RUNNING:
        name = "analyzing" if state.turns else "initialized"
    return Pipeline(stage=name, progress=_progress(state), assets=assets(state))


def assets(state: ShootState) -> Assets:
    """The results in use."""

    def paths(stage: Stage) -> tuple[str, ...]:
        take = state.current_take(stage)
        return tuple(f"outputs/{state.id}/{a.name}" for a in take.artifacts) if take else ()

    return Assets(
        hero=_first(paths(Stage.HERO)),
        contact_sheet=_first(paths(Stage.CONTACT_SHEET)),
        frames=paths(Stage.FRAMES),
        videos=paths(Stage.CLIPS),
        final_video=_first(paths(Stage.COMPLETE)),
    )


def stats(state: ShootState) -> SessionStats:
    """What the shoot took so far."""
    spent = totals(state.ledger)
    return SessionStats(
        turns=state.turns,
        checkpoints=state.checkpoints,
        takes=len(state.takes),
        paid_calls=spent.calls,
        cost_usd=spent.estimate_usd,
        duration_ms=round((state.updated_at - state.created_at).total_seconds() * 1000),
    )


def card(checkpoint: Checkpoint) -> dict[str, Any]:
    """A checkpoint as the front end's card takes it: no field that is null."""
    return checkpoint.model_dump(mode="json", exclude_none=True)


def _progress(state: ShootState) -> int:
    if state.status is ShootStatus.COMPLETE:
        return 100
    whole = 100 // len(ORDER)
    reached = [stage for stage in ORDER if stage in state.current]
    return min(95, len(reached) * whole + (5 if state.status is ShootStatus.RUNNING else 0))


def _first(paths: tuple[str, ...]) -> str | None:
    return paths[0] if paths else None
