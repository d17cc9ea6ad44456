"""Small pictures: artifacts scaled down for lists and phones, made once and kept on disk."""

from __future__ import annotations

import asyncio
import io
import os
import tempfile
from pathlib import Path

from PIL import Image

from studio.store import ArtifactStore

WIDTHS = (160, 320, 640, 1280)
MEDIA_TYPE = "image/webp"
_QUALITY = 82
_AT_ONCE = 2


class Pictures:
    """Scales pictures of one store into one folder."""

    def __init__(self, store: ArtifactStore, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._making: dict[Path, asyncio.Task[bytes]] = {}

    async def small(self, key: str, sha256: str, width: int) -> bytes:
        """The picture under ``key`` as WebP, at most ``width`` pixels wide."""
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
            return await asyncio.to_thread(_scale, content, width, path)


def _scale(content: bytes, width: int, path: Path) -> bytes:
    with Image.open(io.BytesIO(content)) as image:
        image.draft("RGB", (width, width))
        height = max(1, round(image.height * width / image.width))
        kept = image if image.mode in ("RGB", "RGBA") else image.convert("RGBA")
        if image.width > width:
            kept = kept.resize((width, height), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        kept.save(out, "WEBP", quality=_QUALITY)
    small = out.getvalue()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".scale-")
    with os.fdopen(handle, "wb") as file:
        file.write(small)
    Path(temporary).replace(path)
    return small
