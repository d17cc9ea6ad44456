"""The hub: what is held, who lags, and what happens then."""

from __future__ import annotations

import asyncio
import json

import pytest
from temporalio.contrib.workflow_streams import WorkflowStreamClient

from gateway.channel import Channel, ChannelPolicy
from gateway.hub import Hub, HubPolicy
from gateway.sse import frame
from studio.events import TOPIC, Status


@pytest.fixture
async def shoot(stack):
    """A shoot that waits at its first checkpoint."""
    shoot_id = await stack.begin()
    await stack.waiting(shoot_id)
    return shoot_id


async def publish(stack, shoot_id, count):
    """Put status events on a shoot's stream."""
    client = WorkflowStreamClient.create(stack.shoots.client, shoot_id)
    for number in range(count):
        client.topic(TOPIC).publish(Status(message=f"line {number}"))
    await client.flush()


def parsed(chunk):
    """The events of a chunk."""
    lines = chunk.decode().split("\n")
    return [json.loads(line[6:]) for line in lines if line.startswith("data: ")]


async def test_lagging_viewer_is_told(stack, shoot):
    """A viewer whose place is no longer held gets a gap and a fresh snapshot, and goes on."""
    gaps = []
    hub = Hub(stack.shoots, HubPolicy(held_events=20), lambda: gaps.append(1))
    viewer = hub.watch(shoot, None)
    first = parsed(await anext(viewer))[0]
    await publish(stack, shoot, 60)
    channel = hub._channels[shoot]
    await channel.reach(first["offset"] + 60)
    gap = parsed(await anext(viewer))[0]
    snapshot = parsed(await anext(viewer))[0]
    assert (gap["type"], gap["from"], gap["to"]) == (
        "gap",
        first["offset"],
        snapshot["offset"] - 1,
    )
    await publish(stack, shoot, 1)
    following = await anext(viewer)
    assert following.startswith(f"id: {snapshot['offset']}\n".encode())
    assert gaps == [1]
    await viewer.aclose()
    await hub.close()


async def test_patient_reader_misses_nothing(stack, shoot):
    """A reader that must have everything gets from the stream what memory has dropped."""
    hub = Hub(stack.shoots, HubPolicy(held_events=20))
    reader = hub.frames(shoot, 0)
    got = list(await anext(reader))
    await publish(stack, shoot, 60)
    head = (await stack.shoots.state(shoot)).offset
    await hub._channels[shoot].reach(head)
    while got[-1].offset < head - 1:
        got += await anext(reader)
    assert [one.offset for one in got] == list(range(head))
    await reader.aclose()
    await hub.close()


async def test_memory_is_bounded(stack, shoot):
    """A channel holds no more than it may, in events and in bytes."""
    channel = Channel(stack.shoots, shoot, ChannelPolicy(held_events=10, held_bytes=600))
    await channel.ready()
    for number in range(10_000, 10_200):
        channel._append(frame(number, '{"type":"status","message":"x"}'))
        assert len(channel._frames) <= 10
        assert channel._bytes <= 600
    assert channel.first == channel._frames[0].offset
    await channel.close()


async def test_one_channel_a_shoot(stack, shoot):
    """All viewers of a shoot share one channel; it ends with the hub, and so do they."""
    hub = Hub(stack.shoots, HubPolicy())
    viewers = [hub.watch(shoot, None) for _ in range(5)]
    for viewer in viewers:
        await anext(viewer)
    assert (hub.channels, hub.viewers) == (1, 5)
    ends = [asyncio.create_task(anext(viewer, b"end")) for viewer in viewers]
    await asyncio.sleep(0)
    await hub.close()
    assert await asyncio.gather(*ends) == [b"end"] * 5
    assert hub.channels == 0


async def test_turn_begins_behind_the_last_checkpoint(stack):
    """A turn under way is found in memory, and also where memory begins later; and it is the turn
    that was under way when it was seen, though a checkpoint has ended it since."""
    shoot_id, _ = await stack.reach("contact-sheet")
    await publish(stack, shoot_id, 30)
    head = (await stack.shoots.state(shoot_id)).offset
    events = [one async for one in _events(stack, shoot_id)]
    hero, sheet = [at for at, event in enumerate(events) if event["type"] == "checkpoint"]
    for history in (1_000, 5):
        hub = Hub(stack.shoots, HubPolicy(history=history))
        starts = [await hub.turn_start(shoot_id, seen) for seen in (hero, sheet, head)]
        await hub.close()
        assert starts == [0, hero + 1, sheet + 1]


async def _events(stack, shoot_id):
    from workflows.reading import StreamReader

    reader = StreamReader(stack.shoots.client, stack.shoots.records, shoot_id)
    for one in await reader.page(0):
        yield json.loads(one.event)
