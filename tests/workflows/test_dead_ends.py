"""On a real server: whatever is offered after whatever failure leads on, to the film."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from temporalio.exceptions import ApplicationError

from studio.decisions import Approve, Decision, Feedback, Modify, Regenerate, Resize, Revise
from studio.director.interface import Reply
from studio.stages import ShootStatus, Stage
from workflows import decide
from workflows.onward import first_recipe
from workflows.steps import Make, Open, Pause

pytestmark = [pytest.mark.exhaustive, pytest.mark.timeout(900)]

Rig = Any
Reach = Callable[[Rig], Awaitable[None]]
HM = Feedback(text="differently")


def _at(stage: Stage, *decisions: Decision) -> Reach:
    """Reach the checkpoint of ``stage``, then say ``decisions``, of which the last will fail."""

    async def reach(rig: Rig) -> None:
        state = await rig.start()
        while state.checkpoint.stage is not stage:
            state = await rig.decide(Approve())
        rig.studio.faults |= rig.planned
        for decision in decisions:
            await rig.decide(decision)

    return reach


async def _opening(rig: Rig) -> None:
    rig.studio.faults |= rig.planned
    await rig.start()


FAILURES: dict[str, tuple[tuple[str, ...], Reach]] = {
    "providers": (("prepare",), _opening),
    "brief": (("direct",), _opening),
    "hero": (("hero",), _opening),
    "hero revised": (("hero",), _at(Stage.HERO, Revise(stage=Stage.HERO, instruction="x"))),
    "sheet": (("contact-sheet",), _at(Stage.HERO, Approve())),
    "frames": (("frames",), _at(Stage.CONTACT_SHEET, Approve())),
    "frame changed": (("frame-2",), _at(Stage.FRAMES, Modify(frames=(2, 3), instruction="x"))),
    "resized": (("resized",), _at(Stage.FRAMES, Resize(aspect_ratio="1:1"))),
    "clips": (("clip-2", "clip-4"), _at(Stage.FRAMES, Approve())),
    "clip again": (("clip-3",), _at(Stage.CLIPS, Regenerate(clips=(3,), instruction="x"))),
    "film": (("film",), _at(Stage.CLIPS, Approve())),
}
CODES = ("refused-content", "no-credit", "over-budget")


def _kinds(state: Any, failing: Pause) -> list[Decision]:
    """One offer of each kind and stage; what ends the shoot is left out."""
    found: dict[tuple[str, object], Decision] = {}
    for offer in decide.offers(state, failing):
        if offer.type != "cancel":
            found.setdefault((offer.type, getattr(offer, "stage", None)), offer)
    return list(found.values())


async def _to_the_film(rig: Rig, state: Any) -> None:
    for _ in range(12):
        if state.status is ShootStatus.COMPLETE:
            return
        assert state.checkpoint.status == "complete", state.checkpoint.message
        state = await rig.decide(Approve())
    raise AssertionError("the film was not reached")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", FAILURES)
async def test_no_offer_is_a_dead_end(new_rig, name, code):
    """Every offer is taken, in a shoot of its own; none is rejected, and all reach the film."""
    items, reach = FAILURES[name]
    fault = ApplicationError("no", type=code, non_retryable=True)
    offers: list[Decision | None] = [None]
    done = 0
    while offers:
        offer = offers.pop()
        async with new_rig() as rig:
            rig.planned = dict.fromkeys(items, fault)
            rig.studio.replies[HM.text] = Reply(words="Hm?")
            await reach(rig)
            state = await rig.shoots.state(rig.id)
            assert state.checkpoint.status == "failed"
            if offer is None:
                offers += _kinds(state, _pause(state))
                continue
            rig.studio.faults.clear()
            state = await rig.decide(offer)
            if offer.type in ("feedback", "edit") and state.checkpoint.status == "failed":
                state = await rig.decide(decide.offers(state, _pause(state))[0])
            await _to_the_film(rig, state)
            history = await rig.client.get_workflow_handle(rig.id).fetch_history()
            assert "WORKFLOW_TASK_FAILED" not in history.to_json()
            told = [event for event in await rig.events() if event.get("code") == "not-followed"]
            assert told == []
            done += 1
    assert done >= 4


def _pause(state: Any) -> Pause:
    """The pause behind a failed checkpoint, as far as offers depend on it."""
    stage = state.checkpoint.stage
    if state.direction is None:
        return Pause(stage=stage, reason="no", failed=Open())
    current = state.current_take(stage)
    recipe = current.recipe if current else first_recipe(state, stage)
    number = state.numbered.get(stage, 1)
    failed = Make(recipe=recipe, number=number, made_from=None)
    return Pause(stage=stage, reason="no", failed=failed)
