"""Small files that pass between the worker and a running script, in its output folder.

The folder is the script's to write, so nothing in it is trusted: links are never followed, and
what is read is a plain file of bounded size.
"""

from __future__ import annotations

import os
import stat
import uuid
from pathlib import Path

MAX_BYTES = 1024 * 1024


def place(folder: Path, name: str, content: bytes) -> None:
    """Write ``content`` to ``folder``/``name``, whole at once, replacing what is there."""
    _check(name)
    temporary = folder / f".placed-{uuid.uuid4().hex}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(temporary, flags, 0o644), "wb") as file:
        file.write(content)
    temporary.replace(folder / name)


def left(folder: Path, name: str) -> bytes | None:
    """The content of ``folder``/``name``; ``None`` where it is no plain file of at most 1 MiB."""
    _check(name)
    try:
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = os.open(folder / name, flags)
    except OSError:
        return None
    try:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode) or about.st_size > MAX_BYTES:
            return None
        return os.read(descriptor, about.st_size)
    finally:
        os.close(descriptor)


def _check(name: str) -> None:
    if not name or name.startswith(".") or "/" in name or "\0" in name:
        raise ValueError(f"The name {name!r} must be a plain file name, not beginning with '.'")
