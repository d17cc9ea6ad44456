"""No isolation at all: a plain child process, for a machine whose owner asked for exactly that.

The environment is clean and the process tree is ended as a whole as far as that goes, but a script
run like this can read, write and reach whatever the worker can.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from pydantic import JsonValue

from sandbox import rlimits
from sandbox.backend import Job, over_loopback
from sandbox.process import Process, spawn


class Plain:
    """Runs jobs as children of the worker, on the host's own paths."""

    name = "none"
    own_network = False

    @property
    def provenance(self) -> Mapping[str, JsonValue]:
        note = "no isolation: set explicitly on this worker"
        return {"sandbox": self.name, "sandboxNote": note}

    async def start(self, job: Job) -> Process:
        """Start ``job`` with its inputs copied, so that it cannot change the originals."""
        await asyncio.to_thread(job.copy_inputs)
        environment = job.variables(str(job.folder.tmp))
        if job.network is not None:
            environment |= over_loopback(job.network)
        command = job.command(str(job.folder.inputs), str(job.outputs))
        child = spawn(command, environment=environment)
        process = Process(child, child.pid, takes_term=True)
        rlimits.apply(child.pid, rlimits.table(job.limits, None))
        return process
