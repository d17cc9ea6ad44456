"""What is kept of an uploaded picture: its pixels alone, and no more bytes than they need."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image
from PIL.JpegImagePlugin import get_sampling

from imaging.jpeg import bare
from imaging.reading import MAX_PIXELS, SPOKEN, TooManyPixelsError, needs_nothing, opened, upright

MIN_SIDE = 32
LONGEST_RATIO = 100
"""A picture this many times longer than wide is a strip, and no photo."""

QUALITIES = (95, 90, 85)
"""Tried in this order until a lossy picture weighs at most twice what came."""


class RefusedError(ValueError):
    """A picture that is not kept: the rule and the remedy, without its name.

    ``code`` is ``not-an-image``, ``too-many-pixels``, ``too-small`` or ``too-long``.
    """

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Kept:
    """A picture as it is stored. ``extension`` is ``jpg`` or ``png``."""

    data: bytes
    extension: str
    width: int
    height: int


def keep(content: bytes) -> Kept:
    """``content`` as it is stored: upright, sRGB, without metadata.

    A JPEG keeps its compressed pixels where they are right as they are, else its quantisation; what
    else came with losses becomes a JPEG, and what was lossless, or is transparent, a PNG. Raises
    :class:`RefusedError`.
    """
    try:
        with opened(content) as image:
            _check(image.width, image.height)
            if untouched := _untouched(image, content):
                return untouched
            encoding = _encoding(image)
            lossy = _is_lossy(content, image.format)
            plain = upright(image)
            return _encode(plain, len(content), encoding if lossy else None, lossy)
    except RefusedError:
        raise
    except TooManyPixelsError as many:
        raise RefusedError(
            f"{many}; at most {MAX_PIXELS:,} are taken: scale it down", "too-many-pixels"
        ) from None
    # Whatever a decoder raises at a stranger's file, the file is what is wrong with it.
    except Exception:
        raise RefusedError(f"not a readable {SPOKEN}: export it anew", "not-an-image") from None


def _untouched(image: Image.Image, content: bytes) -> Kept | None:
    """A JPEG with the very pixels that came, where nothing has to be done to them."""
    if image.format not in ("JPEG", "MPO") or not needs_nothing(image):
        return None
    data = bare(content)
    if data is None:
        return None
    with opened(data) as again:
        again.load()
        return Kept(data, "jpg", again.width, again.height)


def _check(width: int, height: int) -> None:
    if min(width, height) < MIN_SIDE:
        raise RefusedError(
            f"{width}×{height} pixels; each side needs at least {MIN_SIDE}: use a larger photo",
            "too-small",
        )
    if max(width, height) > LONGEST_RATIO * min(width, height):
        raise RefusedError(
            f"{width}×{height} pixels is a strip: a side is at most {LONGEST_RATIO} times the "
            "other: crop it",
            "too-long",
        )


def _encoding(image: Image.Image) -> dict[str, Any] | None:
    """The quantisation and colour subsampling of a JPEG, by which it loses next to nothing more."""
    tables = getattr(image, "quantization", None)
    if image.mode not in ("L", "RGB") or not tables:
        return None
    sampling = get_sampling(image)
    return {"qtables": tables, "subsampling": sampling if sampling >= 0 else 0}


def _is_lossy(content: bytes, format: str | None) -> bool:
    if format == "WEBP":
        return _has_chunk(content, b"VP8 ")
    return format in ("JPEG", "MPO", "HEIF", "AVIF")


def _has_chunk(content: bytes, wanted: bytes) -> bool:
    place = 12
    while place + 8 <= len(content):
        if content[place : place + 4] == wanted:
            return True
        size = int.from_bytes(content[place + 4 : place + 8], "little")
        place += 8 + size + size % 2
    return False


def _encode(image: Image.Image, came: int, encoding: dict[str, Any] | None, lossy: bool) -> Kept:
    if not lossy or image.mode in ("RGBA", "LA"):
        return _kept(image, "png", "PNG")
    if encoding is not None:
        return _kept(image, "jpg", "JPEG", **encoding)
    for quality in QUALITIES:
        kept = _kept(image, "jpg", "JPEG", quality=quality, subsampling=0 if quality > 90 else 2)
        if len(kept.data) <= 2 * came:
            break
    return kept


def _kept(image: Image.Image, extension: str, format: str, **options: Any) -> Kept:
    out = io.BytesIO()
    image.save(out, format, **options)
    return Kept(out.getvalue(), extension, image.width, image.height)
