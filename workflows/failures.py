"""Failures in plain words: what a person is told when an activity has failed for good."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio.exceptions import ActivityError, ApplicationError, FailureError, TimeoutError

from studio.budget import Question

LOST = "worker-lost"
FAILED = "failed"
BUDGET = "over-budget"
NO_PRICE = "no-price"
MAX_REASON = 1_000
"""Characters of a reason."""


def over_budget(asked: Question, budget: float) -> ApplicationError:
    """The next orders go beyond the budget, or nobody knows their price: a person must agree."""
    count = len(asked.keys)
    these = "this order" if count == 1 else f"these {count} orders"
    if asked.unpriced:
        return ApplicationError(
            f"no price is known for {these}, so the budget of ${budget:.2f} cannot count "
            f"{'it' if count == 1 else 'them'}. Retry to buy all the same, or have the worker set "
            "to a model whose price is known",
            asked.keys,
            type=NO_PRICE,
            non_retryable=True,
        )
    return ApplicationError(
        f"${asked.cost:.2f} more would bring this shoot to ${asked.spending:.2f}, and its budget "
        f"is ${budget:.2f}. Retry to agree to {these} and no more",
        asked.keys,
        type=BUDGET,
        non_retryable=True,
    )


def over_allowance(spending: float, allowance: float) -> ApplicationError:
    """The rule of shoots that were begun before orders were counted by their keys."""
    return ApplicationError(
        f"it would bring this shoot to ${spending:.2f}, and its budget is ${allowance:.2f}. "
        "Retry to agree to that sum",
        spending,
        type=BUDGET,
        non_retryable=True,
    )


@dataclass(frozen=True)
class Failure:
    """A reason for people, a code for programs, and the orders where money is the matter.

    ``spending`` is the sum instead, in shoots that were begun before orders were counted by key.
    """

    reason: str
    code: str
    spending: float | None = None
    orders: tuple[str, ...] = ()


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
        return Failure(shortened(cause.message), cause.type or FAILED, *_money(cause))
    return Failure(shortened(str(cause)), FAILED)


def shortened(text: str) -> str:
    """A reason that people can read and a payload can carry; its end is kept, where causes stand.

    Providers and libraries quote what they were sent, which may be all that was ever said.
    """
    if len(text) <= MAX_REASON:
        return text
    return f"{text[: MAX_REASON // 2]} … {text[-MAX_REASON // 2 :]}"


def _money(cause: ApplicationError) -> tuple[float | None, tuple[str, ...]]:
    """The sum or the orders that a person must agree to."""
    if cause.type not in (BUDGET, NO_PRICE) or not cause.details:
        return None, ()
    asked = cause.details[0]
    return (float(asked), ()) if isinstance(asked, int | float) else (None, tuple(asked))
