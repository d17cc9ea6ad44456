"""Records the histories of all shapes for this version; not collected by a plain test run.

What is recorded is never overwritten.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
from pathlib import Path

import pytest

from tests.workflows.shapes import SHAPES
from workflows.contract import Policy

HISTORIES = Path(__file__).with_name("histories") / importlib.metadata.version("shoot-studio")


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
    write(HISTORIES / f"{name}.json", {"id": rig.id, "history": json.loads(events)})


def write(path: Path, body: object) -> None:
    """Store what is not stored yet; raises ``FileExistsError``."""
    path.parent.mkdir(exist_ok=True)
    with path.open("x") as file:
        file.write(json.dumps(body, indent=1) + "\n")
