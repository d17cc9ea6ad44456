"""Stored histories replay: a running shoot survives an upgrade of the workflow."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from studio.stages import Stage
from workflows.shoot import Shoot

SETS = sorted(one for one in Path(__file__).with_name("histories").iterdir() if one.is_dir())
"""One folder per released version: what was recorded with it stays as it is."""
HISTORIES = sorted(path for folder in SETS for path in folder.glob("*.json"))


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: f"{path.parent.name}-{path.stem}")
async def test_history_replays(path):
    """The workflow as it is now takes the same commands as when the history was recorded."""
    stored = json.loads(path.read_text())
    history = WorkflowHistory.from_json(stored["id"], stored["history"])
    replayer = Replayer(workflows=[Shoot], data_converter=pydantic_data_converter)
    await replayer.replay_workflow(history)


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_every_shape_was_recorded(folder):
    """The set of each version holds every recipe, decision and end."""
    from tests.workflows.shapes import SHAPES

    assert {*SHAPES, "rolled-1", "rolled-2"} <= {path.stem for path in folder.glob("*.json")}


def test_recording_keeps_what_is_recorded(tmp_path):
    """A history that exists is never written again."""
    from tests.workflows.record import write

    write(tmp_path / "1.0" / "a.json", {"history": 1})
    with pytest.raises(FileExistsError):
        write(tmp_path / "1.0" / "a.json", {"history": 2})
    assert json.loads((tmp_path / "1.0" / "a.json").read_text()) == {"history": 1}


@pytest.mark.slow
async def test_uncached_workflow_replays_all_the_time(new_rig):
    """With no cache every task replays from the start: determinism is tried at each step."""
    from tests.workflows.shapes import SHAPES

    async with new_rig(max_cached=0) as rig:
        await SHAPES["autopilot"](rig)
        state = await rig.shoots.state(rig.id)
        assert state.takes_of(Stage.COMPLETE)
