"""The only way out of a sandbox: an HTTP proxy that knows CONNECT and a list of names.

It listens on a Unix socket (or, where a sandbox has no network namespace, on a port of this
machine's loopback with a password), and serves one execution. It never looks into the tunnel: the
provider's TLS goes through as it is.

The worker's own ``HTTPS_PROXY`` is honoured on the way out. Then that proxy looks the name up, so
the check of addresses is its business; without one, every DNS answer has to be public, and the
connection is made to the very address that was checked.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import logging
import os
import secrets
import socket
import ssl
import urllib.parse
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import h11

from sandbox import targets
from sandbox.protocol import EgressRefused
from sandbox.targets import Refused

_log = logging.getLogger(__name__)

MAX_HEAD = 8 * 1024
HEAD_TIMEOUT = 10.0
CONNECT_TIMEOUT = 30.0
MAX_OPEN = 64
"""Connections at once, from the moment they are made: each is a descriptor of the worker's."""

MAX_CONNECTIONS = 4096
"""Connections of one execution in all."""

MAX_REFUSALS = 100
USER = "sandbox"
_CHUNK = 64 * 1024

Resolve = Callable[[str], Awaitable[Sequence[str]]]
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True)
class Upstream:
    """A proxy that stands between this machine and the internet, as in ``HTTPS_PROXY``."""

    host: str
    port: int
    tls: bool
    authorization: str | None

    @classmethod
    def parse(cls, url: str) -> Upstream:
        """From ``http[s]://[user:password@]host[:port]``; raises ``ValueError`` otherwise."""
        parts = urllib.parse.urlsplit(url if "://" in url else f"http://{url}")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("HTTPS_PROXY must be http://host:port or https://host:port")
        authorization = None
        if parts.username is not None:
            authorization = _basic(parts.username, parts.password or "")
        default = 443 if parts.scheme == "https" else 80
        return cls(parts.hostname, parts.port or default, parts.scheme == "https", authorization)


def _basic(user: str, password: str) -> str:
    pair = f"{urllib.parse.unquote(user)}:{urllib.parse.unquote(password)}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


async def resolve(host: str) -> list[str]:
    """Every address of ``host``, by the system's resolver."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, targets.PORT, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class EgressProxy:
    """Serves one execution; ``hosts`` are the only names it knows.

    ``password`` is asked for when set. ``refusals`` fills up as connections are refused, and
    ``refused`` is set each time.
    """

    def __init__(
        self,
        hosts: Iterable[str],
        *,
        upstream: Upstream | None = None,
        certificates: Path | None = None,
        password: str | None = None,
        resolver: Resolve = resolve,
    ) -> None:
        self._allowed = targets.allowed_targets(hosts)
        self._upstream = upstream
        self._certificates = certificates
        self._password = password
        self._resolve = resolver
        self._open = 0
        self._made = 0
        self._count = 0
        self._serving: set[asyncio.Task[None]] = set()
        self.refusals: deque[EgressRefused] = deque()
        self.refused = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection from inside, from its CONNECT to its end."""
        reason = self._too_many()
        if reason is not None:
            self._record(b"?", reason)
            writer.transport.abort()
            return
        task = asyncio.current_task()
        if task is not None:
            self._serving.add(task)
            task.add_done_callback(self._serving.discard)
        self._open += 1
        self._made += 1
        try:
            outside = await self._connect(reader, writer)
            if outside is not None:
                await _relay((reader, writer), outside)
        except OSError as error:
            _log.debug("An egress connection ended early: %s", type(error).__name__)
        finally:
            self._open -= 1
            await _close(writer)

    def _too_many(self) -> str | None:
        """Why a further connection is not even listened to; those that say nothing count too."""
        if self._open >= MAX_OPEN:
            return f"more than {MAX_OPEN} connections at once"
        if self._made >= MAX_CONNECTIONS:
            return f"more than {MAX_CONNECTIONS} connections in all"
        return None

    async def stop(self) -> None:
        """End every connection."""
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def _connect(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> Streams | None:
        target = b"?"
        try:
            async with asyncio.timeout(HEAD_TIMEOUT):
                request = await _head(reader)
            target = request.target
            self._admit(request)
            host = targets.host_of(target, self._allowed)
            async with asyncio.timeout(CONNECT_TIMEOUT):
                outside = await self._dial(host)
        except Refused as refused:
            self._record(target, str(refused))
            await _answer(writer, 403, str(refused))
            return None
        except h11.RemoteProtocolError as error:
            self._record(target, "the request is not valid HTTP")
            await _answer(writer, 400, str(error))
            return None
        except (OSError, EOFError, asyncio.LimitOverrunError) as error:
            await _answer(writer, 502, f"no connection: {type(error).__name__}")
            return None
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await writer.drain()
        return outside

    def _admit(self, request: h11.Request) -> None:
        if request.method != b"CONNECT":
            raise Refused("only CONNECT is served")
        if self._password is not None:
            given = dict(request.headers).get(b"proxy-authorization", b"")
            if not hmac.compare_digest(given, _basic(USER, self._password).encode()):
                raise Refused("the proxy's password is missing or wrong")

    async def _dial(self, host: str) -> Streams:
        if self._upstream is not None:
            return await _through(self._upstream, host, self._certificates)
        try:
            answers = await self._resolve(host)
        except socket.gaierror:
            answers = []
        failure: OSError = ConnectionError("no address answers")
        for address in targets.public(answers):
            try:
                return await asyncio.open_connection(address, targets.PORT)
            except OSError as error:
                failure = error
        raise failure

    def _record(self, target: bytes, reason: str) -> None:
        self._count += 1
        shown = target.decode("ascii", "backslashreplace")[:300]
        printable = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in shown)
        _log.warning("Egress to %s is refused: %s", printable, reason)
        if self._count <= MAX_REFUSALS:
            self.refusals.append(EgressRefused(target=printable, reason=reason))
            self.refused.set()


async def _head(reader: asyncio.StreamReader) -> h11.Request:
    parser = h11.Connection(h11.SERVER, max_incomplete_event_size=MAX_HEAD)
    while True:
        event = parser.next_event()
        if isinstance(event, h11.Request):
            if parser.trailing_data[0]:
                raise h11.RemoteProtocolError("data before the tunnel is open")
            return event
        if event is not h11.NEED_DATA:
            raise h11.RemoteProtocolError("the connection ended before a request")
        parser.receive_data(await reader.read(MAX_HEAD))


async def _through(upstream: Upstream, host: str, certificates: Path | None) -> Streams:
    """A tunnel to ``host`` through the worker's own proxy."""
    context = _context(certificates) if upstream.tls else None
    reader, writer = await asyncio.open_connection(upstream.host, upstream.port, ssl=context)
    lines = [f"CONNECT {host}:{targets.PORT} HTTP/1.1", f"Host: {host}:{targets.PORT}"]
    if upstream.authorization is not None:
        lines.append(f"Proxy-Authorization: {upstream.authorization}")
    try:
        writer.write("\r\n".join([*lines, "", ""]).encode())
        answer = await reader.readuntil(b"\r\n\r\n")
    except BaseException:
        await _close(writer)
        raise
    status = answer.split(b" ", 2)[1:2]
    if not status or not status[0].startswith(b"2"):
        await _close(writer)
        raise ConnectionError("the worker's own proxy refused the connection")
    return reader, writer


def _context(certificates: Path | None) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificates) if certificates else None)


async def _answer(writer: asyncio.StreamWriter, status: int, reason: str) -> None:
    body = f"{reason}\n".encode("ascii", "backslashreplace")
    head = (
        f"HTTP/1.1 {status} Refused\r\nContent-Type: text/plain\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    with suppress(OSError):
        writer.write(head.encode() + body)
        await writer.drain()


async def _relay(inside: Streams, outside: Streams) -> None:
    """Pass bytes both ways until both sides have ended."""
    try:
        async with asyncio.TaskGroup() as both:
            both.create_task(_pump(inside[0], outside[1]))
            both.create_task(_pump(outside[0], inside[1]))
    except* OSError:
        pass  # one side hung up; so does the other, below
    finally:
        await _close(outside[1])


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while chunk := await source.read(_CHUNK):
        sink.write(chunk)
        await sink.drain()
    if sink.can_write_eof():
        sink.write_eof()


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


@asynccontextmanager
async def listening_on_socket(proxy: EgressProxy, path: Path) -> AsyncIterator[None]:
    """Serve ``proxy`` on a Unix socket at ``path``, of any length."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
        try:
            listener.bind(f"/proc/self/fd/{folder}/{path.name}")
        finally:
            os.close(folder)
        path.chmod(0o600)
        server = await asyncio.start_unix_server(proxy.serve, sock=listener, backlog=MAX_OPEN)
        try:
            yield
        finally:
            server.close()
            await proxy.stop()


@asynccontextmanager
async def listening_on_port(proxy: EgressProxy) -> AsyncIterator[int]:
    """Serve ``proxy`` on a free port of the loopback interface; yields the port."""
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0, backlog=MAX_OPEN)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        await proxy.stop()


def new_password() -> str:
    """A password for one execution."""
    return secrets.token_urlsafe(24)
