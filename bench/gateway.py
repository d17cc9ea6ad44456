"""How long a director's word takes to a browser, and what a viewer costs.

Four processes on this machine, as in life: Temporal's dev server, a worker whose director says 200
words at 20 a second through the real voice, the gateway, and one that holds all the viewers. Every
word carries the moment it was said; every viewer notes when it read it (the clock is the machine's,
the same for all processes). The last rows serve the same frames through sse-starlette.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import selectors
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

from rich.table import Table
from sse_starlette import EventSourceResponse
from temporalio import activity
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from activities.archiving import archive as write
from activities.heartbeat import beating
from activities.voice import speaking
from gateway import context
from gateway.serving import serving
from studio.cli.embedded import server_program
from studio.director.interface import Opening
from studio.records import Records
from studio.settings import load
from studio.shoot import Brief, Direction, Providers, ShootOptions
from studio.store import ArtifactStore
from workflows.client import Shoots
from workflows.contract import (
    MEDIA_QUEUE,
    SEARCH_ATTRIBUTES,
    SHOOTS_QUEUE,
    ArchiveRequest,
    OpeningTurn,
)
from workflows.shoot import Shoot
from workflows.tasks import Job, Produced

NAME = "gateway: from the director's word to the browser"

CASES = ((1, "ours"), (100, "ours"), (1_000, "ours"), (2_000, "ours"))
COMPARED = ((1_000, "sse-starlette"),)
WORDS, GAP = 200, 0.05
_ROOT = Path(__file__).parent.parent


def table() -> Table:
    """Measure, and return the table; takes about two minutes."""
    shown = Table(title=NAME)
    for heading in ("viewers", "streams by", "median", "p95", "p99", "worst", "memory a viewer"):
        shown.add_column(heading, justify="right")
    for count, kind in (*CASES, *COMPARED):
        found = asyncio.run(_measure(count, kind))
        delays = sorted(found["delays"])
        cuts = statistics.quantiles(delays, n=100)
        shown.add_row(
            str(count),
            kind,
            *(f"{1000 * value:.0f} ms" for value in (cuts[49], cuts[94], cuts[98], delays[-1])),
            f"{found['memory'] / count / 1024:.1f} KB" if count >= 100 else "–",
        )
    shown.caption = (
        f"{WORDS} words, one each {1000 * GAP:.0f} ms, in batches as the voice sends them; memory "
        f"is the gateway's growth; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    return shown


async def _measure(count: int, kind: str) -> dict[str, Any]:
    """One case: the viewers' delays in seconds, and the gateway's growth in bytes."""

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        environment = await WorkflowEnvironment.start_local(
            dev_server_existing_path=str(server_program()),
            data_converter=pydantic_data_converter,
            search_attributes=SEARCH_ATTRIBUTES,
            dev_server_log_level="error",
        )
        async with environment:
            at = environment.client.service_client.config.target_host
            shoots = Shoots(environment.client, Records(ArtifactStore.open(home.as_uri())))
            await shoots.start("bench", Brief(prompt="a brief"))
            with _role("worker", at, str(home)), _role("gateway", at, str(home), kind) as gateway:
                address = _line(gateway)
                with _role("viewers", address, "1") as first:
                    _line(first)
                before = _resident(gateway.pid)
                with _role("viewers", address, str(count)) as viewers:
                    await asyncio.to_thread(_line, viewers)
                    grown = _resident(gateway.pid) - before
                    (home / "go").touch()
                    delays = json.loads(await asyncio.to_thread(_line, viewers))
    return {"delays": delays, "memory": grown}


@contextlib.contextmanager
def _role(*words: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "bench.gateway", *words]
    process = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"a process of the benchmark has ended: {process.args}")
    return line.strip()


def _resident(pid: int) -> int:
    """Resident memory in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


# The roles ------------------------------------------------------------------------------------


async def _worker(at: str, home: str) -> None:
    """A worker whose director says stamped words as soon as it may."""

    records = Records(ArtifactStore.open(Path(home).as_uri()))

    @activity.defn(name="prepare")
    async def prepare(options: ShootOptions) -> Providers:
        return Providers()

    @activity.defn(name="direct")
    async def direct(turn: OpeningTurn) -> Opening:
        voice = speaking(records, turn.shoot_id, turn.turn, turn.offset)
        async with beating(), voice as spoken:
            while not (Path(home) / "go").exists():
                await asyncio.sleep(0.05)
            await spoken.begin("response")
            for _ in range(WORDS):
                await spoken.say(f"@{time.monotonic_ns()} ")
                await asyncio.sleep(GAP)
            await spoken.end()
        direction = Direction(pose="confident-standing", background="studio-grey")
        return Opening(direction=direction, words="said")

    @activity.defn(name="produce")
    async def produce(job: Job) -> Produced:
        raise ApplicationError("nothing is made here", type="bench", non_retryable=True)

    @activity.defn(name="archive")
    async def archive(request: ArchiveRequest) -> int:
        return await write(activity.client(), records, request)

    client = await Client.connect(at, data_converter=pydantic_data_converter)
    shoots = Worker(
        client,
        task_queue=SHOOTS_QUEUE,
        workflows=[Shoot],
        activities=[prepare, direct, archive],
    )
    async with shoots, Worker(client, task_queue=MEDIA_QUEUE, activities=[produce]):
        await asyncio.Event().wait()


async def _gateway(at: str, home: str, kind: str) -> None:
    """The gateway, with its own streams or sse-starlette's."""

    if kind == "sse-starlette":

        def stream(chunks: AsyncIterator[bytes], *_: object) -> EventSourceResponse:
            return EventSourceResponse(chunks, ping=15, send_timeout=5)

        context.EventStream = stream  # type: ignore[assignment,misc]
    client = await Client.connect(at, data_converter=pydantic_data_converter)
    shoots = Shoots(client, Records(ArtifactStore.open(Path(home).as_uri())))
    async with serving(shoots, load(home=Path(home), port=0)) as address:
        _say(address)
        await asyncio.Event().wait()


class _Viewer:
    """One connection, as cheap as it can be: the viewers must not be what is measured."""

    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port))
        self.socket.sendall(b"GET /api/shoots/bench/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        self.socket.setblocking(False)
        self.begun = self.ended = False
        self._held = b""

    def read(self, delays: list[float]) -> None:
        """Take what has come. Words that are whole are timed."""
        data = self.socket.recv(1 << 16)
        now = time.monotonic_ns()
        *whole, self._held = (self._held + data).split(b"\n\n")
        for frame in whole:
            if b'"@' in frame and b'"text_delta"' in frame:
                said = int(frame.partition(b'"@')[2].split(b" ", 1)[0])
                delays.append((now - said) / 1e9)
            elif b'"snapshot"' in frame:
                self.begun = True
            elif b'"assistant_message"' in frame:
                self.ended = True


def _viewers(address: str, count: int) -> None:
    """All the viewers in one process."""
    host, port = address.removeprefix("http://").split(":")
    delays: list[float] = []
    with selectors.DefaultSelector() as selector:
        viewers = [_Viewer(host, int(port)) for _ in range(count)]
        for viewer in viewers:
            selector.register(viewer.socket, selectors.EVENT_READ, viewer)
        _read_until(selector, viewers, delays, "begun")
        _say("ready")
        _read_until(selector, viewers, delays, "ended")
    _say(json.dumps(delays[:: max(1, len(delays) // 20_000)]))


def _read_until(
    selector: selectors.BaseSelector, viewers: list[_Viewer], delays: list[float], mark: str
) -> None:
    left = len(viewers)
    while left:
        for key, _ in selector.select():
            before = getattr(key.data, mark)
            key.data.read(delays)
            left -= getattr(key.data, mark) and not before


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(role: str, *words: str) -> None:
    """Play one role of the benchmark."""
    match role:
        case "worker":
            asyncio.run(_worker(*words))
        case "gateway":
            asyncio.run(_gateway(*words))
        case "viewers":
            _viewers(words[0], int(words[1]))


if __name__ == "__main__":
    main(*sys.argv[1:])
