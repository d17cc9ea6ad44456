"""Failures in plain words: what a person is told when an activity has failed for good."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio.exceptions import ActivityError, ApplicationError, FailureError, TimeoutError

LOST = "worker-lost"
FAILED = "failed"
BUDGET = "over-budget"


class OverBudgetError(Exception):
    """The next work would cost more than may be spent. ``spending`` is the sum, in US dollars."""

    def __init__(self, spending: float, allowance: float) -> None:
        super().__init__(
            f"it would bring this shoot to ${spending:.2f}, and its budget is ${allowance:.2f}. "
            "Retry to agree to that sum"
        )
        self.spending = spending


@dataclass(frozen=True)
class Failure:
    """A reason for people, a code for programs, and the sum where money is the matter."""

    reason: str
    code: str
    spending: float | None = None


def of(error: BaseException) -> Failure | None:
    """The failure behind ``error``, or ``None`` where it is no activity's failure but a defect."""
    if isinstance(error, OverBudgetError):
        return Failure(str(error), BUDGET, error.spending)
    if not isinstance(error, FailureError):
        return None
    cause = error.cause if isinstance(error, ActivityError) and error.cause else error
    if isinstance(cause, TimeoutError):
        return Failure(
            "no worker finished it in the time it may take, or the workers were lost", LOST
        )
    if isinstance(cause, ApplicationError):
        return Failure(cause.message, cause.type or FAILED)
    return Failure(str(cause), FAILED)
