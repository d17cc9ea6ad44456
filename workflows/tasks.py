"""What the workflow asks a worker to make: one task is one run of one script."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from studio.edit import Edit
from studio.ledger import LedgerEntry
from studio.model import Model
from studio.presets import AspectRatio, Background, Pose
from studio.stages import Stage
from studio.takes import Artifact


class Source(Model):
    """A stored file that a task reads."""

    key: str
    sha256: str


class RenderHero(Model):
    """Render the hero from the references."""

    kind: Literal["render-hero"] = "render-hero"
    pose: Pose
    background: Background
    styling: str
    glasses: bool
    prompt: str
    notes: tuple[str, ...]
    references: tuple[Source, ...]


class RenderSheet(Model):
    """Render the contact sheet of the six shots from the hero."""

    kind: Literal["render-contact-sheet"] = "render-contact-sheet"
    pose: Pose | None
    background: Background | None
    styling: str
    glasses: bool
    notes: tuple[str, ...]
    hero: Source
    references: tuple[Source, ...]


class CutFrames(Model):
    """Cut the six frames from the contact sheet."""

    kind: Literal["cut-frames"] = "cut-frames"
    sheet: Source


class ModifyFrame(Model):
    """Render one frame again, by words."""

    kind: Literal["modify-frame"] = "modify-frame"
    index: int
    instruction: str
    width: int
    height: int
    frame: Source
    hero: Source
    references: tuple[Source, ...]


class ResizeFrames(Model):
    """Give frames another ratio; ``indexes`` names the frames in the order of ``frames``.

    ``proofs`` says that they are marked as proofs, and stay so.
    """

    kind: Literal["resize-frames"] = "resize-frames"
    aspect_ratio: AspectRatio
    indexes: tuple[int, ...]
    frames: tuple[Source, ...]
    proofs: bool = False


class RenderClip(Model):
    """Render clip ``index``: it begins on ``start`` and ends on ``end``."""

    kind: Literal["render-clip"] = "render-clip"
    index: int
    variation: int
    notes: tuple[str, ...]
    start: Source
    end: Source


class CutFilm(Model):
    """Cut the clips into the film."""

    kind: Literal["cut-film"] = "cut-film"
    edit: Edit
    clips: tuple[Source, ...]


Task = Annotated[
    RenderHero | RenderSheet | CutFrames | ModifyFrame | ResizeFrames | RenderClip | CutFilm,
    Field(discriminator="kind"),
]


class Job(Model):
    """A task with its place in the shoot.

    ``folder`` is the store's folder for what it makes, ``item`` its name there (``clip-3``), and
    ``fingerprint`` a hash of all that determines the result. The same job twice is the same
    result: a worker that finds it made does not make it again.
    """

    shoot_id: str
    stage: Stage
    take: int
    item: str
    provider: Literal["proof", "fal", "kling"]
    task: Task
    fingerprint: str
    prints: tuple[str, ...]
    """The fingerprint of each result, in order."""
    order: str
    """The idempotency key of a paid job: the same for its retries, another when bought again."""

    @property
    def folder(self) -> str:
        """Where the results are stored."""
        return f"shoots/{self.shoot_id}/takes/{self.stage}/{self.take}"


class Produced(Model):
    """What a job made, and what was paid for it."""

    artifacts: tuple[Artifact, ...]
    ledger: tuple[LedgerEntry, ...] = ()


def source(artifact: Artifact) -> Source:
    """The artifact as a task's input."""
    return Source(key=artifact.key, sha256=artifact.sha256)
