"""The cache: artifacts on this machine's disk by content hash, checked whenever they are used."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from studio.store import ArtifactStore, sha256_of

DEFAULT_LIMIT = 4 * 1024**3
"""Bytes that a cache may hold where nothing else is said."""

_INCOMING = ".incoming-"
_LOCK = ".lock"
_ROOM = 0.9
"""What is left of the limit after a sweep, so that not every fetch sweeps."""


class DamagedArtifactError(ValueError):
    """What is stored under a key is not what was stored there; the message says what to do."""


class ArtifactCache:
    """Artifacts by content hash, each fetched once, at most ``limit`` bytes of them.

    Any number of workers may share the folder. What was used longest ago goes first; files that
    :meth:`link` has handed out stay whole whatever happens to the cache.
    """

    def __init__(self, store: ArtifactStore, folder: Path, limit: int = DEFAULT_LIMIT) -> None:
        self._store = store
        self._folder = folder
        self._limit = limit

    async def fetch(self, key: str, sha256: str) -> Path:
        """The cached file of ``key``, whose content has the hash ``sha256`` at this moment.

        Raises :class:`MissingArtifactError`, or :class:`DamagedArtifactError` where the store
        holds another content.
        """
        path = self._folder / sha256[:2] / sha256
        # A disk that ran full or lost power leaves files that are there and empty.
        if not await asyncio.to_thread(_used, path, sha256):
            await self._download(key, sha256, path)
            await asyncio.to_thread(self.sweep, path)
        return path

    async def link(self, key: str, sha256: str, target: Path) -> Path:
        """Like :meth:`fetch`, but under a name of the caller's own, which no sweep removes."""
        while True:
            path = await self.fetch(key, sha256)
            with suppress(FileNotFoundError):  # another worker's sweep was faster
                await asyncio.to_thread(_link, path, target)
                return target

    async def _download(self, key: str, sha256: str, path: Path) -> None:
        found, size = "", 0
        for _ in range(2):  # a copy that broke on the way is no damage in the store
            with incoming(self._folder) as file:
                digest, size = hashlib.sha256(), 0
                async for chunk in self._store.stream(key):
                    await asyncio.to_thread(file.write, chunk)
                    digest.update(chunk)
                    size += len(chunk)
                found = digest.hexdigest()
                if found == sha256:
                    await asyncio.to_thread(keep, file, path)
                    return
        raise DamagedArtifactError(
            f"{key} is damaged in the store: its {size} bytes have SHA-256 {found[:12]}…, expected "
            f"{sha256[:12]}…. Bring it back from a backup and retry, or make that take again"
        )

    def sweep(self, keep: Path | None = None) -> None:
        """Remove what killed workers were fetching, and the least recently used above the limit."""
        sweep(self._folder, self._limit, keep)


def sweep(folder: Path, limit: int, keep: Path | None = None) -> None:
    """Remove leftovers, and the least recently used files of a cache above ``limit`` bytes.

    ``keep`` stays. One process sweeps at a time; the others go on without waiting.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("a") as lock, suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in folder.glob(f"{_INCOMING}*"):
            _remove_unless_held(left)
        held = sorted(_entries(folder))
        total = sum(size for _, size, _ in held)
        goal = limit if total <= limit else int(limit * _ROOM)
        for _, size, path in held:
            if total <= goal:
                break
            if path != keep:
                path.unlink(missing_ok=True)
                total -= size


def _entries(folder: Path) -> Iterator[tuple[int, int, Path]]:
    """When each file was last used, its size and its path."""
    for path in folder.glob("??/*"):
        with suppress(FileNotFoundError):
            about = path.stat()
            yield about.st_mtime_ns, about.st_size, path


def _used(path: Path, sha256: str) -> bool:
    """Whether the file is there and whole; it then counts as used now."""
    try:
        if sha256_of(path) != sha256:
            return False
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _link(path: Path, target: Path) -> None:
    """Give the file a second name: free of cost, or a copy where that cannot be."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(path)
    except FileNotFoundError:
        raise
    except OSError:  # another file system, or one without links
        shutil.copyfile(path, target)


@contextmanager
def incoming(folder: Path) -> Iterator[IO[bytes]]:
    """A file to write to, locked for as long as this process lives and writes."""
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=_INCOMING, delete=False) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            path = Path(file.name)
            if not path.exists():  # swept between its making and its lock
                continue
            try:
                yield file
            finally:
                path.unlink(missing_ok=True)
            return


def keep(file: IO[bytes], path: Path) -> None:
    """Give an incoming file its name, whole at once."""
    file.flush()
    path.parent.mkdir(parents=True, exist_ok=True)
    os.fchmod(file.fileno(), 0o400)
    Path(file.name).replace(path)


def _remove_unless_held(path: Path) -> None:
    with suppress(FileNotFoundError), path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        path.unlink(missing_ok=True)
