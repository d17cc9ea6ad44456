"""The command's process: who may read what it writes, and how it ends."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
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


@contextmanager
def private_files(home: Path) -> Iterator[None]:
    """Let nobody else on this machine read what is written below ``home`` while the body runs.

    Briefs, photos and Temporal's database lie there. What an earlier version left open is closed
    by the folder's own mode; everything new is the owner's alone.
    """
    before = os.umask(0o077)
    try:
        home.mkdir(parents=True, exist_ok=True)
        if home.stat().st_uid == os.getuid():
            home.chmod(0o700)
        yield
    finally:
        os.umask(before)
