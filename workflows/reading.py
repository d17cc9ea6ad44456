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

_POLL = "__temporal_workflow_stream_poll"
_QUIET_SECONDS = 1.0
_PAUSE = timedelta(milliseconds=50)
_EXPECTED = timedelta(milliseconds=75)
_SOON = timedelta(milliseconds=12)
_LATE = timedelta(milliseconds=160)
"""Publishers send a batch each 100 ms: the next query is made just before the next batch is due,
and then often, until it must be late."""
_RETRY = timedelta(milliseconds=500)


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
                _POLL, PollInput(from_offset=start), result_type=PollResult
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
        due, heard = start, clock()
        while True:
            page = await self._patiently(due)
            for event in page:
                if event.offset >= due:
                    due = event.offset + 1
                    yield event
            if page:
                heard = clock()
            quiet = clock() - heard
            if quiet < _QUIET_SECONDS:
                await asyncio.sleep(_pause(quiet).total_seconds())
            elif await self._over(due):
                return
            else:
                await self._wait(due)
                heard = clock()

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


def _pause(quiet: float) -> timedelta:
    """How long to wait before the next query, ``quiet`` seconds after the last event."""
    if quiet < _EXPECTED.total_seconds():
        return _EXPECTED - timedelta(seconds=quiet)
    return _SOON if quiet < _LATE.total_seconds() else _PAUSE


def _json(data: str) -> str:
    payload = Payload()
    payload.ParseFromString(base64.b64decode(data))
    return payload.data.decode()
