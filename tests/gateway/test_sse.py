"""Frames, and the response that streams them."""

from __future__ import annotations

import asyncio
import json
import socket

import httpx
import pytest
from httpx_sse import EventSource
from starlette.types import Message

from gateway.sse import TRANSPORT, EventStream, encode, frame
from tests.waiting import until


def test_frame_has_offset_and_event():
    """A frame is an id line, one data line and a blank line; its event comes back whole."""
    event = {"type": "text_delta", "text": "Née\n\nédition data: x"}
    made = frame(7, json.dumps(event, ensure_ascii=False))
    assert made.encoded.startswith(b"id: 7\ndata: {")
    assert made.encoded.count(b"\n") == 3
    assert made.event == event


def test_own_events_may_have_no_id():
    """An event of the gateway's own takes no offset from the stream."""
    assert encode({"type": "gap"}) == b'data: {"type":"gap"}\n\n'
    assert encode({"type": "snapshot"}, -1) == b'data: {"type":"snapshot"}\n\n'


class Transport:
    """What a connection offers to be cut by."""

    aborted = False

    def abort(self):
        self.aborted = True


async def served(chunks, send, receive, transport=None):
    """Run a stream with short patience."""
    cuts = []
    stream = EventStream(chunks, lambda: cuts.append(1), write_seconds=0.05)
    await stream({"type": "http", TRANSPORT: transport}, receive, send)
    return cuts


async def for_ever():
    """A client that stays."""
    await asyncio.Event().wait()


async def test_stalled_write_is_cut():
    """A client that takes nothing is dropped, and the source is closed."""
    closed = asyncio.Event()
    transport = Transport()

    async def chunks():
        try:
            while True:
                yield b"data: {}\n\n"
        finally:
            closed.set()

    async def send(message: Message):
        if b"data" in message.get("body", b""):
            await for_ever()

    assert await served(chunks(), send, for_ever, transport) == [1]
    assert transport.aborted
    assert closed.is_set()


async def test_source_is_closed_when_the_client_leaves():
    """A client that leaves in a silence frees what its stream held."""
    closed = asyncio.Event()
    sent = []

    async def chunks():
        try:
            yield b"first"
            await for_ever()
        finally:
            closed.set()

    async def send(message: Message):
        sent.append(message)

    async def receive():
        while not any(message.get("body") == b"first" for message in sent):
            await asyncio.sleep(0)
        return {"type": "http.disconnect"}

    assert await served(chunks(), send, receive) == []
    assert closed.is_set()


async def test_whole_stream():
    """A stream that ends is ended: headers, the retry line, the chunks, the last message."""
    sent = []

    async def chunks():
        yield b"one"

    async def send(message: Message):
        sent.append(message)

    await served(chunks(), send, for_ever)
    assert sent[0]["status"] == 200
    assert [message["body"] for message in sent[1:]] == [b"retry: 2000\n", b"one", b""]
    assert [message["more_body"] for message in sent[1:]] == [True, True, False]


async def test_no_event_without_data():
    """Nothing between two blank lines is without data, in silences and at the start: clients such
    as httpx-sse hand on what any blank line ends."""
    sent = bytearray()
    beats = asyncio.Event()

    async def chunks():
        yield encode({"type": "one"}, 1)
        await beats.wait()
        yield encode({"type": "two"}, 2)

    async def send(message: Message):
        body = message.get("body", b"")
        sent.extend(body)
        if sent.count(b": heartbeat") >= 2:
            beats.set()

    await EventStream(chunks(), heartbeat=0.01)({"type": "http"}, for_ever, send)
    answer = httpx.Response(200, headers={"content-type": "text/event-stream"}, content=bytes(sent))
    events = [event.data for event in EventSource(answer).iter_sse()]
    assert events == ['{"type":"one"}', '{"type":"two"}']
    assert sent.startswith(b"retry: 2000\nid: 1\n")
    assert sent.count(b": heartbeat\n") >= 2


@pytest.mark.slow
async def test_slow_reader_harms_nobody(new_stack, read_frames):
    """A viewer that stops reading is cut at the socket; one beside it reads everything."""
    async with new_stack() as stack:
        stack.studio.lines = 1
        shoot_id = await stack.begin("x " * 1_900)
        await stack.waiting(shoot_id)
        host, port = stack.address.removeprefix("http://").split(":")
        lazy = socket.socket()
        lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
        lazy.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(lazy, (host, int(port)))
        request = f"GET /api/shoots/{shoot_id}/events?after=-1 HTTP/1.1\r\nHost: localhost\r\n\r\n"
        await loop.sock_sendall(lazy, request.encode())
        read = asyncio.Semaphore(0)
        publisher = asyncio.create_task(flood(stack, shoot_id, read))
        path = f"/api/shoots/{shoot_id}/events?after=-1"
        async with stack.http.stream("GET", path) as answer:
            got = []
            async for one in read_frames(answer):
                got.append(one)
                message = one.event.get("message", "")
                if message == "last":
                    break
                if "flood" in message:
                    read.release()
        await publisher
        await until(lambda: stack.measures("shoot_gateway_stream_cuts_total 1.0"))
        lazy.close()
    assert [one.offset for one in got] == list(range(len(got)))


async def flood(stack, shoot_id, read):
    """Publish more than every buffer between a gateway and a lazy viewer holds; no faster than the
    other viewer has ``read`` it, who would else be told of a gap."""
    from temporalio.contrib.workflow_streams import WorkflowStreamClient

    from studio.events import TOPIC, Status

    client = WorkflowStreamClient.create(stack.shoots.client, shoot_id)
    topic = client.topic(TOPIC)
    for number in range(60):
        topic.publish(Status(message=f"{number} " + "flood " * 20_000))
        if number % 4 == 3:
            await client.flush()
            for _ in range(4):
                await read.acquire()
    topic.publish(Status(message="last"))
    await client.flush()
