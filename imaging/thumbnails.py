"""Small copies of pictures, as WebP."""

from __future__ import annotations

import io

from PIL import Image

from imaging.reading import opened, upright

QUALITY = 82
MOST = 16_383
"""Pixels a side that WebP can hold."""


class UnfitError(ValueError):
    """A picture that no small copy can be made of."""


def small(content: bytes, width: int) -> bytes:
    """``content`` at most ``width`` pixels wide. Raises :class:`UnfitError`."""
    try:
        with opened(content) as image:
            tall = max(1, round(image.height * width / image.width))
            if min(tall, image.height) > MOST:
                raise UnfitError(f"{image.width}×{image.height} pixels: too long a strip")
            image.draft(None, (width, tall))
            plain = upright(image)
    except UnfitError:
        raise
    except Exception as error:
        raise UnfitError("not a picture that can be read") from error
    if plain.width > width:
        # By the turned picture, which may be as wide as the file's is high.
        tall = max(1, round(plain.height * width / plain.width))
        plain = plain.resize((width, tall), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    plain.convert("RGBA" if plain.mode == "LA" else plain.mode).save(out, "WEBP", quality=QUALITY)
    return out.getvalue()
