"""The second choice: Landlock, for machines and containers that allow no user namespaces.

Files and TCP by Landlock, everything that Landlock does not watch by seccomp, one supervisor per
execution that makes its connections, outlives the script and ends what it leaves behind. Weaker
than bubblewrap: the script shares the machine's process ids, mounts and network stack, and sees
which files exist. It says so wherever it is named.

The rules are made through ``py-landlock``, a thin typed binding that denies by default and knows
what each version of the kernel can deny. Of the other two libraries, sandlock brings a supervisor
of its own into the worker and wants Landlock 6, and nono-py costs a quarter of a second to import.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

import py_landlock
from py_landlock import AccessFs
from pydantic import JsonValue

from sandbox import interpreter, pids, rlimits, seccomp, tree
from sandbox.backend import Job, over_loopback
from sandbox.bubblewrap import CERTIFICATE_FOLDER, ETC_FILES, ETC_FOLDERS, FACTS
from sandbox.errors import SandboxUnavailable
from sandbox.process import Process, spawn
from sandbox.warden import Orders

OLDEST = 4
"""Linux 6.7: the first that can deny TCP."""

SCOPES = 6
"""Linux 6.12: the first that keeps signals in."""

_READ = AccessFs.READ_FILE | AccessFs.READ_DIR | AccessFs.EXECUTE
_READ_FILE = AccessFs.READ_FILE | AccessFs.EXECUTE
_FILL = (
    AccessFs.READ_FILE
    | AccessFs.READ_DIR
    | AccessFs.WRITE_FILE
    | AccessFs.TRUNCATE
    | AccessFs.MAKE_REG
    | AccessFs.MAKE_DIR
    | AccessFs.REMOVE_FILE
    | AccessFs.REMOVE_DIR
    | AccessFs.REFER
)
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_FACTS = (*FACTS, "/sys/devices/system/cpu")
_DEVICES = ("/dev/null", "/dev/full", "/dev/random", "/dev/urandom")


def version() -> int:
    """The kernel's Landlock ABI; raises ``SandboxUnavailable`` where it is missing or too old."""
    try:
        abi = int(py_landlock.get_abi_version())
    except py_landlock.LandlockError as error:
        raise SandboxUnavailable(f"the kernel has no Landlock: {error}") from None
    if abi < OLDEST:
        raise SandboxUnavailable(
            f"the kernel's Landlock is version {abi}, which cannot deny TCP; "
            f"{OLDEST} or newer is needed (Linux 6.7)"
        )
    return abi


class Landlock:
    """Runs jobs under a supervisor, confined by Landlock and seccomp."""

    name = "landlock"
    own_network = False

    def __init__(self, abi: int) -> None:
        self.abi = abi

    @property
    def provenance(self) -> Mapping[str, JsonValue]:
        note = "weaker than bubblewrap: no process, mount or network namespace"
        note += f"; {pids.NOTE}" if pids.unbound() else ""
        return {"sandbox": self.name, "sandboxVersion": str(self.abi), "sandboxNote": note}

    async def start(self, job: Job) -> Process:
        """Start ``job`` on copies of its inputs, at the host's own paths."""
        await asyncio.to_thread(job.copy_inputs)
        orders = await asyncio.to_thread(self._orders, job)
        group = pids.group(job.limits)
        orders = replace(orders, group=str(group.members) if group else None)
        read, write = os.pipe()
        paper = os.memfd_create("orders")
        try:
            os.write(paper, json.dumps(asdict(orders)).encode())
            os.lseek(paper, 0, os.SEEK_SET)
            child = spawn(
                [sys.executable, "-I", "-B", "-m", "sandbox.warden", str(paper), str(read)],
                environment={},
                pass_fds=(paper, read),
            )
        except BaseException:
            os.close(write)
            if group is not None:
                group.remove()
            raise
        finally:
            os.close(read)
            os.close(paper)
        return Process(child, child.pid, lifeline=write, group=group)

    def _orders(self, job: Job) -> Orders:
        packages = job.folder.etc / "packages"
        packages.mkdir()
        for name, folder in interpreter.own_packages().items():
            (packages / name).symlink_to(folder)
        environment = job.variables(str(job.folder.tmp)) | {"PYTHONPATH": str(packages)}
        if job.network is not None:
            environment |= over_loopback(job.network)
        rules = seccomp.Rules(
            internet=job.network is not None, own_namespaces=False, signals=self.abi >= SCOPES
        )
        processes = job.limits.processes + tree.tasks_of(os.getuid())
        return Orders(
            command=job.command(str(job.folder.inputs), str(job.outputs)),
            environment=environment,
            folder=str(job.folder.tmp),
            access=_access(job),
            port=None if job.network is None else job.network.port,
            limits=list(rlimits.table(job.limits, processes)),
            seccomp=seccomp.program(rules).hex(),
        )


def _access(job: Job) -> list[tuple[str, int]]:
    """Every path that may be used at all, with what may be done below it."""
    certificates = job.network.certificates if job.network is not None else None
    readable = [
        *map(Path, (*_SYSTEM, *_FACTS)),
        *(Path("/etc", name) for name in (*ETC_FILES, *ETC_FOLDERS, CERTIFICATE_FOLDER)),
        *interpreter.read_only_paths(),
        *([certificates] if certificates is not None else []),
        job.folder.inputs,
        job.folder.etc,  # an editable install is found here, without listing the repository
    ]
    access = [
        (str(path), int(_READ if path.is_dir() else _READ_FILE))
        for path in readable
        if path.exists()
    ]
    access += [(str(path), int(_FILL)) for path in (job.outputs, job.folder.tmp)]
    device = AccessFs.READ_FILE | AccessFs.WRITE_FILE
    return access + [(path, int(device)) for path in _DEVICES if Path(path).exists()]
