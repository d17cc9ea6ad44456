"""The checkpoint: the durable pause after a stage, and what may be answered there."""

from __future__ import annotations

from typing import Literal

from studio.model import Model
from studio.stages import Stage

DecisionName = Literal[
    "approve",
    "revise",
    "modify",
    "resize",
    "regenerate",
    "edit",
    "use-take",
    "brief",
    "retry",
    "cancel",
    "feedback",
]


class CheckpointOptions(Model):
    """Which decisions fit, and the numbers they may name.

    Everything offered can be followed: offers are made from the rules that decisions are checked
    and followed by.
    """

    decisions: tuple[DecisionName, ...]
    frames: int = 0
    clips: int = 0
    aspect_ratios: tuple[str, ...] = ()


class Checkpoint(Model):
    """An open pause. One of ``artifact`` and ``artifacts`` is set where there is work to show.

    Paths are ``outputs/{id}/…`` without a leading slash. ``estimate`` is what approving is
    expected to cost, in US dollars, ``None`` where no price is known. ``code`` names the kind of
    failure of a failed checkpoint.
    """

    id: str
    stage: Stage
    status: Literal["complete", "failed"]
    type: Literal["image", "video"]
    artifact: str | None = None
    artifacts: tuple[str, ...] | None = None
    message: str
    take: int | None
    options: CheckpointOptions
    estimate: float | None = 0.0
    code: str | None = None
    """Why it failed, as a code; only on failed checkpoints."""
    failed: tuple[str, ...] = ()
    """What could not be made, by name (``clip-3``); only on failed checkpoints of several."""
    provenance: str = ""
    """One line on how the take was made: provider and sandbox."""
