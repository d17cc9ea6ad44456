"""The worker: takes shoots and media work from Temporal until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Collection
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

from temporalio.client import Client
from temporalio.worker import Worker

from activities.liveness import alive
from activities.producing import Producer
from activities.studio import StudioActivities
from sandbox.session import SandboxSettings, sweep_sessions
from sandbox.targets import check_host
from studio.cache import ArtifactCache
from studio.records import Records
from studio.settings import Settings
from studio.store import ArtifactStore
from workflows.contract import FAL_QUEUE, KLING_QUEUE, MEDIA_QUEUE, QUEUES, SHOOTS_QUEUE
from workflows.shoot import Shoot

GRACE = timedelta(seconds=3)
SWEEP_EVERY = timedelta(hours=1)
_BEAT = timedelta(seconds=2)

logger = logging.getLogger(__name__)


def sandbox_settings(settings: Settings) -> SandboxSettings:
    """What the sandbox is told: the worker's keys, and its own way out to the network."""
    certificates = os.environ.get("SSL_CERT_FILE")
    return SandboxSettings(
        home=settings.home / "sandbox",
        backend=settings.sandbox,
        secrets=settings.secrets,
        https_proxy=os.environ.get("HTTPS_PROXY") or os.environ.get("https_proxy"),
        ssl_cert_file=Path(certificates) if certificates else None,
        hosts={"fal": _hosts(settings.fal_hosts), "kling": _hosts(settings.kling_hosts)},
    )


def _hosts(listed: str) -> tuple[str, ...]:
    """The names in a setting; raises ``ValueError`` for one that cannot be allowed."""
    return tuple(check_host(name) for name in listed.replace(",", " ").split())


def studio_activities(settings: Settings, store: ArtifactStore) -> StudioActivities:
    """The activities over ``store``."""
    producer = Producer(
        store=store,
        cache=ArtifactCache(store, settings.home / "cache", settings.cache_mb * 1024**2),
        sandbox=sandbox_settings(settings),
        settings=settings,
    )
    return StudioActivities(settings=settings, records=Records(store), producer=producer)


def workers(client: Client, activities: StudioActivities, settings: Settings) -> list[Worker]:
    """One worker a queue: shoots and the director, media, and each provider; they scale apart.

    The slots of a provider's queue are how many orders this process has in the making there; its
    rate is the server's, and holds for all workers together.
    """
    rates = {FAL_QUEUE: settings.fal_rate, KLING_QUEUE: settings.kling_rate}
    slots = {
        MEDIA_QUEUE: settings.media_slots,
        FAL_QUEUE: settings.fal_slots,
        KLING_QUEUE: settings.kling_slots,
    }
    producers = [
        Worker(
            client,
            task_queue=queue,
            activities=[activities.produce],
            max_concurrent_activities=count,
            max_task_queue_activities_per_second=rates.get(queue),
            max_heartbeat_throttle_interval=_BEAT,
            default_heartbeat_throttle_interval=_BEAT,
            graceful_shutdown_timeout=GRACE,
        )
        for queue, count in slots.items()
    ]
    shoots = Worker(
        client,
        task_queue=SHOOTS_QUEUE,
        workflows=[Shoot],
        activities=[activities.prepare, activities.direct, activities.hear, activities.archive],
        max_heartbeat_throttle_interval=_BEAT,
        default_heartbeat_throttle_interval=_BEAT,
        graceful_shutdown_timeout=GRACE,
    )
    return [shoots, *producers]


async def work(
    client: Client, settings: Settings, stop: asyncio.Event, queues: Collection[str] = QUEUES
) -> None:
    """Work on ``queues`` until ``stop`` is set, then let activities end or hand them back."""
    activities = studio_activities(
        settings, ArtifactStore.open(settings.store_url, settings.store_options)
    )
    async with AsyncExitStack() as stack:
        for worker in workers(client, activities, settings):
            if worker.task_queue in queues:
                await stack.enter_async_context(worker)
        await stack.enter_async_context(alive(settings.home))
        await stack.enter_async_context(_sweeping(activities.producer))
        await stop.wait()


@asynccontextmanager
async def _sweeping(producer: Producer) -> AsyncIterator[None]:
    """Remove what killed workers have left, and what is too much, now and every while."""
    task = asyncio.create_task(_sweep(producer))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _sweep(producer: Producer) -> None:
    while True:
        try:
            await sweep_sessions(producer.sandbox.home)
            await asyncio.to_thread(producer.cache.sweep)
        except OSError as error:
            logger.warning("leftovers could not be swept: %s", error)
        await asyncio.sleep(SWEEP_EVERY.total_seconds())
