"""One paid job at a stand-in, tried as Temporal tries it: the purchase, the script, the ledger."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.buying import LINKS, Purchase
from activities.heartbeat import Pulse
from activities.orders import OrderJournal
from sandbox import protocol
from sandbox.errors import ScriptFailed
from studio.ledger import LedgerEntry, order_key
from studio.store import MissingArtifactError
from tests.activities.test_buying import Books, job
from tests.emulators.scripts import QUICK, Script
from tests.emulators.service import Emulators
from workflows.making import LIVE_RETRIES

STEM = "shoot-1.item.abc"
HASTE = ("--patience", "1.5", "--timeout", "1")


@dataclass(frozen=True)
class End:
    """How a job ended for good: a code for programs and words for people."""

    code: str
    words: str


class Store:
    """Keeps the links of uploads between tries."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    async def get(self, key: str) -> bytes:
        if key not in self._held:
            raise MissingArtifactError(key)
        return self._held[key]

    async def put(self, key: str, content: bytes) -> None:
        self._held[key] = content


class Room:
    """The output folder of a run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, name: str, content: bytes) -> None:
        (self.folder / name).write_bytes(content)

    def left(self, name: str) -> bytes | None:
        path = self.folder / name
        return path.read_bytes() if path.exists() else None


@dataclass
class Shop:
    """Buys one picture at fal, or one clip at Kling, as often as it is asked to."""

    providers: Emulators
    folder: Path
    provider: Literal["fal", "kling"]
    usual: tuple[str, ...]
    books: Books = field(default_factory=Books)
    store: Store = field(default_factory=Store)
    runs: int = 0

    @property
    def ledger(self) -> list[LedgerEntry]:
        """The lines of the ledger, oldest first."""
        return list(self.books.ledger.values())

    async def buy(self) -> End | None:
        """Do the job once, with all the tries that nobody is asked about; ``None`` if it is done.

        A further call is a person's retry.
        """
        order = order_key(STEM, self.ledger)
        for attempt in range(1, LIVE_RETRIES.maximum_attempts + 1):
            environment = ActivityEnvironment()
            environment.info = replace(environment.info, attempt=attempt)
            try:
                await environment.run(self._attempt, order)
            except ScriptFailed as error:
                if not error.retryable:
                    return End(error.code, error.message)
            except ApplicationError as error:
                if error.non_retryable:
                    return End(error.type or "", error.message)
            else:
                return None
        return End("retry", "all tries are used up")

    async def _attempt(self, order: str) -> None:
        self.runs += 1
        folder = self.folder / str(self.runs)
        folder.mkdir()
        room: Any = Room(folder)
        handle: Any = self.books
        store: Any = self.store
        task = job(self.provider).model_copy(update={"order": order})
        purchase = Purchase(task, 0.15, handle, Pulse(), OrderJournal(store, task.shoot_id))
        given = [one.replace("{out}", str(folder)) for one in await purchase.arguments(room, store)]
        try:
            await self._follow(purchase, room, given)
        except ScriptFailed as error:
            raise purchase.judged(error) from None
        finally:
            if room.left(LINKS):
                await purchase.keep_links(room, store)

    async def _follow(self, purchase: Purchase, room: Any, given: list[str]) -> None:
        script = "generate_image" if self.provider == "fal" else "generate_video"
        output = room.folder / ("out.png" if self.provider == "fal" else "out.mp4")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", f"sandbox.scripts.{script}"),
            *(*QUICK, *HASTE, *self.usual, "--output", str(output), *given),
            env=Script(self.providers).env,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None and process.stderr is not None
        failed: ScriptFailed | None = None
        async for event in _events(process.stdout):
            match event:
                case protocol.Submission():
                    await purchase.note(event, room)
                case protocol.Error(error=words, code=code, retryable=retryable):
                    failed = ScriptFailed(code, words, retryable=retryable)
                case _:
                    pass
        said = (await process.stderr.read()).decode()
        await process.wait()
        assert "Traceback" not in said, said
        if failed is not None:
            raise failed
        assert process.returncode == 0, said


async def _events(stream: asyncio.StreamReader) -> AsyncIterator[protocol.ScriptEvent]:
    async for line in stream:
        if line.startswith(b"data: "):
            yield protocol.parse_event(line.removeprefix(b"data: ").decode())
