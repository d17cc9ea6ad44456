"""Whatever is sent to a shoot through Temporal's own tools: taken as meant, or refused in words."""

from __future__ import annotations

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowUpdateFailedError

from workflows import contract

NO_DECISION = [
    [{}],
    [],
    [None],
    [[]],
    ["approve"],
    [3],
    [True],
    [{"type": None}],
    [{"type": "buy"}],
    [{"type": ["approve"]}],
    [{"type": "approve", "now": True}],
    [{"by": "me"}],
    [{"checkpointId": "hero-1"}],
    [{"type": "approve"}, {"type": "approve"}],
    [{"type": "modify", "frames": "all", "instruction": "x"}],
    [{"type": "modify", "frames": [9], "instruction": "x"}],
    [{"type": "feedback", "text": ""}],
    [{"type": "feedback", "text": "x" * 100_000}],
    [{"type": "x" * 100_000}],
    [{"approve": {}}],
    [{"decision": {"type": "approve"}}],
    ["{}"],
    [{"type": "Approve"}],
    [{"type": " approve"}],
]
NO_TEXT = [[3], [{}], [["go"]], [True], ["go", "on"], [None, None], [{"text": "go"}], [1.5, "x"]]


async def test_no_decision_is_refused_in_a_line(rig):
    """What is no decision is rejected without a trace, and the shoot waits as it did."""
    before = await rig.start()
    handle = rig.client.get_workflow_handle(rig.id)
    length = (await handle.describe()).history_length
    for args in NO_DECISION:
        with pytest.raises(WorkflowUpdateFailedError) as caught:
            await handle.execute_update(contract.DECIDE_UPDATE, args=args)
        message = str(caught.value.cause)
        assert "not a decision" in message and "\n" not in message and len(message) < 300
    after = await rig.shoots.state(rig.id)
    assert (after.checkpoint, after.takes) == (before.checkpoint, before.takes)
    assert (await handle.describe()).history_length - length <= 3 * len(NO_DECISION)
    kinds = [event.event_type async for event in handle.fetch_history_events()]
    assert EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED not in kinds
    assert EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED not in kinds


async def test_no_text_is_said_and_approves_nothing(rig):
    """A 'continue' with anything but one text or nothing is said on the stream, and no more."""
    before = await rig.start()
    handle = rig.client.get_workflow_handle(rig.id)
    for args in NO_TEXT:
        await handle.signal(contract.CONTINUE_SIGNAL, args=args)
    for args in ([], [3], [{}], [{}, {}]):
        await handle.signal(contract.LEDGER_SIGNAL, args=args)
    after = await rig.shoots.state(rig.id)
    assert (after.checkpoint, after.takes) == (before.checkpoint, before.takes)
    said = [e["message"] for e in await rig.events() if e["type"] == "status"]
    assert len([one for one in said if one.startswith("Not taken")]) == len(NO_TEXT) + 4
    kinds = [event.event_type async for event in handle.fetch_history_events()]
    assert EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED not in kinds


async def test_a_decision_is_taken_as_plain_json(rig):
    """What the ``temporal`` command sends is a decision by its type."""
    state = await rig.start()
    handle = rig.client.get_workflow_handle(rig.id)
    await handle.execute_update(contract.DECIDE_UPDATE, {"type": "approve"})
    state = await rig.waiting(state.checkpoint.id)
    assert state.checkpoint.stage == "contact-sheet"
