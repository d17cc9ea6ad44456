"""What a person sees while a job runs elsewhere: its place in the queue, its log, its progress.

Providers give no percentage. Progress is an estimate from the time such jobs usually take; it
grows ever slower and never claims the end before the end.
"""

from __future__ import annotations

import math

import fal_client

from sandbox.scripts import _events
from sandbox.scripts._live.kling import Task
from sandbox.scripts._live.secrets import mask
from sandbox.scripts._outcomes import clip

MOST = 0.95


class Telling:
    """Tells of one job; ``usual`` is the seconds such a job usually takes."""

    def __init__(self, what: str, usual: float) -> None:
        self._what = what
        self._usual = usual
        self._lines = 0
        self._state = ""

    def fal(self, status: fal_client.Status, elapsed: float) -> None:
        """One answer of fal's queue, ``elapsed`` seconds into the wait."""
        logs = None
        if isinstance(status, fal_client.Queued):
            self._turned(f"{self._what} waits at fal, {status.position} ahead")
        elif isinstance(status, fal_client.InProgress):
            self._turned(f"{self._what} is being made at fal")
            logs = status.logs
        elif isinstance(status, fal_client.Completed):
            logs = status.logs
        lines = self._new(logs)
        for line in lines:
            self._progress(elapsed, line)
        if not lines:
            self._progress(elapsed)

    def kling(self, task: Task, elapsed: float) -> None:
        """One answer of Kling, ``elapsed`` seconds into the wait."""
        words = {"submitted": "waits at Kling", "processing": "is being made at Kling"}
        if task.status in words:
            self._turned(f"{self._what} {words[task.status]}")
        self._progress(elapsed)

    def _turned(self, state: str) -> None:
        if state != self._state:
            self._state = state
            _events.status(state)

    def _new(self, logs: object) -> list[str]:
        """The lines of a growing log that were not told yet."""
        lines = logs if isinstance(logs, list) else []
        words = [line.get("message") for line in lines[self._lines :] if isinstance(line, dict)]
        self._lines = max(self._lines, len(lines))
        return [mask(clip(said)) for said in words if said]

    def _progress(self, elapsed: float, words: str | None = None) -> None:
        share = MOST * (1 - math.exp(-elapsed / self._usual))
        _events.progress(round(share, 3), 1, words)
