"""Scripts of the sandbox, run as their users run them, against the stand-ins."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from tests.emulators.service import Emulators

QUICK = (
    *("--poll", "0.03", "--poll-longest", "0.1", "--patience", "3"),
    *("--deadline", "20", "--timeout", "5"),
)


@dataclass
class Done:
    """A script that has ended: its exit status, what it said, and its stderr."""

    status: int
    frames: list[dict[str, Any]]
    stderr: str

    @property
    def error(self) -> dict[str, Any]:
        """The error frame, which must be the last and the only one."""
        errors = [frame for frame in self.frames if frame["type"] == "error"]
        assert errors == self.frames[-1:], self.frames
        return errors[0]

    @property
    def states(self) -> list[str]:
        """The states that the order went through."""
        return [frame["state"] for frame in self.of("submission")]

    def of(self, type: str) -> list[dict[str, Any]]:
        """The frames of one type."""
        return [frame for frame in self.frames if frame["type"] == type]


def frames(stdout: str) -> list[dict[str, Any]]:
    """The events in what a script printed; anything else there fails the test."""
    parts = [part for part in stdout.split("\n\n") if part]
    assert all(part.startswith("data: ") for part in parts), stdout
    return [json.loads(part.removeprefix("data: ")) for part in parts]


class Script:
    """Runs scripts as their users do, in quick time, with the stand-ins' environment."""

    def __init__(self, providers: Emulators) -> None:
        self.env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **providers.env}

    def start(self, name: str, *arguments: object) -> subprocess.Popen[str]:
        """Begin a script; the caller waits for it."""
        command = [sys.executable, "-m", f"sandbox.scripts.{name}", *QUICK, *map(str, arguments)]
        return subprocess.Popen(
            command, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def __call__(self, name: str, *arguments: object) -> Done:
        """Run a script to its end."""
        with self.start(name, *arguments) as process:
            return self.ended(process)

    def ended(self, process: subprocess.Popen[str]) -> Done:
        """Wait for a script and collect what it said."""
        stdout, stderr = process.communicate(timeout=60)
        return Done(process.returncode, frames(stdout), stderr)
