"""Produce: fetch the inputs, run one script in the sandbox, store what it made."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import JsonValue
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities import live, local
from activities.buying import Purchase
from activities.heartbeat import Pulse, beating
from activities.manifests import Manifests
from activities.orders import OrderJournal
from activities.patience import no_sooner
from activities.providers import clip_price, image_price
from activities.publishing import Publisher, publishing
from activities.scripts import ScriptRun
from activities.troubles import watched
from sandbox import protocol
from sandbox.errors import OutputRefused, PolicyViolation, SandboxUnavailable, ScriptFailed
from sandbox.outputs import Output
from sandbox.session import Run, SandboxSession, SandboxSettings
from studio.cache import ArtifactCache, DamagedArtifactError
from studio.events import Progress, Status
from studio.settings import Settings
from studio.store import ArtifactStore, MissingArtifactError
from studio.takes import Artifact
from workflows.failures import shortened
from workflows.making import LIVE_RETRIES
from workflows.shoot import Shoot
from workflows.tasks import Job, Produced, RenderClip

MAX_CRASHES = 3
CRASHED = "crashed"
BATCH = timedelta(milliseconds=500)
MAX_PROVENANCE = 2_000
"""Characters of JSON."""
LAST_WORDS = 2.0
"""Seconds in which what a stopped script has said is put on the books."""

FINAL: dict[type[Exception], str] = {
    OutputRefused: "output-refused",
    SandboxUnavailable: "no-sandbox",
    PolicyViolation: "policy",
    MissingArtifactError: "missing-input",
    DamagedArtifactError: "damaged-input",
}
"""Errors that trying again does not mend, and their codes."""


class Throttle:
    """Lets progress pass about twice a second at first, and ever more rarely in long runs.

    A live clip takes minutes; its progress must not fill the workflow's history.
    """

    FIRST, GROWTH, SLOWEST = 0.5, 1.25, 15.0

    def __init__(self) -> None:
        self._next = 0.0
        self._wait = self.FIRST

    def passes(self, now: float) -> bool:
        """Whether something may pass at ``now`` (seconds of a steady clock)."""
        if now < self._next:
            return False
        self._next = now + self._wait
        self._wait = min(self._wait * self.GROWTH, self.SLOWEST)
        return True


@dataclass(frozen=True)
class Producer:
    """Does jobs with one store, one cache and one sandbox."""

    store: ArtifactStore
    cache: ArtifactCache
    sandbox: SandboxSettings
    settings: Settings

    async def produce(self, job: Job) -> Produced:
        """Do ``job`` and return what it made; a job that was done before is not done again.

        Raises :class:`ApplicationError` whose type is the failure's code, retryable or not.
        """
        async with beating() as pulse, publishing(BATCH) as publisher:
            return await self._attempt(job, publisher, pulse)

    async def _attempt(self, job: Job, publisher: Publisher, pulse: Pulse) -> Produced:
        """One try, whose errors become retry decisions here and nowhere else."""
        attempt = activity.info().attempt
        if attempt > 1:
            publisher.publish(Status(message=f"{job.item}: attempt {attempt}."))
        try:
            with watched(self.settings.home):
                return await self._once(job, publisher, pulse)
        except ScriptFailed as error:
            again = attempt < MAX_CRASHES if error.code == CRASHED else error.retryable
            if again:
                said = "" if "again" in error.message else "; it is tried again"
                publisher.publish(Status(message=f"{shortened(error.message)}{said}."))
            raise ApplicationError(
                shortened(error.message),
                type=error.code,
                non_retryable=not again,
                next_retry_delay=no_sooner(error.retry_after, attempt, LIVE_RETRIES),
            ) from None  # a cause would carry the whole of the message again
        except tuple(FINAL) as error:
            raise ApplicationError(
                shortened(str(error)), type=FINAL[type(error)], non_retryable=True
            ) from None

    async def _once(self, job: Job, publisher: Publisher, pulse: Pulse) -> Produced:
        """What the job made when it was done before, or else what it makes now."""
        manifests = Manifests(self.store, self.cache)
        made = await manifests.find(job)
        if made is None:
            made = await self._run(job, publisher, pulse)
            await manifests.keep(job, made)
        return made

    async def _run(self, job: Job, publisher: Publisher, pulse: Pulse) -> Produced:
        chosen = local if job.provider == "proof" else live
        run = chosen.script_run(job, self.settings)
        session = await SandboxSession.get_or_create(job.shoot_id, self.sandbox)
        async with session.open(f"{job.stage}-{job.take}-{job.item}") as room:
            for name, source in run.inputs.items():
                held = room.scratch / "inputs" / name
                room.add_input(name, await self.cache.link(source.key, source.sha256, held))
            for name, text in run.texts.items():
                written = room.scratch / name
                written.write_text(text)
                room.add_input(name, written)
            with watched(self.settings.home):  # while what has filled the disk is still there
                said = await self._follow(room, run, job, publisher, pulse)
                outputs = room.outputs([result.file for result in run.results])
                return await self._store(job, run, outputs, {**bounded(said), **session.provenance})

    async def _follow(
        self, room: Run, run: ScriptRun, job: Job, publisher: Publisher, pulse: Pulse
    ) -> dict[str, JsonValue]:
        """Run the script, pass its events on, and return what it said of how it worked."""
        purchase = None if job.provider == "proof" else self._purchase(job, pulse)
        order = await purchase.arguments(room, self.store) if purchase else ()
        events = room.exec(run.script, (*run.args, *order), route=run.route)
        hearing = asyncio.create_task(self._hear(events, room, job, publisher, purchase))
        try:
            return await asyncio.shield(hearing)
        except ScriptFailed as error:
            raise (purchase.judged(error) if purchase else error) from None
        except asyncio.CancelledError:
            await _wind_up(room, hearing, purchase)
            raise
        finally:
            if purchase:
                await purchase.keep_links(room, self.store)

    async def _hear(
        self,
        events: AsyncGenerator[protocol.ScriptEvent, None],
        room: Run,
        job: Job,
        publisher: Publisher,
        purchase: Purchase | None,
    ) -> dict[str, JsonValue]:
        """Take what the script says until it has ended.

        Trouble of our own kills it rather than stops it: what it has ordered goes on.
        """
        throttle = Throttle()
        said: dict[str, JsonValue] = {}
        async with aclosing(events), _spared(room):
            async for event in events:
                match event:
                    case protocol.Submission() if purchase:
                        await purchase.note(event, room)
                    case protocol.EgressRefused(target=target, reason=reason):
                        publisher.publish(Status(message=f"No connection to {target}: {reason}."))
                    case protocol.Status(message=message):
                        publisher.publish(Status(message=message))
                    case protocol.Progress() if throttle.passes(time.monotonic()):
                        publisher.publish(_progress(job, event))
                    case protocol.Artifact(provenance=provenance) if provenance:
                        said.update(provenance)
                    case _:
                        pass
        return said

    def _purchase(self, job: Job, pulse: Pulse) -> Purchase:
        clip = isinstance(job.task, RenderClip)
        price = clip_price(job.provider, self.settings) if clip else image_price(self.settings)
        handle = activity.client().get_workflow_handle_for(Shoot.run, job.shoot_id)
        return Purchase(job, price, handle, pulse, OrderJournal(self.store, job.shoot_id))

    async def _store(
        self,
        job: Job,
        run: ScriptRun,
        outputs: list[Output],
        provenance: dict[str, JsonValue],
    ) -> Produced:
        artifacts = []
        for result, output, mark in zip(run.results, outputs, job.prints, strict=True):
            key = result.key(job, output.sha256)
            await self.store.put_file(key, output.path)
            artifacts.append(
                Artifact(
                    name=result.name,
                    key=key,
                    kind=output.kind,
                    sha256=output.sha256,
                    size=output.size,
                    width=output.width,
                    height=output.height,
                    duration=output.duration,
                    fingerprint=mark,
                    provenance={**provenance, "provider": job.provider, "script": run.script},
                )
            )
        paid = job.provider != "proof"
        ledger = await OrderJournal(self.store, job.shoot_id).like(job.order) if paid else ()
        return Produced(artifacts=tuple(artifacts), ledger=ledger)


@asynccontextmanager
async def _spared(room: Run) -> AsyncIterator[None]:
    """Kill rather than stop the script when the body fails.

    A script that is told to stop cancels its order; here the order shall go on at the provider,
    where the next try finds it by its id.
    """
    try:
        yield
    except BaseException:
        await room.abandon()
        raise


async def _wind_up(room: Run, hearing: asyncio.Task[Any], purchase: Purchase | None) -> None:
    """End a script whose job is cancelled, and hear its last words.

    Only a cancel that somebody asked for reaches the provider. When the worker is stopped, or this
    try has been replaced by another, the order goes on.
    """
    details = activity.cancellation_details()
    asked = details is not None and details.cancel_requested
    await (room.stop() if asked else room.abandon())
    await asyncio.wait({hearing}, timeout=LAST_WORDS)
    hearing.cancel()
    with suppress(Exception, asyncio.CancelledError):  # it failed because it was told to stop
        await hearing
    if asked and purchase is not None:
        await purchase.stopped()


def bounded(said: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """What a script says of how it worked, as far as it fits: every take carries it for good."""
    kept: dict[str, JsonValue] = {}
    room = MAX_PROVENANCE
    for name, value in said.items():
        room -= len(json.dumps({name: value}))
        if room < 0:
            break
        kept[name] = value
    return kept


def _progress(job: Job, event: protocol.Progress) -> Progress:
    return Progress(
        stage=job.stage,
        item=job.item,
        completed=event.completed,
        total=event.total,
        message=event.message or "",
    )
