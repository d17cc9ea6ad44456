"""What the commands print: rich text for people, one JSON object a line for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

from pydantic import BaseModel
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.progress import BarColumn, Progress, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

from studio import events
from studio.checkpoints import Checkpoint
from studio.ledger import totals
from studio.records import Recorded, Summary
from studio.shoot import ShootState
from studio.stages import ORDER, ShootStatus

STATUS_STYLES = {
    ShootStatus.RUNNING: "cyan",
    ShootStatus.AWAITING_INPUT: "yellow",
    ShootStatus.PAUSED: "red",
    ShootStatus.COMPLETE: "green",
    ShootStatus.CANCELLED: "dim",
}


def print_json(value: BaseModel | dict[str, object]) -> None:
    """One line of JSON on stdout."""
    text = value.model_dump_json() if isinstance(value, BaseModel) else json.dumps(value)
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def print_event(recorded: Recorded) -> None:
    """One event as a line of JSON, with its offset."""
    sys.stdout.write(f'{{"offset":{recorded.offset},"event":{recorded.event}}}\n')
    sys.stdout.flush()


class EventView:
    """Shows a shoot's events as they come: words, stages, progress bars, checkpoints."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bars = Progress(
            TextColumn("  {task.description:<34}"),
            BarColumn(bar_width=28),
            TextColumn("{task.percentage:>3.0f} % {task.fields[note]}"),
            console=console,
            transient=True,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> EventView:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def show(self, event: events.Event) -> None:
        """Show one event."""
        match event:
            case events.AssistantMessage(message_type="response", text=text) if text:
                self._say(Text(text, style="italic"), "director")
            case events.Status(message=message):
                self._console.print(Text(f"  {message}", style="dim"))
            case events.System(subtype="tool_start") if event.data.detail:
                self._begin(event.run_id, event.data.detail)
            case events.System(subtype="tool_done"):
                self._finish(event.run_id, event.data.summary or "")
            case events.Progress():
                self._advance(event)
            case events.CheckpointOpened(checkpoint=opened):
                self._console.print(checkpoint_panel(opened))
            case events.DecisionTaken(decision=decision, by=by):
                who = f" ({by})" if by else ""
                self._console.print(Text(f"  → {describe(decision)}{who}", style="bold"))
            case events.Cost(totals=spent):
                line = f"  ${spent.estimate_usd:.2f} spent so far, {spent.calls} paid calls"
                self._console.print(Text(line, style="magenta"))
            case events.Failure(error=error):
                self._console.print(Text(f"  {error}", style="red"))
            case _:
                pass

    def _say(self, text: Text, title: str) -> None:
        self._console.print(Panel(text, title=title, title_align="left", border_style="dim"))

    def _begin(self, run_id: str, detail: str) -> None:
        if run_id not in self._tasks:
            self._tasks[run_id] = self._bars.add_task(detail, total=1.0, note="")

    def _advance(self, event: events.Progress) -> None:
        for run_id, task in self._tasks.items():
            if run_id.endswith(f"-{event.item}") and run_id.startswith(event.stage):
                note = event.message[:30]
                self._bars.update(task, completed=event.completed, total=event.total, note=note)

    def _finish(self, run_id: str, summary: str) -> None:
        task = self._tasks.pop(run_id, None)
        if task is not None:
            detail = self._bars.tasks[self._bars.task_ids.index(task)].description
            self._bars.remove_task(task)
            mark = "✗" if summary == "failed" else "✓"
            self._console.print(Text.assemble(f"  {mark} {detail}", (f"  {summary}", "dim")))


def describe(decision: BaseModel) -> str:
    """A decision in a few words."""
    fields = decision.model_dump(
        mode="json", exclude_none=True, exclude={"type", "checkpoint_id", "by"}, by_alias=False
    )
    said = ", ".join(f"{name.replace('_', ' ')}: {_plain(value)}" for name, value in fields.items())
    name = str(getattr(decision, "type", "decision"))
    return f"{name} ({said})" if said else name


def checkpoint_panel(opened: Checkpoint) -> RenderableType:
    """A checkpoint for the terminal."""
    failed = opened.status == "failed"
    lines: list[RenderableType] = [Text(opened.message)]
    if opened.provenance:
        lines.append(Text(f"made by {opened.provenance}", style="dim"))
    return Panel(
        Group(*lines),
        title=f"{opened.stage}{' failed' if failed else ''}",
        title_align="left",
        border_style="red" if failed else "green",
    )


def state_table(state: ShootState) -> RenderableType:
    """A shoot for the terminal: its stages, takes, cost and what it waits for."""
    table = Table(title=f"{state.id}: {state.brief.prompt[:60]}", title_justify="left")
    for name in ("stage", "takes", "in use", "made by", "files"):
        table.add_column(name)
    for stage in ORDER:
        take = state.current_take(stage)
        table.add_row(
            stage.product,
            str(len(state.takes_of(stage))),
            str(take.number) if take else "",
            take.provider if take else "",
            ", ".join(a.name for a in take.artifacts) if take else "",
        )
    spent = totals(state.ledger)
    style = STATUS_STYLES[state.status]
    foot: list[RenderableType] = [
        table,
        Text.assemble("status: ", (state.status, style), f"   cost: ${spent.estimate_usd:.2f}"),
    ]
    if state.checkpoint:
        foot.append(checkpoint_panel(state.checkpoint))
    return Group(*foot)


def list_table(summaries: Iterable[Summary]) -> Table:
    """Shoots, one a row."""
    table = Table()
    for name in ("id", "status", "stage", "started", "brief"):
        table.add_column(name, no_wrap=name == "id")
    for one in summaries:
        status = Text(one.status, style=STATUS_STYLES[one.status])
        started = f"{one.created_at:%Y-%m-%d %H:%M}"
        table.add_row(one.id, status, one.stage, started, one.title)
    return table


def _plain(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
