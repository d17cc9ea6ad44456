"""Stopping: whether a shoot was told to end, by a decision or by Temporal's own cancel.

asyncio delivers a cancel once, into whatever is awaited then, and there it can be lost: to a wait
whose result had just come, or to an activity that is waited for until it has obeyed and completes
all the same. So it is asked for after every step and before any work begins, instead of trusting
the exception alone.
"""

from __future__ import annotations

import asyncio

from temporalio import workflow
from temporalio.exceptions import is_cancelled_exception


class Stop:
    """The one place that knows whether the shoot must end."""

    def __init__(self, decided: bool) -> None:
        self.decided = decided
        """A person's decision; it ends the shoot, and its workflow completes."""
        self._looks = 0

    @property
    def requested(self) -> bool:
        """Whether Temporal was asked to cancel the workflow."""
        return workflow.cancellation_reason() is not None

    def told(self) -> bool:
        """Whether to end now. Never called by a handler: it may leave a mark in the history."""
        if self.decided:
            return True
        if not self.requested:
            return False
        # Runs of before lost such a cancel and went on; their steps must replay as they were, and
        # the first look after that ends them. A name is remembered for the run: one for each look.
        self._looks += 1
        return workflow.patched(f"cancel-{self._looks}")

    def check(self) -> None:
        """Raise ``CancelledError`` where no more work may begin."""
        if self.told():
            raise asyncio.CancelledError

    def heard(self, error: BaseException) -> bool:
        """Whether ``error`` is the shoot's own end. An eviction from the cache is none, though it
        cancels every task, and neither is an activity that somebody else has cancelled."""
        return is_cancelled_exception(error) and (self.decided or self.requested)
