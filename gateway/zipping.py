"""A zip that is streamed: entries are read from the store while the archive goes out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from studio.store import ArtifactStore, MissingArtifactError


@dataclass(frozen=True)
class Entry:
    """A file of the archive: given, or to be read from the store."""

    name: str
    content: bytes | None = None
    store: ArtifactStore | None = field(default=None, repr=False)
    key: str = ""

    async def read(self) -> AsyncIterator[bytes]:
        """The content, in chunks."""
        if self.content is not None or self.store is None:
            yield self.content or b""
            return
        async for chunk in self.store.stream(self.key):
            yield chunk


class _Outlet(io.RawIOBase):
    """Where the zip writer writes: a buffer that is emptied as it goes. It cannot seek."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        view = memoryview(data)  # type: ignore[arg-type]
        self._held += view
        return view.nbytes

    def take(self) -> bytes:
        taken = bytes(self._held)
        self._held.clear()
        return taken


async def stream(entries: Sequence[Entry]) -> AsyncIterator[bytes]:
    """The archive in chunks. Media are stored as they are: they do not compress.

    What the store has lost is left out; the other files arrive.
    """
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as archive:
        for entry in entries:
            chunks = entry.read()
            try:
                first = await anext(chunks, b"")
            except MissingArtifactError:
                continue
            info = zipfile.ZipInfo(entry.name)
            info.external_attr = 0o644 << 16
            with archive.open(info, "w", force_zip64=False) as file:
                file.write(first)
                async for chunk in chunks:
                    yield outlet.take()
                    file.write(chunk)
            yield outlet.take()
    yield outlet.take()
