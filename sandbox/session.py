"""A shoot's home in the sandbox: get it, open a run in it, and run scripts there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import JsonValue

from sandbox.backend import Backend
from sandbox.choose import Diagnosis, choose, diagnose
from sandbox.layout import new_run, session_folder, sweep, sweep_all
from sandbox.run import Run
from sandbox.settings import SandboxSettings

__all__ = ["Diagnosis", "Run", "SandboxSession", "SandboxSettings", "diagnose", "sweep_sessions"]

_chosen: dict[tuple[str, Path], Backend] = {}


class SandboxSession:
    """The sandbox of one shoot. There is nothing in it that cannot be made again."""

    def __init__(self, folder: Path, settings: SandboxSettings, backend: Backend) -> None:
        self._folder = folder
        self._settings = settings
        self._backend = backend

    @classmethod
    async def get_or_create(cls, shoot_id: str, settings: SandboxSettings) -> SandboxSession:
        """The session of ``shoot_id``, whether or not it was there; safe to call concurrently.

        What crashed runs have left in it is deleted. Raises ``SandboxUnavailable`` where nothing
        can run, and ``ValueError`` for an id that cannot name a folder.
        """
        backend = await _backend(settings)
        folder = await asyncio.to_thread(session_folder, settings.home, shoot_id)
        await asyncio.to_thread(sweep, folder)
        return cls(folder, settings, backend)

    @property
    def provenance(self) -> dict[str, JsonValue]:
        """Which isolation this session has, for a checkpoint."""
        return dict(self._backend.provenance)

    @asynccontextmanager
    async def open(self, run_id: str) -> AsyncIterator[Run]:
        """Fresh folders for one run, removed at the end together with all that still runs there.

        ``run_id`` is for people; a second run of the same id, at any time, is another run.
        """
        folder = await asyncio.to_thread(new_run, self._folder, run_id)
        run = Run(folder, self._settings, self._backend)
        try:
            yield run
        finally:
            await run.close()
            await asyncio.to_thread(folder.remove)


async def sweep_sessions(home: Path) -> None:
    """Delete what crashed runs have left below ``home``, and sessions in which nothing runs."""
    await asyncio.to_thread(sweep_all, home)


async def _backend(settings: SandboxSettings) -> Backend:
    """The backend, tried out once in the life of the worker; then leftovers are swept, too."""
    key = (settings.backend, settings.home)
    if key not in _chosen:
        _chosen[key] = await choose(settings)
        await asyncio.to_thread(sweep_all, settings.home)
    return _chosen[key]
