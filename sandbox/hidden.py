"""What a tree of processes holds that neither its resident memory nor its folders show.

Files without a name that are still open or mapped, page tables, and processes that keep others
from looking. A process is seen with the rights of whoever owns it; one that cannot be seen is told
apart from our own forwarder, which hides from the script, by its system call filters: a script's
processes have all that the script has, and the forwarder one less.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sandbox import tree
from sandbox.limits import Limits

_MOST_MAPPINGS = 200_000
_OPEN_FILES_OF_A_TREE = 16
"""Times the limit of one process."""


class Unseen(Exception):
    """A process of the script's keeps us from looking at it."""


class TooMuch(Exception):
    """More than a look may go through; ``limit`` names it."""

    def __init__(self, limit: str, what: str) -> None:
        super().__init__(what)
        self.limit = limit


@dataclass(frozen=True)
class Hidden:
    """Bytes on the disk of the outputs and in memory; ``suspects`` could not be looked at."""

    disk: int = 0
    memory: int = 0
    suspects: frozenset[int] = frozenset()


@dataclass
class _Sum:
    device: int
    files: dict[tuple[int, int], int] = field(default_factory=dict)
    memory: int = 0
    descriptors: int = 0
    mappings: int = 0
    unseen: dict[int, int] = field(default_factory=dict)
    filters: int = 0


def look(root: int, outputs: Path, limits: Limits, before: Hidden) -> Hidden:
    """Look at everything below ``root``; ``before`` is what the look before this one found.

    Raises ``Unseen`` for a process that was hidden then and is still (one that is about to start
    or to end is hidden for a moment), and ``TooMuch`` where a look would take too long.
    """
    found = _Sum(outputs.stat().st_dev)
    for pid in tree.descendants(root, limits.processes):
        _look_at(pid, found, limits)
    hiding = frozenset(pid for pid, filters in found.unseen.items() if filters >= found.filters)
    if hiding & before.suspects:
        raise Unseen("one of its processes keeps others from looking at it")
    on_disk = {key: size for key, size in found.files.items() if key[0] == found.device}
    in_memory = sum(found.files.values()) - sum(on_disk.values())
    return Hidden(sum(on_disk.values()), found.memory + in_memory, hiding)


def _look_at(pid: int, found: _Sum, limits: Limits) -> None:
    status = _status(pid)
    if not status:
        return
    filters = int(status.get("Seccomp_filters", "0"))
    found.filters = max(found.filters, filters)
    if status["State"].startswith(("Z", "X")):
        if int(status.get("Threads", "1")) > 1:  # its first thread has ended, the others go on
            found.unseen[pid] = filters
        return
    for name in ("VmPTE", "VmSwap"):
        found.memory += int(status.get(name, "0").split()[0]) * 1024
    try:
        _descriptors(pid, found, limits)
        _mappings(pid, found, limits)
    except PermissionError:
        found.unseen[pid] = filters


def _status(pid: int) -> dict[str, str]:
    """The fields of ``/proc/PID/status``, which everybody may read; empty if it has ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        text = Path(f"/proc/{pid}/status").read_text(errors="replace")
        return {name: value.strip() for name, _, value in _fields(text)}
    return {}


def _fields(text: str) -> Iterator[tuple[str, str, str]]:
    return (line.partition(":") for line in text.splitlines())


def _descriptors(pid: int, found: _Sum, limits: Limits) -> None:
    """Count the nameless files that the process holds open."""
    folder = f"/proc/{pid}/fd"
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names are all that is wanted
    except (FileNotFoundError, ProcessLookupError):
        return
    most = _OPEN_FILES_OF_A_TREE * limits.open_files
    found.descriptors += len(names)
    if found.descriptors > most:
        raise TooMuch("open-files", f"had more than {most} open files")
    for name in names:
        with suppress(FileNotFoundError, ProcessLookupError):
            # a Path for each costs ten times more
            about = os.stat(f"{folder}/{name}")  # noqa: PTH116
            if stat.S_ISREG(about.st_mode) and about.st_nlink == 0:
                key = (about.st_dev, about.st_ino)
                found.files[key] = max(about.st_blocks * 512, found.files.get(key, 0))


def _mappings(pid: int, found: _Sum, limits: Limits) -> None:
    """Count the nameless files that the process has mapped: their descriptors may be closed."""
    gone = suppress(FileNotFoundError, ProcessLookupError)
    with gone, Path(f"/proc/{pid}/maps").open("rb") as maps:
        for line in maps:
            found.mappings += 1
            if found.mappings > _MOST_MAPPINGS:
                raise TooMuch("memory", f"had more than {_MOST_MAPPINGS} mappings")
            if line.endswith(b" (deleted)\n"):
                span, _, _, device, inode = line.split(maxsplit=5)[:5]
                major, minor = (int(part, 16) for part in device.split(b":"))
                key = (os.makedev(major, minor), int(inode))
                if key not in found.files:
                    found.files[key] = _mapped_size(pid, span.decode(), limits)


def _mapped_size(pid: int, span: str, limits: Limits) -> int:
    """What a mapped file takes: only root may look, for others it is as large as a file can be."""
    start, end = (part.lstrip("0") or "0" for part in span.split("-"))
    try:
        return os.stat(f"/proc/{pid}/map_files/{start}-{end}").st_blocks * 512  # noqa: PTH116
    except OSError:
        return limits.file_size


def resident(root: int) -> int:
    """Resident memory with shared pages counted once, in bytes; slower than ``tree.usage``.

    A process that cannot be looked at counts with all that it shares.
    """
    total = 0
    for pid in tree.descendants(root):
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += next(int(v.split()[0]) * 1024 for n, _, v in _fields(text) if n == "Pss")
        except (OSError, StopIteration):
            total += tree.memory_of(pid)
    return total
