"""How every script begins and ends: arguments in, one-line errors and an exit status out."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from sandbox.scripts import _events

BAD_INPUT = 2
FAILED = 1
INTERRUPTED = 128 + signal.SIGINT

REASONS = {
    errno.ENOSPC: "the disk is full: free some space",
    errno.EDQUOT: "the disk quota is used up: free some space",
    errno.EROFS: "lies on a read-only disk: name another place",
    errno.EACCES: "may not be opened: change its permissions, or name another place",
    errno.EPERM: "may not be opened: change its permissions, or name another place",
    errno.EISDIR: "a folder, where a file is to be: name another",
    errno.ENOENT: "no such file or folder",
    errno.EEXIST: "lies in what is no folder: name another place",
    errno.ENOTDIR: "lies in what is no folder: name another place",
    errno.ENAMETOOLONG: "the name is too long: 255 bytes are the most",
    errno.EPIPE: "nobody reads what the script says: keep its standard output open",
}
"""What a person can do about what the system refused."""


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
    half-written. Returns 0 when done, 2 for bad input or usage, 130 after Ctrl-C, 1 for any other
    failure.
    """
    signal.signal(signal.SIGTERM, _terminate)
    try:
        work(arguments.parse_args(argv))
    except ScriptError as failure:
        _tell(name, failure)
        return BAD_INPUT if failure.code in ("bad-input", "usage") else FAILED
    except KeyboardInterrupt:
        _tell(name, ScriptError("interrupted", "interrupted"))
        return INTERRUPTED
    except OSError as error:
        _tell(name, of_system(error))
        return FAILED
    return 0


def of_system(error: OSError, path: Path | None = None) -> ScriptError:
    """What the system refused, in words: ``path`` is what it was about, if the error's own file
    name would mean nothing to a person."""
    named = path if path is not None else error.filename
    what = f"{Path(os.fsdecode(named)).name}: " if named else ""
    reason = REASONS.get(error.errno or 0, error.strerror or "the system refuses it")
    return ScriptError(f"{what}{reason}", "system")


def _tell(name: str, failure: ScriptError) -> None:
    try:
        _events.error(
            str(failure),
            failure.code,
            retryable=failure.retryable,
            retry_after=failure.retry_after,
        )
    except OSError:
        _mute()
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(f"{name}: {failure}\n")


def _mute() -> None:
    """Let what stdout still holds go nowhere, or the interpreter would complain as it ends."""
    if sys.stdout is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _terminate(signum: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + signum)
