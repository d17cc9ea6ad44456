"""How long to wait for a job, how often to ask, and how many stumbles to forgive."""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.scripts._command import ScriptError
from sandbox.scripts._live.failure import Failure
from sandbox.scripts._outcomes import Code, Outcome

GROWTH = 1.3
JITTER = 0.2


@dataclass(frozen=True)
class Pace:
    """How a script waits; all in seconds.

    ``first`` and ``longest`` pause between questions, the longest trouble to sit out, the
    longest wait in all, from when the pace was made, and the longest single exchange.
    """

    first: float
    longest: float
    patience: float
    deadline: float
    timeout: float
    begun: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> float:
        """Seconds until the deadline; negative when it has passed."""
        return self.begun + self.deadline - time.monotonic()


def options(arguments: argparse.ArgumentParser, usual: Pace) -> None:
    """Add the options that set a :class:`Pace`; ``usual`` gives the defaults."""
    group = arguments.add_argument_group("pace, in seconds")
    for name, default, meaning in (
        ("poll", usual.first, "first pause between two questions to the provider"),
        ("poll-longest", usual.longest, "longest pause that it grows to"),
        ("patience", usual.patience, "sit out trouble at the provider for so long"),
        ("deadline", usual.deadline, "end after so long in all; the job can be resumed"),
        ("timeout", usual.timeout, "longest single exchange with the provider"),
    ):
        group.add_argument(f"--{name}", type=float, default=default, metavar="S", help=meaning)


def pace(given: argparse.Namespace) -> Pace:
    """The pace that was given on the command line; refuses what is not a positive number."""
    chosen = Pace(given.poll, given.poll_longest, given.patience, given.deadline, given.timeout)
    for name in ("poll", "poll_longest", "patience", "deadline", "timeout"):
        seconds = getattr(given, name)
        if not (math.isfinite(seconds) and seconds > 0):
            flag = name.replace("_", "-")
            raise ScriptError(f"--{flag} {seconds}: needs a number of seconds above 0", "usage")
    return chosen


class Cadence:
    """Pauses between questions: growing, jittered, longer when the provider asks for it.

    Iterate it and ask once per round. Call :meth:`stumbled` when asking failed and
    :meth:`recovered` when it did not. Ends itself, by :class:`Failure` with ``RESUME``, when the
    deadline has passed: the job goes on at the provider and can be picked up by its id.
    """

    def __init__(self, pace: Pace, what: str, *, resumable: bool = True) -> None:
        self._pace = pace
        self._what = what
        self._code = Code.RESUME if resumable else Code.RETRY
        self._begun = time.monotonic()
        self._trouble: float | None = None
        self._pause = pace.first
        self._at_least = 0.0

    @property
    def elapsed(self) -> float:
        """Seconds since the first question."""
        return time.monotonic() - self._begun

    def __iter__(self) -> Iterator[None]:
        while True:
            yield
            if self._pace.left <= 0:
                raise Failure(
                    Outcome(
                        self._code,
                        f"{self._what} is not ready after {self.elapsed:.0f} s; "
                        "it is picked up again",
                    )
                )
            time.sleep(max(self._next(), self._at_least))
            self._at_least = 0.0

    def _next(self) -> float:
        pause, self._pause = self._pause, min(self._pause * GROWTH, self._pace.longest)
        return pause * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311

    def stumbled(self, failure: Failure) -> None:
        """Forgive a failed question, or raise: at once if trying again is not for the machine to
        decide, else when the trouble has lasted longer than the patience."""
        outcome = failure.outcome
        if not outcome.retryable:
            raise failure
        now = time.monotonic()
        self._trouble = self._trouble or now
        if now - self._trouble > self._pace.patience:
            raise Failure(Outcome(self._code, outcome.message, None)) from failure
        self._at_least = min(outcome.retry_after or 0.0, max(self._pace.left, 0.0))

    def recovered(self) -> None:
        """The provider answers again."""
        self._trouble = None
