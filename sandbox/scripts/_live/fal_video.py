"""Kling through fal: which endpoint wants its frames, length and silence under which names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_PREFIX = "fal-ai/kling-video/"
_SUFFIX = "/image-to-video"
SHORT = (5, 10)
LONG = tuple(range(3, 16))


@dataclass(frozen=True)
class Endpoint:
    """Field names of the first and last frame, the lengths in seconds that it makes, and whether
    it makes sound unless told not to (which doubles the price)."""

    start: str
    end: str
    lengths: tuple[int, ...] = SHORT
    sound: bool = False


ENDPOINTS = {
    "v2.1/pro": Endpoint("image_url", "tail_image_url"),
    "v2.5-turbo/pro": Endpoint("image_url", "tail_image_url"),
    "v2.6/pro": Endpoint("start_image_url", "end_image_url", sound=True),
    "v3/standard": Endpoint("start_image_url", "end_image_url", LONG, sound=True),
    "v3/pro": Endpoint("start_image_url", "end_image_url", LONG, sound=True),
    "o3/pro": Endpoint("image_url", "end_image_url", LONG, sound=True),
}
DEFAULT = "v2.5-turbo/pro"


def version(model: str) -> str:
    """The part of ``model`` that is a key of ``ENDPOINTS``, given in full or short."""
    return model.removeprefix(_PREFIX).removesuffix(_SUFFIX)


def app(model: str) -> str:
    """The address of ``model`` in fal's queue."""
    return f"{_PREFIX}{version(model)}{_SUFFIX}"


def refusal(model: str, seconds: int) -> str | None:
    """Why ``model`` would not make such a clip, or ``None`` if it would."""
    endpoint = ENDPOINTS.get(version(model))
    if endpoint is None:
        return f"model {model}: not known; use one of {', '.join(ENDPOINTS)}"
    if seconds not in endpoint.lengths:
        lengths = ", ".join(map(str, endpoint.lengths))
        return f"{seconds} s: {model} makes clips of {lengths} s"
    return None


def arguments(model: str, start: str, end: str, prompt: str, seconds: int) -> dict[str, Any]:
    """What to send; ``start`` and ``end`` are links."""
    endpoint = ENDPOINTS[version(model)]
    body: dict[str, Any] = {
        "prompt": prompt,
        endpoint.start: start,
        endpoint.end: end,
        "duration": str(seconds),
    }
    if endpoint.sound:
        body["generate_audio"] = False
    return body
