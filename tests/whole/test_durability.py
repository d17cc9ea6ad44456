"""A shoot survives what happens to the machines under it."""

from __future__ import annotations

import uuid

import pytest

from studio.stages import Stage
from tests.whole.conftest import complete


def _files(studio, shoot_id):
    """When each finished artifact was written."""
    folder = studio.home / "store" / "shoots" / shoot_id / "takes"
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    "stage",
    [
        Stage.HERO,
        pytest.param(Stage.CONTACT_SHEET, marks=SLOW),
        pytest.param(Stage.FRAMES, marks=SLOW),
        Stage.CLIPS,
        pytest.param(Stage.COMPLETE, marks=SLOW),
    ],
)
async def test_killed_worker_is_replaced(studio, stage):
    """After ``kill -9`` of the worker in a stage, another one ends the shoot; nothing finished is
    made again."""
    shoot_id = uuid.uuid4().hex
    first = studio.worker()
    await studio.start(shoot_id, autopilot=True)
    await studio.until(shoot_id, lambda state: state.stage is stage and bool(state.running))
    first.kill()
    first.wait()
    finished = _files(studio, shoot_id)
    studio.worker()
    state = await studio.until(shoot_id, complete)
    after = _files(studio, shoot_id)
    assert [take.stage for take in state.takes] == list(Stage)
    assert {path: after[path] for path in finished} == finished
