"""Shoots that are started by Temporal's own means: its command line, its UI, a schedule."""

from __future__ import annotations

import uuid

import pytest
from temporalio.client import (
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleSpec,
    WorkflowExecutionStatus,
    WorkflowFailureError,
)
from temporalio.exceptions import ApplicationError

from studio.ledger import order_name
from tests.waiting import until
from workflows.contract import OWNER_ATTRIBUTE, SHOOTS_QUEUE, WORKFLOW


async def _ended(client, shoot_id, *args):
    """The failure that a workflow with this input ends in."""
    handle = await client.start_workflow(WORKFLOW, args=args, id=shoot_id, task_queue=SHOOTS_QUEUE)
    with pytest.raises(WorkflowFailureError) as ended:
        await handle.result()
    cause = ended.value.cause
    assert isinstance(cause, ApplicationError)
    return cause


async def test_brief_alone_starts_a_shoot(rig):
    """The id is the workflow's; owner and title are found by search and in lists."""
    given = {"brief": {"prompt": "Street, late sun"}, "owner": "anna"}
    handle = await rig.client.start_workflow(WORKFLOW, given, id=rig.id, task_queue=SHOOTS_QUEUE)
    state = await rig.waiting()
    assert (state.id, state.owner, state.checkpoint.id) == (rig.id, "anna", "1-hero")
    description = await handle.describe()
    assert description.typed_search_attributes.get(OWNER_ATTRIBUTE) == "anna"

    async def listed():
        query = f"ShootOwner = 'anna' AND WorkflowId = '{rig.id}'"
        return [one async for one in rig.shoots.list(query)]

    (summary,) = await until(listed)
    assert (summary.title, summary.owner) == ("Street, late sun", "anna")


async def test_schedule_starts_a_shoot(rig):
    """A schedule's workflow ids have the time in them, and are shoots' ids all the same."""
    name = uuid.uuid4().hex
    action = ScheduleActionStartWorkflow(
        WORKFLOW, {"brief": {"prompt": "every night"}}, id=name, task_queue=SHOOTS_QUEUE
    )
    schedule = await rig.client.create_schedule(
        name, Schedule(action=action, spec=ScheduleSpec()), trigger_immediately=True
    )

    async def begun():
        return [one async for one in rig.client.list_workflows(f"WorkflowId STARTS_WITH '{name}'")]

    (execution,) = await until(begun)
    rig.id = execution.id
    state = await rig.waiting()
    assert ":" in state.id
    assert state.takes[0].artifacts[0].key.startswith(f"shoots/{state.id}/takes/hero/1")
    await schedule.delete()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "brief: Field required"),
        ({"brief": {}}, "brief.prompt"),
        ({"brief": {"prompt": ""}}, "brief.prompt"),
        ({"brief": {"prompt": "x", "options": {"budget": "much"}}}, "options.budget"),
        ({"prompt": "x"}, "brief: Field required"),
        ("a brief", "valid dictionary"),
        (None, "no input"),
        (7, "valid dictionary"),
        ({"brief": {"prompt": "x"}, "owner": "a b"}, "owner: String should match"),
        ({"brief": {"prompt": "x"}, "id": "another"}, "leave the id out"),
    ],
)
async def test_mistyped_input_ends_in_words(rig, given, says):
    """What is no shoot fails once, and says what is wrong and what would be right."""
    cause = await _ended(rig.client, rig.id, given)
    assert cause.type == "InvalidInput"
    assert says in cause.message
    assert '{"brief": {"prompt": "…"}}' in cause.message
    assert "\n" not in cause.message


@pytest.mark.parametrize("name", ["two words", "a/b", ".hidden", "x" * 129])
async def test_impossible_id_ends_in_words(rig, name):
    """A workflow id that cannot name a folder or an address fails once, saying the rule."""
    cause = await _ended(rig.client, name, {"brief": {"prompt": "x"}})
    assert "cannot be a shoot's" in cause.message


async def test_ids_of_any_kind_name_orders():
    """Providers are given letters, digits and dashes, different for different shoots."""
    plain, timed = order_name("street-1"), order_name("nightly-2026-11-28T10:00:00Z")
    assert plain == "street-1"
    assert timed.replace("-", "").isalnum()
    assert timed != order_name("nightly-2026-11-28T10:00:01Z")


async def test_no_input_at_all(rig):
    """Started without an input, it ends in words, too."""
    cause = await _ended(rig.client, rig.id)
    assert cause.type == "InvalidInput"


async def test_execution_is_closed_after_a_mistyped_start(rig):
    """It does not retry for ever: the execution is failed, within its first task."""
    await _ended(rig.client, rig.id, {})
    description = await rig.client.get_workflow_handle(rig.id).describe()
    assert description.status is WorkflowExecutionStatus.FAILED
    assert description.history_length < 8
