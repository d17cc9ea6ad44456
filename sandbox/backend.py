"""What a backend is: one way to run a program apart from everything else.

There are three, behind one interface: ``bubblewrap``, ``landlock`` and ``plain``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pydantic import JsonValue

from sandbox.layout import RunFolder
from sandbox.limits import Limits
from sandbox.process import Process

IN_TOKEN = "{in}"  # noqa: S105 - a placeholder in arguments
OUT_TOKEN = "{out}"  # noqa: S105


@dataclass(frozen=True)
class Network:
    """The one way out of a sandbox: a Unix socket of the egress proxy, and the CA to trust."""

    socket: Path
    ssl_cert_file: Path | None


@dataclass(frozen=True)
class Job:
    """One program to run. ``args`` may hold the tokens ``{in}`` and ``{out}``.

    ``inputs`` maps names below the input folder to files on the host. ``environment`` holds what
    the program gets on top of the backend's own few variables, secrets included.
    """

    module: str
    args: tuple[str, ...]
    folder: RunFolder
    limits: Limits
    inputs: Mapping[str, Path] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    network: Network | None = None

    def arguments(self, inputs: str, outputs: str) -> list[str]:
        """``args`` with the tokens replaced by the paths that the program will see."""
        return [arg.replace(IN_TOKEN, inputs).replace(OUT_TOKEN, outputs) for arg in self.args]


class Backend(Protocol):
    """One way to isolate. ``provenance`` is what a checkpoint says about it."""

    @property
    def name(self) -> str: ...

    @property
    def provenance(self) -> Mapping[str, JsonValue]: ...

    async def start(self, job: Job) -> Process:
        """Start ``job``; the caller ends the process in every case."""
        ...
