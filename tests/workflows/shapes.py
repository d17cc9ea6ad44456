"""The shapes a shoot can take, played on a rig: what the stored histories are recorded from.

``python -m pytest tests/workflows/record.py`` records those of this version, once: the sets of
earlier versions are the proof that running shoots survive an upgrade (see docs/upgrades.md).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from temporalio.client import WorkflowFailureError
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
from studio.shoot import Providers
from studio.stages import ShootStatus, Stage

Rig = Any
Shape = Callable[[Rig], Awaitable[None]]


async def autopilot(rig: Rig) -> None:
    """From brief to film without a question."""
    await rig.start(autopilot=True)
    await rig.client.get_workflow_handle(rig.id).result()


async def every_decision(rig: Rig) -> None:
    """Every decision, words and signals, then open for another cut."""
    rig.studio.replies["darker"] = Reply(
        words="Darker.", decisions=(Revise(stage=Stage.HERO, instruction="darker"),)
    )
    rig.studio.replies["well?"] = Reply(words="Well.")
    await rig.start()
    await rig.decide(Feedback(text="darker"))
    await rig.decide(Feedback(text="well?"))
    await rig.decide(UseTake(stage=Stage.HERO, take=1))
    await rig.decide(Approve())
    await rig.decide(Revise(stage=Stage.CONTACT_SHEET, background="studio-black"))
    state = await rig.shoots.state(rig.id)
    await rig.shoots.go_on(rig.id)
    await rig.waiting(state.checkpoint.id)
    await rig.decide(Modify(frames=(3,), instruction="open the jacket"))
    await rig.decide(Resize(aspect_ratio="9:16"))
    await rig.decide(Approve())
    await rig.decide(Regenerate(clips=(2,)))
    await rig.decide(SetEdit(loop=True, pace=1.5))
    await rig.decide(SetEdit(loop=False, easing="ease"))


async def failure_and_retry(rig: Rig) -> None:
    """A clip fails for good, is retried, and the shoot ends whole."""
    refused = {"clip-3"}

    async def refuse(job: Any) -> None:
        if job.item in refused:
            raise ApplicationError("refused", type="refused", non_retryable=True)

    rig.studio.before = refuse
    await rig.start()
    for _ in range(3):
        await rig.decide(Approve())
    refused.clear()
    await rig.decide(Retry())
    await rig.decide(Approve())


async def cancelled_at_work(rig: Rig) -> None:
    """A cancel while a script runs."""
    started = asyncio.Event()

    async def hold(job: Any) -> None:
        started.set()
        await asyncio.Event().wait()

    rig.studio.before = hold
    task = asyncio.create_task(rig.start())
    await started.wait()
    await rig.shoots.decide(rig.id, Cancel())
    await task


async def _reach(rig: Rig, stage: Stage, **options: object) -> None:
    state = await rig.start(**options)
    while state.checkpoint.stage is not stage:
        state = await rig.decide(Approve())


async def _finish(rig: Rig) -> None:
    """Approve to the film."""
    state = await rig.shoots.state(rig.id)
    while state.status is not ShootStatus.COMPLETE:
        state = await rig.decide(Approve())


async def resized_and_back(rig: Rig) -> None:
    """Another ratio, the original, and the first one again, which is at hand."""
    await _reach(rig, Stage.FRAMES)
    await rig.decide(Resize(aspect_ratio="9:16"))
    await rig.decide(Resize(aspect_ratio="original"))
    await rig.decide(Resize(aspect_ratio="9:16"))
    await rig.decide(Resize(aspect_ratio="1:1"))
    await rig.decide(Resize(aspect_ratio="9:16"))
    await _finish(rig)


async def modified_then_resized(rig: Rig) -> None:
    """Frames changed before and after a resize: only what is new is resized."""
    await _reach(rig, Stage.FRAMES, aspect_ratio="3:4")
    await rig.decide(Modify(frames=(1, 4), instruction="open the jacket"))
    await rig.decide(Resize(aspect_ratio="9:16"))
    await rig.decide(Modify(frames=(2,), instruction="hands in the pockets"))
    await rig.decide(Resize(aspect_ratio="3:4"))
    await _finish(rig)


async def regenerated_and_looped(rig: Rig) -> None:
    """Clips anew, with words and without; the loop on, off and on again."""
    await _reach(rig, Stage.CLIPS)
    await rig.decide(Regenerate(clips=(2,)))
    await rig.decide(Regenerate(clips=(3, 5), instruction="slower"))
    await rig.decide(SetEdit(loop=True))
    await rig.decide(SetEdit(loop=False))
    await rig.decide(SetEdit(loop=True, pace=0.8))
    await _finish(rig)
    await rig.decide(SetEdit(easing="ease"))


async def takes_back_and_forward(rig: Rig) -> None:
    """Earlier takes of each stage taken into use, and the later ones again."""
    await _reach(rig, Stage.HERO)
    await rig.decide(Revise(stage=Stage.HERO, instruction="darker"))
    await rig.decide(UseTake(stage=Stage.HERO, take=1))
    await rig.decide(UseTake(stage=Stage.HERO, take=2))
    await rig.decide(Approve())
    await rig.decide(Revise(stage=Stage.CONTACT_SHEET, pose="urban-lean"))
    await rig.decide(UseTake(stage=Stage.CONTACT_SHEET, take=1))
    await rig.decide(Approve())
    await rig.decide(Modify(frames=(6,), instruction="closer"))
    await rig.decide(UseTake(stage=Stage.FRAMES, take=1))
    await rig.decide(Approve())
    await rig.decide(UseTake(stage=Stage.FRAMES, take=2))
    await _finish(rig)
    await rig.decide(SetEdit(pace=2))
    await rig.decide(UseTake(stage=Stage.COMPLETE, take=1))


async def failed_everywhere(rig: Rig) -> None:
    """Every stage fails for good once and is retried; two clips fail, three are kept."""
    refused = {"hero", "contact-sheet", "frames", "resized", "clip-2", "clip-4", "film"}

    async def refuse(job: Any) -> None:
        if job.item in refused:
            raise ApplicationError("refused", type="refused", non_retryable=True)

    rig.studio.before = refuse
    state = await rig.start(aspect_ratio="9:16")
    while state.status is not ShootStatus.COMPLETE:
        if state.status is ShootStatus.PAUSED:
            refused -= {
                "hero": {"hero"},
                "contact-sheet": {"contact-sheet"},
                "frames": {"frames"} if "frames" in refused else {"resized"},
                "clips": {"clip-2", "clip-4"},
                "complete": {"film"},
            }[state.checkpoint.stage.value]
            state = await rig.decide(Retry())
        else:
            state = await rig.decide(Approve())


async def cancelled_waiting(rig: Rig) -> None:
    """A cancel by decision at an open checkpoint."""
    await _reach(rig, Stage.CONTACT_SHEET)
    await rig.decide(Cancel())


async def cancelled_by_temporal(rig: Rig) -> None:
    """Temporal's own cancel at an open checkpoint."""
    await _reach(rig, Stage.CONTACT_SHEET)
    handle = rig.client.get_workflow_handle(rig.id)
    await handle.cancel()
    with suppress(WorkflowFailureError):
        await handle.result()


async def live(rig: Rig) -> None:
    """Pictures and clips that are paid for, with nothing failing and no budget."""
    rig.studio.providers = Providers(images="fal", clips="kling", image_usd=0.04, clip_usd=0.35)
    await _reach(rig, Stage.FRAMES)
    await rig.decide(Modify(frames=(2,), instruction="closer"))
    await rig.decide(Resize(aspect_ratio="9:16"))
    await rig.decide(Approve())
    await rig.decide(Regenerate(clips=(1,)))
    await _finish(rig)


SHAPES: dict[str, Shape] = {
    "autopilot": autopilot,
    "every-decision": every_decision,
    "failure-and-retry": failure_and_retry,
    "cancelled-at-work": cancelled_at_work,
    "cancelled-waiting": cancelled_waiting,
    "cancelled-by-temporal": cancelled_by_temporal,
    "failed-everywhere": failed_everywhere,
    "live": live,
    "modified-then-resized": modified_then_resized,
    "regenerated-and-looped": regenerated_and_looped,
    "resized-and-back": resized_and_back,
    "takes-back-and-forward": takes_back_and_forward,
}
