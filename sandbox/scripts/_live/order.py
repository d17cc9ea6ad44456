"""One order of one picture or clip, as the ledger hears of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from sandbox.scripts import _events
from sandbox.scripts._live import signals
from sandbox.scripts._live.failure import Failure
from sandbox.scripts._live.secrets import mask
from sandbox.scripts._outcomes import Code, Outcome

State = Literal["intent", "accepted", "settled", "failed", "unknown", "cancelled", "lost"]
GO_WITHIN = 60.0


class Ended(Failure):
    """An accepted job that will bring nothing any more: failed, refused or lost."""


@dataclass
class Order:
    """What is bought, from whom and under which key."""

    provider: str
    operation: str
    endpoint: str
    key: str
    go: Path | None = None
    remote_id: str | None = None
    _begun: float = field(default_factory=time.monotonic)
    _state: State | None = None

    def intend(self) -> None:
        """Say what is about to be bought, and wait for leave if leave was asked for.

        With ``go``, nothing is sent before that file exists: whoever reads our frames creates it
        once the intent is on record. Without leave in a minute the order is withdrawn.
        """
        self._begun = time.monotonic()
        self._say("intent")
        if self.go is None:
            return
        while not self.go.exists():
            if time.monotonic() - self._begun > GO_WITHIN:
                self.failed(f"no leave to order within {GO_WITHIN:.0f} s")
                raise Failure(
                    Outcome(Code.RETRY, f"{self.go.name} did not appear; nothing was ordered")
                )
            time.sleep(0.02)

    def accepted(self, remote_id: str, detail: str | None = None) -> None:
        """The provider has taken the order, now or in an earlier run, under ``remote_id``."""
        self.remote_id = remote_id
        self._say("accepted", detail)

    def settled(self, detail: str | None = None) -> None:
        """The job is done and charged."""
        self._say("settled", detail)

    def failed(self, detail: str) -> None:
        """Nothing is charged: not taken, or failed at the provider."""
        self._say("failed", detail)

    def lost(self, detail: str) -> None:
        """Made and charged, and its result cannot be had any more."""
        self._say("lost", detail)

    def unknown(self, detail: str) -> None:
        """It may have been taken, and nobody can tell."""
        self._say("unknown", detail)

    @contextmanager
    def followed(self, cancel: Callable[[str], tuple[bool, str]]) -> Iterator[None]:
        """Around ordering, waiting and fetching: keep the books whatever ends the block.

        Told to stop, ``cancel`` is called with the remote id if there is one; it returns whether
        the provider will stop it, and what came of that in words. An order that was not sent yet
        is withdrawn.
        """
        try:
            yield
        except (SystemExit, KeyboardInterrupt):
            with signals.held():
                if self.remote_id is not None:
                    stopped, words = cancel(self.remote_id)
                    self._say("cancelled" if stopped else "accepted", words)
                elif self._state == "intent":
                    self.failed("stopped before anything was sent")
            raise
        except Ended as end:
            if end.outcome.code is Code.LOST:
                self.lost(str(end))
            else:
                self.failed(str(end))
            raise
        self.settled()

    def _say(self, state: State, detail: str | None = None) -> None:
        self._state = state
        latency = None if state == "intent" else round(time.monotonic() - self._begun, 3)
        _events.submission(
            state,
            provider=self.provider,
            operation=self.operation,
            key=self.key,
            endpoint=self.endpoint,
            remote_id=self.remote_id,
            latency_seconds=latency,
            detail=mask(detail) if detail else None,
        )
