"""The hub: one reader a shoot, however many people watch.

Whoever needs an event that memory no longer holds is told so (``gap``) and given the truth as it is
now (``snapshot``), where they were following live; those who begin further back are given it page
by page from the workflow's stream or the archive.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from temporalio.service import RPCError

from gateway.channel import Channel, ChannelPolicy, Chunk
from gateway.sse import Frame, encode
from studio.shoot import ShootState
from workflows.client import NoSuchShootError, Shoots

_RETRY_SECONDS = 0.5


@dataclass(frozen=True)
class HubPolicy(ChannelPolicy):
    """What channels hold, and how long things last. Times are seconds."""

    heartbeat: float = 15.0
    """How long a stream may be silent."""
    linger: float = 30.0
    """How long the reader goes on after the last viewer has left."""
    rotation: float = 600.0
    """About how old a viewer's connection may grow."""

    def lifetime(self) -> float:
        """How old one connection may grow; not all the same, so that they return one by one."""
        return self.rotation * random.uniform(0.9, 1.1)  # noqa: S311 - no secret


class Hub:
    """The channels of one process, each for as long as somebody watches."""

    def __init__(
        self,
        shoots: Shoots,
        policy: HubPolicy | None = None,
        on_gap: Callable[[], None] = lambda: None,
    ) -> None:
        self.policy = policy or HubPolicy()
        self.closing = False
        self._shoots = shoots
        self._on_gap = on_gap
        self._channels: dict[str, Channel] = {}
        self._lingering: dict[str, asyncio.TimerHandle] = {}
        self._endings: set[asyncio.Task[None]] = set()

    @property
    def channels(self) -> int:
        """How many shoots are being read."""
        return len(self._channels)

    @property
    def viewers(self) -> int:
        """How many connections are being served."""
        return sum(channel.viewers for channel in self._channels.values())

    def reads(self, shoot_id: str) -> bool:
        """Whether the shoot is being read now, and is not over."""
        channel = self._channels.get(shoot_id)
        return channel is not None and not channel.over

    async def close(self) -> None:
        """End every stream, so that clients reconnect elsewhere, and stop reading."""
        self.closing = True
        for channel in list(self._channels.values()):
            channel.notify()
            self._drop(channel)
        await asyncio.gather(*self._endings, return_exceptions=True)

    async def watch(self, shoot_id: str, after: int | None) -> AsyncIterator[bytes]:
        """What a viewer of the native API is sent, from behind ``after`` on, or with a snapshot.

        Ends when the shoot is over, or the hub closes.
        """
        channel = self._enter(shoot_id)
        try:
            await channel.ready()
            due = None if after is None else after + 1
            if due is not None and due > channel.due and due > (await channel.state()).offset:
                due = None
            live = False
            if due is None:
                snapshot = await channel.snapshot()
                yield snapshot.encoded
                due, live = snapshot.offset, True
            while (got := await self._next(channel, due, patient=not live)) is not None:
                if got.frames[0].offset > due:
                    self._on_gap()
                    snapshot = await channel.snapshot()
                    yield encode({"type": "gap", "from": due, "to": snapshot.offset - 1})
                    yield snapshot.encoded
                    due, live = snapshot.offset, True
                else:
                    due = got.frames[-1].offset + 1
                    live = live or due >= channel.first
                    yield got.joined
        except NoSuchShootError:
            return
        finally:
            self._leave(channel)

    async def state(self, shoot_id: str) -> ShootState:
        """The shoot's state, however long the workers are away."""
        while True:
            try:
                return await self._shoots.state(shoot_id)
            except RPCError:
                if self.closing:
                    raise
                await asyncio.sleep(_RETRY_SECONDS)

    async def turn_start(self, shoot_id: str, head: int) -> int:
        """Where the turn under way at ``head`` had begun: behind the last checkpoint, or at 0."""
        channel = self._enter(shoot_id)
        try:
            await channel.ready()
            await channel.reach(head)
            for one in reversed(channel.before(head)):
                if _is_checkpoint(one):
                    return one.offset + 1
            due = found = 0
            while due < min(head, channel.first) and (page := await channel.page(due)):
                due = page[-1].offset + 1
                past = [one.offset + 1 for one in page if one.offset < head and _is_checkpoint(one)]
                found = max([found, *past])
            return found
        finally:
            self._leave(channel)

    async def frames(self, shoot_id: str, due: int) -> AsyncIterator[list[Frame]]:
        """Every frame from ``due`` on, whatever that takes."""
        channel = self._enter(shoot_id)
        try:
            await channel.ready()
            while not self.closing:
                got = await self._next(channel, due, patient=True)
                if got is None:
                    return
                due = got.frames[-1].offset + 1
                yield got.frames
        finally:
            self._leave(channel)

    async def _next(self, channel: Channel, due: int, patient: bool) -> Chunk | None:
        """What follows; ``None`` at the end.

        Where memory no longer reaches back to ``due`` the patient are given what the stream or the
        archive has; the others get the oldest in memory, and see that it is not what they asked.
        """
        if due < channel.first and patient and (page := await channel.page(due)):
            return Chunk(due, channel.due, page, b"".join(one.encoded for one in page))
        while not self.closing:
            if due < channel.due and (held := channel.since(due)).frames:
                return held
            if channel.over:
                return None
            await channel.change()
        return None

    def _enter(self, shoot_id: str) -> Channel:
        channel = self._channels.get(shoot_id)
        if channel is None or channel.over:
            channel = self._channels[shoot_id] = Channel(self._shoots, shoot_id, self.policy)
        if timer := self._lingering.pop(shoot_id, None):
            timer.cancel()
        channel.viewers += 1
        return channel

    def _leave(self, channel: Channel) -> None:
        channel.viewers -= 1
        if channel.viewers or self.closing or self._channels.get(channel.shoot_id) is not channel:
            return
        loop = asyncio.get_running_loop()
        wait = 0.0 if channel.over else self.policy.linger
        self._lingering[channel.shoot_id] = loop.call_later(wait, self._drop, channel)

    def _drop(self, channel: Channel) -> None:
        if self._channels.get(channel.shoot_id) is channel:
            del self._channels[channel.shoot_id]
            self._lingering.pop(channel.shoot_id, None)
        ending = asyncio.create_task(channel.close())
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)


def _is_checkpoint(one: Frame) -> bool:
    return b'"checkpoint"' in one.encoded and one.event["type"] == "checkpoint"
