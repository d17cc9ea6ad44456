"""What a person answers at a checkpoint, as typed values.

Every decision may name the checkpoint it answers; one that does not answers whichever is open.
Values are checked here (a frame is 1 to 6, a ratio is a known one); whether a decision fits the
moment is checked by the shoot.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    TypeAdapter,
    model_validator,
)

from studio.edit import Easing, Pace
from studio.model import Model
from studio.presets import FRAME_COUNT, AspectRatio, Background, Pose
from studio.stages import Stage
from studio.text import printable

MAX_WORDS = 4_000


def _cleaned(value: object) -> object:
    return printable(value) if isinstance(value, str) else value


Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_WORDS),
    BeforeValidator(_cleaned),
]
"""What a person says: 1 to 4,000 characters, without control characters."""


def _ascending(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(numbers)))


Numbers = Annotated[
    tuple[Annotated[int, Field(ge=1, le=FRAME_COUNT)], ...],
    Field(min_length=1),
    AfterValidator(_ascending),
]
"""Frames or clips by number, 1 to 6, kept in order and without repeats."""


class _Decision(Model):
    checkpoint_id: str | None = None
    by: str | None = Field(default=None, max_length=100)


class Approve(_Decision):
    """The take is good: go on to the next stage."""

    type: Literal["approve"] = "approve"


class Revise(_Decision):
    """Make the hero or the contact sheet again, with words, another pose or background."""

    type: Literal["revise"] = "revise"
    stage: Literal[Stage.HERO, Stage.CONTACT_SHEET]
    instruction: Words | None = None
    pose: Pose | None = None
    background: Background | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.instruction is None and self.pose is None and self.background is None:
            raise ValueError("revise needs an instruction, a pose or a background")
        return self


class Modify(_Decision):
    """Change some frames by the same words; the others stay as they are."""

    type: Literal["modify"] = "modify"
    frames: Numbers
    instruction: Words


class Resize(_Decision):
    """Give all frames a ratio, or their original one back, without loss."""

    type: Literal["resize"] = "resize"
    aspect_ratio: AspectRatio


class Regenerate(_Decision):
    """Render some clips anew; the others stay as they are."""

    type: Literal["regenerate"] = "regenerate"
    clips: Numbers
    instruction: Words | None = None


class SetEdit(_Decision):
    """Set how the film is cut: what is not named stays as it was."""

    type: Literal["edit"] = "edit"
    loop: bool | None = None
    pace: Pace | None = None
    easing: Easing | None = None

    @model_validator(mode="after")
    def _sets_something(self) -> Self:
        if self.loop is None and self.pace is None and self.easing is None:
            raise ValueError("edit needs loop, pace or easing")
        return self


class UseTake(_Decision):
    """Go back to an earlier take of a stage."""

    type: Literal["use-take"] = "use-take"
    stage: Stage
    take: int = Field(ge=1)


class Retry(_Decision):
    """Try again what failed."""

    type: Literal["retry"] = "retry"


class Cancel(_Decision):
    """End the shoot; what was made is kept."""

    type: Literal["cancel"] = "cancel"


class Feedback(_Decision):
    """Words for the director, who turns them into decisions or answers them."""

    type: Literal["feedback"] = "feedback"
    text: Words


Decision = Annotated[
    Approve | Revise | Modify | Resize | Regenerate | SetEdit | UseTake | Retry | Cancel | Feedback,
    Field(discriminator="type"),
]
DECISION: TypeAdapter[Decision] = TypeAdapter(Decision)


class Receipt(Model):
    """The shoot has taken the decision; what follows is on its stream."""

    checkpoint_id: str | None
    decision: Decision
    accepted_at: datetime
