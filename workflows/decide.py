"""Decisions at a pause: which are offered, whether one fits, and what follows from it.

All three are read from the same :mod:`workflows.rules`. Pure functions from a state and a decision
to a state and a step, so that the rules can be read and tested without a workflow.
"""

from __future__ import annotations

from studio.decisions import Decision, Modify, Regenerate, Resize, Revise
from studio.shoot import ShootState
from workflows.onward import NotApplicableError, advance, use_take
from workflows.rules import BY_TYPE, asked_slots
from workflows.steps import Pause, Step

__all__ = [
    "MAX_STATE",
    "NotApplicableError",
    "advance",
    "asked_slots",
    "check",
    "follow",
    "full",
    "offers",
    "use_take",
]


_GROWING = (Modify, Regenerate, Resize, Revise)
MAX_STATE = 1_400_000
"""Bytes of a state that may still grow. Temporal carries 2 MB, and beside the state a run hands
over words that wait and a step under way."""


def full(state: ShootState) -> bool:
    """Whether a shoot is so large that it can only be finished."""
    return len(state.model_dump_json().encode()) > MAX_STATE


def offers(state: ShootState, pause: Pause) -> tuple[Decision, ...]:
    """One decision for each way to answer ``pause``; words in them stand for any words."""
    ended = full(state)
    return tuple(
        choice
        for rule in BY_TYPE.values()
        for choice in rule.choices(state, pause)
        if _objection(state, pause, choice, ended) is None
    )


def check(state: ShootState, pause: Pause, decision: Decision) -> None:
    """Raise :class:`NotApplicableError` where ``decision`` cannot follow at ``pause``."""
    ended = isinstance(decision, _GROWING) and full(state)
    reason = _objection(state, pause, decision, ended)
    if reason is not None:
        raise NotApplicableError(reason)


def _objection(state: ShootState, pause: Pause, decision: Decision, ended: bool) -> str | None:
    """What speaks against a decision; ``ended`` says that the shoot can only be finished."""
    if ended and isinstance(decision, _GROWING):
        return (
            f"this shoot holds {len(state.takes)} takes and is as large as a shoot can be: go on "
            "with what it has, or start another with its pictures as references"
        )
    return BY_TYPE[type(decision)].objection(state, pause, decision)


def follow(
    state: ShootState, pause: Pause, decision: Decision, *, more: bool = False
) -> tuple[ShootState, Step]:
    """What the shoot becomes and does after ``decision``, which :func:`check` has let pass.

    ``more`` says that other decisions of the same message follow: then nothing runs ahead.
    """
    return BY_TYPE[type(decision)].follow(state, pause, decision, more)
