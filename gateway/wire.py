"""What the native API is given and gives back, where that is not a value of the studio's own."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from studio.decisions import MAX_WORDS, Decision, Words
from studio.model import Model
from studio.shoot import MAX_REFERENCES, Providers, ShootOptions
from studio.stages import ShootStatus, Stage


class NewShoot(Model):
    """A brief. ``references`` are the opaque paths that an upload answered with."""

    prompt: Words
    references: Annotated[tuple[str, ...], Field(max_length=MAX_REFERENCES)] = ()
    options: ShootOptions = ShootOptions()


class DecisionRequest(Model):
    """An answer to a checkpoint; without ``checkpointId``, to whichever is open."""

    decision: Decision
    checkpoint_id: Annotated[str, Field(max_length=100)] | None = None


class Saying(Model):
    """Words for the director, to be read and not yet followed."""

    text: Words


class Understood(Model):
    """What words would be taken for. ``estimate`` is in US dollars, ``null`` where it is unknown.

    Claude reads words only in a turn of its own, so that nothing of them is known before.
    """

    checkpoint_id: str | None
    director: Literal["house", "claude"]
    words: str = ""
    decisions: tuple[Decision, ...] = ()
    estimate: float | None


class ShootLine(Model):
    """A shoot in a list. ``waitsFor`` says whose turn it is."""

    id: str
    title: str
    owner: str | None
    stage: Stage
    status: ShootStatus
    created_at: datetime
    waits_for: Literal["person", "studio"] | None
    thumbnail: str | None


class ShootPage(Model):
    """A page of the list, newest first."""

    shoots: tuple[ShootLine, ...]
    next_cursor: str | None


class Cancelling(Model):
    """The shoot will end."""

    id: str
    status: Literal["cancelling"] = "cancelling"


class UploadedFile(Model):
    """A photo that was taken in. ``path`` is what a brief names it by."""

    original_name: str
    filename: str
    path: str
    url: str
    size: int
    mimetype: str
    width: int
    height: int


class UploadFault(Model):
    """A file that was not taken in, and why."""

    file: str
    error: str
    code: str


class Uploaded(Model):
    """What became of an upload, file by file."""

    success: bool = True
    count: int
    files: tuple[UploadedFile, ...]
    errors: tuple[UploadFault, ...]


class Preset(Model):
    """A pose or a background, and what it looks like."""

    id: str
    words: str


class StageName(Model):
    """A stage and what it makes."""

    id: Stage
    product: str


class PaceRange(Model):
    """The film's speed: at 1 a clip lasts ``secondsPerClip``."""

    min: float
    max: float
    default: float
    seconds_per_clip: float


class Defaults(Model):
    """What is used where nobody says anything."""

    pose: str
    background: str
    easing: str


class Limits(Model):
    """What a brief may hold."""

    references: int = MAX_REFERENCES
    reference_bytes: int
    reference_types: tuple[str, ...]
    words: int = MAX_WORDS


class ProvidersAtHand(Providers):
    """What would be chosen by the keys that this process has."""

    proof: bool = True
    live: bool


class OptionsDocument(Model):
    """All that a form for a new shoot needs."""

    poses: tuple[Preset, ...]
    backgrounds: tuple[Preset, ...]
    aspect_ratios: tuple[str, ...]
    easings: tuple[str, ...]
    pace: PaceRange
    defaults: Defaults
    stages: tuple[StageName, ...]
    limits: Limits
    providers: ProvidersAtHand
    owner: str | None


class Health(Model):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Readiness(Model):
    """What the gateway needs, and whether it reaches it."""

    status: Literal["ok", "unavailable"]
    temporal: bool
    workers: bool
    """Somebody works on shoots, and somebody on media."""
    store: bool
    disk: bool
    """There is room for what a gateway keeps on its own disk."""


class SignIn(Model):
    """A token, to be exchanged for a cookie."""

    token: Annotated[str, Field(min_length=1, max_length=500)]


class SignedIn(Model):
    """Who is signed in now."""

    success: bool = True
    owner: str | None
