"""A tree of processes as ``/proc`` shows it, and signals that cannot hit a stranger."""

from __future__ import annotations

import os
import signal
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")


def descendants(root: int) -> list[int]:
    """The process ids below ``root``, nearest first, without ``root`` itself."""
    found: list[int] = []
    try:
        waiting = _children(root)
        while waiting:
            found.extend(waiting)
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
    try:
        stat = (_PROC / str(pid) / "stat").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    return int(stat.rpartition(")")[2].split()[1])


def send(root: int, number: signal.Signals) -> int:
    """Send a signal to everything below ``root``; returns how many processes got it.

    Each process is held by a pidfd before it is looked up again, so that a process id that was
    reused in between is never hit.
    """
    sent = 0
    for pid in descendants(root):
        with suppress(ProcessLookupError):
            handle = os.pidfd_open(pid)
            try:
                if pid in descendants(root):
                    signal.pidfd_send_signal(handle, number)
                    sent += 1
            finally:
                os.close(handle)
    return sent
