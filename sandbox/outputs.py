"""What may leave the sandbox: ordinary files with expected names, decoded and measured.

The files are a stranger's. Whether one is a plain file is decided here, by looking at it without
following links; what is in it is found out by ``sandbox.measure``, inside a sandbox of its own.
"""

from __future__ import annotations

import fnmatch
import hashlib
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sandbox.errors import OutputRefused
from sandbox.measure import IMAGES, VIDEOS
from sandbox.protocol import Artifact
from sandbox.redact import Redactor

MAX_FILES = 256
MAX_DEPTH = 4
_CHUNK = 256 * 1024
"""Searching one for secrets holds up the event loop's thread for a few milliseconds."""


@dataclass(frozen=True)
class Output:
    """One verified output. ``name`` is relative to the output folder; sizes are pixels and bytes.

    ``duration`` (seconds) and ``frames`` are a film's.
    """

    name: str
    path: Path
    kind: Literal["image", "video"]
    width: int
    height: int
    duration: float | None
    frames: int | None
    size: int
    sha256: str


def plain_files(folder: Path) -> dict[str, Path]:
    """Every ordinary media file below ``folder`` by its relative name.

    Anything else (links, devices, sockets, files with two names, other suffixes) is left out;
    ``why_not`` says why when such a name was expected.
    """
    names = (path.relative_to(folder).as_posix() for path in _walk(folder, MAX_DEPTH))
    found = {name: folder / name for name in names if why_not(folder, name) is None}
    return dict(sorted(found.items())[:MAX_FILES])


def _walk(folder: Path, depth: int) -> Iterator[Path]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                yield Path(entry.path)
            elif depth > 1:
                yield from _walk(Path(entry.path), depth - 1)


def why_not(folder: Path, name: str) -> str | None:
    """Why the file called ``name`` must not leave ``folder``, or ``None`` if it may."""
    parts = Path(name).parts
    if not parts or Path(name).is_absolute() or ".." in parts:
        return "its name leads out of the output folder"
    for depth in range(1, len(parts)):
        if (folder / Path(*parts[:depth])).is_symlink():
            return "it lies behind a symbolic link"
    try:
        about = (folder / name).lstat()
    except OSError:
        return "the script did not make it"
    if not stat.S_ISREG(about.st_mode):
        return "it is no ordinary file"
    if about.st_nlink != 1:
        return "it has a second name (a hard link)"
    if about.st_size == 0:
        return "it is empty"
    if Path(name).suffix not in VIDEOS | IMAGES.keys():
        return f"its type is none of {', '.join(sorted(VIDEOS | IMAGES.keys()))}"
    return None


def digest(path: Path, redact: Redactor, most: int) -> tuple[int, str]:
    """Size and SHA-256 of an ordinary file, read through one descriptor, no link followed.

    Raises ``OutputRefused`` if there is a secret in it, or more than ``most`` bytes are.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OutputRefused(path.name, "it is no ordinary file")
        hashed, size, end = hashlib.sha256(), 0, b""
        while chunk := file.read(_CHUNK):
            hashed.update(chunk)
            size += len(chunk)
            if size > most:
                raise OutputRefused(path.name, f"it is longer than {most} bytes")
            if redact.found_in(end + chunk):
                raise OutputRefused(path.name, "there is a secret in it")
            end = chunk[-redact.longest :]
        return size, hashed.hexdigest()


def verified(path: Path, claim: Artifact, redact: Redactor, most: int) -> Output | OutputRefused:
    """The output for a measured file of at most ``most`` bytes, or why there is none."""
    refused = (claim.provenance or {}).get("refused")
    if refused is not None or claim.width is None or claim.height is None:
        return OutputRefused(claim.path, str(refused or "it could not be measured"))
    try:
        size, sha256 = digest(path, redact, most)
    except OutputRefused as refusal:
        return OutputRefused(claim.path, refusal.reason)
    except OSError as error:
        return OutputRefused(claim.path, f"it cannot be read: {error.strerror}")
    return Output(
        name=claim.path,
        path=path,
        kind=claim.artifact_type,
        width=claim.width,
        height=claim.height,
        duration=claim.duration,
        frames=claim.frames,
        size=size,
        sha256=sha256,
    )


def select(
    folder: Path, measured: Mapping[str, Output | OutputRefused], expected: Sequence[str]
) -> list[Output]:
    """The outputs for ``expected`` names or patterns (``frames/frame-*.png``), in that order.

    Raises ``OutputRefused`` for the first that is missing or refused.
    """
    chosen: dict[str, Output] = {}
    for pattern in expected:
        names = [name for name in measured if fnmatch.fnmatchcase(name, pattern)]
        if not names:
            reason = why_not(folder, pattern) or "it was not measured"
            raise OutputRefused(pattern, reason)
        for name in names:
            result = measured[name]
            if isinstance(result, OutputRefused):
                raise result
            chosen[name] = result
    return list(chosen.values())
