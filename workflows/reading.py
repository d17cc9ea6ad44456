"""Reading a shoot's stream: from the archive, by query, and by one long poll while it is idle.

Queries leave no trace in the workflow's history, so they serve while events flow. Only when
nothing comes does the reader open one long poll, which costs the history a few events each time.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from datetime import timedelta

from temporalio.api.common.v1 import Payload
from temporalio.client import (
    Client,
    WorkflowExecutionStatus,
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.contrib.workflow_streams import PollInput, PollResult
from temporalio.service import RPCError, RPCStatusCode

from studio.records import Recorded, Records
from workflows import contract

_POLL = "__temporal_workflow_stream_poll"
_QUIET_SECONDS = 1.0
_PAUSE, _SOON = 0.05, 0.012
_SLOWEST, _FASTEST = 0.1, 0.03
_RETRY = timedelta(milliseconds=500)


class _Rhythm:
    """When to ask again. Publishers send batch after batch at a steady pace while they have
    something: the next query comes just before the next batch is due, and then others shortly
    after, until it must be late. All times are seconds."""

    def __init__(self, now: float) -> None:
        self._last = now
        self._gap = _SLOWEST

    def heard(self, now: float) -> None:
        """Something came: learn the pace."""
        gap = min(max(now - self._last, _FASTEST), _SLOWEST)
        self._gap += (gap - self._gap) / 4
        self._last = now

    def quiet(self, now: float) -> float:
        """How long nothing has come."""
        return now - self._last

    def pause(self, now: float) -> float:
        """How long to wait before the next query."""
        quiet = self.quiet(now)
        if quiet < 0.75 * self._gap:
            return 0.75 * self._gap - quiet
        return _SOON if quiet < 1.6 * self._gap else _PAUSE


class StreamReader:
    """Reads one shoot's events in order from an offset, as long as there is a shoot to read."""

    def __init__(self, client: Client, records: Records, shoot_id: str) -> None:
        self._client = client
        self._records = records
        self._id = shoot_id
        self._handle = client.get_workflow_handle(shoot_id)

    async def page(self, start: int) -> list[Recorded]:
        """The events held from ``start`` on, without waiting; at most about a megabyte.

        What the workflow no longer holds comes from the archive, so the first event is ``start``'s
        own wherever it still exists.
        """
        try:
            result = await self._handle.query(
                _POLL,
                PollInput(from_offset=start),
                result_type=PollResult,
                rpc_timeout=contract.PATIENCE,
            )
        except (RPCError, WorkflowQueryFailedError) as error:
            if isinstance(error, RPCError) and error.status is not RPCStatusCode.NOT_FOUND:
                raise
            return [event async for event in self._records.events(self._id, start)]
        items = [Recorded(item.offset, _json(item.data)) for item in result.items]
        base = items[0].offset if items else result.next_offset
        if base <= start:
            return items
        older = [event async for event in self._records.events(self._id, start)]
        return [*(event for event in older if event.offset < base), *items]

    async def events(self, start: int = 0) -> AsyncIterator[Recorded]:
        """Every event from ``start`` on, each once, in order; ends when the shoot is over."""
        clock = asyncio.get_running_loop().time
        due, rhythm = start, _Rhythm(clock())
        while True:
            page = await self._patiently(due)
            for event in page:
                if event.offset >= due:
                    due = event.offset + 1
                    yield event
            if page:
                rhythm.heard(clock())
            if rhythm.quiet(clock()) < _QUIET_SECONDS:
                await asyncio.sleep(rhythm.pause(clock()))
            elif await self._over(due):
                return
            else:
                await self._wait(due)
                rhythm = _Rhythm(clock())

    async def _patiently(self, start: int) -> list[Recorded]:
        """A page, however long the server or the workers are away."""
        while True:
            try:
                return await self.page(start)
            except RPCError as error:
                if error.status in (RPCStatusCode.INVALID_ARGUMENT, RPCStatusCode.UNAUTHENTICATED):
                    raise
                await asyncio.sleep(_RETRY.total_seconds())

    async def _wait(self, due: int) -> None:
        """Long-poll until there is something to read, or until the poll has had its time.

        The poll is named after its offset, so that all readers of a shoot, here and in other
        processes, share one: a workflow takes few updates in flight, and a person's decision may
        be among them.
        """
        try:
            await self._handle.execute_update(
                _POLL, PollInput(from_offset=due), id=f"read-{due}", result_type=PollResult
            )
        except (RPCError, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError):
            # The client turns the cancellation of this very task into such an error, too.
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise asyncio.CancelledError from None
            await asyncio.sleep(_RETRY.total_seconds())

    async def _over(self, due: int) -> bool:
        """Whether the shoot has ended and nothing is left to read."""
        try:
            description = await self._handle.describe()
        except RPCError as error:
            return error.status is RPCStatusCode.NOT_FOUND
        if description.status in (
            WorkflowExecutionStatus.RUNNING,
            WorkflowExecutionStatus.CONTINUED_AS_NEW,
        ):
            return False
        return not await self._patiently(due)


def _json(data: str) -> str:
    payload = Payload()
    payload.ParseFromString(base64.b64decode(data))
    return payload.data.decode()
