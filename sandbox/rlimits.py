"""The kernel's own limits, set on a process before it runs anything of the script's."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import suppress

from sandbox.limits import Limits


def table(limits: Limits, *, own_users: bool) -> Iterator[tuple[int, int, int]]:
    """``(resource, soft, hard)`` for every limit; sizes in bytes, times in seconds.

    The number of processes is the kernel's to count only where the sandbox has users of its own
    (``own_users``); elsewhere it would count everything else that this user runs.
    """
    cpu = max(1, round(limits.cpu.total_seconds()))
    yield resource.RLIMIT_CORE, 0, 0
    yield resource.RLIMIT_CPU, cpu, cpu + 5
    yield resource.RLIMIT_DATA, 2 * limits.memory, 2 * limits.memory
    yield resource.RLIMIT_FSIZE, limits.file_size, limits.file_size
    yield resource.RLIMIT_NOFILE, limits.open_files, limits.open_files
    yield resource.RLIMIT_MSGQUEUE, 0, 0
    yield resource.RLIMIT_MEMLOCK, 0, 0
    yield resource.RLIMIT_RTPRIO, 0, 0
    if own_users:
        yield resource.RLIMIT_NPROC, limits.processes, limits.processes


def apply(pid: int, limits: Limits, *, own_users: bool) -> None:
    """Set the limits on a process of ours that is waiting to begin; ``0`` is this process.

    A hard limit that is already lower stays as it is. A process that has ended needs none.
    """
    for which, soft, hard in table(limits, own_users=own_users):
        with suppress(ProcessLookupError):
            _, ceiling = resource.prlimit(pid, which)
            if ceiling != resource.RLIM_INFINITY:
                soft, hard = min(soft, ceiling), min(hard, ceiling)  # noqa: PLW2901
            resource.prlimit(pid, which, (soft, hard))
