"""Checkpoints: what to show, what may be answered at a pause, and what approving will cost."""

from __future__ import annotations

from studio.checkpoints import Checkpoint, CheckpointOptions, DecisionName
from studio.presets import ASPECT_RATIOS, FRAME_COUNT
from studio.shoot import ShootState
from studio.stages import Stage
from studio.takes import Take
from workflows.steps import Pause


def output_path(shoot_id: str, name: str) -> str:
    """Where the gateway serves an artifact of the take in use."""
    return f"outputs/{shoot_id}/{name}"


def checkpoint(state: ShootState, pause: Pause, sequence: int) -> Checkpoint:
    """The checkpoint for ``pause``; ``sequence`` counts the checkpoints of the shoot."""
    take = state.current_take(pause.stage)
    paths = tuple(output_path(state.id, a.name) for a in take.artifacts) if take else ()
    single = pause.stage in (Stage.HERO, Stage.CONTACT_SHEET, Stage.COMPLETE)
    clips = state.current_take(Stage.CLIPS)
    return Checkpoint(
        id=f"{sequence}-{pause.stage}",
        stage=pause.stage,
        status="failed" if pause.reason else "complete",
        type="video" if pause.stage in (Stage.CLIPS, Stage.COMPLETE) else "image",
        artifact=paths[0] if single and paths else None,
        artifacts=paths if paths and not single else None,
        message=_message(pause, take),
        take=take.number if take else None,
        options=CheckpointOptions(
            decisions=_decisions(state, pause),
            frames=len(_artifacts(state, Stage.FRAMES)),
            clips=len(clips.artifacts) if clips else 0,
            aspect_ratios=ASPECT_RATIOS if state.current_take(Stage.FRAMES) else (),
        ),
        estimate=_estimate(state, pause),
        code=pause.code,
        provenance=_provenance(take),
    )


def _message(pause: Pause, take: Take | None) -> str:
    if pause.reason:
        return f"The {pause.stage.product} could not be made: {pause.reason}"
    number = take.number if take else 0
    ask = {
        Stage.HERO: "Continue to the contact sheet, or say what to change.",
        Stage.CONTACT_SHEET: "Continue to cut the six frames, or say what to change.",
        Stage.FRAMES: "Continue to the clips, resize, or change single frames.",
        Stage.CLIPS: "Continue to the film, set its pace and loop, or redo single clips.",
        Stage.COMPLETE: "Download it, or cut it again with another pace, easing or loop.",
    }[pause.stage]
    return f"{pause.stage.product.capitalize()}, take {number}. {ask}"


def _decisions(state: ShootState, pause: Pause) -> tuple[DecisionName, ...]:
    names: list[DecisionName] = []
    names.append("retry" if pause.failed else "approve")
    names.append("revise")
    if state.current_take(Stage.FRAMES) and pause.stage.position >= Stage.FRAMES.position:
        names += ["modify", "resize"]
    if state.current_take(Stage.CLIPS) and pause.stage.position >= Stage.CLIPS.position:
        names.append("regenerate")
    if pause.failed is None or pause.stage.position >= Stage.CLIPS.position:
        names.append("edit")
    if len(state.takes) > len(state.current):
        names.append("use-take")
    return (*names, "feedback", "cancel")


def _estimate(state: ShootState, pause: Pause) -> float | None:
    """What approving is expected to cost: the next stage's pictures or clips, in US dollars."""
    prices = state.providers
    if prices is None or pause.reason is not None:
        return 0.0
    clips = FRAME_COUNT if state.edit.loop else FRAME_COUNT - 1
    count, price = {
        Stage.HERO: (1, prices.image_usd),
        Stage.FRAMES: (clips, prices.clip_usd),
    }.get(pause.stage, (0, 0.0))
    return None if price is None else round(count * price, 4)


def _artifacts(state: ShootState, stage: Stage) -> tuple[object, ...]:
    take = state.current_take(stage)
    return take.artifacts if take else ()


def _provenance(take: Take | None) -> str:
    if take is None:
        return ""
    seen: dict[str, None] = {}
    for artifact in take.artifacts:
        sandbox = artifact.provenance.get("sandbox", "unknown")
        seen[f"{artifact.provenance.get('provider', take.provider)} in {sandbox}"] = None
    return ", ".join(seen)
