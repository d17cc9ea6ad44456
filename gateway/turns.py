"""Turns of the session API: what words do, by the state of the shoot they are said to.

Words start a shoot that is not there, answer one that waits, re-open one that is over, and attach
to one that works. A plain approval is recognised by the house director's rules, so that it costs no
model call and works without one; everything else is for the shoot's own director.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from gateway.context import Call
from gateway.problems import Problem, rejected
from gateway.sessionwire import TurnRequest
from gateway.shoots import OVER, begin, new_id
from studio.decisions import Approve, Decision, Feedback, Retry
from studio.director.house.interpret import interpret
from studio.director.interface import Situation
from studio.shoot import Brief, ShootOptions, ShootState
from studio.stages import ORDER, ShootStatus, Stage
from workflows import contract
from workflows.client import NoSuchShootError, RejectedError, resting_step
from workflows.failures import is_money
from workflows.steps import Pause

_TRIES = 20
_PAUSE_SECONDS = 0.1
_LONGEST_APPROVAL = 80


@dataclass(frozen=True)
class Turn:
    """A turn under way: its events begin at ``due``, or behind the last checkpoint by ``head``."""

    shoot_id: str
    due: int | None
    note: str = ""
    """What the person should know first."""
    resting: bool = False
    """There is nothing to wait for: the shoot shows what it has, and rests."""
    head: int = 0
    """Where the shoot was when it was seen at work; it may have reached a checkpoint since."""


def attached(state: ShootState, note: str = "") -> Turn:
    """The turn that ``state`` shows under way."""
    return Turn(state.id, None, note, head=state.offset)


async def open_turn(call: Call, wanted: TurnRequest) -> Turn:
    """Start, continue or attach."""
    shoot_id = wanted.session_id or new_id(wanted.prompt)
    paths = wanted.input_images or ()
    try:
        state = await call.gateway.state(call.person, shoot_id)
    except NoSuchShootError:
        await _start(call, shoot_id, wanted)
        return Turn(shoot_id, due=0)
    known = {reference.key for reference in state.brief.references}
    new = [path for path in paths if path.removeprefix("/") not in known]
    note = "New photos cannot join a shoot under way: start another one for them." if new else ""
    if wanted.prompt == state.brief.prompt and waits(state):
        return _started_again(state, note)
    return await continue_turn(call, state, wanted.prompt, note)


def _started_again(state: ShootState, note: str) -> Turn:
    """A start that is repeated, word by word, is no feedback: its answer had been lost."""
    if state.checkpoint is not None and state.checkpoints == 1:
        return Turn(state.id, 0, note)
    return Turn(state.id, state.offset, note, resting=True)


async def continue_turn(call: Call, state: ShootState, words: str, note: str = "") -> Turn:
    """Answer a shoot that waits or is over; attach to one that works."""
    for _ in range(_TRIES):
        if not waits(state):
            return attached(state, note)
        decision = answer(state, words, call.person.owner or "studio")
        if state.status is ShootStatus.COMPLETE and isinstance(decision, Approve):
            return Turn(state.id, state.offset, note, resting=True)
        try:
            await call.gateway.shoots.decide(state.id, decision)
        except RejectedError as error:
            if error.code == contract.NOT_APPLICABLE:
                raise rejected(error) from None
            await asyncio.sleep(_PAUSE_SECONDS)
            state = await call.gateway.shoots.state(state.id)
        else:
            return Turn(state.id, state.offset, note)
    raise Problem(409, "the shoot is just ending: say it again in a moment", "not-waiting")


def answer(state: ShootState, words: str, by: str) -> Decision:
    """The decision that ``words`` are: approval (of a failure: a retry) or feedback.

    A price is agreed to by a retry that is asked for as one, never by a "continue".
    """
    checkpoint = state.checkpoint
    about = {"checkpoint_id": checkpoint.id if checkpoint else None, "by": by}
    failed = checkpoint is not None and checkpoint.status == "failed"
    dear = failed and checkpoint is not None and is_money(checkpoint.code)
    if not dear and _is_approval(state, words):
        return Retry(**about) if failed else Approve(**about)
    return Feedback(text=words, **about)


def waits(state: ShootState) -> bool:
    """Whether words are taken now: at a checkpoint, or where the shoot is over."""
    return state.checkpoint is not None or state.status in OVER


def _is_approval(state: ShootState, words: str) -> bool:
    """Whether the words approve and do nothing else. A failure is left out of the question."""
    if len(words) > _LONGEST_APPROVAL:
        return False
    return [one.type for one in interpret(words, situation(state)).decisions] == ["approve"]


def situation(state: ShootState, *, failed: bool = False) -> Situation:
    """Where the shoot stands, for words said now."""
    step = resting_step(state)
    resting = step.stage if isinstance(step, Pause) else Stage.HERO
    clips = state.current_take(Stage.CLIPS)
    direction = state.direction
    return Situation(
        stage=state.checkpoint.stage if state.checkpoint else resting,
        failed=failed,
        takes={stage: len(state.takes_of(stage)) for stage in ORDER if state.takes_of(stage)},
        current=state.current,
        clips=len(clips.artifacts) if clips else 0,
        edit=state.edit,
        aspect_ratio=state.aspect_ratio,
        pose=direction.pose if direction else None,
        background=direction.background if direction else None,
    )


async def _start(call: Call, shoot_id: str, wanted: TurnRequest) -> None:
    photos = call.gateway.photos
    paths = wanted.input_images or ()
    brief = Brief(
        prompt=wanted.prompt,
        references=tuple([await photos.reference(call.person, path) for path in paths]),
        options=wanted.options or ShootOptions(),
    )
    await begin(call.gateway, call.person, shoot_id, brief)
