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

HISTORIES = sorted(Path(__file__).with_name("histories").glob("*.json"))


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
async def test_history_replays(path):
    """The workflow as it is now takes the same commands as when the history was recorded."""
    stored = json.loads(path.read_text())
    history = WorkflowHistory.from_json(stored["id"], stored["history"])
    replayer = Replayer(workflows=[Shoot], data_converter=pydantic_data_converter)
    await replayer.replay_workflow(history)


def test_there_are_histories():
    """Every shape has been recorded."""
    from tests.workflows.shapes import SHAPES

    stems = {path.stem for path in HISTORIES}
    assert stems == {*SHAPES, "rolled-1", "rolled-2", "budget-before-keys"}


@pytest.mark.slow
async def test_uncached_workflow_replays_all_the_time(new_rig):
    """With no cache every task replays from the start: determinism is tried at each step."""
    from tests.workflows.shapes import SHAPES

    async with new_rig(max_cached=0) as rig:
        await SHAPES["autopilot"](rig)
        state = await rig.shoots.state(rig.id)
        assert state.takes_of(Stage.COMPLETE)
