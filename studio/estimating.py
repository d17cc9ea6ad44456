"""What decisions would cost, by the prices a shoot began with: an estimate, and never a bill."""

from __future__ import annotations

from collections.abc import Iterable

from studio.decisions import Approve, Decision, Modify, Regenerate, Retry, Revise, SetEdit
from studio.edit import Edit
from studio.presets import FRAME_COUNT
from studio.shoot import ShootState
from studio.stages import Stage


def estimate(decisions: Iterable[Decision], state: ShootState, stage: Stage) -> float | None:
    """US dollars for ``decisions`` taken at ``stage``, in order; ``None`` where a price is unknown.

    Work whose extent shows only while it is done, such as frames tried again, is unknown, too.
    """
    edit, pictures, clips = state.edit, 0, 0
    for decision in decisions:
        match decision:
            case Revise():
                pictures += 1
            case Modify(frames=frames):
                pictures += len(frames)
            case Regenerate(clips=numbers):
                clips += len(numbers)
            case SetEdit():
                named = decision.model_dump(include={"loop", "pace", "easing"}, exclude_none=True)
                edit = edit.model_copy(update=named)
                if stage.position >= Stage.CLIPS.position:
                    clips += _missing(edit, state)
            case Approve() if stage is Stage.HERO:
                pictures += 1
            case Approve() if stage is Stage.FRAMES:
                clips += _wanted(edit)
            case Retry() if stage in (Stage.HERO, Stage.CONTACT_SHEET):
                pictures += 1
            case Retry() if stage is Stage.CLIPS:
                clips += _missing(edit, state)
            case Retry() if stage is Stage.FRAMES:
                return None
    return _priced(pictures, clips, state)


def _priced(pictures: int, clips: int, state: ShootState) -> float | None:
    prices = state.providers
    total = 0.0
    for count, each in (
        (pictures, prices.image_usd if prices else 0.0),
        (clips, prices.clip_usd if prices else 0.0),
    ):
        if count and each is None:
            return None
        total += count * (each or 0.0)
    return round(total, 4)


def _wanted(edit: Edit) -> int:
    return FRAME_COUNT if edit.loop else FRAME_COUNT - 1


def _missing(edit: Edit, state: ShootState) -> int:
    """How many clips an edit needs beyond those that were made of these frames."""
    frames = state.current.get(Stage.FRAMES)
    made = {
        artifact.name
        for take in state.takes
        if take.stage is Stage.CLIPS and take.made_from == frames
        for artifact in take.artifacts
    }
    current = state.current_take(Stage.CLIPS)
    there = max(len(made), len(current.artifacts) if current else 0)
    return max(0, _wanted(edit) - there)
