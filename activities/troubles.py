"""Troubles of the machine under a job, told as what they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sandbox.errors import OutputRefused, ScriptFailed
from studio.space import FULL, free, is_full, words

SCARCE = 256 * 1024**2
"""Bytes below which a script's complaint of no space is the disk's, not its own limit's."""
NOTHING = 1024**2
"""Bytes below which a file that cannot be read was cut by the disk."""


@contextmanager
def watched(home: Path) -> Iterator[None]:
    """Turn whatever a full disk does to the body into one retryable failure that says so."""
    try:
        yield
    except Exception as error:
        if isinstance(error, ScriptFailed) and error.code == FULL:
            raise
        if _disk_is_full(error, home):
            raise ScriptFailed(FULL, words(home), retryable=True) from error
        raise


def _disk_is_full(error: Exception, home: Path) -> bool:
    if isinstance(error, OutputRefused):
        return free(home) < NOTHING
    return is_full(error) and (not isinstance(error, ScriptFailed) or free(home) < SCARCE)
