"""The Shoot workflow, from brief to film and through every decision, on a real server."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from temporalio import activity
from temporalio.client import WorkflowExecutionStatus
from temporalio.exceptions import ApplicationError

from studio.decisions import (
    Approve,
    Cancel,
    Feedback,
    Modify,
    Regenerate,
    Resize,
    Retry,
    Revise,
    SetEdit,
    UseTake,
)
from studio.director.interface import Reply
from studio.stages import ShootStatus, Stage
from tests.waiting import until
from workflows import contract
from workflows.client import RejectedError
from workflows.contract import Policy

CLIPS = [f"clips 1 clip-{n}" for n in range(1, 6)]


async def reach(rig, stage, **options):
    """Start the shoot and approve up to the checkpoint of ``stage``."""
    state = await rig.start(**options)
    while state.checkpoint.stage is not stage:
        state = await rig.decide(Approve())
    return state


def keys(state, stage):
    """The store keys of the take of ``stage`` in use."""
    return [artifact.key for artifact in state.current_take(stage).artifacts]


async def test_autopilot_reaches_the_film(rig):
    """With autopilot a shoot goes from brief to film without a question, each stage made once."""
    state = await rig.start(autopilot=True)
    while state.status is not ShootStatus.COMPLETE:
        state = await rig.waiting(state.checkpoint.id)
    items = rig.studio.items()
    assert items[:3] == ["hero 1 hero", "contact-sheet 1 contact-sheet", "frames 1 frames"]
    assert sorted(items[3:8]) == CLIPS
    assert items[8:] == ["complete 1 film"]


async def test_pauses_after_every_stage(rig):
    """Each stage ends at a checkpoint that waits for a decision; the film's is complete."""
    state = await rig.start()
    seen = [(state.checkpoint.stage, state.status)]
    while seen[-1][0] is not Stage.COMPLETE:
        state = await rig.decide(Approve())
        seen.append((state.checkpoint.stage, state.status))
    waiting = [(stage, ShootStatus.AWAITING_INPUT) for stage in list(Stage)[:-1]]
    assert seen == [*waiting, (Stage.COMPLETE, ShootStatus.COMPLETE)]


async def test_revise_makes_a_new_hero_take(rig):
    """A revised hero is a new take with the words, pose and background; the first stays."""
    await rig.start()
    state = await rig.decide(
        Revise(stage=Stage.HERO, instruction="edgier", background="studio-black")
    )
    assert [take.number for take in state.takes_of(Stage.HERO)] == [1, 2]
    recipe = state.current_take(Stage.HERO).recipe
    assert (recipe.notes, recipe.background, recipe.pose) == (
        ("edgier",),
        "studio-black",
        "seated-editorial",
    )


async def test_revisions_add_up(rig):
    """A second revision keeps what the first one said."""
    await rig.start()
    await rig.decide(Revise(stage=Stage.HERO, instruction="edgier"))
    state = await rig.decide(Revise(stage=Stage.HERO, instruction="darker"))
    assert state.current_take(Stage.HERO).recipe.notes == ("edgier", "darker")


async def test_modified_frame_renders_only_its_clips(rig):
    """After frame 3 has changed, clips 2 and 3 are rendered anew and the others kept."""
    before = await reach(rig, Stage.CLIPS)
    rig.studio.jobs.clear()
    state = await rig.decide(Modify(frames=(3,), instruction="open the jacket"))
    assert (state.checkpoint.stage, rig.studio.items()) == (Stage.FRAMES, ["frames 2 frame-3"])
    rig.studio.jobs.clear()
    after = await rig.decide(Approve())
    assert sorted(rig.studio.items()) == ["clips 2 clip-2", "clips 2 clip-3"]
    same = [
        a == b for a, b in zip(keys(before, Stage.CLIPS), keys(after, Stage.CLIPS), strict=True)
    ]
    assert same == [True, False, False, True, True]


async def test_resize_and_back_is_lossless(rig):
    """The original ratio brings back the very frames; a known ratio is not rendered again."""
    before = await reach(rig, Stage.FRAMES)
    resized = await rig.decide(Resize(aspect_ratio="9:16"))
    assert keys(resized, Stage.FRAMES) != keys(before, Stage.FRAMES)
    original = await rig.decide(Resize(aspect_ratio="original"))
    assert keys(original, Stage.FRAMES) == keys(before, Stage.FRAMES)
    rig.studio.jobs.clear()
    again = await rig.decide(Resize(aspect_ratio="9:16"))
    assert keys(again, Stage.FRAMES) == keys(resized, Stage.FRAMES)
    assert rig.studio.items() == []
    assert [take.number for take in again.takes_of(Stage.FRAMES)] == [1, 2, 3, 4]


async def test_modify_keeps_the_ratio(rig):
    """A frame changed at 9:16 is rendered from its original and resized alone."""
    await reach(rig, Stage.FRAMES)
    await rig.decide(Resize(aspect_ratio="9:16"))
    rig.studio.jobs.clear()
    state = await rig.decide(Modify(frames=(2,), instruction="warmer"))
    assert rig.studio.items() == ["frames 3 frame-2", "frames 3 resized"]
    assert rig.studio.jobs[1].task.indexes == (2,)
    assert state.aspect_ratio == "9:16"


async def test_regenerate_renders_only_the_named_clips(rig):
    """Regenerating clips 2 and 4 leaves the others; asking again makes yet another."""
    before = await reach(rig, Stage.CLIPS)
    rig.studio.jobs.clear()
    state = await rig.decide(Regenerate(clips=(2, 4), instruction="slower"))
    assert sorted(rig.studio.items()) == ["clips 2 clip-2", "clips 2 clip-4"]
    assert keys(state, Stage.CLIPS)[0] == keys(before, Stage.CLIPS)[0]
    again = await rig.decide(Regenerate(clips=(2,)))
    assert keys(again, Stage.CLIPS)[1] not in (
        keys(before, Stage.CLIPS)[1],
        keys(state, Stage.CLIPS)[1],
    )


async def test_loop_adds_one_clip_and_cuts_the_film(rig):
    """Turning the loop on renders clip 6 alone, then cuts the film at the new pace."""
    await reach(rig, Stage.CLIPS)
    rig.studio.jobs.clear()
    state = await rig.decide(SetEdit(loop=True, pace=1.5))
    assert rig.studio.items() == ["clips 2 clip-6", "complete 1 film"]
    assert (state.checkpoint.stage, len(keys(state, Stage.CLIPS))) == (Stage.COMPLETE, 6)
    assert rig.studio.jobs[-1].task.edit.clip_seconds == 1.0


async def test_loop_off_drops_the_clip_without_rendering(rig):
    """Turning the loop off goes back to five clips and only cuts the film anew."""
    await reach(rig, Stage.COMPLETE, loop=True)
    rig.studio.jobs.clear()
    state = await rig.decide(SetEdit(loop=False))
    assert rig.studio.items() == ["complete 2 film"]
    assert len(keys(state, Stage.CLIPS)) == 5


async def test_edit_before_the_clips_is_recorded(rig):
    """An edit set at the hero holds when the film is cut, and leaves the checkpoint open."""
    await rig.start()
    state = await rig.decide(SetEdit(pace=2.0))
    assert (state.checkpoint.stage, state.edit.pace, len(state.takes)) == (Stage.HERO, 2.0, 1)


async def test_earlier_take_brings_its_followers_back(rig):
    """Using the first hero again finds the sheet that was made from it."""
    await reach(rig, Stage.CONTACT_SHEET)
    await rig.decide(Revise(stage=Stage.HERO, instruction="darker"))
    state = await rig.decide(UseTake(stage=Stage.HERO, take=1))
    assert state.checkpoint.stage is Stage.HERO
    rig.studio.jobs.clear()
    state = await rig.decide(Approve())
    assert rig.studio.items() == []
    assert state.current == {Stage.HERO: 1, Stage.CONTACT_SHEET: 1}


async def test_feedback_becomes_decisions_in_order(rig):
    """Several intents of one message are followed one after the other."""
    await reach(rig, Stage.FRAMES)
    rig.studio.replies["resize it and go on"] = Reply(
        words="Resized, and on.", decisions=(Resize(aspect_ratio="1:1"), Approve())
    )
    state = await rig.decide(Feedback(text="resize it and go on"))
    assert (state.checkpoint.stage, state.aspect_ratio) == (Stage.CLIPS, "1:1")
    assert [m.text for m in state.transcript][-2:] == ["resize it and go on", "Resized, and on."]


async def test_words_alone_leave_the_checkpoint_open(rig):
    """A question is answered, and the shoot waits on."""
    await rig.start()
    rig.studio.replies["is it good?"] = Reply(words="It is a start.")
    state = await rig.decide(Feedback(text="is it good?"))
    assert (state.checkpoint.stage, len(state.takes)) == (Stage.HERO, 1)


async def test_decisions_of_an_edit_and_more_do_not_cut_the_film(rig):
    """An edit with another request in the same message does not run ahead to the film."""
    await reach(rig, Stage.CLIPS)
    rig.studio.replies["1.5x but redo 3"] = Reply(
        words="Yes.", decisions=(SetEdit(pace=1.5), Regenerate(clips=(3,)))
    )
    state = await rig.decide(Feedback(text="1.5x but redo 3"))
    assert state.checkpoint.stage is Stage.CLIPS
    assert "complete 1 film" not in rig.studio.items()


async def test_failure_pauses_and_retry_goes_on(rig):
    """A script that fails for good pauses the shoot with its reason; retry makes it whole."""

    async def refuse(job):
        raise ApplicationError("the picture was refused", type="refused", non_retryable=True)

    rig.studio.before = refuse
    state = await rig.start()
    assert (state.status, state.checkpoint.status) == (ShootStatus.PAUSED, "failed")
    assert "the picture was refused" in state.checkpoint.message
    rig.studio.before = None
    state = await rig.decide(Retry())
    assert (state.status, state.takes[0].number) == (ShootStatus.AWAITING_INPUT, 1)


async def test_finished_clips_survive_the_failure_of_another(rig):
    """When clip 3 fails, the others are kept: only clip 3 is rendered afterwards."""

    async def refuse_three(job):
        if job.item == "clip-3":
            raise ApplicationError("refused", type="refused", non_retryable=True)

    await reach(rig, Stage.FRAMES)
    rig.studio.before = refuse_three
    rig.studio.jobs.clear()
    await rig.decide(Approve())
    assert len(rig.studio.jobs) == 4
    rig.studio.before = None
    rig.studio.jobs.clear()
    state = await rig.decide(Regenerate(clips=(3,), instruction="calmer"))
    assert rig.studio.items() == ["clips 2 clip-3"]
    assert len(keys(state, Stage.CLIPS)) == 5


async def test_approve_is_refused_after_a_failure(rig):
    """Nothing is approved that was not made."""

    async def refuse(job):
        raise ApplicationError("no", type="refused", non_retryable=True)

    rig.studio.before = refuse
    await rig.start()
    with pytest.raises(RejectedError, match="nothing to approve"):
        await rig.shoots.decide(rig.id, Approve())


@pytest.mark.parametrize(
    ("decision", "code", "words"),
    [
        (Approve(checkpoint_id="9-hero"), contract.STALE_CHECKPOINT, "open now is 1-hero"),
        (Modify(frames=(2,), instruction="x"), contract.NOT_APPLICABLE, "frames comes after"),
        (Regenerate(clips=(1,)), contract.NOT_APPLICABLE, "no clips yet"),
        (UseTake(stage=Stage.HERO, take=4), contract.NOT_APPLICABLE, "no take 4"),
        (Retry(), contract.NOT_APPLICABLE, "nothing failed"),
    ],
)
async def test_decision_that_cannot_apply_is_rejected(rig, decision, code, words):
    """The validator says why, and leaves no trace in the history."""
    await rig.start()
    handle = rig.client.get_workflow_handle(rig.id)
    with pytest.raises(RejectedError, match=words) as caught:
        await rig.shoots.decide(rig.id, decision)
    assert caught.value.code == code
    history = (await handle.fetch_history()).to_json()
    assert "UPDATE" not in history


async def test_decision_while_working_is_rejected(rig):
    """Without an open checkpoint only a cancel is taken."""
    started, go = asyncio.Event(), asyncio.Event()

    async def hold(job):
        started.set()
        await go.wait()

    rig.studio.before = hold
    task = asyncio.create_task(rig.start())
    await started.wait()
    with pytest.raises(RejectedError) as caught:
        await rig.shoots.decide(rig.id, Approve())
    assert caught.value.code == contract.NOT_WAITING
    go.set()
    await task


async def test_cancel_stops_running_work(rig):
    """A cancel while a script runs cancels the activity and ends the shoot as cancelled."""
    started, stopped = asyncio.Event(), asyncio.Event()

    async def hold(job):
        started.set()
        try:
            while True:
                activity.heartbeat()
                await asyncio.sleep(0.05)
        except asyncio.CancelledError:
            stopped.set()
            raise

    rig.studio.before = hold
    task = asyncio.create_task(rig.start())
    await started.wait()
    await rig.shoots.decide(rig.id, Cancel())
    state = await task
    assert state.status is ShootStatus.CANCELLED
    assert stopped.is_set()


async def test_temporal_cancel_archives_first(rig):
    """``temporal workflow cancel`` ends the shoot as cancelled, with its record written."""
    await rig.start()
    handle = rig.client.get_workflow_handle(rig.id)
    await handle.cancel()

    async def ended():
        return (await handle.describe()).status is not WorkflowExecutionStatus.RUNNING

    await until(ended)
    assert (await handle.describe()).status is WorkflowExecutionStatus.CANCELED
    record = await rig.shoots.records.state(rig.id)
    assert (record.status, len(record.takes)) == (ShootStatus.CANCELLED, 1)


async def test_record_never_stays_behind(rig):
    """What happens while a record is being written is in the next one, which follows at once."""
    rig.studio.archiving = asyncio.Event()
    await rig.start()
    state = await rig.decide(Approve())
    rig.studio.archiving.set()

    async def caught_up():
        record = await rig.shoots.records.state(rig.id)
        return record is not None and record.offset >= state.offset

    await until(caught_up)


async def test_continue_signal_without_words_approves(rig):
    """``temporal workflow signal --name continue`` with no input approves."""
    state = await rig.start()
    await rig.client.get_workflow_handle(rig.id).signal("continue")
    state = await rig.waiting(state.checkpoint.id)
    assert state.checkpoint.stage is Stage.CONTACT_SHEET


async def test_early_words_are_kept_for_the_next_checkpoint(rig):
    """A text that comes while nothing waits is heard at the next checkpoint; the stream says so."""
    started, go = asyncio.Event(), asyncio.Event()

    async def hold(job):
        started.set()
        await go.wait()

    rig.studio.before = hold
    rig.studio.replies["darker"] = Reply(
        words="Darker.", decisions=(Revise(stage=Stage.HERO, instruction="darker"),)
    )
    task = asyncio.create_task(rig.start())
    await started.wait()
    await rig.shoots.go_on(rig.id, "darker")
    await rig.shoots.go_on(rig.id)
    go.set()
    await task

    async def taken_twice():
        return len((await rig.shoots.state(rig.id)).takes) >= 2

    await until(taken_twice)
    said = [event.get("message", "") for event in await rig.events() if event["type"] == "status"]
    assert any("Kept for the next checkpoint: “darker”" in line for line in said)
    assert any("was not taken" in line for line in said)


async def test_finished_shoot_closes_after_its_time(new_rig):
    """A complete shoot waits the set time for another cut, then closes."""
    async with new_rig(Policy(reopen_for=timedelta(seconds=1))) as rig:
        await reach(rig, Stage.COMPLETE)
        result = await rig.client.get_workflow_handle(rig.id, result_type=dict).result()
        assert result["status"] == "complete"


async def test_archived_shoot_is_reopened_by_a_decision(rig):
    """An edit after the workflow has closed starts it again from its record; offsets go on."""
    await rig.start(autopilot=True)
    handle = rig.client.get_workflow_handle(rig.id)
    await handle.result()
    before = await rig.events()
    rig.studio.jobs.clear()
    await rig.shoots.decide(rig.id, SetEdit(pace=0.5))

    async def cut_again():
        return len((await rig.shoots.state(rig.id)).takes_of(Stage.COMPLETE)) >= 2

    await until(cut_again)
    assert rig.studio.items() == ["complete 2 film"]
    after = await rig.events()
    assert after[: len(before)] == before
    assert len(after) > len(before)


async def test_start_is_get_or_create(rig):
    """The same id again is the same shoot, also when it has ended."""
    await rig.start(autopilot=True)
    await rig.client.get_workflow_handle(rig.id).result()
    jobs = len(rig.studio.jobs)
    await rig.start(autopilot=True)
    assert len(rig.studio.jobs) == jobs


async def test_run_rolls_over_and_loses_nothing(new_rig):
    """Continue-as-new between stages carries takes, ledger, checkpoint and stream position."""
    async with new_rig(Policy(roll_after=50)) as rig:
        state = await reach(rig, Stage.COMPLETE)
        handle = rig.client.get_workflow_handle(rig.id)
        runs = [one async for one in rig.client.list_workflows(f"WorkflowId = '{rig.id}'")]
        assert len(runs) > 1
        assert len(state.takes) == 5
        assert (await handle.describe()).status is WorkflowExecutionStatus.RUNNING
        kinds = [event["type"] for event in await rig.events()]
        assert kinds.count("checkpoint") == 5


async def test_checkpoint_query_shows_what_waits(rig):
    """The query ``checkpoint`` answers with the open checkpoint."""
    state = await rig.start()
    answer = await rig.client.get_workflow_handle(rig.id).query("checkpoint", result_type=dict)
    assert (answer["id"], answer["artifact"]) == (
        state.checkpoint.id,
        f"outputs/{rig.id}/hero.png",
    )


async def test_waiting_shoot_is_found_by_search_attribute(rig):
    """Operators find a waiting shoot by ``ShootStatus``."""
    await rig.start()
    query = f"ShootStatus = 'awaiting-input' AND ShootStage = 'hero' AND WorkflowId = '{rig.id}'"

    async def found():
        return [one async for one in rig.client.list_workflows(query)]

    await until(found)
    listed = [one async for one in rig.shoots.list(f"WorkflowId = '{rig.id}'")]
    assert (listed[0].status, listed[0].title) == (ShootStatus.AWAITING_INPUT, "a brief")


async def test_events_tell_the_whole_story(rig):
    """Tools, artifacts, decisions, checkpoints and the end are on the stream, in order."""
    await rig.start(autopilot=True)
    await rig.client.get_workflow_handle(rig.id).result()
    kinds = [event["type"] for event in await rig.events()]
    assert kinds.count("artifact") == 1 + 1 + 6 + 5 + 1
    assert kinds.index("artifact") < kinds.index("checkpoint")
    assert kinds[-2:] == ["complete", "decision"]


async def test_history_stays_within_budget(rig):
    """A whole shoot with six director turns stays far below 3,000 history events."""
    rig.studio.replies["hm"] = Reply(words="Tell me more.")
    await rig.start()
    for _ in range(6):
        await rig.decide(Feedback(text="hm"))
    state = await rig.decide(Approve())
    while state.checkpoint.stage is not Stage.COMPLETE:
        state = await rig.decide(Approve())
    description = await rig.client.get_workflow_handle(rig.id).describe()
    assert description.history_length < 600
