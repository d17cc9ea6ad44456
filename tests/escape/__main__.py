"""`make escape`: run every attempt against every backend and print what held."""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from pathlib import Path

from battery import Outcome, battery
from rich.console import Console
from rich.progress import track
from rich.table import Table
from table import ATTEMPTS

from sandbox.errors import SandboxUnavailable
from sandbox.settings import BackendChoice

BACKENDS: tuple[BackendChoice, ...] = ("bubblewrap", "landlock")


async def against(backend: BackendChoice, console: Console) -> dict[str, Outcome] | str:
    """The outcome of each attempt, or why the backend cannot run here."""
    outcomes: dict[str, Outcome] = {}
    with tempfile.TemporaryDirectory(prefix="shoot-escape-") as root:
        async with battery(Path(root), backend) as attempts:
            for attempt in track(ATTEMPTS, f"{backend:12}", console=console, transient=True):
                try:
                    outcomes[attempt.name] = await attempts.attempt(attempt)
                except SandboxUnavailable as error:
                    return str(error)
    return outcomes


def cell(outcomes: dict[str, Outcome] | str, name: str, by: str) -> str:
    """One cell of the table: held and by what, or what was lost."""
    if isinstance(outcomes, str):
        return "[dim]cannot run here[/dim]"
    outcome = outcomes[name]
    return f"[green]held[/green] · {by}" if outcome.held else f"[red]LOST[/red] · {outcome.lost[0]}"


def main() -> int:
    """0 if everything held on every backend that runs here, 3 otherwise."""
    logging.getLogger("sandbox").addHandler(logging.NullHandler())  # refusals are what is wanted
    console = Console()
    results = {backend: asyncio.run(against(backend, console)) for backend in BACKENDS}
    table = Table(title=f"{len(ATTEMPTS)} attempts to escape")
    table.add_column("what it would win")
    for backend in BACKENDS:
        table.add_column(backend)
    for attempt in ATTEMPTS:
        table.add_row(
            f"{attempt.wins}\n[dim]{attempt.name}[/dim]",
            cell(results["bubblewrap"], attempt.name, attempt.by),
            cell(results["landlock"], attempt.name, attempt.weaker),
        )
    console.print(table)
    lost = 0
    for backend, outcomes in results.items():
        if isinstance(outcomes, str):
            console.print(f"{backend}: {outcomes}")
        else:
            count = sum(not outcome.held for outcome in outcomes.values())
            lost += count
            console.print(f"{backend}: {len(outcomes) - count} held, {count} lost")
    ran = any(not isinstance(outcomes, str) for outcomes in results.values())
    return 0 if ran and not lost else 3


if __name__ == "__main__":
    sys.exit(main())
