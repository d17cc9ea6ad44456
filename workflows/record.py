"""The record: the shoot written to the artifact store, where it outlives Temporal's retention."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

from workflows.contract import ArchiveRequest, ShootActivities
from workflows.desk import Desk

_TIMEOUT = timedelta(minutes=2)
_RETRIES = RetryPolicy(maximum_interval=timedelta(minutes=1))
"""Without a last attempt: a store that is out of reach today is there tomorrow."""


class Recorder:
    """Writes the record at every checkpoint, beside the shoot, and before a run ends."""

    def __init__(self, desk: Desk, archived: int) -> None:
        self._desk = desk
        self._writing: asyncio.Task[None] | None = None
        self._due = False
        self.archived = archived

    def start(self) -> None:
        """Write the record without waiting for it; one writer at a time.

        What happens while one is being written is in the next, which follows at once.
        """
        if self._writing is None or self._writing.done():
            self._due = True
            self._writing = asyncio.create_task(self._write_while_due())
        elif workflow.patched("record-again"):
            self._due = True

    async def finish(self) -> None:
        """Write the record as it is now, and wait until it is safe."""
        if self._writing is not None and not self._writing.cancelled():
            await self._written(self._writing)
        self._writing = asyncio.create_task(self._write())
        await self._written(self._writing)

    async def _written(self, writing: asyncio.Task[None]) -> None:
        """Wait for a writer. A cancel of the shoot lets it write on: one that is given up may still
        write, and later than the one after it, which knows that the shoot was cancelled."""
        try:
            await asyncio.shield(writing)
        except asyncio.CancelledError:
            if not workflow.patched("record-shielded"):
                writing.cancel()
            raise

    async def _write_while_due(self) -> None:
        while self._due:
            self._due = False
            await self._write()

    async def _write(self) -> None:
        self.archived = await workflow.execute_activity_method(
            ShootActivities.archive,
            ArchiveRequest(shoot_id=self._desk.state.id, after=self.archived),
            start_to_close_timeout=_TIMEOUT,
            retry_policy=_RETRIES,
            summary="write shoot.json and the event log",
        )
