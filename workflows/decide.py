"""Decisions at a pause: which are offered, whether one fits, and what follows from it.

All three are read from the same :mod:`workflows.rules`. Pure functions from a state and a decision
to a state and a step, so that the rules can be read and tested without a workflow.
"""

from __future__ import annotations

from studio.decisions import Decision
from studio.shoot import ShootState
from workflows.onward import NotApplicableError, advance, use_take
from workflows.rules import BY_TYPE, asked_slots
from workflows.steps import Pause, Step

__all__ = [
    "NotApplicableError",
    "advance",
    "asked_slots",
    "check",
    "follow",
    "offers",
    "use_take",
]


def offers(state: ShootState, pause: Pause) -> tuple[Decision, ...]:
    """One decision for each way to answer ``pause``; words in them stand for any words."""
    return tuple(
        choice
        for rule in BY_TYPE.values()
        for choice in rule.choices(state, pause)
        if rule.objection(state, pause, choice) is None
    )


def check(state: ShootState, pause: Pause, decision: Decision) -> None:
    """Raise :class:`NotApplicableError` where ``decision`` cannot follow at ``pause``."""
    reason = BY_TYPE[type(decision)].objection(state, pause, decision)
    if reason is not None:
        raise NotApplicableError(reason)


def follow(
    state: ShootState, pause: Pause, decision: Decision, *, more: bool = False
) -> tuple[ShootState, Step]:
    """What the shoot becomes and does after ``decision``, which :func:`check` has let pass.

    ``more`` says that other decisions of the same message follow: then nothing runs ahead.
    """
    return BY_TYPE[type(decision)].follow(state, pause, decision, more)
