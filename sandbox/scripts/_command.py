"""How every script begins and ends: arguments in, one-line errors and an exit status out."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from types import FrameType
from typing import NoReturn

from sandbox.scripts import _events

BAD_INPUT = 2
FAILED = 1


class ScriptError(Exception):
    """Something a person can act on: the message names value, rule and remedy on one line.

    ``code`` is the machine's word for it; ``bad-input`` ends the script with status 2, any other
    with status 1. ``retry_after`` is in seconds: the same call cannot succeed sooner.
    """

    def __init__(
        self,
        message: str,
        code: str = "bad-input",
        *,
        retryable: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(" ".join(message.split()))
        self.code = code
        self.retryable = retryable
        self.retry_after = retry_after


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise ScriptError(f"{message} (see {self.prog} --help)", "usage")


def parser(name: str, description: str) -> argparse.ArgumentParser:
    """An argument parser whose errors are one line, for the script called ``name``."""
    return _Parser(
        prog=f"python -m sandbox.scripts.{name}",
        description=description,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )


def run(
    name: str,
    arguments: argparse.ArgumentParser,
    work: Callable[[argparse.Namespace], None],
    argv: Sequence[str] | None = None,
) -> int:
    """Parse, work, and turn every outcome into an exit status.

    TERM is raised as ``SystemExit`` inside ``work``, so that its context managers remove what is
    half-written. Returns 0 when done, 2 for bad input or usage, 1 for any other failure.
    """
    signal.signal(signal.SIGTERM, _terminate)
    try:
        work(arguments.parse_args(argv))
    except ScriptError as failure:
        _events.error(
            str(failure),
            failure.code,
            retryable=failure.retryable,
            retry_after=failure.retry_after,
        )
        sys.stderr.write(f"{name}: {failure}\n")
        return BAD_INPUT if failure.code in ("bad-input", "usage") else FAILED
    return 0


def _terminate(signum: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + signum)
