"""Heartbeats while a body works, so that a lost worker is noticed and a cancel is heard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from temporalio import activity

INTERVAL = timedelta(seconds=3)


class Pulse:
    """Beats with ``details``; what is set last is what a retried attempt will find."""

    def __init__(self, details: tuple[object, ...] = ()) -> None:
        self._details = details

    def set(self, *details: object) -> None:
        """Replace the details and beat at once."""
        self._details = details
        activity.heartbeat(*details)

    async def _run(self) -> None:
        while True:
            activity.heartbeat(*self._details)
            await asyncio.sleep(INTERVAL.total_seconds())


@asynccontextmanager
async def beating() -> AsyncIterator[Pulse]:
    """Beat until the body ends. Details of an earlier attempt are kept until they are replaced."""
    pulse = Pulse(tuple(activity.info().heartbeat_details))
    task = asyncio.create_task(pulse._run())
    try:
        yield pulse
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
