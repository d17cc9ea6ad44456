"""``shoot continue``: approve, try again or tell the director, and hear what comes of it."""

from __future__ import annotations

from rich.console import Console

from studio import events
from studio.decisions import Approve, Decision, Feedback, Retry
from studio.shoot import ShootState
from studio.stages import ShootStatus
from workflows import contract
from workflows.client import RejectedError, Shoots
from workflows.failures import is_money
from workflows.reading import StreamReader

FOLLOWED, NOT_FOLLOWED = 0, 3


async def go_on(shoots: Shoots, shoot_id: str, text: str | None, console: Console) -> int:
    """Answer the shoot and return the exit status: 3 where nothing is done about it, with why.

    Words are waited for until the director has answered; those that come while nothing waits are
    kept for the next checkpoint. Raises ``NoSuchShootError``.
    """
    words = text.strip() if text is not None else None
    state = await shoots.state(shoot_id)
    working = state.checkpoint is None and state.status is ShootStatus.RUNNING
    if working and words:
        await shoots.go_on(shoot_id, words)
        console.print("The shoot is at work: this is kept for its next checkpoint.")
        return FOLLOWED
    decision = _meant(state, words)
    if isinstance(decision, str):
        console.print(decision)
        return NOT_FOLLOWED
    try:
        await shoots.decide(shoot_id, decision)
    except RejectedError as error:
        if error.code == contract.NOT_WAITING and words:
            await shoots.go_on(shoot_id, words)
            console.print("The shoot is at work: this is kept for its next checkpoint.")
            return FOLLOWED
        console.print(f"Not done: {error}.")
        return NOT_FOLLOWED
    return await _heard(shoots, state, console) if words else FOLLOWED


def _meant(state: ShootState, words: str | None) -> Decision | str:
    """The decision, or why there is none."""
    checkpoint = state.checkpoint
    about = checkpoint.id if checkpoint else None
    if words is not None:
        if words:
            return Feedback(text=words, by="terminal", checkpoint_id=about)
        return "Not done: a blank text says nothing. Leave it out to approve."
    if checkpoint is None:
        over = state.status in (ShootStatus.COMPLETE, ShootStatus.CANCELLED)
        return f"Not done: the shoot {'is over' if over else 'is at work, nothing waits'}."
    if checkpoint.status != "failed":
        return Approve(by="terminal", checkpoint_id=about)
    if is_money(checkpoint.code):
        return (
            f"Not done: {checkpoint.message} "
            f"To agree, return to the shoot: shoot run --id {state.id}"
        )
    return Retry(by="terminal", checkpoint_id=about)


async def _heard(shoots: Shoots, before: ShootState, console: Console) -> int:
    """Show what the director answers, until work begins on it or the shoot waits again."""
    reader = StreamReader(shoots.client, shoots.records, before.id)
    async for recorded in reader.events(before.offset):
        event = events.EVENT.validate_json(recorded.event)
        match event:
            case events.AssistantMessage(message_type="response", text=text) if text:
                console.print(text, markup=False)
            case events.Status(code="not-followed", message=message):
                console.print(message, markup=False)
                return NOT_FOLLOWED
            case events.System(run_id=run) if not run.startswith("turn-"):
                return FOLLOWED
            case events.CheckpointOpened() | events.Complete():
                return FOLLOWED
            case _:
                pass
    return FOLLOWED
