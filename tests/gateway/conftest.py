"""The gateway on a real socket, over real Temporal and workers with small, exact scripts."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from PIL import Image
from temporalio import activity
from temporalio.client import Client, WorkflowFailureError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError
from temporalio.worker import Worker

from activities.archiving import archive
from activities.heartbeat import beating
from activities.publishing import publishing
from activities.voice import speaking
from gateway.hub import HubPolicy
from gateway.serving import serving
from studio.decisions import Cancel, Resize, Revise, SetEdit
from studio.director.interface import Opening, Reply
from studio.events import Progress
from studio.records import Records
from studio.settings import Settings, load
from studio.shoot import Direction, Providers, ShootOptions
from studio.stages import Stage
from studio.store import ArtifactStore
from studio.takes import Artifact
from tests.waiting import until
from workflows.client import NoSuchShootError, RejectedError, Shoots
from workflows.contract import (
    MEDIA_QUEUE,
    SHOOTS_QUEUE,
    ArchiveRequest,
    HearingTurn,
    OpeningTurn,
    Policy,
    ShootActivities,
)
from workflows.shoot import Shoot
from workflows.tasks import CutFilm, CutFrames, Job, Produced, RenderClip, ResizeFrames

VIDEO = bytes(range(256)) * 400
"""What stands for a video: the gateway sends bytes and never looks into them."""
OPENING = "A hard, quiet set: concrete and one flash. — Née « dure »."


def png(colour: str = "grey", size: tuple[int, int] = (90, 60)) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


@dataclass
class FakeStudio(ShootActivities):
    """Activities that speak and make small files at once, or what a test tells them to."""

    records: Records
    replies: dict[str, Reply] = field(default_factory=dict)
    before: Callable[[Job], Awaitable[None]] | None = None
    lines: int = 4
    """How many deltas the director's opening is said in."""
    pace: float = 0.0
    """Seconds between two deltas."""
    providers: Providers = field(default_factory=Providers)
    """Who does the work, and for how much."""
    interrupt_once: bool = False
    """The first attempt of the opening breaks off in the middle."""

    @activity.defn(name="prepare")
    async def prepare(self, options: ShootOptions) -> Providers:
        return self.providers

    @activity.defn(name="direct")
    async def direct(self, turn: OpeningTurn) -> Opening:
        spoken = speaking(self.records, turn.shoot_id, turn.turn, turn.offset)
        async with beating(), spoken as voice:
            await voice.begin("thinking")
            await voice.say("Concrete, then.")
            await voice.end()
            await voice.begin("response")
            await voice.say(OPENING[:5])
            if self.interrupt_once:
                self.interrupt_once = False
                raise ApplicationError("the line broke", type="provider")
            for number in range(self.lines):
                await asyncio.sleep(self.pace)
                await voice.say(OPENING[5:] if number == 0 else f" {number}")
            await voice.end()
        direction = Direction(pose="seated-editorial", background="industrial")
        return Opening(direction=direction, words=OPENING)

    @activity.defn(name="hear")
    async def hear(self, turn: HearingTurn) -> Reply:
        reply = self.replies.get(turn.words) or self._reply(turn)
        async with speaking(self.records, turn.shoot_id, turn.turn, turn.offset) as voice:
            await voice.begin("response")
            await voice.say(reply.words)
            await voice.end()
        return reply

    def _reply(self, turn: HearingTurn) -> Reply:
        if "9:16" in turn.words:
            return Reply(words="Tall, then.", decisions=(Resize(aspect_ratio="9:16"),))
        if "1.5x" in turn.words:
            return Reply(words="Faster, looped.", decisions=(SetEdit(pace=1.5, loop=True),))
        revise = Revise(stage=Stage.HERO, instruction=turn.words)
        return Reply(words="Once more, then.", decisions=(revise,))

    @activity.defn(name="produce")
    async def produce(self, job: Job) -> Produced:
        if self.before is not None:
            await self.before(job)
        async with publishing(timedelta(milliseconds=50)) as publisher:
            publisher.publish(Progress(stage=job.stage, item=job.item, completed=1, total=2))
        artifacts = [await self._make(job, number) for number in range(len(job.prints))]
        return Produced(artifacts=tuple(artifacts))

    async def _make(self, job: Job, number: int) -> Artifact:
        video = isinstance(job.task, RenderClip | CutFilm)
        content = VIDEO if video else png()
        name = _name(job, number)
        key = f"{job.folder}/{job.item}/{number + 1}-{job.prints[number][:8]}/{Path(name).name}"
        await self.records.store.put(key, content)
        return Artifact(
            name=name,
            key=key,
            kind="video" if video else "image",
            sha256=hashlib.sha256(content + key.encode()).hexdigest(),
            size=len(content),
            width=90,
            height=60,
            fingerprint=job.prints[number],
            provenance={"provider": "proof", "sandbox": "bubblewrap"},
        )

    @activity.defn(name="archive")
    async def archive(self, request: ArchiveRequest) -> int:
        return await archive(activity.client(), self.records, request)


def _name(job: Job, number: int) -> str:
    match job.task:
        case CutFrames():
            return f"frames/frame-{number + 1}.png"
        case ResizeFrames(indexes=indexes):
            return f"frames/frame-{indexes[number]}.png"
        case RenderClip(index=index):
            return f"videos/video-{index}.mp4"
        case CutFilm():
            return "final/fashion-video.mp4"
        case _:
            return f"{job.item}.png" if job.item in ("hero", "contact-sheet") else "frames/x.png"


@dataclass
class Stack:
    """A gateway that is up, and hands to use it with."""

    address: str
    shoots: Shoots
    studio: FakeStudio
    settings: Settings
    http: httpx.AsyncClient
    started: list[str] = field(default_factory=list)

    async def begin(self, prompt: str = "a brief", **options: object) -> str:
        """Begin a shoot through the API; answers its id."""
        answer = await self.http.post("/api/shoots", json={"prompt": prompt, "options": options})
        assert answer.status_code == 201, answer.text
        self.started.append(answer.json()["id"])
        return self.started[-1]

    async def waiting(self, shoot_id: str, unlike: str | None = None) -> dict:
        """The state once a checkpoint is open (another than ``unlike``), or the shoot is over."""

        async def rests() -> dict | None:
            state = (await self.http.get(f"/api/shoots/{shoot_id}")).json()
            checkpoint = state["checkpoint"]
            waits = checkpoint and checkpoint["id"] != unlike
            return state if waits or state["status"] in ("complete", "cancelled") else None

        return await until(rests)

    async def measures(self, line: str) -> bool:
        """Whether the gateway's metrics have this line."""
        return line in (await self.http.get("/metrics")).text

    async def decide(self, shoot_id: str, **decision: object) -> dict:
        """Answer the open checkpoint, and wait for the next."""
        before = await self.waiting(shoot_id)
        current = before["checkpoint"]["id"]
        body = {"checkpointId": current, "decision": decision}
        answer = await self.http.post(f"/api/shoots/{shoot_id}/decisions", json=body)
        assert answer.status_code == 202, answer.text
        return await self.waiting(shoot_id, current)

    async def reach(self, stage: str, **options: object) -> tuple[str, dict]:
        """Begin a shoot and approve up to the checkpoint of ``stage``."""
        shoot_id = await self.begin(**options)
        state = await self.waiting(shoot_id)
        while state["stage"] != stage:
            state = await self.decide(shoot_id, type="approve")
        return shoot_id, state

    def client(self, **options: object) -> httpx.AsyncClient:
        """Another client of the same gateway."""
        return httpx.AsyncClient(base_url=self.address, timeout=30, **options)

    async def end(self) -> None:
        """Cancel what runs and wait for its end, so that no worker stops in the middle of it."""
        for shoot_id in self.started:
            with suppress(RPCError, RejectedError, NoSuchShootError):
                if await self.shoots.is_open(shoot_id):
                    await self.shoots.decide(shoot_id, Cancel())
            with suppress(RPCError, WorkflowFailureError):
                await self.shoots.client.get_workflow_handle(shoot_id).result()


NewStack = Callable[..., AbstractAsyncContextManager[Stack]]


@pytest.fixture
def new_stack(temporal: Client, tmp_path: Path) -> NewStack:
    """A factory of gateways with workers; ``home`` shares a store, ``workers`` may be left out."""

    @asynccontextmanager
    async def make(
        home: Path | None = None,
        policy: Policy | None = None,
        hub: HubPolicy | None = None,
        workers: bool = True,
        **settings: object,
    ) -> AsyncIterator[Stack]:
        chosen = load(**{"home": home or tmp_path, "port": 0, **settings})
        records = Records(ArtifactStore.open(chosen.store_url))
        shoots = Shoots(temporal, records, policy)
        studio = FakeStudio(records)
        async with AsyncExitStack() as stack:
            if workers:
                await stack.enter_async_context(working(temporal, studio))
            address = await stack.enter_async_context(serving(shoots, chosen, hub_policy=hub))
            http = httpx.AsyncClient(base_url=address, timeout=30)
            await stack.enter_async_context(http)
            made = Stack(address, shoots, studio, chosen, http)
            if workers:
                stack.push_async_callback(made.end)
            yield made

    return make


@pytest.fixture
async def stack(new_stack: NewStack) -> AsyncIterator[Stack]:
    """One gateway, open to this machine."""
    async with new_stack() as made:
        yield made


@asynccontextmanager
async def working(client: Client, studio: FakeStudio) -> AsyncIterator[None]:
    """Workers for both queues, as long as the body runs."""
    async with (
        Worker(
            client,
            task_queue=SHOOTS_QUEUE,
            workflows=[Shoot],
            activities=[studio.prepare, studio.direct, studio.hear, studio.archive],
            max_heartbeat_throttle_interval=timedelta(milliseconds=100),
            default_heartbeat_throttle_interval=timedelta(milliseconds=100),
        ),
        Worker(client, task_queue=MEDIA_QUEUE, activities=[studio.produce]),
    ):
        yield


@dataclass
class Seen:
    """One frame of a stream, as a reader of lines sees it."""

    offset: int | None
    event: dict


async def frames(answer: httpx.Response) -> AsyncIterator[Seen]:
    """The events of an answer; comments and other lines are ignored, as browsers do."""
    offset: int | None = None
    async for line in answer.aiter_lines():
        if line.startswith("id: "):
            offset = int(line[4:])
        elif line.startswith("data: "):
            yield Seen(offset, json.loads(line[6:]))
            offset = None


@pytest.fixture
def read_frames() -> Callable[[httpx.Response], AsyncIterator[Seen]]:
    """The reader of streams."""
    return frames


@pytest.fixture
def picture() -> Callable[..., bytes]:
    """A maker of small pictures."""
    return png


@pytest.fixture
def fresh_id() -> str:
    """An id that no shoot has."""
    return uuid.uuid4().hex


@pytest.fixture
def store(tmp_path: Path) -> ArtifactStore:
    """An artifact store in a folder of its own."""
    return ArtifactStore.open((tmp_path / "store").as_uri())
