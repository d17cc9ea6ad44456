"""Produce: fetch the inputs, run one script in the sandbox, store what it made."""

from __future__ import annotations

import time
from contextlib import aclosing
from dataclasses import dataclass
from datetime import timedelta

from pydantic import JsonValue
from temporalio import activity
from temporalio.contrib.workflow_streams import TopicHandle, WorkflowStreamClient
from temporalio.exceptions import ApplicationError

from activities.heartbeat import beating
from activities.scripts import ScriptRun, script_run
from sandbox import protocol
from sandbox.errors import OutputRefused, PolicyViolation, SandboxUnavailable, ScriptFailed
from sandbox.outputs import Output
from sandbox.session import Run, SandboxSession, SandboxSettings
from studio.events import TOPIC, Event, Progress, Status
from studio.store import ArtifactCache, ArtifactStore, MissingArtifactError
from studio.takes import Artifact
from workflows.tasks import Job, Produced

MAX_CRASHES = 3
BATCH = timedelta(milliseconds=500)


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
    proof_width: int

    async def produce(self, job: Job) -> Produced:
        """Do ``job`` and return what it made; a job that was done before is not done again.

        Raises :class:`ApplicationError` whose type is the failure's code, retryable or not.
        """
        manifest = f"{job.folder}/{job.item}.json"
        try:
            return Produced.model_validate_json(await self.store.get(manifest))
        except MissingArtifactError:
            pass
        publisher = WorkflowStreamClient.from_within_activity(batch_interval=BATCH)
        async with beating(), publisher:
            made = await self._run(job, publisher.topic(TOPIC))
            await self.store.put(manifest, made.model_dump_json().encode())
        return made

    async def _run(self, job: Job, topic: TopicHandle[Event]) -> Produced:
        run = script_run(job, self.proof_width)
        attempt = activity.info().attempt
        if attempt > 1:
            line = f"The worker was lost or the script failed; {job.item} is tried again"
            topic.publish(Status(message=f"{line} (attempt {attempt})."))
        try:
            session = await SandboxSession.get_or_create(job.shoot_id, self.sandbox)
            async with session.open(f"{job.stage}-{job.take}-{job.item}") as room:
                for name, source in run.inputs.items():
                    room.add_input(name, await self.cache.fetch(source.key, source.sha256))
                methods = await _follow(room, run, job, topic)
                outputs = room.outputs([result.file for result in run.results])
                made = {"sandbox": session.provenance.get("sandbox", "unknown")}
                return await self._store(job, run, outputs, {**methods, **made})
        except ScriptFailed as error:
            again = attempt < MAX_CRASHES if error.code == "crashed" else error.retryable
            raise ApplicationError(
                error.message,
                type=error.code,
                non_retryable=not again,
                next_retry_delay=error.retry_after,
            ) from error
        except OutputRefused as error:
            raise ApplicationError(str(error), type="output-refused", non_retryable=True) from error
        except SandboxUnavailable as error:
            raise ApplicationError(str(error), type="no-sandbox", non_retryable=True) from error
        except PolicyViolation as error:
            raise ApplicationError(str(error), type="policy", non_retryable=True) from error
        except MissingArtifactError as error:
            raise ApplicationError(str(error), type="missing-input", non_retryable=True) from error

    async def _store(
        self,
        job: Job,
        run: ScriptRun,
        outputs: list[Output],
        provenance: dict[str, JsonValue],
    ) -> Produced:
        artifacts = []
        for result, output, mark in zip(run.results, outputs, job.prints, strict=True):
            key = result.key(job)
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
                    provenance={"provider": job.provider, "script": run.script, **provenance},
                )
            )
        return Produced(artifacts=tuple(artifacts))


async def _follow(
    room: Run, run: ScriptRun, job: Job, topic: TopicHandle[Event]
) -> dict[str, JsonValue]:
    """Run the script, pass its events on, and return what it said of how it worked."""
    throttle = Throttle()
    said: dict[str, JsonValue] = {}
    async with aclosing(room.exec(run.script, run.args)) as events:
        async for event in events:
            match event:
                case protocol.Status(message=message):
                    topic.publish(Status(message=message))
                case protocol.Progress() if throttle.passes(time.monotonic()):
                    topic.publish(_progress(job, event))
                case protocol.Artifact(provenance=provenance) if provenance:
                    said.update(provenance)
                case _:
                    pass
    return said


def _progress(job: Job, event: protocol.Progress) -> Progress:
    return Progress(
        stage=job.stage,
        item=job.item,
        completed=event.completed,
        total=event.total,
        message=event.message or "",
    )
