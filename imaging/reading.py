"""Any camera's picture as upright 8-bit sRGB.

Formats are named by content. Transparency is kept, also where it is a single transparent colour;
metadata is not.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MAX_PIXELS = 64_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF", "TIFF", "BMP")
SPOKEN = "JPEG, PNG, WebP, GIF, HEIC, AVIF, TIFF or BMP"
MEDIA_TYPES = tuple(
    f"image/{kind}"
    for kind in ("jpeg", "png", "webp", "gif", "heic", "heif", "avif", "tiff", "bmp")
)

DAMAGE = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    OverflowError,
    LookupError,
    struct.error,
    zlib.error,
    ImageCms.PyCMSError,
)
"""What Pillow's decoders raise at damaged files."""

ORIENTATION = 0x0112
"""EXIF's tag for how the camera was held."""

PROBES = (
    (200, 40, 40),
    (40, 200, 40),
    (40, 40, 200),
    (128, 128, 128),
    (225, 180, 150),
    (60, 60, 60),
)
"""Colours by which a profile that is sRGB under another name is told. None is at the edge of a
gamut, where a wider one's are cut off to the same."""


class TooManyPixelsError(ValueError):
    """A header that promises more than :data:`MAX_PIXELS`."""


@contextmanager
def opened(source: Path | bytes, max_pixels: int = MAX_PIXELS) -> Iterator[Image.Image]:
    """The picture's header, before a pixel is decoded.

    Raises :class:`TooManyPixelsError`, or one of :data:`DAMAGE`.
    """
    _register()
    stream: Path | IO[bytes] = io.BytesIO(source) if isinstance(source, bytes) else source
    with warnings.catch_warnings():
        # About damaged metadata, and about sizes, which are checked here.
        warnings.simplefilter("ignore")
        try:
            with Image.open(stream, formats=FORMATS) as image:
                if image.width * image.height > max_pixels:
                    raise TooManyPixelsError(f"{image.width}×{image.height} pixels")
                yield image
        except Image.DecompressionBombError:
            raise TooManyPixelsError("its header promises an absurd size") from None


def upright(image: Image.Image) -> Image.Image:
    """``image`` decoded, turned as its camera was held, in sRGB: L, LA, RGB or RGBA of 8 bits.

    Pixels that are right already are not copied. Nothing is left in ``info``.
    """
    image.load()
    profile = image.info.get("icc_profile")
    plain = _turned(_eight_bits(image))
    if plain.mode not in ("L", "LA", "RGB", "RGBA", "CMYK") or "transparency" in plain.info:
        alpha = "transparency" in plain.info or plain.mode in ("PA", "La", "RGBa")
        plain = plain.convert("RGBA" if alpha else "RGB")
    if isinstance(profile, bytes):
        plain = _converted(plain, profile)
    if plain.mode == "CMYK":
        plain = plain.convert("RGB")
    plain.info = {}
    return plain


def needs_nothing(image: Image.Image) -> bool:
    """Whether an 8-bit picture's numbers are upright sRGB as they are in the file."""
    try:
        turned = image.getexif().get(ORIENTATION, 1)
    except DAMAGE:
        turned = 1
    profile = image.info.get("icc_profile")
    if turned not in (0, 1) or image.mode not in ("L", "RGB"):
        return False
    if profile is None:
        return True
    try:
        return image.mode == "RGB" and _is_srgb(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    except DAMAGE:
        return True  # no profile at all


def on_white(image: Image.Image) -> Image.Image:
    """``image`` as RGB, with what is transparent laid on white."""
    if image.mode in ("RGBA", "LA"):
        layer = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
    return image if image.mode == "RGB" else image.convert("RGB")


def _turned(image: Image.Image) -> Image.Image:
    try:
        ImageOps.exif_transpose(image, in_place=True)
    except DAMAGE:
        # A picture whose EXIF is broken says nothing of how it was held.
        image.info.pop("exif", None)
    return image


def _eight_bits(image: Image.Image) -> Image.Image:
    """Greys of 16 bits as an even ramp of 8; Pillow would cut them off at 255."""
    if not image.mode.startswith(("I", "F")):
        return image
    import numpy as np  # noqa: PLC0415 - seldom wanted, and slow to load

    if image.mode.startswith("I"):
        deep = np.clip(np.asarray(image), 0, 65535).astype(np.uint16)
        grey = Image.fromarray((deep >> 8).astype(np.uint8))
    else:
        values = np.nan_to_num(np.asarray(image), nan=0.0, posinf=1.0, neginf=0.0)
        # Floating point is from 0 to 1, or from 0 to 255 where anything is above.
        scale = 255.0 if float(values.max(initial=0.0)) <= 1.0 else 1.0
        grey = Image.fromarray(np.clip(values * scale, 0, 255).astype(np.uint8))
    if "exif" in image.info:
        grey.info["exif"] = image.info["exif"]
    return grey


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    """``image`` from its profile's colours to sRGB; as it is where the profile is of no use."""
    mode = {"LA": "L"}.get(image.mode, image.mode)
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        result = {"L": "RGB", "CMYK": "RGB"}.get(mode, mode)
        transform = ImageCms.buildTransform(source, target, mode, result)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image  # of another kind of picture (grey for a coloured one), or broken
    if mode in ("RGB", "RGBA") and _is_srgb(source):
        return image
    if image.mode == "LA":
        grey, alpha = image.split()
        done = ImageCms.applyTransform(grey, transform)
        done = (done or grey).convert("L")
        return Image.merge("LA", (done, alpha))
    if mode == result:
        ImageCms.applyTransform(image, transform, inPlace=True)
        return image
    done = ImageCms.applyTransform(image, transform) or image
    return done.convert("L") if mode == "L" else done


def _is_srgb(source: ImageCms.ImageCmsProfile) -> bool:
    """Whether a profile changes nothing that can be seen."""
    strip = Image.new("RGB", (len(PROBES), 1))
    strip.putdata(PROBES)
    target = ImageCms.createProfile("sRGB")
    transform = ImageCms.buildTransform(source, target, "RGB", "RGB")
    shown = ImageCms.applyTransform(strip, transform) or strip
    pairs = zip(shown.tobytes(), strip.tobytes(), strict=True)
    return all(abs(one - other) <= 1 for one, other in pairs)


@cache
def _register() -> None:
    """Load the decoders of :data:`FORMATS`, and no other of Pillow's many."""
    from PIL import AvifImagePlugin, TiffImagePlugin, WebPImagePlugin  # noqa: F401, PLC0415
    from pillow_heif import register_heif_opener  # noqa: PLC0415 - not at import

    Image.preinit()
    register_heif_opener()
