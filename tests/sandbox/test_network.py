"""A script with a route reaches its own hosts by ordinary means, and nobody else's."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from sandbox.errors import ScriptFailed
from sandbox.policy import Route
from sandbox.protocol import EgressRefused, Status

HOST = "queue.fal.run"
ROUTE = Route("fal", frozenset({"FAL_KEY"}), (HOST,))
FETCH = """
import json, os, sys
import httpx
for url in sys.argv[1:]:
    try:
        headers = {"Authorization": "Key " + os.environ["FAL_KEY"]}
        answer = httpx.post(url, headers=headers, timeout=20)
        said = answer.text
    except httpx.HTTPError as error:
        said = type(error).__name__
    print("data: " + json.dumps({"type": "status", "message": said}) + "\\n", flush=True)
"""


@asynccontextmanager
async def standing_in(folder: Path) -> AsyncIterator[tuple[str, Path, list[bytes]]]:
    """A provider behind an inspecting proxy: the proxy's address, its CA, and what was asked."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST).configure_cert(context)
    heads: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await writer.start_tls(context)
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}", folder / "ca.pem", heads


async def test_provider_behind_its_real_name(isolated, program, opened, tmp_path) -> None:
    """The worker's proxy and CA are handed in: not a line of the script knows of the stand-in."""
    async with standing_in(tmp_path) as (proxy, authority, heads):
        settings = replace(
            program(isolated, FETCH, routes=(ROUTE,)), https_proxy=proxy, ssl_cert_file=authority
        )
        async with opened(settings) as run:
            events = [event async for event in run.exec("program", [f"https://{HOST}/app"])]

    assert events == [Status(message="hello")]
    assert heads[0].startswith(f"CONNECT {HOST}:443 HTTP/1.1\r\n".encode())
    assert b"authorization: key marker-fal_key" in heads[1].lower()


async def test_refusals_are_events(isolated, program, opened, tmp_path) -> None:
    """Every other host is refused, and each refusal is told, as it happens."""
    targets = ["https://evil.example/", f"https://{HOST}:8443/", "https://127.0.0.1/"]
    settings = program(isolated, FETCH, routes=(ROUTE,))
    async with opened(settings) as run:
        events = [event async for event in run.exec("program", targets)]

    refused = [event for event in events if isinstance(event, EgressRefused)]
    assert [event.target for event in refused] == [
        "evil.example:443",
        f"{HOST}:8443",
        "127.0.0.1:443",
    ]
    assert [event.message for event in events if isinstance(event, Status)] == ["ProxyError"] * 3


async def test_local_script_has_no_proxy(isolated, program, opened) -> None:
    """Without a route there is no variable, no socket and no network."""
    source = """
import os, socket, sys
assert not [name for name in os.environ if "PROXY" in name.upper()]
assert not os.path.exists("/run/egress")
socket.socket()
"""
    async with opened(program(isolated, source)) as run:
        with pytest.raises(ScriptFailed, match="Permission denied"):
            _ = [event async for event in run.exec("program", [])]


async def test_host_can_be_added_to_a_route(isolated, program, opened, tmp_path) -> None:
    """A result server that moved is a setting, not a release."""
    async with standing_in(tmp_path) as (proxy, authority, _):
        settings = replace(
            program(isolated, FETCH, routes=(replace(ROUTE, hosts=("v3.fal.media",)),)),
            https_proxy=proxy,
            ssl_cert_file=authority,
            hosts={"fal": (HOST,)},
        )
        async with opened(settings) as run:
            events = [event async for event in run.exec("program", [f"https://{HOST}/"])]

    assert events == [Status(message="hello")]
