"""The end of a script that a provider's answer decided: an outcome, as an exception."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Callable

from sandbox.scripts import _events
from sandbox.scripts._command import FAILED, ScriptError
from sandbox.scripts._outcomes import Code, Outcome

Work = Callable[[argparse.Namespace], None]


class Failure(ScriptError):
    """An outcome that ends the script, or the step that caught it."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(
            outcome.message,
            outcome.code,
            retryable=outcome.retryable,
            retry_after=outcome.retry_after,
        )
        self.outcome = outcome


def reported(name: str, work: Work, mask: Callable[[str], str]) -> Work:
    """``work`` whose failures become one masked ``error`` frame, one line on stderr and status 1.

    Wrong arguments are left to the command's own handling. A fault of the script itself is a
    ``defect`` with its traceback on stderr; masked like all else, because libraries quote what
    they were given.
    """

    def reporting(options: argparse.Namespace) -> None:
        try:
            work(options)
        except Failure as failure:
            outcome = failure.outcome
            _say(name, mask(str(failure)), outcome)
            raise SystemExit(FAILED) from None
        except ScriptError:
            raise
        except Exception as fault:
            sys.stderr.write(mask("".join(traceback.format_exception(fault))))
            what = mask(" ".join(f"{type(fault).__name__}: {fault}".split()))
            what = f"{what}; a fault of this program: update it, or report this line, and retry"
            _say(name, what, Outcome(Code.DEFECT, what))
            raise SystemExit(FAILED) from None

    return reporting


def _say(name: str, words: str, outcome: Outcome) -> None:
    _events.error(words, outcome.code, retryable=outcome.retryable, retry_after=outcome.retry_after)
    sys.stderr.write(f"{name}: {words}\n")
