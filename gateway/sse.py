"""Server-sent events: how a frame is written, and a response that streams frames.

The response differs from sse-starlette's in what the wire asks for: heartbeats only in silence,
frames encoded once for all viewers and joined into one write, and a write that stands still for
five seconds cut at the socket. ``bench/gateway.py`` compares the two.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import aclosing, suppress
from typing import Any, NamedTuple

from starlette.background import BackgroundTask
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

# One line break each: a blank line ends an event, and httpx-sse and fetch-event-source hand an
# event on even where it has no data. These lines become part of the frame that follows.
HEARTBEAT = b": heartbeat\n"
RETRY = b"retry: 2000\n"
HEARTBEAT_SECONDS = 15.0
WRITE_SECONDS = 5.0
MEDIA_TYPE = "text/event-stream"
TRANSPORT = "shoot.transport"
"""Where the server leaves the connection's transport in the scope."""


class Frame(NamedTuple):
    """One event of a shoot's stream, encoded as it goes out."""

    offset: int
    encoded: bytes

    @property
    def event(self) -> dict[str, Any]:
        """The event as it was published."""
        loaded: dict[str, Any] = json.loads(self.encoded.partition(b"data: ")[2])
        return loaded


def frame(offset: int, event: str) -> Frame:
    """Encode an event that is JSON text already. JSON text has no raw line breaks."""
    return Frame(offset, f"id: {offset}\ndata: {event}\n\n".encode())


def encode(event: Mapping[str, Any], offset: int | None = None) -> bytes:
    """Encode an event of the gateway's own."""
    data = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    mark = "" if offset is None or offset < 0 else f"id: {offset}\n"
    return f"{mark}data: {data}\n\n".encode()


class _StalledError(Exception):
    """The client has not taken a write in time."""


class EventStream(Response):
    """Streams ``chunks`` until they end, the client leaves, or a write makes no progress.

    After ``lifetime`` seconds it ends the body, and clients that know how to come back.

    A heartbeat goes out whenever ``heartbeat`` seconds pass in silence.
    """

    media_type = MEDIA_TYPE

    def __init__(
        self,
        chunks: AsyncIterator[bytes],
        on_cut: Callable[[], None] = lambda: None,
        heartbeat: float = HEARTBEAT_SECONDS,
        lifetime: float | None = None,
        write_seconds: float = WRITE_SECONDS,
        on_end: Callable[[], None] = lambda: None,
    ) -> None:
        self._chunks = chunks
        self._on_end = on_end
        self._on_cut = on_cut
        self._heartbeat = heartbeat
        self._write_seconds = write_seconds
        self._lifetime = lifetime
        self._wrote = 0.0
        self._writing = False
        self.status_code = 200
        self.background: BackgroundTask | None = None
        self.init_headers({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        jobs = [self._pump(send), self._watch(send), _gone(receive)]
        tasks = [asyncio.ensure_future(job) for job in jobs]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        except _StalledError:
            self._on_cut()
            await _abort(scope)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._on_end()

    async def _pump(self, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        with suppress(TimeoutError):
            async with asyncio.timeout(self._lifetime), aclosing(self._chunks) as chunks:  # type: ignore[type-var]
                await send(start)
                await self._write(send, RETRY)
                async for chunk in chunks:
                    await self._write(send, chunk)
        await self._write(send, b"", more=False)

    async def _watch(self, send: Send) -> None:
        """Break every silence, and see a write that stands still.

        One timer a connection does both: a timeout around every write would cost more than the
        write. The pump waits for its source while it is not writing.
        """
        loop = asyncio.get_running_loop()
        self._wrote = loop.time()
        while True:
            patience = self._write_seconds if self._writing else self._heartbeat
            left = self._wrote + patience - loop.time()
            if left > 0:
                await asyncio.sleep(min(left, self._write_seconds / 2))
            elif self._writing:
                raise _StalledError
            else:
                await self._write(send, HEARTBEAT)

    async def _write(self, send: Send, body: bytes, more: bool = True) -> None:
        self._wrote = asyncio.get_running_loop().time()
        self._writing = True
        await send({"type": "http.response.body", "body": body, "more_body": more})
        self._writing = False


async def _gone(receive: Receive) -> None:
    """Wait until the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _abort(scope: Scope) -> None:
    """Drop the connection with whatever is still unsent, and let the server see that."""
    transport = scope.get(TRANSPORT)
    if transport is not None:
        transport.abort()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
