"""The proxy serves CONNECT to listed names, and nothing else."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from sandbox import egress
from sandbox.egress import EgressProxy, Upstream, listening_on_port, listening_on_socket

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def asking(proxy: EgressProxy, request: bytes) -> AsyncIterator[Streams]:
    """A connection to the proxy on which ``request`` has been sent."""
    async with listening_on_port(proxy) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        yield reader, writer
        writer.close()


async def status(proxy: EgressProxy, request: bytes) -> int:
    async with asking(proxy, request) as (reader, _):
        return int((await reader.readline()).split()[1])


def connect(target: bytes, *headers: bytes) -> bytes:
    return b"\r\n".join([b"CONNECT " + target + b" HTTP/1.1", b"Host: x", *headers, b"", b""])


@asynccontextmanager
async def echo(prefix: bytes = b"") -> AsyncIterator[int]:
    """A server that answers what it is sent, after ``prefix`` to the first head of lines."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if prefix:
            heads.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(prefix)
        while data := await reader.read(1024):
            writer.write(data)
        writer.close()

    heads: list[bytes] = []
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        server.heads = heads
        yield server.sockets[0].getsockname()[1]


async def nowhere(host: str) -> list[str]:
    raise AssertionError(f"{host} was looked up")


async def test_unlisted_name_is_refused_without_a_look_up() -> None:
    """DNS is no way out either: a refused name is never asked for."""
    proxy = EgressProxy(["fal.run"], resolver=nowhere)

    assert await status(proxy, connect(b"secret.evil.example:443")) == 403
    refused = proxy.refusals.popleft()
    assert (refused.target, refused.reason) == (
        "secret.evil.example:443",
        "the name is not on this script's list",
    )


async def test_private_answer_is_refused() -> None:
    """An allowed name that points into this machine is not connected to."""

    async def rebound(host: str) -> list[str]:
        return ["1.1.1.1", "127.0.0.1"]

    proxy = EgressProxy(["fal.run"], resolver=rebound)

    assert await status(proxy, connect(b"fal.run:443")) == 403
    assert "127.0.0.1, which is not a public address" in proxy.refusals[0].reason


@pytest.mark.parametrize(
    "request_",
    [
        b"GET http://fal.run/ HTTP/1.1\r\nHost: fal.run\r\n\r\n",
        b"PUT * HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
async def test_only_connect_is_served(request_: bytes) -> None:
    """Nothing is fetched on anybody's behalf."""
    proxy = EgressProxy(["fal.run"], resolver=nowhere)

    assert await status(proxy, request_) == 403


@pytest.mark.parametrize(
    "request_",
    [
        b"nonsense\r\n\r\n",
        b"CONNECT fal.run\0:443 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"CONNECT fal.run:443\r\n\r\n",
        b"CONNECT fal.run:443 HTTP/1.1\r\n Host: x\r\n\r\n",
        b"CONNECT x HTTP/1.1\r\nA: " + b"x" * 20_000 + b"\r\n\r\n",
        connect(b"fal.run:443") + b"early data",
    ],
)
async def test_malformed_request_is_refused(request_: bytes) -> None:
    """The library's strict parser has the first word, and 8 KiB are enough for anybody."""
    proxy = EgressProxy(["fal.run"], resolver=nowhere)

    assert await status(proxy, request_) == 400
    assert proxy.refusals[0].reason == "the request is not valid HTTP"


async def test_password_is_asked_for() -> None:
    """On a port that others on this machine can reach, only the script gets in."""
    proxy = EgressProxy(["fal.run"], password="right", resolver=nowhere)
    wrong = b"Proxy-Authorization: Basic " + base64.b64encode(b"sandbox:wrong")
    right = b"Proxy-Authorization: Basic " + base64.b64encode(b"sandbox:right")

    assert await status(proxy, connect(b"other.example:443")) == 403
    assert await status(proxy, connect(b"other.example:443", wrong)) == 403
    assert await status(proxy, connect(b"other.example:443", right)) == 403
    reasons = [refusal.reason for refusal in proxy.refusals]
    assert reasons[:2] == ["the proxy's password is missing or wrong"] * 2
    assert reasons[2] == "the name is not on this script's list"


async def test_tunnel_through_the_workers_own_proxy() -> None:
    """That proxy gets the name and its own password, and the bytes go through unchanged."""
    async with echo(b"HTTP/1.1 200 OK\r\n\r\n") as port:
        upstream = Upstream.parse(f"http://user:p%40ss@127.0.0.1:{port}")
        proxy = EgressProxy(["fal.run"], upstream=upstream, resolver=nowhere)
        async with asking(proxy, connect(b"fal.run:443")) as (reader, writer):
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
            writer.write(b"\x16\x03hello")
            assert await reader.readexactly(7) == b"\x16\x03hello"
            writer.write_eof()
            assert await reader.read() == b""


async def test_refusal_of_the_workers_own_proxy_is_an_error() -> None:
    """What stands behind cannot be passed over."""
    async with echo(b"HTTP/1.1 407 Who are you\r\n\r\n") as port:
        proxy = EgressProxy(["fal.run"], upstream=Upstream.parse(f"127.0.0.1:{port}"))

        assert await status(proxy, connect(b"fal.run:443")) == 502


async def test_unreachable_host_is_an_error() -> None:
    """502, and no refusal: nothing was forbidden."""
    proxy = EgressProxy(
        ["fal.run"], upstream=Upstream("127.0.0.1", 1, tls=False, authorization=None)
    )

    assert await status(proxy, connect(b"fal.run:443")) == 502
    assert not proxy.refusals


async def test_refusals_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A script that asks for ever does not fill the memory."""
    monkeypatch.setattr(egress, "MAX_REFUSALS", 3)
    proxy = EgressProxy(["fal.run"], resolver=nowhere)

    for _ in range(5):
        await status(proxy, connect(b"evil.example:443"))

    assert len(proxy.refusals) == 3


async def test_silent_connections_count() -> None:
    """One that has not said a word yet has a place; without one, it is closed at once."""
    proxy = EgressProxy(["fal.run"], resolver=nowhere)
    async with listening_on_port(proxy) as port, AsyncExitStack() as stack:
        readers = []
        for _ in range(egress.MAX_OPEN + 20):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            stack.callback(writer.close)
            readers.append(reader)
        waiting = {asyncio.ensure_future(reader.read()) for reader in readers}
        closed: set[asyncio.Future[bytes]] = set()
        while len(closed) < 20:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            closed |= done

        assert (len(closed), len(waiting)) == (20, egress.MAX_OPEN)
        assert all(isinstance(one.exception(), ConnectionResetError | None) for one in closed)
        for one in waiting:
            one.cancel()
    assert "connections at once" in proxy.refusals[0].reason


async def test_head_has_to_come_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that trickles in gives its place back."""
    monkeypatch.setattr(egress, "HEAD_TIMEOUT", 0.05)
    proxy = EgressProxy(["fal.run"], resolver=nowhere)

    assert await status(proxy, b"CONNECT fal.run:443 HTTP/1.1\r\nHost: ") == 502


async def test_connections_of_a_run_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """However short each of them is."""
    monkeypatch.setattr(egress, "MAX_CONNECTIONS", 2)
    proxy = EgressProxy(["fal.run"], resolver=nowhere)

    assert [await status(proxy, connect(b"evil.example:443")) for _ in range(2)] == [403, 403]
    with pytest.raises((ConnectionError, IndexError)):
        await status(proxy, connect(b"evil.example:443"))
    assert proxy.refusals[-1].reason == "more than 2 connections in all"


async def test_refused_target_is_told_in_printable_words() -> None:
    """What a script asks for ends up in logs and on pages."""
    proxy = EgressProxy(["fal.run"], resolver=nowhere)

    await status(proxy, connect(b"evil\xff.example/" + b"x" * 1000 + b":443"))

    assert proxy.refusals[0].target.isprintable()
    assert len(proxy.refusals[0].target) <= 300


async def test_socket_path_may_be_long(tmp_path: Path) -> None:
    """Longer than a socket's address can be, and for its owner only."""
    folder = tmp_path / ("x" * 120)
    folder.mkdir()
    proxy = EgressProxy(["fal.run"], resolver=nowhere)

    async with listening_on_socket(proxy, folder / "egress"):
        assert (folder / "egress").is_socket()
        assert (folder / "egress").stat().st_mode & 0o777 == 0o600


async def test_stopping_ends_open_tunnels() -> None:
    """Nothing goes on after the script has ended."""
    async with echo(b"HTTP/1.1 200 OK\r\n\r\n") as port:
        proxy = EgressProxy(["fal.run"], upstream=Upstream.parse(f"127.0.0.1:{port}"))
        async with asking(proxy, connect(b"fal.run:443")) as (reader, _):
            await reader.readuntil(b"\r\n\r\n")
            await proxy.stop()

            assert await reader.read() == b""


@pytest.mark.parametrize("url", ["socks5://x:1", "http://", "ftp://proxy:21"])
def test_upstream_has_to_be_an_http_proxy(url: str) -> None:
    """The message names the setting and not its value, which may hold a password."""
    with pytest.raises(ValueError, match="HTTPS_PROXY must be"):
        Upstream.parse(url)


def test_upstream_has_defaults() -> None:
    """The scheme says port and protocol."""
    assert Upstream.parse("proxy.example:3128") == Upstream("proxy.example", 3128, False, None)
    assert Upstream.parse("https://proxy.example").port == 443
    assert Upstream.parse("http://proxy.example").port == 80
