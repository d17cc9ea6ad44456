"""Frames brought within a video model's limits, rather than refused by it.

Only what must change is changed: a frame within the limits keeps its size. A frame that is too
long is extended at its short sides with its own edge pixels, because cropping could take the
head off; one that is too small is enlarged; one that weighs too much is compressed harder, then
made smaller.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from sandbox.scripts import _images
from sandbox.scripts._images import Picture

QUALITIES = (95, 90, 85, 75)
SHRINK = 0.8


@dataclass(frozen=True)
class Limits:
    """Pixels a side, width divided by height, and bytes."""

    least_side: int = 300
    most_side: int = 4096
    least_ratio: float = 0.4
    most_ratio: float = 2.5
    most_bytes: int = 10 * 1000 * 1000


KLING = Limits()
"""Kling's limits, on its own API and through fal: ≥ 300 px a side, 1:2.5 to 2.5:1, ≤ 10 MB."""


@dataclass(frozen=True)
class Fitted:
    """A frame as JPEG. ``changes`` says in words what had to be done to it, if anything."""

    data: bytes
    width: int
    height: int
    changes: tuple[str, ...]


def frame(path: Path, limits: Limits = KLING) -> Fitted:
    """The picture at ``path`` within ``limits``; raises :class:`ScriptError` if it is none."""
    return fitted(_images.read(path), limits)


def fitted(pixels: Picture, limits: Limits = KLING) -> Fitted:
    """``pixels`` (height × width × 3, BGR) within ``limits``."""
    changes: list[str] = []
    pixels = _not_too_large(pixels, limits, changes)
    pixels = _not_too_long(pixels, limits, changes)
    pixels = _not_too_small(pixels, limits, changes)
    for _ in range(40):
        for quality in QUALITIES:
            data = jpeg(pixels, quality)
            if len(data) <= limits.most_bytes:
                if quality < QUALITIES[0]:
                    changes.append(f"compressed to {len(data):,} bytes")
                height, width = pixels.shape[:2]
                return Fitted(data, width, height, tuple(changes))
        changes.append("made smaller to weigh less")
        pixels = _not_too_long(_scaled(pixels, SHRINK), limits, changes)
    raise AssertionError("forty steps of four fifths leave nothing that weighs megabytes")


def jpeg(pixels: Picture, quality: int) -> bytes:
    """``pixels`` as JPEG without colour subsampling; ``quality`` is 1 to 100."""
    flags = [
        cv2.IMWRITE_JPEG_QUALITY,
        quality,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
    ]
    done, encoded = cv2.imencode(".jpg", pixels, flags)
    if not done:
        raise AssertionError("an 8-bit picture can always be encoded as JPEG")
    return encoded.tobytes()


def _scaled(pixels: Picture, factor: float) -> Picture:
    height, width = pixels.shape[:2]
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_LANCZOS4
    return np.asarray(cv2.resize(pixels, size, interpolation=way), dtype=np.uint8)


def _not_too_large(pixels: Picture, limits: Limits, changes: list[str]) -> Picture:
    longest = max(pixels.shape[:2])
    if longest <= limits.most_side:
        return pixels
    changes.append(f"scaled from {longest} to {limits.most_side} pixels")
    return _scaled(pixels, limits.most_side / longest)


def _not_too_long(pixels: Picture, limits: Limits, changes: list[str]) -> Picture:
    height, width = pixels.shape[:2]
    more_height = max(0, math.ceil(width / limits.most_ratio) - height)
    more_width = max(0, math.ceil(height * limits.least_ratio) - width)
    if not (more_height or more_width):
        return pixels
    changes.append(f"extended from {width}×{height} to fit the ratio")
    top, left = more_height // 2, more_width // 2
    extended = cv2.copyMakeBorder(
        pixels, top, more_height - top, left, more_width - left, cv2.BORDER_REPLICATE
    )
    return np.asarray(extended, dtype=np.uint8)


def _not_too_small(pixels: Picture, limits: Limits, changes: list[str]) -> Picture:
    height, width = pixels.shape[:2]
    shortest = min(height, width)
    if shortest >= limits.least_side:
        return pixels
    changes.append(f"enlarged from {width}×{height}")
    factor = limits.least_side / shortest
    size = (
        max(limits.least_side, round(width * factor)),
        max(limits.least_side, round(height * factor)),
    )
    resized = cv2.resize(pixels, size, interpolation=cv2.INTER_LANCZOS4)
    return _not_too_long(np.asarray(resized, dtype=np.uint8), limits, changes)
