"""Ending the command's process: its exit status, whatever Temporal's threads do meanwhile."""

from __future__ import annotations

import logging
import os
import sys
from typing import NoReturn

BROKEN_PIPE = 141
"""What a shell reports of a program whose reader has left: 128 + SIGPIPE."""


def leave(status: int) -> NoReturn:
    """End the process with ``status`` once everything printed is out.

    The interpreter is not torn down. Temporal's runtime answers on threads of its own, and one
    that asks for the GIL during the teardown is ended by CPython in a way that Rust takes for a
    fatal error: the command, long done, would abort (``PyGILState_Release``, exit status 134).
    """
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            status = BROKEN_PIPE
    os._exit(status)
