"""Why a script that said nothing itself ended badly: a limit of the kernel's, or a crash."""

from __future__ import annotations

import signal

from sandbox.errors import ScriptFailed
from sandbox.limits import Limits
from sandbox.watchdog import size


def crashed(script: str, status: int, said: str, limits: Limits) -> ScriptFailed:
    """The verdict on exit ``status`` (as a shell gives it), ``said`` being the end of stderr.

    The kernel says which of its limits was reached by a signal or by an error of the call; the
    latter is found in the last line, where Python, C++ and ffmpeg alike print it.
    """
    last = said.splitlines()[-1].strip() if said else "it said nothing on stderr"
    for name, what, signs in _signs(limits):
        if any(sign == status if isinstance(sign, int) else sign in last for sign in signs):
            return ScriptFailed(
                f"limit-{name}", f"{script} reached {what}, its limit: {last[:300]}"
            )
    message = f"{script} crashed with exit status {status}: {last[:500]}"
    return ScriptFailed("crashed", message, retryable=True)


def _signs(limits: Limits) -> list[tuple[str, str, tuple[int | str, ...]]]:
    return [
        (
            "memory",
            f"{size(limits.memory)} of memory",
            ("MemoryError", "Cannot allocate memory", "std::bad_alloc", "Insufficient memory"),
        ),
        (
            "cpu",
            f"{limits.cpu.total_seconds():g} s of processor time",
            (128 + signal.SIGXCPU, "CPU time limit exceeded"),
        ),
        (
            "file-size",
            f"{size(limits.file_size)} in one file",
            (128 + signal.SIGXFSZ, "File too large", "File size limit exceeded"),
        ),
        ("open-files", f"{limits.open_files} open files", ("Too many open files",)),
        (
            "processes",
            f"{limits.processes} processes",
            ("Resource temporarily unavailable", "can't start new thread"),
        ),
        ("tmp", f"{size(limits.tmp)} of temporary files", ("No space left on device",)),
    ]
