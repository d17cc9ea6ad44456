"""The kernel's own limits, set on a process before it runs anything of the script's."""

from __future__ import annotations

import resource
from collections.abc import Iterable, Iterator
from contextlib import suppress

from sandbox.limits import GIB, Limits

Row = tuple[int, int, int]

_ADDRESSES = 64 * GIB


def table(limits: Limits, processes: int | None) -> Iterator[Row]:
    """``(resource, soft, hard)`` for every limit; sizes in bytes, times in seconds.

    ``processes`` is counted by the kernel for the user (of the user namespace), ``None`` leaves it
    alone; for the real root it has no effect (see :mod:`sandbox.pids`).
    """
    cpu = max(1, round(limits.cpu.total_seconds()))
    # 1 and not 0: only this keeps the kernel from handing the core to a program (core(5))
    yield resource.RLIMIT_CORE, 1, 1
    yield resource.RLIMIT_CPU, cpu, cpu + 5
    yield resource.RLIMIT_DATA, 2 * limits.memory, 2 * limits.memory
    # a table of 4 KiB for each 2 MiB that is touched once: only addresses can bound those
    yield resource.RLIMIT_AS, max(_ADDRESSES, 8 * limits.memory), max(_ADDRESSES, 8 * limits.memory)
    yield resource.RLIMIT_FSIZE, limits.file_size, limits.file_size
    yield resource.RLIMIT_NOFILE, limits.open_files, limits.open_files
    yield resource.RLIMIT_MSGQUEUE, 0, 0
    yield resource.RLIMIT_MEMLOCK, 0, 0
    yield resource.RLIMIT_RTPRIO, 0, 0
    if processes is not None:
        most = processes - limits.processes + most_processes(limits)
        yield resource.RLIMIT_NPROC, most, most


def most_processes(limits: Limits) -> int:
    """Where the kernel stops: above the limit, so that the watchdog comes first, and names it."""
    return limits.processes + limits.processes // 4


def apply(pid: int, rows: Iterable[Row]) -> None:
    """Set the limits on a process of ours that is waiting to begin; ``0`` is this process.

    A hard limit that is already lower stays as it is. A process that has ended needs none.
    """
    for which, soft, hard in rows:
        with suppress(ProcessLookupError):
            _, ceiling = resource.prlimit(pid, which)
            if ceiling != resource.RLIM_INFINITY:
                soft, hard = min(soft, ceiling), min(hard, ceiling)  # noqa: PLW2901
            resource.prlimit(pid, which, (soft, hard))
