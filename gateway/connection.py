"""One client's connection: how long and how large a request may be while it arrives.

Uvicorn bounds neither the head of a request nor the time it takes, so a few thousand silent or
dripping connections would hold the process's descriptors and memory for as long as they like. The
rule for bodies is that of Apache's ``mod_reqtimeout``: a time for the first byte, and a slow but
steady rate after it, so that a large upload over a slow line still arrives.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any, Literal

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from gateway.sse import TRANSPORT


@dataclass(frozen=True)
class RequestLimits:
    """What a request may take to arrive. Times are seconds, sizes bytes."""

    head_bytes: int = 64 * 1024
    head_seconds: float = 10.0
    body_seconds: float = 20.0
    body_rate: float = 4096.0
    """Bytes a second that a body must reach on the whole, after ``body_seconds``."""


class Connection(HttpToolsProtocol):
    """Ends what does not arrive in time, and leaves its transport in the scope for streams."""

    limits = RequestLimits()

    def connection_made(self, transport: Any) -> None:
        """Expect a head from now on: a connection that never speaks is one that drips."""
        super().connection_made(transport)
        self.app: Any = _with_transport(self.app, transport)
        self._timer: asyncio.TimerHandle | None = None
        self._expect("head")

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the timer with the connection."""
        self._expect(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Feed the parser, then see whether the head it is in has grown too large."""
        super().data_received(data)
        # Counted afterwards: what begins a part in the middle of a chunk begins its count, too.
        self._received += len(data)
        if self.transport.is_closing():
            return
        if self._part == "head" and self._received > self.limits.head_bytes:
            self._refuse(431, f"the head of the request has more than {self.limits.head_bytes} B")
        elif self._part is None and not self._answering:
            # Blank lines between requests: the parser skips them, and uvicorn has stopped its
            # keep-alive timer on account of them.
            self._expect("head")

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._expect("head")

    def on_headers_complete(self) -> None:
        """The head is whole; the body has a time of its own."""
        self._expect("body")
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is whole, and may be answered for as long as that takes."""
        self._expect(None)
        super().on_message_complete()

    @property
    def _answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _expect(self, part: Literal["head", "body"] | None) -> None:
        self._part, self._received, self._since = part, 0, self.loop.time()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if part is not None:
            self._arm(self._allowed)

    def _arm(self, seconds: float) -> None:
        self._timer = self.loop.call_later(seconds, self._check)

    @property
    def _allowed(self) -> float:
        """Seconds in which the part that is arriving must be whole, as far as it has come."""
        if self._part == "head":
            return self.limits.head_seconds
        return self.limits.body_seconds + self._received / self.limits.body_rate

    def _check(self) -> None:
        left = self._since + self._allowed - self.loop.time()
        if self.flow.read_paused:
            # The application has not taken what has arrived: the client is not to blame.
            self._arm(self.limits.body_seconds)
        elif left > 0:
            self._arm(left)
        elif self._part == "head" and self._received:
            self._refuse(408, f"the head did not arrive in {self.limits.head_seconds:.0f} s")
        else:
            self.transport.close()

    def _refuse(self, status: int, detail: str) -> None:
        """Answer a request that has no application to answer it, and hang up."""
        if self._answering:  # an answer to an earlier request of this connection is being written
            self.transport.close()
            return
        title = {408: "Request Timeout", 431: "Request Header Fields Too Large"}[status]
        problem = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        body = json.dumps({**problem, "success": False, "error": detail, "message": detail})
        head = (
            f"HTTP/1.1 {status} {title}\r\ncontent-type: application/problem+json\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write((head + body).encode())
        self.transport.close()


def _with_transport(app: Any, transport: asyncio.Transport) -> ASGIApp:
    async def connected(scope: Scope, receive: Receive, send: Send) -> None:
        scope[TRANSPORT] = transport
        await app(scope, receive, send)

    return connected
