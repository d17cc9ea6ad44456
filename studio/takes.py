"""Takes: the immutable results of the stages, what each holds and what it was made from."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from studio.edit import Edit
from studio.model import Model
from studio.presets import AspectRatio, Background, Pose
from studio.stages import Stage


class Artifact(Model):
    """One file of a take. ``key`` never changes meaning; ``name`` is its place in the shoot."""

    name: str
    key: str
    kind: Literal["image", "video"]
    sha256: str
    size: int
    width: int
    height: int
    duration: float | None = None
    fingerprint: str
    """A hash of all that determined the content: equal fingerprints need no second rendering."""
    provenance: dict[str, JsonValue] = Field(default_factory=dict)


Marks = tuple[str, ...]
"""Names of notes whose words the state has once, for all takes: see ``studio.notes``."""


class Slot(Model):
    """What was asked of one clip: ``variation`` counts how often it was rendered anew."""

    index: int
    variation: int = 1
    notes: tuple[str, ...] = ()
    said: Marks = ()


class HeroRecipe(Model):
    """The hero's set-up, and everything said about it so far."""

    stage: Literal[Stage.HERO] = Stage.HERO
    pose: Pose
    background: Background
    notes: tuple[str, ...] = ()
    said: Marks = ()


class SheetRecipe(Model):
    """The contact sheet's set-up; pose and background only where they differ from the hero's."""

    stage: Literal[Stage.CONTACT_SHEET] = Stage.CONTACT_SHEET
    pose: Pose | None = None
    background: Background | None = None
    notes: tuple[str, ...] = ()
    said: Marks = ()


class FramesRecipe(Model):
    """Frames cut from the sheet, or take ``base`` with some of its frames changed or resized."""

    stage: Literal[Stage.FRAMES] = Stage.FRAMES
    base: int | None = None
    modify: tuple[int, ...] = ()
    instruction: str | None = None
    said: Marks = ()
    aspect_ratio: AspectRatio = "original"


class ClipsRecipe(Model):
    """One slot a clip: clip n leads from frame n to the next; with six, the last leads to 1."""

    stage: Literal[Stage.CLIPS] = Stage.CLIPS
    slots: tuple[Slot, ...]


class FilmRecipe(Model):
    """The cut of the film."""

    stage: Literal[Stage.COMPLETE] = Stage.COMPLETE
    edit: Edit


Recipe = Annotated[
    HeroRecipe | SheetRecipe | FramesRecipe | ClipsRecipe | FilmRecipe,
    Field(discriminator="stage"),
]


class Take(Model):
    """One result of one stage. It is never overwritten; revising makes the next number."""

    stage: Stage
    number: int
    artifacts: tuple[Artifact, ...]
    masters: tuple[Artifact, ...] = ()
    """Frames before they were given a ratio; the source of every later resize."""
    recipe: Recipe
    made_from: int | None
    """The number of the preceding stage's take that this was made from."""
    provider: Literal["proof", "live"]
    created_at: datetime
