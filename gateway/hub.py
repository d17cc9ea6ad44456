"""The hub: one reader a shoot, however many people watch.

A channel holds the newest events of one shoot in memory, already encoded. A viewer is a cursor
into it and nothing else, so a slow one costs nobody anything: when what it needs next is no longer
held it is told so (``gap``) and given the truth as it is now (``snapshot``). What is older than
memory is read from the workflow's stream or the archive, page by page, for the viewer that asks.
"""

from __future__ import annotations

import asyncio
import bisect
import logging
import random
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from temporalio.service import RPCError

from gateway.sse import Frame, encode, frame
from studio.shoot import ShootState
from workflows.client import NoSuchShootError, Shoots
from workflows.reading import StreamReader

logger = logging.getLogger(__name__)

_RETRY_SECONDS = 0.5
_SNAPSHOT_SECONDS = 0.2
_CHUNK_BYTES = 64 * 1024


@dataclass(frozen=True)
class HubPolicy:
    """How much is held, and for how long. Sizes are events and bytes, times are seconds."""

    held_events: int = 4_000
    held_bytes: int = 4_000_000
    history: int = 1_000
    """How far before the present a new channel begins, for those who reconnect."""
    heartbeat: float = 15.0
    """How long a stream may be silent."""
    linger: float = 30.0
    """How long the reader goes on after the last viewer has left."""
    rotation: float = 600.0
    """About how old a viewer's connection may grow."""

    def lifetime(self) -> float:
        """How old one connection may grow; not all the same, so that they return one by one."""
        return self.rotation * random.uniform(0.9, 1.1)  # noqa: S311 - no secret


@dataclass(frozen=True)
class Snapshot:
    """A shoot as it is at ``offset``, encoded."""

    offset: int
    encoded: bytes
    taken_at: float


class _Chunk(NamedTuple):
    """What a channel with its next event at ``head`` holds from ``due`` on, as one write."""

    due: int
    head: int
    frames: list[Frame]
    joined: bytes


class Channel:
    """The newest events of one shoot, and its one reader."""

    def __init__(self, shoots: Shoots, shoot_id: str, policy: HubPolicy) -> None:
        self.shoot_id = shoot_id
        self.policy = policy
        self.viewers = 0
        self.over = False
        self.first = 0
        """The oldest offset held."""
        self.due = 0
        """The offset that comes next."""
        self.error: BaseException | None = None
        self._shoots = shoots
        self._reader = StreamReader(shoots.client, shoots.records, shoot_id)
        self._frames: list[Frame] = []
        self._bytes = 0
        self._waiting: list[asyncio.Future[None]] = []
        self._chunk = _Chunk(-1, -1, [], b"")
        self._ready = asyncio.Event()
        self._snapshot: asyncio.Task[Snapshot] | None = None
        self._task = asyncio.create_task(self._run())

    # Reading -----------------------------------------------------------------------------------

    async def _run(self) -> None:
        try:
            state = await self.state()
            self.first = self.due = max(0, state.offset - self.policy.history)
            self._ready.set()
            async for recorded in self._reader.events(self.first):
                self._append(frame(recorded.offset, recorded.event))
        except NoSuchShootError as error:
            self.error = error
        except Exception as error:
            logger.exception("reading shoot %s stopped", self.shoot_id)
            self.error = error
        finally:
            self.over = True
            self._ready.set()
            self.notify()

    def _append(self, one: Frame) -> None:
        self._frames.append(one)
        self._bytes += len(one.encoded)
        self.due = one.offset + 1
        if len(self._frames) > self.policy.held_events or self._bytes > self.policy.held_bytes:
            dropped = self._frames[: max(1, len(self._frames) // 4)]
            del self._frames[: len(dropped)]
            self._bytes -= sum(len(old.encoded) for old in dropped)
            self.first = self._frames[0].offset if self._frames else self.due
        self.notify()

    def notify(self) -> None:
        """Wake whoever waits on this channel."""
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)

    async def ready(self) -> None:
        """Wait until it is known where this channel begins. Raises what made that impossible."""
        await self._ready.wait()
        if self.error is not None:
            raise self.error

    async def change(self) -> None:
        """Wait for an event, or for the end of them."""
        woken = asyncio.get_running_loop().create_future()
        self._waiting.append(woken)
        try:
            await woken
        except asyncio.CancelledError:
            with suppress(ValueError):
                self._waiting.remove(woken)
            raise

    async def close(self) -> None:
        """Stop reading."""
        self._task.cancel()
        if self._snapshot is not None:
            self._snapshot.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    # What is held ------------------------------------------------------------------------------

    def since(self, due: int) -> _Chunk:
        """What is held from ``due`` on; about 64 KB at most, so that no write is long.

        Viewers who wait for the same event are given the same chunk, joined once.
        """
        if (due, self.due) != (self._chunk.due, self._chunk.head):
            begin = bisect.bisect_left(self._frames, due, key=_offset)
            size, end = 0, begin
            while end < len(self._frames) and size < _CHUNK_BYTES:
                size += len(self._frames[end].encoded)
                end += 1
            frames = self._frames[begin:end]
            joined = b"".join(one.encoded for one in frames)
            self._chunk = _Chunk(due, self.due, frames, joined)
        return self._chunk

    async def page(self, due: int) -> list[Frame]:
        """Frames from ``due`` on that memory does not hold."""
        while True:
            try:
                return [frame(*one) for one in await self._reader.page(due)]
            except RPCError:
                await asyncio.sleep(_RETRY_SECONDS)

    async def state(self) -> ShootState:
        """The shoot's state, however long the workers are away."""
        while True:
            try:
                return await self._shoots.state(self.shoot_id)
            except RPCError:
                await asyncio.sleep(_RETRY_SECONDS)

    async def snapshot(self) -> Snapshot:
        """The shoot as it is now. Those who ask at the same moment share one answer."""
        task = self._snapshot
        now = asyncio.get_running_loop().time()
        stale = task is not None and task.done() and self._stale(task, now)
        if task is None or stale:
            task = self._snapshot = asyncio.create_task(self._take_snapshot())
        return await asyncio.shield(task)

    def _stale(self, task: asyncio.Task[Snapshot], now: float) -> bool:
        if task.cancelled() or task.exception() is not None:
            return True
        taken = task.result()
        return now - taken.taken_at > _SNAPSHOT_SECONDS or taken.offset < self.first

    async def reach(self, offset: int) -> None:
        """Wait until everything before ``offset`` has been read."""
        while self.due < offset and not self.over:
            await self.change()

    def before(self, offset: int) -> list[Frame]:
        """The frames held from before ``offset``."""
        return self._frames[: bisect.bisect_left(self._frames, offset, key=_offset)]

    async def _take_snapshot(self) -> Snapshot:
        state = await self.state()
        await self.reach(state.offset)
        event = {
            "type": "snapshot",
            "state": state.model_dump(mode="json"),
            "offset": state.offset,
            "speaking": self.speaking(state.offset),
        }
        now = asyncio.get_running_loop().time()
        return Snapshot(state.offset, encode(event, state.offset - 1), now)

    def speaking(self, offset: int) -> list[dict[str, Any]]:
        """The messages that had begun before ``offset`` and had not ended there."""
        open_messages: dict[str, dict[str, Any]] = {}
        for one in self.before(offset):
            if b'"messageId"' not in one.encoded:
                continue
            event = one.event
            match event["type"]:
                case "message_type_hint" | "text_delta":
                    message = {"messageId": event["messageId"], "messageType": None, "text": ""}
                    message = open_messages.setdefault(event["messageId"], message)
                    message["messageType"] = event.get("messageType", message["messageType"])
                    message["text"] += event.get("text", "")
                case "assistant_message" | "message_discarded":
                    open_messages.pop(event["messageId"], None)
        return list(open_messages.values())


def _offset(one: Frame) -> int:
    return one.offset


def _is_checkpoint(one: Frame) -> bool:
    return b'"checkpoint"' in one.encoded and one.event["type"] == "checkpoint"


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

    async def turn_start(self, shoot_id: str) -> int:
        """Where the turn that is under way has begun: behind the last checkpoint, or at 0."""
        channel = self._enter(shoot_id)
        try:
            await channel.ready()
            head = (await self.state(shoot_id)).offset
            await channel.reach(head)
            for one in reversed(channel.before(head)):
                if _is_checkpoint(one):
                    return one.offset + 1
            due = found = 0
            while due < channel.first and (page := await channel.page(due)):
                due = page[-1].offset + 1
                found = max([found, *(one.offset + 1 for one in page if _is_checkpoint(one))])
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

    async def _next(self, channel: Channel, due: int, patient: bool) -> _Chunk | None:
        """What follows; ``None`` at the end.

        Where memory no longer reaches back to ``due`` the patient are given what the stream or the
        archive has; the others get the oldest in memory, and see that it is not what they asked.
        """
        if due < channel.first and patient and (page := await channel.page(due)):
            return _Chunk(due, channel.due, page, b"".join(one.encoded for one in page))
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
