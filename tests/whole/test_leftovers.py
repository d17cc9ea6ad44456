"""What killed workers leave, and what a full disk does."""

from __future__ import annotations

import os
import subprocess
import uuid
from contextlib import contextmanager

import pytest

from studio.decisions import Retry
from studio.stages import Stage
from tests.waiting import until


def _files(folder):
    return [path for path in folder.rglob("*") if path.is_file() or path.is_symlink()]


async def test_killed_workers_leave_nothing(studio, tmp_path):
    """After ``kill -9`` at work the temporary folder is empty; the next worker sweeps the rest."""
    temporary, shoot_id = tmp_path / "temporary", uuid.uuid4().hex
    temporary.mkdir()
    studio.env["TMPDIR"] = str(temporary)
    sessions = studio.home / "sandbox" / "sessions"
    first = studio.worker()
    await studio.start(shoot_id)
    await studio.until(shoot_id, lambda state: bool(state.running))
    await until(lambda: sessions.is_dir() and list(sessions.glob("*/*/scratch/*")))
    first.kill()
    first.wait()
    assert _files(temporary) == []
    studio.worker()
    await studio.until(shoot_id, lambda state: bool(state.checkpoint))
    await until(lambda: not list(sessions.glob("*/hero-1-hero.*")))
    third = studio.worker()
    await until(lambda: not list(sessions.iterdir()))
    third.terminate()
    assert _files(temporary) == []


@contextmanager
def _small_disk(folder, megabytes):
    """A disk of that size at ``folder``; skips where none can be mounted."""
    folder.mkdir(exist_ok=True)
    options = ["-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(["mount", *options], check=False).returncode:
        pytest.skip("only root may mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.timeout(600)
async def test_a_full_disk_is_told(studio, tmp_path):
    """A worker without room fails the stage as ``disk-full``; with room again, retry goes on."""
    disk, shoot_id = tmp_path / "disk", uuid.uuid4().hex
    with _small_disk(disk, 40):
        studio.env["SHOOT_HOME"] = str(disk)
        studio.env["SHOOT_STORE"] = (studio.home / "store").as_uri()
        (disk / "filler").write_bytes(bytes(1024))
        worker = studio.worker()
        await until((disk / "workers").is_dir)
        with (
            (disk / "filler").open("ab", buffering=0) as filler,
            pytest.raises(OSError, match="No space"),
        ):
            while True:
                filler.write(bytes(4096))
        await studio.start(shoot_id)
        state = await studio.until(shoot_id, lambda s: bool(s.checkpoint and s.checkpoint.code))
        assert (state.checkpoint.code, state.checkpoint.stage) == ("disk-full", Stage.HERO)
        assert f"no space is left on the disk of {disk}" in state.checkpoint.message
        (disk / "filler").unlink()
        await studio.shoots.decide(shoot_id, Retry())
        state = await studio.until(
            shoot_id, lambda s: bool(s.checkpoint and s.checkpoint.code is None)
        )
        assert state.checkpoint.take == 1
        worker.terminate()
        worker.wait()
