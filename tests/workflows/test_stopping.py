"""Temporal's own cancel always ends a shoot, wherever it comes, with its record written."""

from __future__ import annotations

import asyncio
import random
import uuid
from contextlib import suppress

import pytest
from temporalio import activity
from temporalio.client import WorkflowExecutionStatus, WorkflowFailureError

from studio.director.interface import Reply
from studio.shoot import Brief, ShootOptions
from studio.stages import ShootStatus
from tests.waiting import PAUSE, until
from workflows.contract import STATUS_ATTRIBUTE, Policy


async def _ended(handle):
    """The status the workflow ends in."""
    with pytest.raises(WorkflowFailureError):
        await handle.result()
    return (await handle.describe()).status


async def _outlive():
    """Work on until a cancel comes, and complete all the same."""
    with suppress(asyncio.CancelledError):
        while True:
            activity.heartbeat()
            await asyncio.sleep(PAUSE)


async def test_cancel_is_heard_though_the_work_completes(rig):
    """A script that is done as the cancel reaches it is kept, and the shoot ends all the same."""
    started = asyncio.Event()

    async def survive(job):
        started.set()
        await _outlive()

    rig.studio.before = survive
    task = asyncio.create_task(rig.start())
    await started.wait()
    handle = rig.client.get_workflow_handle(rig.id)
    await handle.cancel()
    assert await _ended(handle) is WorkflowExecutionStatus.CANCELED
    state = await task
    assert state.status is ShootStatus.CANCELLED
    assert rig.studio.items() == ["hero 1 hero"]
    record = await rig.shoots.records.state(rig.id)
    assert [artifact.name for artifact in record.takes[0].artifacts] == ["hero.png"]


async def test_no_work_begins_after_a_lost_cancel(rig):
    """Where one step makes several things, those after the cancel are not begun."""
    started = asyncio.Event()

    async def survive(job):
        if job.stage != "frames":
            return
        started.set()
        await _outlive()

    rig.studio.before = survive
    task = asyncio.create_task(rig.start(autopilot=True, aspect_ratio="9:16"))
    await started.wait()
    handle = rig.client.get_workflow_handle(rig.id)
    await handle.cancel()
    assert await _ended(handle) is WorkflowExecutionStatus.CANCELED
    task.cancel()
    assert rig.studio.items()[-1] == "frames 1 frames"


async def test_cancel_while_the_record_is_written(rig):
    """A cancel during the last record ends the shoot as cancelled, and its record says so."""
    rig.studio.archiving = asyncio.Event()
    await rig.start()
    handle = rig.client.get_workflow_handle(rig.id)
    await handle.cancel()

    async def over():
        return (await rig.shoots.state(rig.id)).status is ShootStatus.CANCELLED

    await until(over)
    rig.studio.archiving.set()
    assert await _ended(handle) is WorkflowExecutionStatus.CANCELED
    assert (await rig.shoots.records.state(rig.id)).status is ShootStatus.CANCELLED


async def _cancel_somewhere(rig, dice, results):
    """One shoot, cancelled once its history is as long as the dice say."""
    name, moment = uuid.uuid4().hex, dice.randint(1, 80)
    options = ShootOptions(autopilot=dice.random() < 0.8, aspect_ratio=dice.choice([None, "9:16"]))
    await rig.shoots.start(name, Brief(prompt="a brief", options=options))
    handle = rig.client.get_workflow_handle(name)

    async def there():
        description = await handle.describe()
        status = description.typed_search_attributes.get(STATUS_ATTRIBUTE)
        return description.history_length >= moment or status in ("awaiting-input", "complete")

    await until(there)
    words = dice.random() < 0.1
    if words and not options.autopilot:
        await rig.shoots.go_on(name, "hm")
    await rig.client.get_workflow_handle(name).cancel()
    results[name] = await _ended(rig.client.get_workflow_handle(name))


async def _cancels(new_rig, count, seed):
    dice = random.Random(seed)
    policy = Policy(roll_after=60)
    results: dict[str, object] = {}
    async with new_rig(policy) as rig:
        rig.studio.replies["hm"] = Reply(words="Hm.")

        async def dawdle(job):
            obeys = dice.random() < 0.5
            try:
                for _ in range(dice.randint(0, 20)):
                    activity.heartbeat()
                    await asyncio.sleep(PAUSE)
            except asyncio.CancelledError:
                if obeys:
                    raise

        rig.studio.before = dawdle
        at_once = asyncio.Semaphore(16)

        async def one():
            async with at_once:
                await _cancel_somewhere(rig, dice, results)

        await asyncio.gather(*(one() for _ in range(count)))
        wrong = {
            name
            for name in results
            if (await rig.shoots.records.state(name)).status is not ShootStatus.CANCELLED
        }
    assert not wrong
    assert set(results.values()) == {WorkflowExecutionStatus.CANCELED}
    assert len(results) == count


async def test_cancels_at_random_moments(new_rig):
    """A cancel at any moment ends the shoot as cancelled, and the record says so."""
    await _cancels(new_rig, 12, 7)


@pytest.mark.exhaustive
@pytest.mark.timeout(1800)
async def test_five_hundred_cancels_at_random_moments(new_rig):
    """The same, five hundred times."""
    await _cancels(new_rig, 500, 9)
