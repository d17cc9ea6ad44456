"""Whether the worker processes of a home are alive, as seen from another process.

A process that stands still (stopped, or stuck in its event loop) exists like one that works. What
tells them apart is a file that only a running event loop keeps fresh.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import psutil

BEAT_SECONDS = 10.0
STALE_SECONDS = 60.0


@asynccontextmanager
async def alive(home: Path) -> AsyncIterator[None]:
    """Keep this process's file fresh while the body runs."""
    file = _folder(home) / str(psutil.Process().pid)
    file.parent.mkdir(parents=True, exist_ok=True)
    beating = asyncio.create_task(_beat(file))
    try:
        yield
    finally:
        beating.cancel()
        with suppress(asyncio.CancelledError):
            await beating
        file.unlink(missing_ok=True)


async def _beat(file: Path) -> None:
    while True:
        file.touch()
        await asyncio.sleep(BEAT_SECONDS)


def standing_still(home: Path, now: float | None = None) -> list[int]:
    """The worker processes that exist and have not been heard of for a minute.

    ``now`` is in seconds of the epoch. Files of processes that are gone are removed.
    """
    now = time.time() if now is None else now
    found = []
    for file in _folder(home).glob("[0-9]*"):
        if not psutil.pid_exists(int(file.name)):
            file.unlink(missing_ok=True)
        elif now - file.stat().st_mtime > STALE_SECONDS:
            found.append(int(file.name))
    return sorted(found)


def _folder(home: Path) -> Path:
    return home / "workers"
