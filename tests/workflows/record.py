"""Records the histories of all shapes; not collected by a plain test run."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.workflows.shapes import SHAPES
from workflows.contract import Policy

HISTORIES = Path(__file__).with_name("histories")


@pytest.mark.parametrize("name", SHAPES)
async def test_record(rig, name):
    """Play the shape and store its history."""
    await SHAPES[name](rig)
    await _store(rig, name)


async def test_record_rolled(new_rig):
    """The first run of a shoot that hands over, and the one that takes over."""
    async with new_rig(Policy(roll_after=50)) as rig:
        await SHAPES["every-decision"](rig)
        runs = [one async for one in rig.client.list_workflows(f"WorkflowId = '{rig.id}'")]
        for number, run in enumerate(sorted(runs, key=lambda one: one.start_time)[:2], start=1):
            await _store(rig, f"rolled-{number}", run.run_id)


async def _store(rig, name, run_id=None):
    history = await rig.client.get_workflow_handle(rig.id, run_id=run_id).fetch_history()
    events = re.sub(r'"identity": ?"[^"]*"', '"identity": "tests"', history.to_json())
    events = re.sub(r'"stackTrace": ?"(\\.|[^"\\])*"', '"stackTrace": ""', events)
    body = {"id": rig.id, "history": json.loads(events)}
    (HISTORIES / f"{name}.json").write_text(json.dumps(body, indent=1) + "\n")
