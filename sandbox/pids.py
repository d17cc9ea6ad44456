"""The kernel's ceiling on processes for a worker that is root: a control group for each execution.

``RLIMIT_NPROC`` is counted for a user, and the kernel lets root pass it
(``kernel/fork.c: copy_process``), in a user namespace too while its user is root outside. The
``pids`` controller knows no such exception. Both versions of control groups are known
(``Documentation/admin-guide/cgroup-v1/pids.rst`` and ``cgroup-v2.rst``).
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sandbox import rlimits
from sandbox.limits import Limits

PREFIX = "shoot-script-"
NOTE = (
    "the worker is root and has no control group to write to, so that only the watchdog counts "
    "processes; run it as another user"
)
_LIMIT, _MEMBERS = "pids.max", "cgroup.procs"
_ending: set[Path] = set()
"""Groups of this process that were to go when something in them was still ending."""


@dataclass(frozen=True)
class Group:
    """A control group that holds one execution."""

    folder: Path

    @property
    def members(self) -> Path:
        """The file to write a process id to, ``0`` for one's own; children are born inside."""
        return self.folder / _MEMBERS

    def remove(self) -> None:
        """Remove the group. One whose last process is still ending goes with a later one."""
        _ending.add(self.folder)
        for folder in tuple(_ending):
            try:
                folder.rmdir()
            except FileNotFoundError:
                pass
            except OSError:
                continue
            _ending.discard(folder)


def group(limits: Limits) -> Group | None:
    """A new group for the processes and threads that ``limits`` allow, and some headroom: the
    watchdog comes first, and names the limit.

    ``None`` where ``RLIMIT_NPROC`` holds already, because the worker is not root, and where no
    group can be made.
    """
    if os.geteuid() != 0:
        return None
    for parent in _parents():
        if made := _make(parent, rlimits.most_processes(limits)):
            return made
    return None


def group_of(pid: int, limits: Limits) -> Group | None:
    """A new group with ``pid`` in it; ``None`` as for :func:`group`."""
    made = group(limits)
    if made is not None:
        with suppress(ProcessLookupError):
            made.members.write_text(str(pid))
    return made


@cache
def unbound() -> bool:
    """Whether nothing of the kernel's would keep a script here from a fork bomb."""
    if os.geteuid() != 0:
        return False
    made = group(Limits())
    if made is not None:
        made.remove()
    return made is None


def _make(parent: Path, most: int) -> Group | None:
    _sweep(parent)
    made = Group(parent / f"{PREFIX}{os.getpid()}-{secrets.token_hex(8)}")
    try:
        made.folder.mkdir()
    except OSError:
        return None
    try:
        (made.folder / _LIMIT).write_text(str(most))
    except OSError:
        made.remove()
        return None
    return made


def _sweep(parent: Path) -> None:
    """Remove the empty groups that a killed worker has left; those of others may yet fill."""
    for left in parent.glob(f"{PREFIX}*"):
        worker = left.name.removeprefix(PREFIX).partition("-")[0]
        if not Path("/proc", worker).exists():
            Group(left).remove()


def _parents() -> list[Path]:
    """Where groups could be made, the nearest to this process first."""
    try:
        mounts = Path("/proc/self/mountinfo").read_text().splitlines()
        own = Path("/proc/self/cgroup").read_text().splitlines()
    except OSError:
        return []
    found: list[Path] = []
    for line in own:
        _, controllers, path = line.split(":", 2)
        if controllers and "pids" not in controllers.split(","):
            continue
        mount = _mount(mounts, unified=not controllers)
        if mount is not None:
            here = mount / path.lstrip("/")
            found += [here, *(above for above in here.parents if above.is_relative_to(mount))]
    return found


def _mount(mounts: list[str], *, unified: bool) -> Path | None:
    """Where the hierarchy that counts processes is mounted; see proc_pid_mountinfo(5)."""
    for line in mounts:
        before, _, after = line.partition(" - ")
        kind, _, options = after.split(" ", 2)
        if kind == "cgroup2" if unified else (kind == "cgroup" and "pids" in options.split(",")):
            return Path(before.split(" ")[4])
    return None
