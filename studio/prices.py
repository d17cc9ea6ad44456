"""What a call is likely to cost: one table, in US dollars, as of the date below.

Estimates for the person who decides, not an invoice. Sources: the price lines on the models'
pages at fal.ai (pictures; Kling through fal) and Kling's price list for its own API, per second
of video without sound; Anthropic's price list per million tokens. A model that is not in the
table has no estimate, and whoever adds up is told so.
"""

from __future__ import annotations

AS_OF = "2026-11-22"

_IMAGE = {
    "fal-ai/nano-banana-pro": ({"1K": 0.15, "2K": 0.15, "4K": 0.30}),
    "fal-ai/nano-banana-2": ({"1K": 0.08, "2K": 0.12, "4K": 0.16}),
}

_KLING_SECOND = {
    ("kling-v1", "std"): 0.028,
    ("kling-v1", "pro"): 0.098,
    ("kling-v1-5", "std"): 0.056,
    ("kling-v1-5", "pro"): 0.098,
    ("kling-v1-6", "std"): 0.056,
    ("kling-v1-6", "pro"): 0.098,
    ("kling-v2-1", "std"): 0.056,
    ("kling-v2-1", "pro"): 0.098,
    ("kling-v2-5-turbo", "std"): 0.042,
    ("kling-v2-5-turbo", "pro"): 0.07,
    ("kling-v2-6", "std"): 0.042,
    ("kling-v2-6", "pro"): 0.07,
    ("kling-v3", "std"): 0.084,
    ("kling-v3", "pro"): 0.112,
}

_FAL_SECOND = {
    "v2.1/pro": 0.098,
    "v2.5-turbo/pro": 0.07,
    "v2.6/pro": 0.07,
}

_TOKENS = {
    "claude-sonnet-5-5": (2.0, 10.0),
    "claude-opus-5-5": (4.0, 20.0),
}
CACHE_WRITE = 1.25
CACHE_READ = 0.1
TURN_READ = 12_000
TURN_WRITTEN = 2_000
"""Tokens that a turn usually reads and produces, thoughts and all its exchanges included."""


def image(model: str, resolution: str) -> float | None:
    """One picture of ``model`` at ``resolution`` (``1K``, ``2K``, ``4K``)."""
    return _IMAGE.get(model.removesuffix("/edit"), {}).get(resolution)


def kling_clip(model: str, mode: str, seconds: int) -> float | None:
    """A silent clip from Kling itself."""
    return _times(_KLING_SECOND.get((model, mode)), seconds)


def fal_clip(model: str, seconds: int) -> float | None:
    """A silent clip of Kling through fal; ``model`` is fal's address, or its version alone."""
    version = model.removeprefix("fal-ai/kling-video/").removesuffix("/image-to-video")
    return _times(_FAL_SECOND.get(version), seconds)


def tokens(model: str, fresh: int, written: int, cached: int, output: int) -> float | None:
    """One call of Claude: tokens read fresh, written to the cache, read from it, and produced."""
    price = _TOKENS.get(model)
    if price is None:
        return None
    reading = fresh + CACHE_WRITE * written + CACHE_READ * cached
    return round((reading * price[0] + output * price[1]) / 1e6, 6)


def turn(model: str) -> float | None:
    """A turn of the director, before it is taken: what one with a few pictures usually uses."""
    return tokens(model, fresh=TURN_READ, written=0, cached=0, output=TURN_WRITTEN)


def _times(per_second: float | None, seconds: int) -> float | None:
    return None if per_second is None else round(per_second * seconds, 4)
