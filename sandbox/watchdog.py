"""The limits that the kernel does not keep for a whole tree: looked at ten times a second.

Between two looks a program can overshoot by what it does in a tenth of a second; what it can do to
the machine in that time is bounded by the kernel's own limits (``rlimits``), which are set as well.
"""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path

from sandbox import tree
from sandbox.errors import ScriptFailed
from sandbox.limits import GIB, MIB, Limits

INTERVAL = 0.1
_LOOKS_PER_DESCRIPTOR_LOOK = 5
_MOST_TEMPORARY = 10_000


class Watchdog:
    """Watches the tree below ``root`` and the folders that it can fill."""

    def __init__(self, script: str, root: int, limits: Limits, outputs: Path, tmp: Path) -> None:
        self._script = script
        self._root = root
        self._limits = limits
        self._outputs = outputs
        self._tmp = tmp

    async def first_breach(self) -> ScriptFailed:
        """Return as soon as a limit has been passed, naming it; wait for that for ever."""
        look = disk = memory = 0
        while True:
            if look % _LOOKS_PER_DESCRIPTOR_LOOK == 0:
                disk, memory = _unlinked(self._root, self._outputs.stat().st_dev)
            breach = self._of_tree(memory) or self.of_folders(disk)
            if breach is not None:
                return breach
            look += 1
            await asyncio.sleep(INTERVAL)

    def _of_tree(self, unlinked: int) -> ScriptFailed | None:
        used = tree.usage(self._root)
        limits = self._limits
        if used.tasks > limits.processes:
            return self._breach("processes", f"had more than {limits.processes} processes")
        if (
            used.memory + unlinked > limits.memory
            and _resident(self._root) + unlinked > limits.memory
        ):
            return self._breach("memory", f"used more than {size(limits.memory)} of memory")
        if used.cpu > limits.cpu.total_seconds():
            seconds = f"{limits.cpu.total_seconds():g} s"
            return self._breach("cpu", f"used more than {seconds} of processor time")
        return None

    def of_folders(self, unlinked: int = 0) -> ScriptFailed | None:
        """Whether the output or temporary folder is over its limit now, ``unlinked`` included."""
        limits = self._limits
        files, space = _space(self._outputs, limits.output_files)
        if files > limits.output_files:
            return self._breach("output", f"made more than {limits.output_files} output files")
        if space + unlinked > limits.output:
            return self._breach("output", f"wrote more than {size(limits.output)} of output")
        files, space = _space(self._tmp, _MOST_TEMPORARY)
        if space > limits.tmp or files > _MOST_TEMPORARY:
            return self._breach("tmp", f"wrote more than {size(limits.tmp)} of temporary files")
        return None

    def _breach(self, name: str, what: str) -> ScriptFailed:
        return ScriptFailed(f"limit-{name}", f"{self._script} {what}, its limit")


def size(count: int) -> str:
    """A number of bytes in words, as in ``1.5 GiB``."""
    return f"{count / GIB:g} GiB" if count >= GIB else f"{count / MIB:.3g} MiB"


def _space(folder: Path, most: int) -> tuple[int, int]:
    """Files and folders below ``folder``, and the bytes on disk; stops counting above ``most``."""
    count = space = 0
    with closing(_entries(folder)) as entries:
        for about in entries:
            count += 1
            space += about.st_blocks * 512
            if count > most:
                break
    return count, space


def _entries(folder: Path) -> Generator[os.stat_result, None, None]:
    """Everything below ``folder``, by descriptors: a path can grow too long to be looked at."""
    waiting = [os.open(folder, os.O_RDONLY | os.O_DIRECTORY)]
    try:
        while waiting:
            here = waiting.pop()
            try:
                yield from _level(here, waiting)
            except OSError:
                continue  # gone, or made unreadable, between two looks
            finally:
                os.close(here)
    finally:
        for left in waiting:
            os.close(left)


def _level(here: int, waiting: list[int]) -> Iterator[os.stat_result]:
    with os.scandir(here) as entries:
        for entry in entries:
            about = entry.stat(follow_symlinks=False)
            yield about
            if stat.S_ISDIR(about.st_mode):
                flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
                waiting.append(os.open(entry.name, flags, dir_fd=here))


def _unlinked(root: int, device: int) -> tuple[int, int]:
    """Bytes in files without a name that the tree holds open: on ``device``, and in memory."""
    disk = memory = 0
    seen: set[tuple[int, int]] = set()
    for pid in tree.descendants(root):
        for about in _descriptors(pid):
            key = (about.st_dev, about.st_ino)
            if stat.S_ISREG(about.st_mode) and about.st_nlink == 0 and key not in seen:
                seen.add(key)
                if about.st_dev == device:
                    disk += about.st_blocks * 512
                else:
                    memory += about.st_blocks * 512
    return disk, memory


def _descriptors(pid: int) -> Iterator[os.stat_result]:
    folder = f"/proc/{pid}/fd"
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names are all that is wanted
    except OSError:
        return
    for name in names:
        try:
            yield os.stat(f"{folder}/{name}")  # noqa: PTH116 - a Path for each costs ten times more
        except OSError:
            continue


def _resident(root: int) -> int:
    """Resident memory with shared pages counted once, in bytes; slower than ``tree.usage``."""
    total = 0
    for pid in tree.descendants(root):
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += next(
            (int(x.split()[1]) * 1024 for x in text.splitlines() if x.startswith("Pss:")), 0
        )
    return total
