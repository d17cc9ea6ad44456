"""``shoot``: the studio's one command."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import traceback
from collections.abc import Coroutine, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn, TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from studio.brief import title
from studio.cli import backup as backups
from studio.cli import continuing, interpreting
from studio.cli import doctor as doctors
from studio.cli.backup import BackupError
from studio.cli.connection import NotRunningError, connect_running, connected, open_store, working
from studio.cli.embedded import EmbeddedServerError
from studio.cli.output import EventView, describe, list_table, print_event, print_json, state_table
from studio.cli.process import BROKEN_PIPE, leave, private_files
from studio.cli.running import RunRequest, UsageError
from studio.cli.running import run as run_shoot
from studio.decisions import Cancel
from studio.events import EVENT, Complete
from studio.exporting import export as export_shoot
from studio.records import Records, Summary
from studio.references import ReferenceRefusedError
from studio.settings import Settings, SettingsError, load
from studio.shoot import ShootOptions, ShootState
from studio.stages import Stage
from workflows.client import NoSuchShootError, RejectedError, Shoots
from workflows.reading import StreamReader

FAILED, USAGE, PAUSED, INTERRUPTED = 1, 2, 3, 130

app = typer.Typer(
    help="A durable studio for AI fashion shoots.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
T = TypeVar("T")
ShootArgument = Annotated[str, typer.Argument(metavar="ID", help="The shoot's id.")]


@app.command()
def run(
    brief: Annotated[str | None, typer.Argument(help="What to shoot, in words.")] = None,
    ref: Annotated[list[Path] | None, typer.Option(help="A reference photo; repeatable.")] = None,
    autopilot: Annotated[bool, typer.Option("--autopilot", help="Approve everything.")] = False,
    provider: Annotated[
        Literal["auto", "live", "proof"] | None, typer.Option(help="Who renders.")
    ] = None,
    loop: Annotated[bool | None, typer.Option("--loop/--no-loop", help="Close the film.")] = None,
    pace: Annotated[float | None, typer.Option(help="0.5 to 2; 1 is 1.5 s a clip.")] = None,
    aspect_ratio: Annotated[str | None, typer.Option(help="Ratio of the frames.")] = None,
    budget: Annotated[float | None, typer.Option(help="Most to spend, in US dollars.")] = None,
    id: Annotated[str | None, typer.Option("--id", help="Name the shoot, or return to it.")] = None,
    out: Annotated[Path | None, typer.Option(help="Copy the results to this folder.")] = None,
    json: Json = False,
) -> None:
    """Run a shoot from brief to film, asking at every checkpoint."""
    if brief is None and id is None:
        raise UsageError("give a brief, or --id to return to a shoot")
    given = {
        "provider": provider or "auto",
        "autopilot": autopilot,
        "loop": loop,
        "pace": pace,
        "aspect_ratio": aspect_ratio,
        "budget": budget,
    }
    try:
        options = ShootOptions.model_validate(given)
    except ValidationError as error:
        raise UsageError("; ".join(_problem(item) for item in error.errors())) from None
    request = RunRequest(brief, ref or [], options, id, out, json)
    settings = _settings()
    with private_files(settings.home):
        status = _run(run_shoot(request, settings, _console(json)))
    raise typer.Exit(status)


@app.command()
def up() -> None:
    """Serve the studio on this machine: Temporal, a worker and the gateway."""
    settings = _settings()

    async def serve() -> None:
        async with (
            connected(settings) as connection,
            working(connection, settings),
            _serving(connection.shoots(settings), settings) as address,
        ):
            console = _console(False)
            where = connection.server
            console.print(
                f"Temporal {where.address}, UI {where.ui}" if where else "Temporal: cluster"
            )
            console.print(f"[bold]The studio is up: {address}[/bold]", soft_wrap=True)
            console.print("Ctrl-C stops it; shoots wait and go on next time.")
            await _told_to_stop()

    with private_files(settings.home):
        _run(serve())


@app.command()
def gateway() -> None:
    """Serve the page and the APIs for the cluster of the Temporal environment settings."""
    settings = _settings()

    async def serve() -> None:
        shoots = (await connect_running(settings)).shoots(settings)
        async with _serving(shoots, settings) as address:
            _console(False).print(f"The gateway is up: {address}", soft_wrap=True)
            await _told_to_stop()

    with private_files(settings.home):
        _run(serve())


@app.command()
def worker() -> None:
    """Work for the cluster that the Temporal environment settings name (or the running studio)."""
    settings = _settings()

    async def serve() -> None:
        connection = await connect_running(settings)
        async with working(connection, settings):
            _console(False).print("Working. Ctrl-C stops.")
            await _told_to_stop()

    with private_files(settings.home):
        _run(serve())


@app.command(name="list")
def list_shoots(json: Json = False) -> None:
    """List the shoots: those Temporal knows, and those in the archive."""
    settings = _settings()

    async def collect() -> list[Summary]:
        found: dict[str, Summary] = {}
        try:
            shoots = (await connect_running(settings)).shoots(settings)
            found = {one.id: one async for one in shoots.list()}
        except NotRunningError:
            pass
        records = Records(open_store(settings))
        for shoot_id in await records.shoots():
            state = None if shoot_id in found else await records.state(shoot_id)
            if state is not None:
                found[shoot_id] = _summary(state)
        return sorted(found.values(), key=lambda one: one.created_at, reverse=True)

    summaries = _run(collect())
    if json:
        for one in summaries:
            print_json(one)
    else:
        _console(False).print(list_table(summaries))


@app.command()
def show(shoot_id: ShootArgument, json: Json = False) -> None:
    """Show a shoot: stages, takes, cost, and what it waits for."""
    state = _run(_state(shoot_id, _settings()))
    if json:
        print_json(state)
    else:
        _console(False).print(state_table(state))


@app.command()
def watch(
    shoot_id: ShootArgument,
    after: Annotated[int, typer.Option(help="Begin behind this offset.")] = -1,
    json: Json = False,
) -> None:
    """Watch a shoot's events, live."""
    settings = _settings()

    async def follow() -> None:
        connection = await connect_running(settings)
        shoots = connection.shoots(settings)
        await shoots.state(shoot_id)
        reader = StreamReader(shoots.client, shoots.records, shoot_id)
        with EventView(_console(json)) as view:
            async for recorded in reader.events(after + 1):
                event = EVENT.validate_json(recorded.event)
                if json:
                    print_event(recorded)
                else:
                    view.show(event)
                if isinstance(event, Complete):
                    return

    _run(follow())


@app.command(name="continue")
def continue_shoot(
    shoot_id: ShootArgument,
    text: Annotated[str | None, typer.Argument(help="Feedback; without it, approve.")] = None,
) -> None:
    """Approve what a shoot shows (or try again what failed), or tell its director what to change.

    Exits 3 where nothing is done about it.
    """
    settings = _settings()

    async def send() -> int:
        shoots = (await connect_running(settings)).shoots(settings)
        return await continuing.go_on(shoots, shoot_id, text, _console(False))

    raise typer.Exit(_run(send()))


@app.command()
def cancel(shoot_id: ShootArgument) -> None:
    """End a shoot; what was made is kept."""
    settings = _settings()

    async def send() -> None:
        shoots = (await connect_running(settings)).shoots(settings)
        await shoots.decide(shoot_id, Cancel(by="terminal"))

    _run(send())


@app.command()
def export(
    shoot_id: ShootArgument,
    folder: Annotated[Path, typer.Argument(help="Where to copy the results.")],
    json: Json = False,
) -> None:
    """Copy the takes in use and shoot.json to a folder."""
    settings = _settings()

    async def copy() -> list[Path]:
        state = await _state(shoot_id, settings)
        return await export_shoot(open_store(settings), state, folder)

    written = _run(copy())
    if json:
        print_json({"id": shoot_id, "files": [str(path) for path in written]})
    else:
        for path in written:
            _console(False).print(str(path), soft_wrap=True)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The archive to write; it must not exist.")],
    json: Json = False,
) -> None:
    """Back up this machine's studio, also while shoots are under way."""
    count = backups.backup(_settings(), file)
    if json:
        print_json({"file": str(file), "stored": count})
    else:
        _console(False).print(f"{file}: the database and {count} stored files", soft_wrap=True)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="An archive that 'shoot backup' wrote.")],
    json: Json = False,
) -> None:
    """Set this machine's studio back to a backup; nothing newer is lost from the store."""
    count = backups.restore(_settings(), file)
    if json:
        print_json({"file": str(file), "restored": count})
    else:
        words = f"{file}: the database and {count} files that the store had lost are back"
        _console(False).print(words, soft_wrap=True)


@app.command()
def interpret(
    words: Annotated[str, typer.Argument(help="What a person says at a checkpoint.")],
    stage: Annotated[Stage, typer.Option(help="The stage whose take is shown.")] = Stage.HERO,
    failed: Annotated[bool, typer.Option("--failed", help="The stage has failed.")] = False,
    loop: Annotated[bool, typer.Option("--loop", help="The loop is on: six clips.")] = False,
    director: Annotated[
        Literal["auto", "house", "claude"], typer.Option(help="Who listens.")
    ] = "auto",
    json: Json = False,
) -> None:
    """Show what the director would decide on words, without a shoot."""
    given = interpreting.situation(stage, failed=failed, loop=loop)
    try:
        who, reply = _run(interpreting.interpret(words, given, director, _settings()))
    except ValueError as error:
        raise UsageError(str(error)) from None
    decisions = [one.model_dump(mode="json", exclude_none=True) for one in reply.decisions]
    if json:
        print_json({"director": who, "stage": stage, "words": reply.words, "decisions": decisions})
    else:
        for one in reply.decisions:
            _console(False).print(f"→ {describe(one)}")
        _console(False).print(f"[italic]{reply.words}[/italic]")


@app.command()
def doctor(json: Json = False) -> None:
    """Check Python, sandbox, ffmpeg, Temporal, store, disk and keys; say what to do."""
    findings = _run(doctors.examine(_settings()))
    if json:
        for one in findings:
            print_json(dict(vars(one)))
    else:
        table = Table(show_header=False, box=None)
        for one in findings:
            remedy = f"\n[yellow]{one.remedy}[/yellow]" if one.remedy else ""
            table.add_row("[green]✓[/]" if one.ok else "[red]✗[/]", one.name, one.found + remedy)
        _console(False).print(table)
    raise typer.Exit(0 if all(one.ok for one in findings) else FAILED)


def main() -> NoReturn:
    """Run the command; every outcome becomes an exit status and at most one line of error."""
    leave(_status(sys.argv[1:]))


def _status(words: Sequence[str]) -> int:
    """Run the command and return its exit status; without words it prints its help."""
    try:
        return int(app(words or ["--help"], standalone_mode=False) or 0)
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write("\nStopped. The shoot is alive; 'shoot list' shows it, ")
        sys.stderr.write("'shoot run --id ID' returns to it.\n")
        return INTERRUPTED
    except typer.TyperException as error:
        return _failed(error.format_message(), USAGE)
    except (UsageError, SettingsError, ReferenceRefusedError, RejectedError) as error:
        return _failed(str(error), USAGE)
    except (NoSuchShootError, NotRunningError, EmbeddedServerError, BackupError) as error:
        return _failed(str(error), FAILED)
    except BrokenPipeError:
        return BROKEN_PIPE
    except Exception:
        # A defect of ours: nothing else prints it, because the interpreter does not end normally.
        traceback.print_exc()
        return FAILED


def _failed(message: str, status: int) -> int:
    sys.stderr.write(f"shoot: {message}\n")
    return status


def _run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def _serving(shoots: Shoots, settings: Settings) -> AbstractAsyncContextManager[str]:
    """The gateway, for as long as the body runs."""
    from activities.providers import choose  # noqa: PLC0415 - only those who serve need these
    from gateway.serving import serving  # noqa: PLC0415

    return serving(shoots, settings, choose(ShootOptions(), settings))


async def _told_to_stop() -> None:
    """Wait for INT or TERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()


async def _state(shoot_id: str, settings: Settings) -> ShootState:
    """From the running studio, else from the archive."""
    try:
        return await (await connect_running(settings)).shoots(settings).state(shoot_id)
    except NotRunningError:
        state = await Records(open_store(settings)).state(shoot_id)
        if state is None:
            raise NoSuchShootError(f"no shoot is called {shoot_id!r} in the archive") from None
        return state


def _summary(state: ShootState) -> Summary:
    return Summary(
        id=state.id,
        title=title(state.brief),
        owner=state.owner,
        stage=state.stage,
        status=state.status,
        created_at=state.created_at,
    )


def _settings() -> Settings:
    settings = load(env_file=Path(".env"))
    logging.basicConfig(level=settings.log_level.upper(), stream=sys.stderr)
    if settings.log_level != "debug":
        # A failed attempt is told on the shoot's stream; its traceback is for whoever debugs.
        logging.getLogger("temporalio").setLevel(logging.ERROR)
    return settings


def _console(json: bool) -> Console:
    return Console(stderr=json, highlight=False)


def _problem(item: Any) -> str:
    return f"--{str(item['loc'][0]).replace('_', '-')} {item['input']}: {item['msg']}"
