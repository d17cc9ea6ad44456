"""Small pictures: artifacts scaled down for lists and phones, made once and kept on disk."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from imaging import apart
from studio.store import ArtifactStore

WIDTHS = (160, 320, 640, 1280)
MEDIA_TYPE = "image/webp"
_AT_ONCE = 2


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
        if path.is_file():
            return await asyncio.to_thread(path.read_bytes)
        if path not in self._making:
            task = asyncio.create_task(self._make(key, path, width))
            task.add_done_callback(lambda _: self._making.pop(path, None))
            self._making[path] = task
        return await asyncio.shield(self._making[path])

    async def _make(self, key: str, path: Path, width: int) -> bytes:
        async with self._slots:
            content = await self._store.get(key)
            small = await apart.small(content, width)
            await asyncio.to_thread(_keep, path, small)
            return small


def _keep(path: Path, small: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".scale-")
    with os.fdopen(handle, "wb") as file:
        file.write(small)
    Path(temporary).replace(path)
