"""What a person answers at a checkpoint, as typed values.

Every decision may name the checkpoint it answers; one that does not answers whichever is open.
Values are checked here (a frame is 1 to 6, a ratio is a known one); whether a decision fits the
moment is checked by the shoot.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    TypeAdapter,
    WithJsonSchema,
    model_validator,
)

from studio.brief import MAX_REFERENCES, OptionsSaid, Reference
from studio.edit import Easing, Pace
from studio.model import Model
from studio.presets import FRAME_COUNT, AspectRatio, Background, Pose
from studio.stages import Stage
from studio.text import MAX_WORDS, Words

__all__ = [
    "DECISION",
    "MAX_WORDS",
    "Approve",
    "Cancel",
    "Decision",
    "Feedback",
    "Modify",
    "Numbers",
    "Receipt",
    "Regenerate",
    "Resize",
    "Retry",
    "Revise",
    "SetBrief",
    "SetEdit",
    "UseTake",
    "Words",
]


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


def _by_path(given: object) -> object:
    """A photo by the path that its upload answered with, as far as a path describes it."""
    found = re.fullmatch(r"/?(uploads/([0-9a-f]{64})\.[a-z]{3,4})", str(given))
    if not isinstance(given, str):
        return given
    if found is None:
        raise ValueError(f"{given[:100]!r} is no upload: uploads/ and what an upload is called")
    key, sha256 = found.groups()
    name = key.removeprefix("uploads/")
    return Reference(key=key, name=name, sha256=sha256, size=0, width=0, height=0)


Photo = Annotated[
    Reference, BeforeValidator(_by_path), WithJsonSchema({"type": "string"}, mode="validation")
]
"""A reference, named by the path that an upload answered with."""


class SetBrief(_Decision):
    """Say the brief differently where the shoot could not open: what is not named stays.

    ``references`` replaces all photos; of ``options`` the named ones change.
    """

    type: Literal["brief"] = "brief"
    prompt: Words | None = None
    references: Annotated[tuple[Photo, ...], Field(max_length=MAX_REFERENCES)] | None = None
    options: OptionsSaid | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        said = self.options is not None and self.options != OptionsSaid()
        if self.prompt is None and self.references is None and not said:
            raise ValueError("brief needs a prompt, references or options")
        return self


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
    Approve
    | Revise
    | Modify
    | Resize
    | Regenerate
    | SetEdit
    | UseTake
    | SetBrief
    | Retry
    | Cancel
    | Feedback,
    Field(discriminator="type"),
]
DECISION: TypeAdapter[Decision] = TypeAdapter(Decision)


class Receipt(Model):
    """The shoot has taken the decision; what follows is on its stream."""

    checkpoint_id: str | None
    decision: Decision
    accepted_at: datetime
