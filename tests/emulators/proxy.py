"""A CONNECT proxy that leads every known host name to one local server, and can cut the line."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Literal

Refusal = Literal["refuse", "drop", "deaf"]


@dataclass
class ConnectProxy:
    """Listens on a loopback port. ``strays`` are hosts that were asked for and are not known."""

    upstream: int
    hosts: frozenset[str]
    strays: list[str] = field(default_factory=list)
    port: int = 0
    _tunnels: dict[int, list[asyncio.StreamWriter]] = field(default_factory=dict)
    _refusals: dict[str, deque[Refusal | None]] = field(default_factory=lambda: defaultdict(deque))
    _server: asyncio.Server | None = None
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    async def start(self, port: int = 0) -> None:
        """Begin to listen; ``port`` 0 takes a free one."""
        self._server = await asyncio.start_server(self._accepted, "127.0.0.1", port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening and break every tunnel."""
        if self._server is not None:
            self._server.close()
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def refuse(self, host: str, how: Refusal = "refuse", times: int = 1, after: int = 0) -> None:
        """Let ``times`` connections to ``host`` fail, once ``after`` more went well: answered
        502, dropped without a word, or opened and then deaf."""
        self._refusals[host].extend([None] * after)
        self._refusals[host].extend([how] * times)

    def reset(self) -> None:
        """Forget refusals and strays."""
        self._refusals.clear()
        self.strays.clear()

    def cut(self, local_port: int) -> None:
        """Break the tunnel that reaches the server from ``local_port``."""
        for writer in self._tunnels.get(local_port, ()):
            writer.transport.abort()

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        try:
            await self._serve(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the client left: nobody is there to be told
        finally:
            self._running.discard(task)
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        method, target, *_ = head.split(" ", 2)
        host, _, port = target.rpartition(":")
        if method != "CONNECT":
            writer.write(b"HTTP/1.1 405 Method Not Allowed\r\n\r\n")
            return await self._flush(writer)
        how = self._refusals[host].popleft() if self._refusals[host] else None
        if host not in self.hosts or port != "443":
            self.strays.append(target)
            how = "refuse"
        if how == "refuse":
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
            return await self._flush(writer)
        if how == "drop":
            return None
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await writer.drain()
        if how == "deaf":
            while await reader.read(65536):
                continue
            return None
        return await self._tunnel(reader, writer)

    async def _flush(self, writer: asyncio.StreamWriter) -> None:
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async def _tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        local_port = up_writer.get_extra_info("sockname")[1]
        self._tunnels[local_port] = [writer, up_writer]
        ways = [
            asyncio.ensure_future(_relay(reader, up_writer)),
            asyncio.ensure_future(_relay(up_reader, writer)),
        ]
        try:
            # Whichever side ends first ends both: what it had sent is delivered by then.
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            del self._tunnels[local_port]
            up_writer.transport.abort()
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


async def _relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(65536):
        writer.write(chunk)
        await writer.drain()
