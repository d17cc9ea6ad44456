"""Checkpoints: what to show, what may be answered at a pause, and what approving will cost."""

from __future__ import annotations

from studio.checkpoints import Checkpoint, CheckpointOptions, DecisionName
from studio.decisions import Modify, Regenerate, Resize
from studio.presets import FRAME_COUNT
from studio.shoot import ShootState
from studio.stages import Stage
from studio.takes import Take
from workflows import decide
from workflows.steps import Make, Pause


def output_path(shoot_id: str, name: str) -> str:
    """Where the gateway serves an artifact of the take in use."""
    return f"outputs/{shoot_id}/{name}"


def checkpoint(state: ShootState, pause: Pause, sequence: int) -> Checkpoint:
    """The checkpoint for ``pause``; ``sequence`` counts the checkpoints of the shoot."""
    take = state.current_take(pause.stage)
    paths = _paths(state, pause, take)
    single = pause.stage in (Stage.HERO, Stage.CONTACT_SHEET, Stage.COMPLETE)
    return Checkpoint(
        id=f"{sequence}-{pause.stage}",
        stage=pause.stage,
        status="failed" if pause.reason else "complete",
        type="video" if pause.stage in (Stage.CLIPS, Stage.COMPLETE) else "image",
        artifact=paths[0] if single and paths else None,
        artifacts=paths if paths and not single else None,
        message=_message(pause, take),
        take=take.number if take else None,
        options=_options(state, pause),
        estimate=_estimate(state, pause),
        code=pause.code,
        failed=pause.missing,
        provenance=_provenance(take),
    )


def bare(pause: Pause, sequence: int) -> Checkpoint:
    """A checkpoint that depends on nothing but the pause, for when no better one can be made."""
    names: list[DecisionName] = ["retry"] if pause.failed else []
    return Checkpoint(
        id=f"{sequence}-{pause.stage}",
        stage=pause.stage,
        status="failed",
        type="image",
        message=pause.reason or f"What there is of the {pause.stage.product} cannot be shown.",
        take=None,
        options=CheckpointOptions(decisions=(*names, "feedback", "cancel")),
        code=pause.code,
    )


def _paths(state: ShootState, pause: Pause, take: Take | None) -> tuple[str, ...]:
    """What there is to show: the take in use, or what came out well beside what failed."""
    if pause.landed and isinstance(pause.failed, Make):
        spare = {artifact.name for artifact in state.spare}
        place = f"takes/{pause.stage}/{pause.failed.number}"
        return tuple(
            output_path(state.id, f"{place}/{name}" if name in spare else name)
            for name in pause.landed
        )
    return tuple(output_path(state.id, a.name) for a in take.artifacts) if take else ()


def _options(state: ShootState, pause: Pause) -> CheckpointOptions:
    """What may be answered: read from the rules by which it will be followed."""
    offers = decide.offers(state, pause)
    names = dict.fromkeys(offer.type for offer in offers)
    return CheckpointOptions(
        decisions=tuple(names),
        frames=sum(isinstance(offer, Modify) for offer in offers),
        clips=sum(isinstance(offer, Regenerate) for offer in offers),
        aspect_ratios=tuple(offer.aspect_ratio for offer in offers if isinstance(offer, Resize)),
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


def _provenance(take: Take | None) -> str:
    if take is None:
        return ""
    seen: dict[str, None] = {}
    for artifact in take.artifacts:
        sandbox = artifact.provenance.get("sandbox", "unknown")
        seen[f"{artifact.provenance.get('provider', take.provider)} in {sandbox}"] = None
    return ", ".join(seen)
