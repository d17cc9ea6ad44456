"""fal: its models for pictures and for clips between two frames, what they take and cost.

Prices are US dollars: of a picture by resolution, of a second of silent video. ``None`` is a model
that works and whose price is not known. Sources: the models' pages at fal.ai, November 2026.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from providers.refusals import Refusal

RATIOS = ("21:9", "16:9", "3:2", "4:3", "5:4", "1:1", "4:5", "3:4", "2:3", "9:16")
RESOLUTIONS = ("1K", "2K", "4K")
MAX_REFERENCES = 14
SHEET_RATIO = "3:2"
"""Of the hero and the contact sheet."""

SHORT = (5, 10)
LONG = tuple(range(3, 16))
DEFAULT_CLIP = "v2.5-turbo/pro"
_PREFIX = "fal-ai/kling-video/"
_SUFFIX = "/image-to-video"
_MODEL = re.compile(r"[a-z0-9-]+(/[a-z0-9._-]+)+")


@dataclass(frozen=True)
class ImageModel:
    """A model for pictures: its price by resolution, and the ratios that it makes."""

    prices: Mapping[str, float]
    ratios: tuple[str, ...] = RATIOS


@dataclass(frozen=True)
class ClipModel:
    """A model for clips: its fields for the first and the last frame, the lengths in seconds that
    it makes, its price a second, and whether it makes sound (at twice the price) unless told not
    to."""

    start: str
    end: str
    per_second: float | None
    seconds: tuple[int, ...] = SHORT
    sound: bool = False


IMAGES = {
    "fal-ai/nano-banana-pro": ImageModel({"1K": 0.15, "2K": 0.15, "4K": 0.30}),
    "fal-ai/nano-banana-2": ImageModel({"1K": 0.08, "2K": 0.12, "4K": 0.16}),
    "google/nano-banana-2.1": ImageModel({"1K": 0.04, "2K": 0.062, "4K": 0.134}),
}

CLIPS = {
    "v2.1/pro": ClipModel("image_url", "tail_image_url", 0.098),
    "v2.5-turbo/pro": ClipModel("image_url", "tail_image_url", 0.07),
    "v2.6/pro": ClipModel("start_image_url", "end_image_url", 0.07, sound=True),
    "v3/standard": ClipModel("start_image_url", "end_image_url", None, LONG, sound=True),
    "v3/pro": ClipModel("start_image_url", "end_image_url", 0.112, LONG, sound=True),
    "o3/standard": ClipModel("image_url", "end_image_url", 0.084, LONG, sound=True),
    "o3/pro": ClipModel("image_url", "end_image_url", None, LONG, sound=True),
}


def version(model: str) -> str:
    """The part of ``model`` that is a key of ``CLIPS``, given in full or short."""
    return model.removeprefix(_PREFIX).removesuffix(_SUFFIX)


def clip_app(model: str) -> str:
    """The address of the clip model ``model`` in fal's queue."""
    return f"{_PREFIX}{version(model)}{_SUFFIX}"


def image_refusal(model: str, resolution: str, ratio: str = SHEET_RATIO) -> Refusal | None:
    """Why ``model`` would not make such a picture; ``None`` if it would, or is not known here.

    Any model of fal can be named for pictures: they differ in quality, not in what they take.
    """
    if not _MODEL.fullmatch(model):
        return Refusal("model", model, "fal's models have the form owner/name", tuple(IMAGES))
    known = IMAGES.get(model.removesuffix("/edit"))
    if known is None:
        return None
    if resolution not in known.prices:
        rule = f"{model} makes pictures at {', '.join(known.prices)}"
        return Refusal("resolution", resolution, rule, tuple(known.prices))
    if ratio not in known.ratios:
        return Refusal("ratio", ratio, f"{model} makes {', '.join(known.ratios)}", known.ratios)
    return None


def clip_refusal(model: str, seconds: int) -> Refusal | None:
    """Why ``model`` would not make a clip between two frames; ``None`` if it would."""
    known = CLIPS.get(version(model))
    if known is None:
        rule = "not known here to take a first and a last frame"
        return Refusal("model", model, rule, tuple(CLIPS))
    if seconds not in known.seconds:
        lengths = tuple(map(str, known.seconds))
        rule = f"{model} makes clips of {', '.join(lengths)} s"
        return Refusal("seconds", str(seconds), rule, lengths)
    return None


def image_price(model: str, resolution: str) -> float | None:
    """One picture in US dollars, ``None`` where no price is known."""
    known = IMAGES.get(model.removesuffix("/edit"))
    return known.prices.get(resolution) if known else None


def clip_price(model: str, seconds: int) -> float | None:
    """A silent clip in US dollars, ``None`` where no price is known."""
    known = CLIPS.get(version(model))
    price = known.per_second if known else None
    return None if price is None else round(price * seconds, 4)
