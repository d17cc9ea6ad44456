"""Failures in plain words: what a person is told when an activity has failed for good."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio.exceptions import ActivityError, ApplicationError, FailureError, TimeoutError

LOST = "worker-lost"
FAILED = "failed"


@dataclass(frozen=True)
class Failure:
    """A reason for people and a code for programs."""

    reason: str
    code: str


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
        return Failure(cause.message, cause.type or FAILED)
    return Failure(str(cause), FAILED)
