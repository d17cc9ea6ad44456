"""Failures in plain words: what a person is told when an activity has failed for good."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from temporalio.exceptions import (
    ActivityError,
    ApplicationError,
    FailureError,
    TemporalError,
    TimeoutError,
)

from studio.budget import Question
from studio.takes import Artifact

LOST = "worker-lost"
FAILED = "failed"
DEFECT = "defect"
BUDGET = "over-budget"
NO_PRICE = "no-price"
MAX_REASON = 1_000
"""Characters of a reason."""
_FAILED_TASK = "failed-task"
_PROMISE = re.compile(r"[;,] it is (?:tried|picked up) again(?: in \d+ s)?")
"""What a provider's message says while it is tried again; at the end nobody tries any more."""


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
    missing: tuple[str, ...] = ()
    """The items that failed, where several were made at once."""
    refused: tuple[str, ...] = ()
    """Those of them that failed by what was asked for."""
    landed: tuple[str, ...] = ()
    """The names of the artifacts that came out well beside them."""

    @property
    def asks_to_spend(self) -> bool:
        """Whether a person must agree first to what would be bought."""
        return is_money(self.code)

    @property
    def by_words(self) -> bool:
        """Whether what was asked for may be the reason: other words may do what these did not."""
        return self.code.startswith("refused") or self.code == _FAILED_TASK


class PartlyMadeError(Exception):
    """Of several things made at once some failed, by item; the others came out well."""

    def __init__(self, failed: Mapping[str, FailureError], made: tuple[Artifact, ...]) -> None:
        super().__init__(", ".join(failed))
        self.failed = failed
        self.made = made


def is_money(code: str | None) -> bool:
    """Whether a failure's code asks a person for leave to spend."""
    return code in (BUDGET, NO_PRICE)


def failure_of(error: BaseException) -> Failure | None:
    """The failure behind ``error``, or ``None`` where it must pass.

    What is no activity's failure is a defect of ours: it is told like one, and does not stop the
    workflow's task. Only what the SDK raises for itself passes: evictions, continue-as-new,
    nondeterminism, calls outside of its loop.
    """
    if isinstance(error, PartlyMadeError):
        return _several(error)
    if not isinstance(error, FailureError):
        ours = isinstance(error, Exception) and not isinstance(error, TemporalError)
        return defect(error) if ours else None
    cause = error.cause if isinstance(error, ActivityError) and error.cause else error
    if isinstance(cause, TimeoutError):
        return Failure(
            "no worker finished it in the time it may take, or the workers were lost", LOST
        )
    if isinstance(cause, ApplicationError):
        message = _PROMISE.sub("", cause.message)
        return Failure(shortened(message), cause.type or FAILED, *_money(cause))
    return Failure(shortened(str(cause)), FAILED)


def shortened(text: str) -> str:
    """A reason that people can read and a payload can carry; its end is kept, where causes stand.

    Providers and libraries quote what they were sent, which may be all that was ever said.
    """
    if len(text) <= MAX_REASON:
        return text
    return f"{text[: MAX_REASON // 2]} … {text[-MAX_REASON // 2 :]}"


def defect(error: BaseException) -> Failure:
    """A defect of ours, in words for the person it stops."""
    return Failure(
        f"a defect of the studio ({type(error).__name__}: {str(error)[:300]}). Retry takes the "
        "step again, once it is mended; what was made is kept",
        DEFECT,
    )


def _several(error: PartlyMadeError) -> Failure:
    """What failed, by name, the same reason told once; the code is that of the first."""
    found = {item: failure_of(one) or defect(one) for item, one in error.failed.items()}
    by_reason: dict[str, list[str]] = {}
    for item, one in found.items():
        by_reason.setdefault(one.reason, []).append(item)
    return Failure(
        "; ".join(f"{named(items)}: {reason}" for reason, items in by_reason.items()),
        next(iter(found.values())).code,
        missing=tuple(found),
        refused=tuple(item for item, one in found.items() if one.by_words),
        landed=tuple(artifact.name for artifact in error.made),
    )


def named(items: list[str]) -> str:
    """``clip-2`` and ``clip-4`` as ``clips 2 and 4``."""
    kind = items[0].rpartition("-")[0]
    numbers = [item.rpartition("-")[2] for item in items]
    if len(numbers) == 1:
        return f"{kind} {numbers[0]}"
    return f"{kind}s {', '.join(numbers[:-1])} and {numbers[-1]}"


def _money(cause: ApplicationError) -> tuple[float | None, tuple[str, ...]]:
    """The sum or the orders that a person must agree to."""
    if cause.type not in (BUDGET, NO_PRICE) or not cause.details:
        return None, ()
    asked = cause.details[0]
    return (float(asked), ()) if isinstance(asked, int | float) else (None, tuple(asked))
