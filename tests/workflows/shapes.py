"""The shapes a shoot can take, played on a rig: what the stored histories are recorded from.

``python -m pytest tests/workflows/record.py`` records them anew. Do that only for a new shape, or
when a change was made under ``workflow.patched``: the old files are the proof that running shoots
survive an upgrade.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

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
from studio.stages import Stage

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


SHAPES: dict[str, Shape] = {
    "autopilot": autopilot,
    "every-decision": every_decision,
    "failure-and-retry": failure_and_retry,
    "cancelled-at-work": cancelled_at_work,
}
