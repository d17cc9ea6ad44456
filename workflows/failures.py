"""Failures in plain words: what a person is told when an activity has failed for good."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio.exceptions import ActivityError, ApplicationError, FailureError, TimeoutError

LOST = "worker-lost"
FAILED = "failed"
BUDGET = "over-budget"


def over_budget(spending: float, allowance: float) -> ApplicationError:
    """The next work would bring the shoot to ``spending``, more than may be spent (US dollars)."""
    return ApplicationError(
        f"it would bring this shoot to ${spending:.2f}, and its budget is ${allowance:.2f}. "
        "Retry to agree to that sum",
        spending,
        type=BUDGET,
        non_retryable=True,
    )


@dataclass(frozen=True)
class Failure:
    """A reason for people, a code for programs, and the sum where money is the matter."""

    reason: str
    code: str
    spending: float | None = None


def of(error: BaseException) -> Failure | None:
    """The failure behind ``error``, or ``None`` where it is no activity's failure but a defect."""
    if not isinstance(error, FailureError):
        return None
    cause = error.cause if isinstance(error, ActivityError) and error.cause else error
    if isinstance(cause, TimeoutError):
        return Failure(
            "no worker finished it in the time it may take, or the workers were lost", LOST
        )
    if isinstance(cause, ApplicationError):
        spending = float(cause.details[0]) if cause.type == BUDGET else None
        return Failure(cause.message, cause.type or FAILED, spending)
    return Failure(str(cause), FAILED)
