"""Requests that arrive too slowly, too large or not at all give their connection back."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from gateway.connection import Connection, RequestLimits

HEAD = b"POST / HTTP/1.1\r\nhost: here\r\ncontent-length: 200000\r\n\r\n"


class _Impatient(Connection):
    limits = RequestLimits(head_bytes=2000, head_seconds=0.3, body_seconds=0.3, body_rate=1e5)


async def _app(scope, receive, send):
    body = await Request(scope, receive).body()
    await PlainTextResponse(str(len(body)))(scope, receive, send)


@asynccontextmanager
async def _connected():
    config = uvicorn.Config(
        _app, http=_Impatient, port=0, ws="none", lifespan="off", log_config=None
    )
    server = uvicorn.Server(config)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        task = asyncio.create_task(server.serve([listener]))
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        try:
            yield reader, writer
        finally:
            writer.close()
            server.should_exit = True
            await task


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (b"", b""),
        (b"GET / HT", b"HTTP/1.1 408"),
        (b"GET / HTTP/1.1\r\nhost: here\r\nx: y", b"HTTP/1.1 408"),
        (b"\r\n\r\n", b"HTTP/1.1 408"),
        (HEAD, b""),
        (HEAD + b"x" * 1000, b""),
    ],
    ids=["silent", "half a line", "half a head", "blank lines", "no body", "half a body"],
)
async def test_what_does_not_arrive_is_ended(sent, answer):
    """A connection that stops in the middle of a request is closed, with a word where it helps."""
    async with _connected() as (reader, writer):
        writer.write(sent)
        assert (await reader.read()).startswith(answer)


async def test_endless_head_is_refused():
    """A head that only grows is cut at its limit."""
    async with _connected() as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nhost: here\r\n" + b"x-filler: y\r\n" * 1000)
        assert (await reader.read()).startswith(b"HTTP/1.1 431")


async def test_blank_lines_after_an_answer_do_not_hold_the_connection():
    """Between requests, too, what is no request ends in time."""
    async with _connected() as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nhost: here\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n0")
        writer.write(b"\r\n")
        assert b"200" not in await reader.read()


async def test_slow_but_steady_body_arrives():
    """A body that takes longer than the first allowance is taken as long as it keeps its rate."""
    async with _connected() as (reader, writer):
        writer.write(HEAD)
        for _ in range(20):
            writer.write(b"x" * 10_000)
            await writer.drain()
        assert (await reader.readuntil(b"200000")).startswith(b"HTTP/1.1 200")


async def test_requests_of_one_connection_each_have_their_time():
    """Several requests on one connection are answered, one after another and at once."""
    async with _connected() as (reader, writer):
        for together in (1, 2):
            writer.write(b"GET / HTTP/1.1\r\nhost: here\r\n\r\n" * together)
            for _ in range(together):
                assert (await reader.readuntil(b"\r\n\r\n0")).startswith(b"HTTP/1.1 200")
