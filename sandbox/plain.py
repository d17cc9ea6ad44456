"""No isolation at all: a plain child process, for a machine whose owner asked for exactly that.

The environment is clean and the process tree is ended as a whole as far as that goes, but a script
run like this can read, write and reach whatever the worker can.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from pydantic import JsonValue

from sandbox import rlimits
from sandbox.backend import Job
from sandbox.process import Process, spawn


class Plain:
    """Runs jobs as children of the worker, on the host's own paths."""

    name = "none"

    @property
    def provenance(self) -> Mapping[str, JsonValue]:
        return {"sandbox": self.name, "note": "no isolation: set explicitly on this worker"}

    async def start(self, job: Job) -> Process:
        """Start ``job`` with its inputs copied, so that it cannot change the originals."""
        await asyncio.to_thread(copy_inputs, job)
        child = spawn(
            [
                *(sys.executable, "-I", "-B", "-m", job.module),
                *job.arguments(str(job.folder.inputs), str(job.folder.outputs)),
            ],
            environment=environment(job),
        )
        process = Process(child, child.pid, takes_term=True)
        rlimits.apply(child.pid, job.limits, own_users=False)
        return process


def copy_inputs(job: Job) -> None:
    """Put a copy of each input below the run's input folder, read-only."""
    for name, source in job.inputs.items():
        target = job.folder.inputs / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        target.chmod(0o444)


def environment(job: Job) -> dict[str, str]:
    """The clean environment of a program that sees the host's own paths."""
    return {
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(job.folder.tmp),
        "TMPDIR": str(job.folder.tmp),
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONNOUSERSITE": "1",
        "PYTHONSAFEPATH": "1",
        **job.environment,
    }
