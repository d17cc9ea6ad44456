"""A worker that stands still is told from one that works."""

from __future__ import annotations

import os
import time

from activities.liveness import STALE_SECONDS, alive, standing_still
from tests.waiting import until


async def test_working_process_is_fresh(tmp_path):
    """While its event loop runs, a worker is not among those that stand still."""
    async with alive(tmp_path):
        await until((tmp_path / "workers" / str(os.getpid())).exists)
        assert standing_still(tmp_path) == []
    assert list((tmp_path / "workers").iterdir()) == []


async def test_silent_process_stands_still(tmp_path):
    """A process that exists and has not been heard of for longer is named."""
    async with alive(tmp_path):
        await until((tmp_path / "workers" / str(os.getpid())).exists)
        later = time.time() + STALE_SECONDS + 1
        assert standing_still(tmp_path, later) == [os.getpid()]


def test_dead_process_is_forgotten(tmp_path):
    """What a killed worker left is removed, and nobody stands still."""
    folder = tmp_path / "workers"
    folder.mkdir()
    (folder / "4194305").touch()  # above the kernel's largest process number
    assert standing_still(tmp_path, time.time() + 1000) == []
    assert list(folder.iterdir()) == []
