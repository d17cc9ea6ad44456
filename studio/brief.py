"""The brief: the person's words, the references and the options that a shoot starts from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from studio.edit import Easing, Pace
from studio.model import Model
from studio.presets import AspectRatio, Background, Pose
from studio.text import Words

MAX_REFERENCES = 10


class Reference(Model):
    """An uploaded photo, content-addressed: the model, a garment, an accessory."""

    key: str
    name: str
    sha256: str
    size: int
    width: int
    height: int


Who = Literal["auto", "live", "proof"]


class OptionsSaid(Model):
    """Options as far as somebody names them: ``None`` says nothing about one."""

    provider: Who | None = None
    images: Who | None = None
    clips: Who | None = None
    autopilot: bool | None = None
    loop: bool | None = None
    pace: Pace | None = None
    easing: Easing | None = None
    aspect_ratio: AspectRatio | None = None
    pose: Pose | None = None
    background: Background | None = None
    budget: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None


class ShootOptions(OptionsSaid):
    """What may be set at the start. ``budget`` is in US dollars; ``None`` is no limit.

    ``images`` and ``clips`` say otherwise than ``provider`` for one kind of work: a live hero in a
    proof shoot, say.
    """

    provider: Who = "auto"
    autopilot: bool = False


class Brief(Model):
    """The person's words, the references and the options: all a shoot starts from."""

    prompt: Words
    references: Annotated[tuple[Reference, ...], Field(max_length=MAX_REFERENCES)] = ()
    options: ShootOptions = ShootOptions()


def title(brief: Brief, length: int = 80) -> str:
    """The brief in a line."""
    flat = " ".join(brief.prompt.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"
