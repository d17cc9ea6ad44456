"""What is said at a failure is followed or answered there, and nothing fails a workflow's task."""

from __future__ import annotations

from temporalio.exceptions import ApplicationError

from studio.brief import OptionsSaid
from studio.decisions import Approve, Feedback, Regenerate, Retry, Revise, SetBrief, UseTake
from studio.director.interface import Reply
from studio.stages import ShootStatus, Stage
from tests.waiting import until
from workflows.tasks import Produced


def refusal(code: str = "refused-content") -> ApplicationError:
    """A failure for good."""
    return ApplicationError("no; it is tried again in 4 s", type=code, non_retryable=True)


async def told(rig):
    """The statuses on the stream."""
    return [event for event in await rig.events() if event["type"] == "status"]


async def not_followed(rig):
    """What the stream says came to nothing."""
    return [one["message"] for one in await told(rig) if one["code"] == "not-followed"]


async def test_refused_brief_is_said_differently(rig):
    """After a refused opening ``revise hero`` has the brief read anew, in the new words."""
    rig.studio.faults["direct"] = refusal()
    state = await rig.start()
    assert state.checkpoint.options.decisions == ("retry", "brief", "revise", "feedback", "cancel")
    rig.studio.faults.clear()
    state = await rig.decide(Revise(stage=Stage.HERO, instruction="a raincoat"))
    assert (state.status, state.checkpoint.stage) == (ShootStatus.AWAITING_INPUT, Stage.HERO)
    assert rig.studio.openings[-1].brief.prompt == "a raincoat"
    assert rig.studio.jobs[-1].task.prompt == "a raincoat"


async def test_brief_changes_at_a_failed_opening(rig):
    """Words and options may change where no provider was found; the memo follows."""
    rig.studio.faults["prepare"] = refusal("no-key")
    await rig.start(provider="live", budget=3)
    rig.studio.faults.clear()
    state = await rig.decide(SetBrief(prompt="x", options=OptionsSaid(provider="proof", budget=5)))
    assert (state.brief.options.provider, state.allowance) == ("proof", 5)
    description = await rig.client.get_workflow_handle(rig.id).describe()
    assert (await description.memo())["title"] == "x"


async def test_words_at_a_failure_are_followed_there(rig):
    """What the director makes of words at a failure is done at once, and once."""
    rig.studio.replies["softer light"] = Reply(
        words="Softer.", decisions=(Revise(stage=Stage.HERO, instruction="softer light"),)
    )
    await rig.start()
    rig.studio.faults["hero"] = refusal()
    await rig.decide(Revise(stage=Stage.HERO, instruction="nude"))
    rig.studio.faults.clear()
    state = await rig.decide(Feedback(text="softer light"))
    assert state.current_take(Stage.HERO).recipe.notes == ("softer light",)
    state = await rig.decide(Approve())
    assert (state.checkpoint.stage, len(state.takes)) == (Stage.CONTACT_SHEET, 3)


async def test_plain_continue_at_a_failure_tries_again(rig):
    """``continue`` without input cannot approve what failed: it tries it again."""
    rig.studio.faults["hero"] = refusal()
    before = await rig.start()
    rig.studio.faults.clear()
    await rig.shoots.go_on(rig.id)
    state = await rig.waiting(before.checkpoint.id)
    assert (state.checkpoint.status, len(state.takes)) == ("complete", 1)


async def test_plain_continue_agrees_to_no_price(rig):
    """What goes over the budget is agreed to by ``retry`` alone; that is said."""
    rig.studio.faults["hero"] = refusal("over-budget")
    before = await rig.start()
    await rig.shoots.go_on(rig.id)
    assert await until(lambda: not_followed(rig))
    assert (await rig.shoots.state(rig.id)).checkpoint == before.checkpoint


async def test_blank_continue_does_not_approve(rig):
    """A blank text says nothing; the checkpoint stays open, and that is said."""
    before = await rig.start()
    for text in ("", "  "):
        await rig.shoots.go_on(rig.id, text)

    async def said_twice():
        return len(await not_followed(rig)) == 2

    await until(said_twice)
    assert (await rig.shoots.state(rig.id)).checkpoint == before.checkpoint


async def test_failure_drops_what_was_still_to_be_done(rig):
    """Of several decisions, those after a failure are named as undone, and never done later."""
    rig.studio.replies["darker and go on"] = Reply(
        words="Darker, and on.",
        decisions=(Revise(stage=Stage.HERO, instruction="darker"), Approve()),
    )
    await rig.start()
    rig.studio.faults["hero"] = refusal()
    await rig.decide(Feedback(text="darker and go on"))
    assert await not_followed(rig) == ["Left undone after that: approve."]
    rig.studio.faults.clear()
    state = await rig.decide(Retry())
    assert state.checkpoint.stage is Stage.HERO


async def test_two_revisions_in_one_message_are_one_picture(rig):
    """The hero is rendered once, with both wishes."""
    rig.studio.replies["darker, in a blue coat"] = Reply(
        words="Yes.",
        decisions=(
            Revise(stage=Stage.HERO, instruction="darker"),
            Revise(stage=Stage.HERO, instruction="in a blue coat"),
        ),
    )
    await rig.start()
    state = await rig.decide(Feedback(text="darker, in a blue coat"))
    assert rig.studio.items() == ["hero 1 hero", "hero 2 hero"]
    assert state.current_take(Stage.HERO).recipe.notes == ("darker. in a blue coat",)


async def test_failed_clips_are_named_and_the_others_shown(rig):
    """The checkpoint says which clips failed and why, without promises, and shows the good ones."""
    state = await rig.start()
    while state.checkpoint.stage is not Stage.FRAMES:
        state = await rig.decide(Approve())
    rig.studio.faults |= {"clip-2": refusal(), "clip-4": refusal()}
    state = await rig.decide(Approve())
    shown = state.checkpoint
    assert shown.message == "The clips could not be made: clips 2 and 4: no"
    assert shown.failed == ("clip-2", "clip-4")
    assert [path.rpartition("/")[2] for path in shown.artifacts] == [
        "video-1.mp4",
        "video-3.mp4",
        "video-5.mp4",
    ]
    assert shown.artifacts[0].startswith(f"outputs/{rig.id}/takes/clips/1/")
    assert (shown.options.clips, "regenerate" in shown.options.decisions) == (5, True)
    rig.studio.faults.clear()
    state = await rig.decide(Regenerate(clips=(2, 4), instruction="calmer"))
    assert (state.checkpoint.status, len(state.current_take(Stage.CLIPS).artifacts)) == (
        "complete",
        5,
    )


async def test_defect_is_a_failure_with_a_retry(rig):
    """A result that nobody expected pauses the shoot; after the mend the step is taken again."""
    produce = rig.studio.produced
    rig.studio.produced = lambda job: Produced(artifacts=())
    state = await rig.start()
    assert (state.checkpoint.code, state.status) == ("defect", ShootStatus.PAUSED)
    assert "IndexError" in state.checkpoint.message
    rig.studio.produced = produce
    state = await rig.decide(Retry())
    assert state.checkpoint.status == "complete"
    events = (await rig.client.get_workflow_handle(rig.id).fetch_history()).to_json()
    assert "WORKFLOW_TASK_FAILED" not in events


async def test_director_that_cannot_be_reached_is_said_aloud(rig):
    """Words that nobody could hear are told as not followed; the checkpoint opens again."""
    await rig.start()
    rig.studio.faults["hear"] = refusal("no-credit")
    state = await rig.decide(Feedback(text="darker"))
    assert (state.checkpoint.stage, len(state.takes)) == (Stage.HERO, 1)
    assert "could not answer (no)" in (await not_followed(rig))[0]


async def test_failed_revision_leads_back_to_the_only_take(rig):
    """The hero in use before a revision failed can be used after all."""
    await rig.start()
    rig.studio.faults["hero"] = refusal()
    state = await rig.decide(Revise(stage=Stage.HERO, instruction="x"))
    assert "use-take" in state.checkpoint.options.decisions
    state = await rig.decide(UseTake(stage=Stage.HERO, take=1))
    assert state.checkpoint.status == "complete"
