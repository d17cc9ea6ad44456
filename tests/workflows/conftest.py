"""A real Temporal server, and workers whose scripts are replaced by small, exact ones."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio import activity
from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError
from temporalio.worker import Worker

from activities.archiving import archive
from studio.director.interface import Opening, Reply
from studio.records import Records
from studio.shoot import Brief, Direction, Providers, ShootOptions, ShootState
from studio.stages import ShootStatus
from studio.store import ArtifactStore
from studio.takes import Artifact
from tests.waiting import until
from workflows.client import Shoots
from workflows.contract import (
    FAL_QUEUE,
    KLING_QUEUE,
    MEDIA_QUEUE,
    SHOOTS_QUEUE,
    ArchiveRequest,
    HearingTurn,
    OpeningTurn,
    Policy,
    ShootActivities,
)
from workflows.reading import StreamReader
from workflows.shoot import Shoot
from workflows.tasks import CutFrames, Job, Produced, RenderClip, ResizeFrames

Script = Callable[[Job], Awaitable[None]]


@dataclass
class FakeStudio(ShootActivities):
    """Activities that make nothing but notes of what was asked of them."""

    records: Records
    jobs: list[Job] = field(default_factory=list)
    openings: list[OpeningTurn] = field(default_factory=list)
    replies: dict[str, Reply] = field(default_factory=dict)
    providers: Providers = field(default_factory=Providers)
    before: Script | None = None
    faults: dict[str, ApplicationError] = field(default_factory=dict)
    """What fails, by the name of the activity, or of the job's item."""
    produced: Callable[[Job], Produced] = field(default_factory=lambda: produced)
    """What a job makes."""
    archiving: asyncio.Event | None = None
    """Records are answered for only once this is set."""

    @activity.defn(name="prepare")
    async def prepare(self, options: ShootOptions) -> Providers:
        self._fail("prepare")
        return self.providers

    @activity.defn(name="direct")
    async def direct(self, turn: OpeningTurn) -> Opening:
        self._fail("direct")
        self.openings.append(turn)
        direction = Direction(pose="seated-editorial", background="industrial")
        return Opening(direction=direction, words="A hard, quiet set.")

    @activity.defn(name="hear")
    async def hear(self, turn: HearingTurn) -> Reply:
        self._fail("hear")
        return self.replies[turn.words]

    @activity.defn(name="produce")
    async def produce(self, job: Job) -> Produced:
        if self.before is not None:
            await self.before(job)
        self._fail(job.item)
        self.jobs.append(job)
        return self.produced(job)

    @activity.defn(name="archive")
    async def archive(self, request: ArchiveRequest) -> int:
        reached = await archive(activity.client(), self.records, request)
        if self.archiving is not None:
            await self.archiving.wait()
        return reached

    def _fail(self, name: str) -> None:
        if name in self.faults:
            raise self.faults[name]

    def items(self) -> list[str]:
        """What was really made, as ``stage take item``, in order of completion."""
        return [f"{job.stage} {job.take} {job.item}" for job in self.jobs]


def produced(job: Job) -> Produced:
    """What a job makes."""
    return Produced(artifacts=tuple(_artifact(job, n) for n in range(len(job.prints))))


def _artifact(job: Job, number: int) -> Artifact:
    match job.task:
        case CutFrames():
            name = f"frames/frame-{number + 1}.png"
        case ResizeFrames(indexes=indexes):
            name = f"frames/frame-{indexes[number]}.png"
        case RenderClip(index=index):
            name = f"videos/video-{index}.mp4"
        case _:
            name = f"{job.item}.png"
    key = f"{job.folder}/{job.item}/{number + 1}"
    return Artifact(
        name=name,
        key=key,
        kind="video" if isinstance(job.task, RenderClip) else "image",
        sha256=f"{job.prints[number]}",
        size=1,
        width=3,
        height=2,
        fingerprint=job.prints[number],
        provenance={"provider": "proof", "sandbox": "bubblewrap"},
    )


@dataclass
class Rig:
    """One shoot under test, and the hands to work it with."""

    id: str
    shoots: Shoots
    studio: FakeStudio
    client: Client

    async def start(self, **options: object) -> ShootState:
        """Start the shoot and wait for its first checkpoint or its end."""
        brief = Brief(prompt="a brief", options=ShootOptions.model_validate(options))
        await self.shoots.start(self.id, brief)
        return await self.waiting()

    async def waiting(self, unlike: str | None = None) -> ShootState:
        """The state once a checkpoint is open (another than ``unlike``), or the shoot is over."""

        async def rests() -> ShootState | None:
            state = await self.shoots.state(self.id)
            waits = state.checkpoint and state.checkpoint.id != unlike
            over = state.status in (ShootStatus.COMPLETE, ShootStatus.CANCELLED)
            return state if waits or over else None

        return await until(rests)

    async def decide(self, decision: object) -> ShootState:
        """Send a decision and wait for the next checkpoint."""
        before = await self.shoots.state(self.id)
        await self.shoots.decide(self.id, decision)  # type: ignore[arg-type]
        return await self.waiting(before.checkpoint.id if before.checkpoint else None)

    async def events(self) -> list[dict[str, object]]:
        """All events on the stream so far."""
        reader = StreamReader(self.client, self.shoots.records, self.id)
        due, found = 0, []
        while page := await reader.page(due):
            found += [json.loads(one.event) for one in page]
            due = page[-1].offset + 1
        return found


@pytest.fixture
def store(tmp_path: Path) -> ArtifactStore:
    """An artifact store in a folder of its own."""
    return ArtifactStore.open((tmp_path / "store").as_uri())


@pytest.fixture
def new_rig(
    temporal: Client, store: ArtifactStore
) -> Callable[..., AbstractAsyncContextManager[Rig]]:
    """A factory of rigs: workers that run, and one shoot that is ended with them."""

    @asynccontextmanager
    async def make(
        policy: Policy | None = None, max_cached: int = 100, public_url: str = ""
    ) -> AsyncIterator[Rig]:
        records = Records(store)
        studio = FakeStudio(records)
        shoots = Shoots(temporal, records, policy, public_url)
        rig = Rig(uuid.uuid4().hex, shoots, studio, temporal)
        async with working(temporal, studio, max_cached):
            yield rig
            await _end(rig)

    return make


@pytest.fixture
async def rig(new_rig: Callable[..., AbstractAsyncContextManager[Rig]]) -> AsyncIterator[Rig]:
    """One shoot on a real server."""
    async with new_rig() as made:
        yield made


@asynccontextmanager
async def working(client: Client, studio: FakeStudio, max_cached: int = 100) -> AsyncIterator[None]:
    """Workers for all queues, as long as the body runs."""
    producers = [
        Worker(
            client,
            task_queue=queue,
            activities=[studio.produce],
            max_heartbeat_throttle_interval=timedelta(milliseconds=200),
        )
        for queue in (MEDIA_QUEUE, FAL_QUEUE, KLING_QUEUE)
    ]
    async with (
        Worker(
            client,
            task_queue=SHOOTS_QUEUE,
            workflows=[Shoot],
            activities=[studio.prepare, studio.direct, studio.hear, studio.archive],
            max_cached_workflows=max_cached,
        ),
        AsyncExitStack() as stack,
    ):
        for producer in producers:
            await stack.enter_async_context(producer)
        yield


async def _end(rig: Rig) -> None:
    """Terminate the shoot if it still runs, so that no later test meets it."""
    with suppress(RPCError):
        await rig.client.get_workflow_handle(rig.id).terminate("the test is over")
