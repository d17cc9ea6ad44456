"""The limits that the kernel does not keep for a whole tree: looked at ten times a second.

Between two looks a program can overshoot by what it does in a tenth of a second; what it can do to
the machine in that time is bounded by the kernel's own limits (``rlimits``), which are set as well.

The looks are in a thread of their own, because a script can make each as slow as a thousand
processes; what a look may go through is bounded. What cannot be looked at ends the run: a script
that nobody watches has no limits.
"""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

from sandbox import hidden, tree
from sandbox.errors import ScriptFailed
from sandbox.hidden import Hidden, TooMuch, Unseen
from sandbox.limits import GIB, MIB, Limits

INTERVAL = 0.1
_LOOKS_PER_HIDDEN_LOOK = 5
_MOST_TEMPORARY = 10_000
_DEEPEST = 64


class Watchdog:
    """Watches the tree below ``root`` and the folders that it can fill."""

    def __init__(self, script: str, root: int, limits: Limits, outputs: Path, tmp: Path) -> None:
        self._script = script
        self._root = root
        self._limits = limits
        self._outputs = outputs
        self._tmp = tmp
        self._looks = 0
        self._hidden = Hidden()

    async def first_breach(self) -> ScriptFailed:
        """Block until a limit has been passed, or the script cannot be watched; says which."""
        loop = asyncio.get_running_loop()
        with closing(_Looking()) as looking:
            while True:
                try:
                    breach = await loop.run_in_executor(looking.thread, self.look)
                except Exception as error:  # whatever it is, nobody watches
                    return self.unwatched(error)
                if breach is not None:
                    return breach
                await asyncio.sleep(INTERVAL)

    def look(self) -> ScriptFailed | None:
        """The limit that is passed now, if one is; every fifth look is the thorough one."""
        try:
            if self._looks % _LOOKS_PER_HIDDEN_LOOK == 0:
                self._hidden = hidden.look(self._root, self._outputs, self._limits, self._hidden)
        except TooMuch as much:
            return self._breach(much.limit, str(much))
        self._looks += 1
        return self._of_tree() or self.of_folders(self._hidden.disk)

    def unwatched(self, error: Exception) -> ScriptFailed:
        """The verdict on a script that could not be looked at."""
        reason = str(error) if isinstance(error, Unseen) else type(error).__name__
        message = f"{self._script} is ended, because it cannot be watched: {reason}"
        return ScriptFailed("unwatched", message)

    def _of_tree(self) -> ScriptFailed | None:
        limits, more = self._limits, self._hidden.memory
        used = tree.usage(self._root, limits.processes)
        if used.tasks > limits.processes:
            return self._breach("processes", f"had more than {limits.processes} processes")
        if (
            used.memory + more > limits.memory
            and hidden.resident(self._root) + more > limits.memory
        ):
            return self._breach("memory", f"used more than {size(limits.memory)} of memory")
        if used.cpu > limits.cpu.total_seconds():
            seconds = f"{limits.cpu.total_seconds():g} s"
            return self._breach("cpu", f"used more than {seconds} of processor time")
        return None

    def of_folders(self, unlinked: int = 0) -> ScriptFailed | None:
        """Whether the output or temporary folder is over its limit now, ``unlinked`` included.

        Raises ``OSError`` for a folder that the script has closed to us.
        """
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

    def at_the_end(self) -> ScriptFailed | None:
        """Whether the folders are over a limit, or hidden, now that the script has ended."""
        try:
            return self.of_folders()
        except OSError as error:
            return self.unwatched(error)

    def _breach(self, name: str, what: str) -> ScriptFailed:
        return ScriptFailed(f"limit-{name}", f"{self._script} {what}, its limit")


class _Looking:
    """A thread for one watchdog's looks: those of others do not hold it up."""

    def __init__(self) -> None:
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="watchdog")

    def close(self) -> None:
        self.thread.shutdown(wait=False, cancel_futures=True)


def size(count: int) -> str:
    """A number of bytes in words, as in ``1.5 GiB``."""
    return f"{count / GIB:g} GiB" if count >= GIB else f"{count / MIB:.3g} MiB"


def _space(folder: Path, most: int) -> tuple[int, int]:
    """Files and folders below ``folder``, and their bytes; stops counting above ``most``.

    A file counts with its length where that is more than what it takes on the disk: holes are
    filled by whoever copies it. Folders in folders beyond ``_DEEPEST`` are too many.
    """
    count = space = 0
    with closing(_entries(os.open(folder, os.O_RDONLY | os.O_DIRECTORY))) as entries:
        for about in entries:
            if about is None:
                return most + 1, space
            count += 1
            length = about.st_size if stat.S_ISREG(about.st_mode) else 0
            space += max(about.st_blocks * 512, length)
            if count > most:
                break
    return count, space


def _entries(here: int, depth: int = 0) -> Generator[os.stat_result | None, None, None]:
    """Everything below an open folder, which is closed at the end; ``None`` for what is too deep.

    By descriptors, because a path can grow too long to be looked at; one for each level at most,
    because the worker has no more of them than it needs.
    """
    folders = []
    try:
        with os.scandir(here) as entries:
            for entry in entries:
                with suppress(FileNotFoundError):  # gone since it was listed
                    about = entry.stat(follow_symlinks=False)
                    yield about
                    if stat.S_ISDIR(about.st_mode):
                        folders.append(entry.name)
        if folders and depth == _DEEPEST:
            yield None
            return
        for name in folders:
            with suppress(FileNotFoundError, NotADirectoryError):
                flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
                yield from _entries(os.open(name, flags, dir_fd=here), depth + 1)
    finally:
        os.close(here)
