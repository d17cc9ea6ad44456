"""The kernel's ceiling on processes, with nobody watching."""

import os
import subprocess
from pathlib import Path

import pytest

from sandbox import pids
from sandbox.backend import Job
from sandbox.choose import choose
from sandbox.layout import new_run, session_folder
from sandbox.limits import Limits

FORK = """
import os, time
born = 0
for _ in range(200):
    try:
        if os.fork() == 0:
            time.sleep(30)
            os._exit(0)
    except BlockingIOError:
        break
    born += 1
print(born)
"""


async def test_kernel_ends_a_fork_bomb(isolated, tmp_path):
    """Without the watchdog too, no more processes are born than the limit and its headroom."""
    if pids.unbound():
        pytest.skip(pids.NOTE)
    backend = await choose(isolated)
    folder = new_run(session_folder(isolated.home, "bomb"), "run")
    job = Job(("-c", FORK), (), folder, folder.outputs, Limits(processes=16))
    process = await backend.start(job)
    try:
        assert 8 <= int(await process.stdout.read_all()) <= 20
    finally:
        await process.stop(grace=0)
        process.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only for root a group is made")
def test_group_is_removed():
    """A group vanishes with its execution, and one that a killed worker left with the next."""
    if pids.unbound():
        pytest.skip(pids.NOTE)
    filling = pids.group(Limits())
    left = filling.folder.with_name(f"{pids.PREFIX}9999999-0")
    left.mkdir()
    made = pids.group(Limits())
    assert filling.folder.exists()
    assert not left.exists()
    for one in (filling, made):
        one.remove()
        assert not one.folder.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only for root a group is made")
def test_group_with_a_process_goes_later():
    """A group that cannot go yet goes with the next one."""
    if pids.unbound():
        pytest.skip(pids.NOTE)
    held, other = pids.group(Limits()), pids.group(Limits())
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as process:
        held.members.write_text(str(process.pid))
        held.remove()
        assert held.folder.exists()
    other.remove()
    assert not held.folder.exists()


@pytest.mark.parametrize(
    ("mounts", "unified", "place"),
    [
        (["33 25 0:28 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids"], False, "pids"),
        (["33 25 0:28 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu"], False, None),
        (["33 25 0:28 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw,nsdelegate"], True, ""),
        (["33 25 0:28 / / rw - ext4 /dev/vda rw"], True, None),
    ],
)
def test_hierarchy_is_found(mounts, unified, place):
    """Both versions of control groups are found by what is mounted."""
    found = pids._mount(mounts, unified=unified)
    assert found == (None if place is None else Path("/sys/fs/cgroup") / place)
