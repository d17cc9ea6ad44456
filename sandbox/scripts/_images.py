"""Pictures in and out: bounded decoding, and PNG files that are whole or not there."""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from sandbox.scripts._command import ScriptError, of_system
from sandbox.scripts._files import replacing

Picture = npt.NDArray[np.uint8]
"""Pixels as height × width × 3, BGR, 8 bits a channel."""

MAX_PIXELS = 64_000_000
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
DAMAGE = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    OverflowError,
    LookupError,
    struct.error,
    zlib.error,
)
"""What Pillow's decoders raise at damaged files."""


def read(path: Path, *, max_pixels: int = MAX_PIXELS) -> Picture:
    """Decode the picture at ``path``, upright, with transparency laid on white.

    The size is taken from the header before any pixel is decoded, so that an absurd header costs
    no memory. Raises :class:`ScriptError` for a file that is missing, no picture, truncated, or
    of more than ``max_pixels`` pixels.
    """
    try:
        with _bombs_refused(), Image.open(path, formats=FORMATS) as image:
            width, height = image.size
            if width * height > max_pixels:
                raise ScriptError(
                    f"{path.name}: {width}×{height} pixels; at most {max_pixels:,} are read: "
                    "scale the picture down"
                )
            flat = _on_white(ImageOps.exif_transpose(image))
    except FileNotFoundError:
        raise ScriptError(f"{path.name}: no such file") from None
    except IsADirectoryError:
        raise ScriptError(f"{path.name}: a folder, not a picture") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ScriptError(
            f"{path.name}: its header promises more than {max_pixels:,} pixels, "
            "the most that are read: scale the picture down"
        ) from None
    except DAMAGE:
        raise ScriptError(
            f"{path.name}: not a readable PNG, JPEG, WebP or GIF (damaged or truncated?)"
        ) from None
    return np.ascontiguousarray(np.asarray(flat, dtype=np.uint8)[:, :, ::-1])


@contextmanager
def _bombs_refused() -> Iterator[None]:
    """Make an error of Pillow's warning about large headers, which would go to stderr.

    Its other warnings, about damaged metadata, are of no use to anyone here.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def write_pngs(pictures: Mapping[Path, Picture]) -> None:
    """Write several 8-bit RGB PNGs: no target is touched before all are encoded."""
    with ExitStack() as renames:
        for target, picture in pictures.items():
            temporary = renames.enter_context(replacing(target))
            write(temporary, picture, [cv2.IMWRITE_PNG_COMPRESSION, 4], target.name)


def write(target: Path, picture: Picture, options: Sequence[int], name: str = "") -> None:
    """Encode ``picture`` in the format of the target's ending, and write it.

    Errors speak of ``name``, or else of the target's own.

    In two steps, because OpenCV says neither that a disk is full nor what it cannot open, and
    takes no names that are not text. Raises ``OSError`` and :class:`ScriptError`.
    """
    encoded, data = cv2.imencode(target.suffix, picture, options)
    if not encoded:
        raise ScriptError(f"{name or target.name}: could not be encoded", "encode")
    try:
        target.write_bytes(data.data)
    except OSError as error:
        raise of_system(error, Path(name or target.name)) from None


def write_png(target: Path, picture: Picture) -> None:
    """Write ``picture`` as an 8-bit RGB PNG at ``target``, whole or not at all."""
    write_pngs({target: picture})


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return image.convert("RGB")
