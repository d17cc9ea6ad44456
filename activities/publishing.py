"""Publishing: events onto the shoot's stream, in batches, from an activity.

The SDK's own batching is not used: before Python 3.12 ``asyncio.wait_for`` can swallow the
cancellation that ends it, and the activity then waits for its flusher for ever.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from temporalio.contrib.workflow_streams import TopicHandle, WorkflowStreamClient
from temporalio.service import RPCError

from studio.events import TOPIC, Event

logger = logging.getLogger(__name__)


class Publisher:
    """Publishes to the stream of the activity's workflow, once per ``interval`` or at once."""

    def __init__(self, interval: timedelta) -> None:
        self._client = WorkflowStreamClient.from_within_activity()
        self._topic: TopicHandle[Event] = self._client.topic(TOPIC)
        self._interval = interval
        self._now = asyncio.Event()

    def publish(self, event: Event, *, at_once: bool = False) -> None:
        """Put ``event`` into the next batch; ``at_once`` ends the batch with it."""
        self._topic.publish(event)
        if at_once:
            self._now.set()

    async def flush(self) -> None:
        """Return when everything so far is on the stream."""
        await self._client.flush()

    async def run(self) -> None:
        """Flush batch after batch. A batch that could not be sent is sent with the next."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._interval.total_seconds()):
                    await self._now.wait()
            self._now.clear()
            try:
                await self._client.flush()
            except RPCError as error:
                logger.info("events wait, the server does not take them: %s", error)


@asynccontextmanager
async def publishing(interval: timedelta) -> AsyncIterator[Publisher]:
    """A publisher for the body; at its end everything is on the stream."""
    publisher = Publisher(interval)
    task = asyncio.create_task(publisher.run())
    try:
        yield publisher
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await publisher.flush()
