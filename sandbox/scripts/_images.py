"""Pictures in and out: bounded decoding, and PNG files that are whole or not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from imaging import reading
from sandbox.scripts._command import ScriptError, of_system
from sandbox.scripts._files import replacing

Picture = npt.NDArray[np.uint8]
"""Pixels as height × width × 3, BGR, 8 bits a channel."""

MAX_PIXELS = reading.MAX_PIXELS


def read(path: Path, *, max_pixels: int = MAX_PIXELS) -> Picture:
    """Decode the picture at ``path``, upright, in sRGB, with transparency laid on white.

    The size is taken from the header before any pixel is decoded, so that an absurd header costs
    no memory. Raises :class:`ScriptError` for a file that is missing, no picture, truncated, or
    of more than ``max_pixels`` pixels.
    """
    try:
        with reading.opened(path, max_pixels) as image:
            flat = reading.on_white(reading.upright(image))
    except FileNotFoundError:
        raise ScriptError(f"{path.name}: no such file") from None
    except IsADirectoryError:
        raise ScriptError(f"{path.name}: a folder, not a picture") from None
    except reading.TooManyPixelsError as many:
        raise ScriptError(
            f"{path.name}: {many}; at most {max_pixels:,} are read: scale the picture down"
        ) from None
    except OSError as error:
        if error.errno is not None:
            raise of_system(error, path) from None
        raise _unreadable(path) from None
    except reading.DAMAGE:
        raise _unreadable(path) from None
    return np.ascontiguousarray(np.asarray(flat, dtype=np.uint8)[:, :, ::-1])


def _unreadable(path: Path) -> ScriptError:
    return ScriptError(f"{path.name}: not a readable {reading.SPOKEN} (damaged or truncated?)")


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
