"""A channel: the newest events of one shoot in memory, already encoded, and the one reader of them.

A viewer is a cursor into it and nothing else, so a slow one costs nobody anything.
"""

from __future__ import annotations

import asyncio
import bisect
import logging
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
class ChannelPolicy:
    """How much a channel holds, in events and bytes."""

    held_events: int = 4_000
    held_bytes: int = 4_000_000
    history: int = 1_000
    """How far before the present it begins, for those who reconnect."""


@dataclass(frozen=True)
class Snapshot:
    """A shoot as it is at ``offset``, encoded."""

    offset: int
    encoded: bytes
    taken_at: float


class Chunk(NamedTuple):
    """What a channel with its next event at ``head`` holds from ``due`` on, as one write."""

    due: int
    head: int
    frames: list[Frame]
    joined: bytes


class Channel:
    """The newest events of one shoot, and its one reader."""

    def __init__(self, shoots: Shoots, shoot_id: str, policy: ChannelPolicy) -> None:
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
        self._chunk = Chunk(-1, -1, [], b"")
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

    def since(self, due: int) -> Chunk:
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
            self._chunk = Chunk(due, self.due, frames, joined)
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
