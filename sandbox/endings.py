"""Where a picture or film ends by the rules of its format; runs inside the sandbox.

A decoder stops at the end that it knows, and takes no offence at what follows: a whole page can
hang behind a picture. Each format says where it ends, and there the file has to end as well.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

_BOX_NAME = re.compile(rb"[A-Za-z0-9 ]{4}")
_JPEG_CHUNK = 64 * 1024


class Unending(Exception):
    """The file has no end by its format's rules, or goes on behind it; the message says which."""


def check(path: Path) -> None:
    """Raise ``Unending`` unless the file ends where its format, by its suffix, does."""
    size = path.stat().st_size
    with path.open("rb") as file:
        try:
            end = _ENDS[path.suffix](file, size)
        except (struct.error, IndexError):
            raise Unending("it ends in the middle of a part") from None
    if end > size:
        raise Unending(f"it is cut short by {end - size} bytes")
    if end < size:
        raise Unending(f"something follows it: {size - end} bytes behind its end")


def _png(file: BinaryIO, size: int) -> int:
    """Chunks of a length, a name, content and a checksum, up to ``IEND``."""
    at: int = 8
    while at < size:
        file.seek(at)
        length, name = struct.unpack(">I4s", file.read(8))
        at += 12 + int(length)
        if name == b"IEND":
            return at
    raise Unending("it has no end")


def _jpeg(file: BinaryIO, size: int) -> int:
    """Segments with a length; after a scan's header, data up to a marker; ``EOI`` at the end."""
    at = 2
    while at < size:
        file.seek(at)
        marker, kind = struct.unpack(">BB", file.read(2))
        if marker != 0xFF:
            raise Unending("there is something between two of its segments")
        if kind == 0xD9:
            return at + 2
        if kind == 0xFF:  # a fill byte
            at += 1
            continue
        if kind == 0x01 or 0xD0 <= kind <= 0xD8:
            at += 2
            continue
        (length,) = struct.unpack(">H", file.read(2))
        at += 2 + int(length)
        if kind == 0xDA:
            at = _next_marker(file, at)
    raise Unending("it has no end")


def _next_marker(file: BinaryIO, at: int) -> int:
    """The next marker in a scan's data that is neither a stuffed byte nor a restart."""
    file.seek(at)
    kept = b""
    while chunk := file.read(_JPEG_CHUNK):
        data = kept + chunk
        found = data.find(b"\xff")
        while 0 <= found < len(data) - 1:
            if data[found + 1] not in _WITHIN_A_SCAN:
                return at + found
            found = data.find(b"\xff", found + 1)
        kept = data[-1:] if data.endswith(b"\xff") else b""
        at += len(data) - len(kept)
    raise Unending("it has no end")


_WITHIN_A_SCAN = frozenset({0x00, 0xFF, *range(0xD0, 0xD8)})


def _webp(file: BinaryIO, size: int) -> int:
    """One RIFF chunk of a length, padded to an even one."""
    (length,) = struct.unpack("<4xI4x", file.read(12))
    return 8 + int(length) + int(length) % 2


def _mp4(file: BinaryIO, size: int) -> int:
    """Boxes of a length and a name; only the film's data may go on to the end of the file."""
    at = 0
    while at < size:
        file.seek(at)
        length, name = struct.unpack(">I4s", file.read(8))
        if not _BOX_NAME.fullmatch(name):
            raise Unending("there is something behind its last box, or between two")
        if length == 0 and name == b"mdat":
            return size
        least = 8
        if length == 1:
            (length,) = struct.unpack(">Q", file.read(8))
            least = 16
        if length < least:
            raise Unending("a box has no length")
        at += int(length)
    return at


_ENDS: dict[str, Callable[[BinaryIO, int], int]] = {
    ".png": _png,
    ".jpg": _jpeg,
    ".jpeg": _jpeg,
    ".webp": _webp,
    ".mp4": _mp4,
}
