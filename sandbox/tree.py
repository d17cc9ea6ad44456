"""A tree of processes as ``/proc`` shows it, and signals that cannot hit a stranger."""

from __future__ import annotations

import os
import resource
import signal
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


def descendants(root: int, most: int | None = None) -> list[int]:
    """The process ids below ``root``, nearest first, without ``root`` itself.

    With ``most``, looking ends as soon as there are more than that.
    """
    found: list[int] = []
    try:
        waiting = _children(root)
        while waiting:
            found.extend(waiting)
            if most is not None and len(found) > most:
                break
            waiting = [child for pid in waiting for child in _children(pid)]
    except FileNotFoundError:  # a kernel built without CONFIG_PROC_CHILDREN
        return _scan(root)
    return found


def _children(pid: int) -> list[int]:
    children: list[int] = []
    for task in _list(_PROC / str(pid) / "task"):
        listing = _PROC / str(pid) / "task" / task / "children"
        try:
            children.extend(map(int, listing.read_text().split()))
        except (FileNotFoundError, ProcessLookupError):
            if listing.parent.exists():
                raise FileNotFoundError(listing) from None
    return children


def _list(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - names are all that is wanted
    except (FileNotFoundError, ProcessLookupError, NotADirectoryError):
        return []


def _scan(root: int) -> list[int]:
    by_parent: dict[int, list[int]] = defaultdict(list)
    for name in _list(_PROC):
        if name.isdigit() and (parent := parent_of(int(name))) is not None:
            by_parent[parent].append(int(name))
    found, waiting = [], [root]
    while waiting:
        below = by_parent[waiting.pop(0)]
        found.extend(below)
        waiting.extend(below)
    return found


def parent_of(pid: int) -> int | None:
    """The parent's process id, or ``None`` when there is no such process."""
    fields = _stat(pid)
    return None if fields is None else int(fields[1])


def send(root: int, number: signal.Signals) -> int:
    """Send a signal to everything below ``root``; returns how many processes got it.

    Each process is held by a pidfd before its parent is looked up again, so that a process id that
    was reused in between is never hit.
    """
    below = descendants(root)
    family = {root, *below}
    sent = 0
    for pid in below:
        with suppress(ProcessLookupError):
            handle = os.pidfd_open(pid)
            try:
                if parent_of(pid) in family:
                    signal.pidfd_send_signal(handle, number)
                    sent += 1
            finally:
                os.close(handle)
    return sent


@dataclass(frozen=True)
class Usage:
    """What a tree uses: tasks (processes and threads), resident bytes, processor seconds."""

    tasks: int
    memory: int
    cpu: float


def usage(root: int, most: int | None = None) -> Usage:
    """The sums over ``root`` and everything below it; what ended counts for its parent's time.

    With ``most``, counting ends when there are more processes than that.
    """
    tasks = memory = ticks = 0
    for pid in (root, *descendants(root, most)):
        fields = _stat(pid)
        if fields is not None:
            ticks += sum(map(int, fields[11:15]))
            tasks += int(fields[17])
            memory += int(fields[21])
    return Usage(tasks, memory * resource.getpagesize(), ticks / os.sysconf("SC_CLK_TCK"))


def memory_of(pid: int) -> int:
    """The resident bytes of one process, shared pages included; 0 if it has ended."""
    fields = _stat(pid)
    return 0 if fields is None else int(fields[21]) * resource.getpagesize()


def _stat(pid: int) -> list[str] | None:
    """The fields of ``/proc/PID/stat`` from the third (state) on; ``None`` if it has ended."""
    try:
        text = (_PROC / str(pid) / "stat").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    return text.rpartition(")")[2].split()


def tasks_of(user: int) -> int:
    """How many processes and threads of ``user`` there are on this machine."""
    count = 0
    for name in _list(_PROC):
        with suppress(FileNotFoundError, ProcessLookupError):
            if name.isdigit() and (_PROC / name).stat().st_uid == user:
                fields = _stat(int(name))
                count += int(fields[17]) if fields is not None else 0
    return count
