"""However much is said, a shoot stays small enough for Temporal to carry."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from temporalio.exceptions import ActivityError, ApplicationError, RetryState

from studio.decisions import MAX_WORDS, Approve, Feedback, Modify, Regenerate, Revise
from studio.director.interface import Reply
from studio.notes import MAX_PROMPT
from studio.shoot import Brief, Reference, ShootOptions
from studio.stages import ShootStatus, Stage
from workflows import decide, failures
from workflows.contract import Policy

MOST = 1_600_000
"""Bytes: well below the 2 MB that Temporal takes."""


def _long(number):
    """As many four-byte characters as a person may say at once, and none said before."""
    return f"{number} " + "\N{DRESS}" * (MAX_WORDS - 10)


def _decisions():
    """Forty long decisions, wherever they can be made."""
    yield from (Revise(stage=Stage.HERO, instruction=_long(n)) for n in range(10))
    yield Approve()
    yield from (Revise(stage=Stage.CONTACT_SHEET, instruction=_long(n)) for n in range(10, 20))
    yield Approve()
    yield from (Modify(frames=(1, 2), instruction=_long(n)) for n in range(20, 30))
    yield Approve()
    yield from (Regenerate(clips=(1, 2, 3, 4, 5), instruction=_long(n)) for n in range(30, 40))
    yield Approve()


def _references():
    keys = [f"{number:x}" * 64 for number in range(10)]
    return tuple(
        Reference(key=f"uploads/{k}.jpg", name="a" * 200, sha256=k, size=1, width=1, height=1)
        for k in keys
    )


async def _payloads(rig):
    """The size of every payload in all histories of the shoot, in bytes."""
    sizes = []
    async for one in rig.client.list_workflows(f"WorkflowId = '{rig.id}'"):
        history = await rig.client.get_workflow_handle(rig.id, run_id=one.run_id).fetch_history()
        sizes += [len(event.SerializeToString()) for event in history.events]
    return sizes


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_a_long_shoot_ends(new_rig):
    """200 turns, 10 references, 40 decisions of 4,000 four-byte characters, and it is whole."""
    policy = Policy(roll_after=2_000, reopen_for=timedelta(seconds=1))
    async with new_rig(policy) as rig:
        brief = Brief(prompt=_long(-1), references=_references(), options=ShootOptions())
        await rig.shoots.start(rig.id, brief)
        state = await rig.waiting()
        for number in range(160):
            said = _long(f"turn {number}")
            rig.studio.replies[said] = Reply(words=_long(f"reply {number}"))
            state = await rig.decide(Feedback(text=said))
        for decision in _decisions():
            state = await rig.decide(decision)
            assert len(state.model_dump_json().encode()) < MOST
        assert state.status is ShootStatus.COMPLETE
        ended = await rig.client.get_workflow_handle(rig.id).result()
        assert json.loads(json.dumps(ended))["status"] == "complete"
        assert max(await _payloads(rig)) < MOST
        recorded = await rig.shoots.records.state(rig.id)
        assert recorded.status is ShootStatus.COMPLETE
        assert recorded.take(Stage.CLIPS, 11).recipe.slots[4].notes[-1] == _long(39)
        said = [
            len("".join(job.task.notes)) for job in rig.studio.jobs if hasattr(job.task, "notes")
        ]
        assert max(said) <= MAX_PROMPT


async def test_a_full_shoot_can_be_finished(rig, monkeypatch):
    """At its limit a shoot takes nothing that would let it grow, says so, and goes on."""
    state = await rig.start()
    monkeypatch.setattr(decide, "MAX_STATE", 100)
    pause = decide.Pause(stage=Stage.HERO)
    with pytest.raises(decide.NotApplicableError, match="as large as a shoot can be"):
        decide.check(state, pause, Revise(stage=Stage.HERO, instruction="darker"))
    decide.check(state, pause, Approve())


def test_long_reasons_keep_both_ends():
    """A failure that quotes all that was said is shortened for people and payloads."""
    cause = ApplicationError("refused: " + "x" * 100_000 + " by the provider", type="refused")
    error = ActivityError(
        "failed",
        scheduled_event_id=1,
        started_event_id=2,
        identity="",
        activity_type="produce",
        activity_id="1",
        retry_state=RetryState.NON_RETRYABLE_FAILURE,
    )
    error.__cause__ = cause
    reason = failures.failure_of(error).reason
    assert reason.startswith("refused: x")
    assert reason.endswith("by the provider")
    assert len(reason) < failures.MAX_REASON + 10
