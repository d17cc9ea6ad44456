"""Reading a pipe from the event loop: nothing is read before somebody asks.

That is the whole of the back-pressure: what nobody reads stays in the kernel's 64 KiB, and the
writer waits.
"""

from __future__ import annotations

import asyncio
import os

CHUNK = 64 * 1024


async def readable(descriptor: int) -> None:
    """Return when ``descriptor`` has something to say; works for a pidfd, too."""
    loop = asyncio.get_running_loop()
    ready = loop.create_future()

    def wake() -> None:
        if not ready.done():
            ready.set_result(None)

    loop.add_reader(descriptor, wake)
    try:
        await ready
    finally:
        loop.remove_reader(descriptor)


class Pipe:
    """The reading end of a pipe, owned: one reader at a time."""

    def __init__(self, descriptor: int) -> None:
        os.set_blocking(descriptor, False)
        self._descriptor = descriptor
        self._open = True

    async def read(self) -> bytes:
        """The next bytes, at most ``CHUNK``; empty when every writer has gone."""
        while self._open:
            try:
                chunk = os.read(self._descriptor, CHUNK)
            except BlockingIOError:
                await readable(self._descriptor)
            else:
                await asyncio.sleep(0)  # a writer that never pauses must not own the event loop
                return chunk
        return b""

    async def read_all(self) -> bytes:
        """Everything up to the end; for short texts of our own."""
        chunks = []
        while chunk := await self.read():
            chunks.append(chunk)
        return b"".join(chunks)

    def close(self) -> None:
        """Close the descriptor; a second call does nothing."""
        if self._open:
            self._open = False
            os.close(self._descriptor)
