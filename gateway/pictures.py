"""Small pictures: artifacts scaled down for lists and phones, made once and kept on disk."""

from __future__ import annotations

import asyncio
import logging
import os
from pathlib import Path

from imaging import apart
from studio.cache import incoming, keep, sweep
from studio.store import ArtifactStore

WIDTHS = (160, 320, 640, 1280)
MEDIA_TYPE = "image/webp"
MAX_BYTES = 1024**3
"""Bytes of small pictures that are kept; what was looked at longest ago goes first."""
_AT_ONCE = 2

logger = logging.getLogger(__name__)


class Pictures:
    """Scales pictures of one store into one folder."""

    def __init__(self, store: ArtifactStore, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._making: dict[Path, asyncio.Task[bytes]] = {}

    async def small(self, key: str, sha256: str, width: int) -> bytes:
        """The picture under ``key`` as WebP, at most ``width`` pixels wide.

        Raises ``UnfitError`` for one that no small copy can be made of.
        """
        path = self._folder / sha256[:2] / f"{sha256}-{width}.webp"
        if (kept := await asyncio.to_thread(_kept, path)) is not None:
            return kept
        if path not in self._making:
            task = asyncio.create_task(self._make(key, path, width))
            task.add_done_callback(lambda _: self._making.pop(path, None))
            self._making[path] = task
        return await asyncio.shield(self._making[path])

    async def _make(self, key: str, path: Path, width: int) -> bytes:
        async with self._slots:
            content = await self._store.get(key)
            small = await apart.small(content, width)
            await asyncio.to_thread(self._keep, path, small)
            return small

    def _keep(self, path: Path, small: bytes) -> None:
        try:
            with incoming(self._folder) as file:
                file.write(small)
                keep(file, path)
            sweep(self._folder, MAX_BYTES, path)
        except OSError as error:  # a full disk, say: the picture is shown all the same
            logger.warning("a small picture could not be kept: %s", error)


def _kept(path: Path) -> bytes | None:
    """The file's content, or ``None`` where it is missing, or was emptied or cut: a WebP file says
    how long it is."""
    try:
        content = path.read_bytes()
        os.utime(path)
    except OSError:
        return None
    whole = content[:4] == b"RIFF" and int.from_bytes(content[4:8], "little") + 8 == len(content)
    return content if whole else None
