"""What a provider's file has behind the end of the film: cut off, so that a paid clip is kept.

The sandbox refuses outputs that go on behind their format's end. A clip that was bought must not be
lost for a few bytes that its provider, or a proxy on the way, has appended.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

_BOX_NAME = re.compile(rb"[A-Za-z0-9 ]{4}")
_HEADER = struct.Struct(">I4s")
_LONG = struct.Struct(">Q")


def cut(path: Path) -> int:
    """Cut an MP4 file behind its last whole box; returns how many bytes that took off.

    A file that is not a film up to there (no ``moov`` or no ``mdat``) is left as it is.
    """
    size, end, names = path.stat().st_size, 0, set[bytes]()
    with path.open("rb") as file:
        while (box := _box(file.read(_HEADER.size + _LONG.size), size - end)) is not None:
            name, length = box
            names.add(name)
            end += length
            file.seek(end)
    if end == size or not names >= {b"moov", b"mdat"}:
        return 0
    with path.open("r+b") as file:
        file.truncate(end)
    return size - end


def _box(head: bytes, left: int) -> tuple[bytes, int] | None:
    """Name and length of the box that ``head`` begins, if it is one and whole in ``left`` bytes."""
    if len(head) < _HEADER.size:
        return None
    length, name = _HEADER.unpack_from(head)
    if length == 1 and len(head) == _HEADER.size + _LONG.size:
        (length,) = _LONG.unpack_from(head, _HEADER.size)
    elif length == 0 and name == b"mdat":
        length = left
    whole = _HEADER.size <= length <= left
    return (name, length) if whole and _BOX_NAME.fullmatch(name) else None
