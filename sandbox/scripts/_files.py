"""Outputs that are whole or not there: write beside the target, then rename."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sandbox.scripts._command import ScriptError, of_system


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield a temporary path in the target's folder; rename it onto ``target`` on success.

    The temporary path keeps the target's suffix, because encoders choose formats by it. On any
    exception it is removed and the target, if there was one, is left as it was. The folder is
    created when missing, and on any exception folders that were created go as well. Raises
    :class:`ScriptError` where ``target`` cannot be written.
    """
    folder = target.parent
    with _told(target):
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder")
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        # Not by the target's name, which may be as long as names can be.
        handle, name = tempfile.mkstemp(prefix=".partial-", suffix=target.suffix, dir=folder)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        with _told(target):
            temporary.chmod(0o644)
            temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        with suppress(OSError):  # somebody else's file lies there by now
            for made in missing:
                made.rmdir()
        raise


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """What the system refuses is about ``target``, whatever file it names."""
    try:
        yield
    except OSError as error:
        refused: ScriptError = of_system(error, target)
        raise refused from None
