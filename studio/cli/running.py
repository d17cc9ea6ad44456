"""``shoot run``: start a shoot (or return to one), show it, and ask at its checkpoints."""

from __future__ import annotations

import asyncio
import re
import secrets
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from studio import events
from studio.checkpoints import Checkpoint
from studio.cli.connection import connected, working
from studio.cli.output import EventView, print_event, print_json
from studio.decisions import Approve, Decision, Feedback, Retry
from studio.exporting import RECORD, current_outputs, export
from studio.records import record_key
from studio.references import admit
from studio.settings import Settings
from studio.shoot import SHOOT_ID_PATTERN, Brief, ShootOptions, ShootState
from studio.stages import ShootStatus
from studio.store import ArtifactStore
from workflows.client import RejectedError, Shoots
from workflows.reading import StreamReader

DONE, USAGE, PAUSED = 0, 2, 3
_PAUSE_SECONDS = 0.1
PROOF_NOTICE = (
    "These are proofs: comps rendered on this machine from your references, marked as such. "
    "Nothing was paid for and no model was called."
)


class UsageError(ValueError):
    """The command's words do not fit together; the message says what would."""


@dataclass(frozen=True)
class RunRequest:
    """What ``shoot run`` was asked for."""

    prompt: str | None
    references: Sequence[Path]
    options: ShootOptions
    shoot_id: str | None
    out: Path | None
    json: bool


def new_shoot_id(prompt: str) -> str:
    """A readable id: the day, the brief's first words, four random characters."""
    words = re.findall(r"[a-z0-9]+", prompt.lower())[:4]
    day = datetime.now(UTC).strftime("%Y%m%d")
    return "-".join([day, *words])[:56] + f"-{secrets.token_hex(2)}"


async def run(request: RunRequest, settings: Settings, console: Console) -> int:
    """Run until the shoot is complete, pauses without anybody to ask, or the person leaves."""
    if request.shoot_id and not re.fullmatch(SHOOT_ID_PATTERN, request.shoot_id):
        raise UsageError(f"--id {request.shoot_id!r}: 1 to 64 letters, digits, '-' or '_'")
    async with connected(settings) as connection:
        shoots = connection.shoots(settings)
        store = shoots.records.store
        shoot_id = await _start(request, shoots, store)
        if connection.server and not request.json:
            console.print(f"[dim]Temporal UI: {connection.server.ui}  shoot: {shoot_id}[/dim]")
        async with working(connection, settings):
            code = await _Session(shoots, shoot_id, request, console).follow()
            state = await shoots.state(shoot_id)
            if state.status is ShootStatus.COMPLETE:
                await _recorded(state, shoots)
        if state.status is ShootStatus.COMPLETE:
            await _hand_over(state, store, settings, request, console)
    return code


async def _recorded(state: ShootState, shoots: Shoots) -> None:
    """Wait until the record shows ``state``: the worker that writes it leaves with us."""
    while True:
        record = await shoots.records.state(state.id)
        if record is not None and record.offset >= state.offset:
            return
        await asyncio.sleep(_PAUSE_SECONDS)


async def _start(request: RunRequest, shoots: Shoots, store: ArtifactStore) -> str:
    shoot_id = request.shoot_id or new_shoot_id(request.prompt or "")
    if request.prompt is None:
        if not await shoots.exists(shoot_id):
            raise UsageError(f"no shoot is called {shoot_id!r}: give a brief to start it")
        return shoot_id
    references = []
    for path in request.references:
        try:
            content = await asyncio.to_thread(path.read_bytes)
        except OSError as error:
            raise UsageError(f"--ref {path}: {error.strerror}") from None
        references.append(await admit(store, content, path.name))
    brief = Brief(prompt=request.prompt, references=tuple(references), options=request.options)
    await shoots.start(shoot_id, brief)
    return shoot_id


class _Session:
    """One sitting with one shoot."""

    def __init__(
        self, shoots: Shoots, shoot_id: str, request: RunRequest, console: Console
    ) -> None:
        self._shoots = shoots
        self._id = shoot_id
        self._request = request
        self._console = console

    async def follow(self) -> int:
        """Show events and answer checkpoints until there is a reason to leave."""
        reader = StreamReader(self._shoots.client, self._shoots.records, self._id)
        with EventView(self._console) as view:
            async for recorded in reader.events():
                event = events.EVENT.validate_json(recorded.event)
                if self._request.json:
                    print_event(recorded)
                else:
                    view.show(event)
                match event:
                    case events.Complete(exit_code=code) if await self._settled():
                        return code
                    case events.CheckpointOpened(checkpoint=opened, awaiting_input=True):
                        view.__exit__()
                        if (leaving := await self._answer(opened)) is not None:
                            return leaving
                        view.__enter__()
                    case _:
                        pass
        return DONE

    async def _settled(self) -> bool:
        """Whether the shoot is over now, and not only was when the event was published."""
        state = await self._shoots.state(self._id)
        return state.status in (ShootStatus.COMPLETE, ShootStatus.CANCELLED)

    async def _answer(self, opened: Checkpoint) -> int | None:
        """Ask the person; an exit code to leave with, or ``None`` to go on."""
        state = await self._shoots.state(self._id)
        if state.checkpoint is None or state.checkpoint.id != opened.id:
            return None
        if opened.status == "complete" and state.brief.options.autopilot:
            return None
        if self._request.json or not sys.stdin.isatty():
            self._console.print(f"[yellow]The shoot waits.[/yellow] {self._return_line()}")
            return PAUSED
        while True:
            decision = await self._ask(opened)
            if decision is None:
                self._console.print(f"The shoot waits for you. {self._return_line()}")
                return PAUSED if opened.status == "failed" else DONE
            try:
                await self._shoots.decide(self._id, decision)
            except RejectedError as error:
                self._console.print(f"[red]{error}[/red]")
            else:
                return None

    async def _ask(self, opened: Checkpoint) -> Decision | None:
        enter = "retries" if opened.status == "failed" else "approves"
        self._console.print(f"[dim]Enter {enter}, words direct, q leaves (the shoot waits).[/dim]")
        self._console.print("[bold]> [/bold]", end="")
        line = await _read_line()
        words = line.strip() if line is not None else "q"
        if words.lower() in ("q", "quit", "exit"):
            return None
        if words:
            return Feedback(text=words, by="terminal", checkpoint_id=opened.id)
        if opened.status == "failed":
            return Retry(by="terminal", checkpoint_id=opened.id)
        return Approve(by="terminal", checkpoint_id=opened.id)

    def _return_line(self) -> str:
        return f"Return with: shoot run --id {self._id}"


async def _read_line() -> str | None:
    """A line from the terminal without blocking the loop; ``None`` at its end."""
    loop = asyncio.get_running_loop()
    line: asyncio.Future[str] = loop.create_future()

    def readable() -> None:
        loop.remove_reader(sys.stdin.fileno())
        if not line.done():
            line.set_result(sys.stdin.readline())

    loop.add_reader(sys.stdin.fileno(), readable)
    try:
        return await line or None
    finally:
        loop.remove_reader(sys.stdin.fileno())


async def _hand_over(
    state: ShootState,
    store: ArtifactStore,
    settings: Settings,
    request: RunRequest,
    console: Console,
) -> None:
    """Say where the film, the contact sheet and the record are."""
    if request.out is not None:
        await export(store, state, request.out)
        place = {name: str((request.out / name).resolve()) for name in current_outputs(state)}
        place[RECORD] = str((request.out / RECORD).resolve())
    else:
        keys = {**current_outputs(state), RECORD: record_key(state.id)}
        root = str(settings.home / "store") if not settings.store else settings.store.rstrip("/")
        place = {name: f"{root}/{key}" for name, key in keys.items()}
    proofs = all(take.provider == "proof" for take in state.takes)
    if request.json:
        print_json({"type": "result", "id": state.id, "proof": proofs, "outputs": place})
        return
    console.print()
    for title, name in (
        ("film", "final/fashion-video.mp4"),
        ("contact sheet", "contact-sheet.png"),
        ("record", RECORD),
    ):
        console.print(f"[bold]{title:>14}[/bold]  {place.get(name, '')}", soft_wrap=True)
    if proofs:
        console.print(f"\n[yellow]{PROOF_NOTICE}[/yellow]")
