"""Being told to stop, without losing hold of what was just bought."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def held() -> Iterator[list[int]]:
    """Let TERM and INT wait until the block has ended, then raise ``SystemExit`` for them.

    Yields the list of those that came so far, for a block that could cut itself short. Around an
    order: between its sending and the record of its remote id a script must not stop,
    or nobody could cancel or fetch what was bought.
    """
    came: list[int] = []

    def remember(signum: int, frame: FrameType | None) -> None:
        came.append(signum)

    before = {stop: signal.signal(stop, remember) for stop in STOPS}
    try:
        yield came
    finally:
        for stop, handler in before.items():
            signal.signal(stop, handler)
    if came:
        raise SystemExit(128 + came[0])


class TimeUp(BaseException):
    """A block took too long. No ``Exception``, so that no library's fallback swallows it."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise :class:`TimeUp` in the main thread if the block takes longer than ``seconds``.

    For libraries whose own timeouts do not bound the whole of what they do.
    """

    def up(signum: int, frame: FrameType | None) -> None:
        raise TimeUp

    before = signal.signal(signal.SIGALRM, up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
