"""What the sandbox costs: its start-up alone, around a program that does nothing.

The program is `true`, so that no interpreter of the script's is in the figures; a child process
without any sandbox is timed the same way for comparison. Rounds are interleaved, so that a busy
machine slows all of them alike.
"""

from __future__ import annotations

import asyncio
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from pathlib import Path

from rich.table import Table

from sandbox.backend import Backend, Job
from sandbox.layout import new_run, session_folder
from sandbox.limits import Limits
from sandbox.policy import ScriptPolicy
from sandbox.session import SandboxSession, SandboxSettings, diagnose
from sandbox.settings import BackendChoice

NAME = "sandbox: start-up, milliseconds"
ROUNDS = 60
BACKENDS: tuple[BackendChoice, ...] = ("none", "bubblewrap", "landlock")
TARGET = 30.0
"""Milliseconds, for the wrapper of the best backend."""


class _Nothing(Job):
    """A job that runs `true` and no interpreter."""

    def command(self, inputs: str, outputs: str) -> list[str]:
        return [shutil.which("true") or "/bin/true"]


def table() -> Table:
    """Measure, and return the table; takes about half a minute."""
    shown = Table(title=NAME)
    for heading in ("backend", "wrapper, median", "90 %", "added", "whole run of an empty script"):
        shown.add_column(heading, justify="left" if heading == "backend" else "right")
    with tempfile.TemporaryDirectory() as folder:
        times = asyncio.run(_measure(Path(folder)))
    plain = statistics.median(times["none"][0])
    for name, (wrapper, whole) in times.items():
        median = statistics.median(wrapper)
        shown.add_row(
            name,
            f"{median:.1f}",
            f"{statistics.quantiles(wrapper, n=10)[-1]:.1f}",
            f"{median - plain:.1f}",
            f"{statistics.median(whole):.0f}",
        )
    shown.caption = (
        f"{ROUNDS} rounds; the target is a bubblewrap wrapper under {TARGET:g} ms. Landlock's has "
        "a supervisor in it, which is an interpreter; a whole run has folders, script and clean-up"
    )
    return shown


async def _measure(home: Path) -> dict[str, tuple[list[float], list[float]]]:
    """Per backend that runs here, the times of the wrapper and of a whole run."""
    program = home / "empty.py"
    program.write_text("")
    contestants: dict[str, tuple[Callable[[], Awaitable[None]], Callable[[], Awaitable[None]]]] = {}
    for choice in BACKENDS:
        settings = SandboxSettings(
            home=home / choice,
            backend=choice,
            scripts={"empty": ScriptPolicy("-", program=program)},
        )
        backend = (await diagnose(settings)).backend
        if backend is not None:
            contestants[choice] = _wrapper(backend, home / choice), _whole(settings)
    times: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in contestants}
    for _ in range(ROUNDS):
        for name, contest in contestants.items():
            for kind, run in zip(times[name], contest, strict=True):
                begun = time.perf_counter()
                await run()
                kind.append(1000 * (time.perf_counter() - begun))
    return times


def _wrapper(backend: Backend, home: Path) -> Callable[[], Awaitable[None]]:
    folder = new_run(session_folder(home, "bench"), "wrapper")

    async def run() -> None:
        shutil.rmtree(folder.etc / "packages", ignore_errors=True)
        process = await backend.start(_Nothing((), (), folder, folder.outputs, Limits()))
        status = await process.wait()
        await process.stop()
        process.close()
        if status:
            sys.exit(f"the wrapper ended with status {status}")

    return run


def _whole(settings: SandboxSettings) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        session = await SandboxSession.get_or_create("bench", settings)
        async with session.open("whole") as opened, aclosing(opened.exec("empty", [])) as events:
            async for _ in events:
                pass

    return run
