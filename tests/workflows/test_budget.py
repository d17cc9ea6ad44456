"""A shoot's budget: each order counts once, and a person agrees to the orders at hand."""

from __future__ import annotations

import pytest
from temporalio.exceptions import ApplicationError

from studio.decisions import Approve, Cancel, Feedback, Retry
from studio.director.interface import Reply
from studio.ledger import LedgerEntry
from studio.shoot import Providers
from studio.stages import ShootStatus, Stage
from tests.workflows.conftest import Rig
from workflows.shoot import Shoot
from workflows.tasks import Job

PICTURE, CLIP = 0.15, 0.35


@pytest.fixture
def paid(rig: Rig) -> Rig:
    """A shoot whose pictures and clips cost something, each on the ledger as it is made."""
    rig.studio.providers = Providers(image_usd=PICTURE, clip_usd=CLIP)

    async def buy(job: Job) -> None:
        if job.stage in (Stage.HERO, Stage.CONTACT_SHEET, Stage.CLIPS):
            await book(rig, job, "settled")

    rig.studio.before = buy
    return rig


async def book(rig: Rig, job: Job, state: str, price: float = PICTURE) -> None:
    """Put the job's order on the ledger."""
    given = {"id": job.order, "at": "2026-11-28T12:00:00Z", "provider": "fal", "state": state}
    more = {"operation": "image", "purpose": job.item, "remoteId": "r", "estimateUsd": price}
    entry = LedgerEntry.model_validate({**given, **more})
    await rig.client.get_workflow_handle_for(Shoot.run, rig.id).signal(Shoot.book, entry)


async def test_a_running_order_is_not_counted_again(paid: Rig) -> None:
    """Retry after trouble in polling, with a budget that has room for one picture: it goes on."""
    tries = 0

    async def poll(job: Job) -> None:
        nonlocal tries
        tries += 1
        await book(paid, job, "accepted" if tries == 1 else "settled")
        if tries == 1:
            raise ApplicationError("the key was revoked", type="bad-key", non_retryable=True)

    paid.studio.before = poll
    state = await paid.start(budget=PICTURE + 0.01)
    assert state.checkpoint is not None and state.checkpoint.code == "bad-key"
    state = await paid.decide(Retry())
    assert state.checkpoint is not None and state.checkpoint.code is None
    assert [entry.state for entry in state.ledger] == ["settled"]


async def test_agreement_holds_for_the_orders_at_hand(paid: Rig) -> None:
    """A turn between question and answer does not bring the question back; the next order does."""
    state = await paid.start(budget=0.1)
    assert state.checkpoint is not None and state.checkpoint.code == "over-budget"
    assert "$0.15 more" in state.checkpoint.message
    turn = {"id": f"{paid.id}.turn-1.1.1", "at": "2026-11-28T12:00:00Z", "provider": "anthropic"}
    more = {"operation": "m", "purpose": "direction", "state": "settled", "estimateUsd": 0.01}
    handle = paid.client.get_workflow_handle_for(Shoot.run, paid.id)
    await handle.signal(Shoot.book, LedgerEntry.model_validate({**turn, **more}))
    state = await paid.decide(Retry())
    assert state.checkpoint is not None and state.checkpoint.code is None
    state = await paid.decide(Approve())
    assert state.checkpoint is not None and state.checkpoint.code == "over-budget"
    assert state.checkpoint.stage is Stage.CONTACT_SHEET
    state = await paid.decide(Cancel())
    assert state.status is ShootStatus.CANCELLED


async def test_without_a_price_nothing_is_bought_unasked(paid: Rig) -> None:
    """Clips whose price nobody knows wait for a person's yes, and are made after it."""
    paid.studio.providers = Providers(image_usd=0.0, clip_usd=None)
    state = await paid.start(budget=0.4, autopilot=True)
    assert state.checkpoint is not None
    assert (state.checkpoint.code, state.checkpoint.stage) == ("no-price", Stage.CLIPS)
    assert not any(item.startswith("clips") for item in paid.studio.items())
    state = await paid.decide(Retry())
    assert state.status is ShootStatus.COMPLETE


async def test_the_directors_turns_count(paid: Rig) -> None:
    """The first turn waits for a yes; later words are heard for free, so that nothing is stuck."""
    paid.studio.providers = Providers(direction="claude", image_usd=0.0, turn_usd=0.04)
    paid.studio.replies["hello"] = Reply(words="Good day.")
    state = await paid.start(budget=0.03)
    assert state.checkpoint is not None and state.checkpoint.code == "over-budget"
    state = await paid.decide(Retry())
    assert state.checkpoint is not None and state.checkpoint.code is None
    state = await paid.decide(Feedback(text="hello"))
    assert state.transcript[-1].text == "Good day."
    told = [str(event.get("message", "")) for event in await paid.events()]
    assert any("The house director hears this, for free" in words for words in told)


async def test_after_a_cancel_it_is_said_what_is_still_charged(paid: Rig) -> None:
    """Clips that Kling has taken are made all the same: named, with the sum."""

    async def order(job: Job) -> None:
        await book(paid, job, "accepted" if job.stage is Stage.CLIPS else "settled")
        if job.stage is Stage.CLIPS:
            raise ApplicationError("the key was revoked", type="bad-key", non_retryable=True)

    paid.studio.before = order
    state = await paid.start(autopilot=True)
    assert state.checkpoint is not None and state.checkpoint.stage is Stage.CLIPS
    await paid.decide(Cancel())
    told = [str(event.get("message", "")) for event in await paid.events()]
    [said] = [words for words in told if words.startswith("Still charged after the cancel")]
    assert all(f"clip-{number} at fal" in said for number in range(1, 6))
    assert "($0.75)" in said
