"""The events of a shoot as server-sent events: whole, in order, resumable, from wherever."""

from __future__ import annotations

import asyncio
import json
import random
from contextlib import AsyncExitStack
from types import SimpleNamespace

import httpx
import pytest
from temporalio.api.enums.v1 import EventType

from gateway.hub import HubPolicy
from studio.records import Recorded
from tests.waiting import until
from workflows.reading import StreamReader

POLL = "__temporal_workflow_stream_poll"


async def whole(stack, shoot_id):
    """What the stream holds, by offset, read from the workflow itself."""
    recorded, due = {}, 0
    reader = StreamReader(stack.shoots.client, stack.shoots.records, shoot_id)
    while page := await reader.page(due):
        recorded |= {one.offset: one.event for one in page}
        due = page[-1].offset + 1
    return recorded


async def read(client, shoot_id, read_frames, *, until, after=None, headers=None):
    """The frames of a stream, up to and with the first for which ``until`` holds."""
    params = {} if after is None else {"after": after}
    seen = []
    path = f"/api/shoots/{shoot_id}/events"
    async with client.stream("GET", path, params=params, headers=headers) as answer:
        assert answer.status_code == 200
        async for one in read_frames(answer):
            seen.append(one)
            if until(one):
                return seen
    return seen


def is_checkpoint(stage):
    return lambda one: (
        one.event["type"] == "checkpoint" and one.event["checkpoint"]["stage"] == stage
    )


async def test_snapshot_first(stack, read_frames):
    """Whoever does not resume is given the state, then what follows it."""
    shoot_id = await stack.begin()
    state = await stack.waiting(shoot_id)
    seen = await read(stack.http, shoot_id, read_frames, until=lambda one: True)
    assert seen[0].event["type"] == "snapshot"
    assert seen[0].event["state"]["checkpoint"] == state["checkpoint"]
    assert seen[0].offset == seen[0].event["offset"] - 1


async def test_stream_begins_with_retry(stack):
    """The first thing on a stream tells clients how long to wait before they come back."""
    shoot_id = await stack.begin()
    async with stack.http.stream("GET", f"/api/shoots/{shoot_id}/events") as answer:
        assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert answer.headers["cache-control"] == "no-store"
        async for line in answer.aiter_lines():
            assert line == "retry: 2000"
            break


async def test_replay_from_the_beginning(stack, read_frames):
    """``after=-1`` tells the whole shoot, every event once, in order, as it was published."""
    shoot_id, _ = await stack.reach("contact-sheet")
    until = is_checkpoint("contact-sheet")
    seen = await read(stack.http, shoot_id, read_frames, until=until, after=-1)
    assert [one.offset for one in seen] == list(range(len(seen)))
    assert {one.event["type"] for one in seen} >= {"text_delta", "artifact", "decision"}


async def test_header_beats_parameter(stack, read_frames):
    """Where both are given, the header is the newer: a browser adds it when it reconnects."""
    shoot_id = await stack.begin()
    await stack.waiting(shoot_id)
    seen = await read(
        stack.http,
        shoot_id,
        read_frames,
        until=lambda one: True,
        after=-1,
        headers={"Last-Event-ID": "4"},
    )
    assert seen[0].offset == 5


@pytest.mark.parametrize("after", ["-2", "x", "1.5", "9" * 20])
async def test_bad_offsets(stack, after):
    """An offset that is none is refused, in words."""
    shoot_id = await stack.begin()
    answer = await stack.http.get(f"/api/shoots/{shoot_id}/events", params={"after": after})
    assert answer.status_code == 422


async def test_offset_from_the_future(stack, read_frames):
    """An offset that does not exist yet is answered with a snapshot, not with endless silence."""
    shoot_id = await stack.begin()
    await stack.waiting(shoot_id)
    seen = await read(stack.http, shoot_id, read_frames, until=lambda one: True, after=9_999)
    assert seen[0].event["type"] == "snapshot"


async def test_speaking_continues_in_a_snapshot(stack, read_frames):
    """Who comes in the middle of a message is told what has been said of it so far."""
    stack.studio.lines, stack.studio.pace = 40, 0.05
    shoot_id = await stack.begin()
    seen = await read(
        stack.http,
        shoot_id,
        read_frames,
        until=lambda one: "flash" in one.event.get("text", ""),
        after=-1,
    )
    message_id = seen[-1].event["messageId"]
    until = lambda one: one.event.get("messageId") == message_id and "messageType" in one.event  # noqa: E731
    late = await read(stack.http, shoot_id, read_frames, until=until)
    speaking = {one["messageId"]: one for one in late[0].event["speaking"]}
    deltas = [one.event["text"] for one in late[1:] if one.event["type"] == "text_delta"]
    assert speaking[message_id]["messageType"] == "response"
    assert speaking[message_id]["text"] + "".join(deltas) == late[-1].event["text"]


async def test_a_thousand_cuts(stack):
    """A running shoot's stream, cut 1,000 times at random bytes: every event once, in order."""
    stack.studio.lines, stack.studio.pace = 2_400, 0.002
    shoot_id = await stack.begin()
    dice = random.Random(5)
    got, cuts = [], 0
    async with stack.client() as client:
        while not (got and is_checkpoint("hero")(got[-1])):
            limit = dice.randrange(1, 400) if cuts < 1_000 else 10**6
            got += await torn(client, shoot_id, len(got) - 1, limit)
            cuts += 1
    assert cuts > 1_000
    assert [one.offset for one in got] == list(range(len(got)))
    recorded = await whole(stack, shoot_id)
    assert [json.loads(recorded[one.offset]) for one in got] == [one.event for one in got]


async def torn(client, shoot_id, after, limit):
    """The whole frames within the first ``limit`` bytes behind ``after``; then the line is cut."""
    path = f"/api/shoots/{shoot_id}/events"
    held = b""
    async with client.stream("GET", path, headers={"Last-Event-ID": str(after)}) as answer:
        async for chunk in answer.aiter_raw():
            held += chunk
            ended = b'"type":"checkpoint"' in held and held.endswith(b"\n\n")
            if ended or len(held) >= limit:
                break
    whole_frames = held[:limit].split(b"\n\n")[:-1]
    return [seen for text in whole_frames if (seen := parsed(text)) is not None]


def parsed(text):
    """A frame's event; ``None`` for a comment or the retry line."""
    lines = dict(line.split(": ", 1) for line in text.decode().split("\n") if line[0] != ":")
    if "data" not in lines:
        return None
    return SimpleNamespace(offset=int(lines["id"]), event=json.loads(lines["data"]))


async def test_resumes_on_another_gateway(stack, new_stack, read_frames):
    """A gateway that has just started resumes what another one has begun."""
    shoot_id, _ = await stack.reach("frames")
    first = await read(stack.http, shoot_id, read_frames, until=is_checkpoint("hero"), after=-1)
    async with new_stack(home=stack.settings.home, workers=False) as other:
        rest = await read(
            other.http,
            shoot_id,
            read_frames,
            until=is_checkpoint("frames"),
            headers={"Last-Event-ID": str(first[-1].offset)},
        )
    offsets = [one.offset for one in [*first, *rest]]
    assert offsets == list(range(len(offsets)))


async def test_replays_from_the_archive(stack, read_frames):
    """A shoot that only the archive knows is told from 0; its stream ends, and then for good."""
    shoot_id, _ = await stack.reach("contact-sheet")
    await stack.http.post(f"/api/shoots/{shoot_id}/cancel")
    await stack.shoots.client.get_workflow_handle(shoot_id).result()
    state = await stack.shoots.state(shoot_id)
    recorded = await whole(stack, shoot_id)
    old = f"{shoot_id}-old"
    await stack.shoots.records.save(state.model_copy(update={"id": old}))
    await stack.shoots.records.append(old, [Recorded(*one) for one in recorded.items()])
    seen = await read(stack.http, old, read_frames, until=lambda one: False, after=-1)
    assert [one.offset for one in seen] == sorted(recorded)
    assert seen[-1].event["type"] == "complete"
    path = f"/api/shoots/{old}/events"
    again = await stack.http.get(path, headers={"Last-Event-ID": str(seen[-1].offset)})
    assert again.status_code == 204


async def test_stream_stays_open_for_another_cut(stack, read_frames):
    """After the film the stream stays, and shows what a new cut brings."""
    shoot_id, state = await stack.reach("complete")
    last = state["offset"] - 1
    waiting = asyncio.create_task(
        read(
            stack.http,
            shoot_id,
            read_frames,
            until=lambda one: one.event["type"] == "complete",
            after=last,
        )
    )
    await stack.decide(shoot_id, type="edit", pace=2)
    seen = await waiting
    assert [one.offset for one in seen] == list(range(last + 1, last + 1 + len(seen)))
    assert "checkpoint" in [one.event["type"] for one in seen]


async def test_heartbeats_in_silence(new_stack):
    """A stream on which nothing happens says so from time to time."""
    async with new_stack(hub=HubPolicy(heartbeat=0.05)) as stack:
        shoot_id = await stack.begin()
        state = await stack.waiting(shoot_id)
        path = f"/api/shoots/{shoot_id}/events?after={state['offset'] - 1}"
        async with stack.http.stream("GET", path) as answer:
            lines = []
            async for line in answer.aiter_lines():
                lines.append(line)
                if lines.count(": heartbeat") == 3:
                    break
    assert lines[0] == "retry: 2000"
    assert set(lines[1:]) == {": heartbeat"}


async def test_old_connections_are_rotated(new_stack):
    """A connection that is old enough ends, and the client comes back."""
    async with new_stack(hub=HubPolicy(heartbeat=0.05, rotation=0.2)) as stack:
        shoot_id = await stack.begin()
        answer = await stack.http.get(f"/api/shoots/{shoot_id}/events")
    assert answer.status_code == 200
    assert answer.text.startswith("retry: 2000\n")


async def test_shutdown_ends_streams(stack, new_stack, read_frames):
    """A gateway that stops ends its streams cleanly: the body has its end, nothing is torn."""
    shoot_id = await stack.begin()
    started = asyncio.Event()

    async def watch(client):
        async with client.stream("GET", f"/api/shoots/{shoot_id}/events") as answer:
            async for _ in read_frames(answer):
                started.set()

    async with AsyncExitStack() as exits:
        async with new_stack(home=stack.settings.home, workers=False) as other:
            client = await exits.enter_async_context(other.client())
            watching = asyncio.create_task(watch(client))
            await started.wait()
        await watching
    assert await stack.shoots.is_open(shoot_id)


async def test_viewers_share_one_poll(stack, read_frames):
    """Many waiting viewers cost the workflow one update in flight, and an approval gets through."""
    shoot_id = await stack.begin()
    state = await stack.waiting(shoot_id)
    after = state["offset"] - 1
    limits = httpx.Limits(max_connections=40)
    async with stack.client(limits=limits) as client:
        watching = [
            asyncio.create_task(
                read(
                    client, shoot_id, read_frames, until=is_checkpoint("contact-sheet"), after=after
                )
            )
            for _ in range(25)
        ]
        await polled(stack, shoot_id)
        await stack.decide(shoot_id, type="approve")
        seen = await asyncio.gather(*watching)
    assert all([one.offset for one in each] == [one.offset for one in seen[0]] for each in seen)
    assert len(await updates(stack, shoot_id)) <= 4


async def updates(stack, shoot_id):
    """The names of all updates that the workflow has accepted."""
    history = await stack.shoots.client.get_workflow_handle(shoot_id).fetch_history()
    accepted = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED
    return [
        event.workflow_execution_update_accepted_event_attributes.accepted_request.input.name
        for event in history.events
        if event.event_type == accepted
    ]


async def polled(stack, shoot_id):
    """Wait until a reader has opened its long poll."""

    async def opened():
        return POLL in await updates(stack, shoot_id)

    await until(opened)


async def test_reader_leaves_with_the_last_viewer(new_stack, read_frames):
    """Nobody reads for nobody: after the linger the channel is closed, and a new one works."""
    async with new_stack(hub=HubPolicy(linger=0.05)) as stack:
        shoot_id = await stack.begin()
        await stack.waiting(shoot_id)
        for _ in range(2):
            await read(stack.http, shoot_id, read_frames, until=lambda one: True)
            await until(lambda: stack.measures("shoot_gateway_channels 0.0"))


async def test_discarded_turn(stack, read_frames):
    """A retried turn declares void what it had said, and says everything anew under a new id."""
    stack.studio.interrupt_once = True
    shoot_id = await stack.begin()
    seen = await read(stack.http, shoot_id, read_frames, until=is_checkpoint("hero"), after=-1)
    types = [one.event["type"] for one in seen]
    void = seen[types.index("message_discarded")].event["messageId"]
    later = {one.event.get("messageId") for one in seen[types.index("message_discarded") + 1 :]}
    assert void not in later
