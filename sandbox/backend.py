"""What a backend is: one way to run a program apart from everything else.

There are three, behind one interface: ``bubblewrap``, ``landlock`` and ``plain``.
"""

from __future__ import annotations

import shutil
import sys
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
    """The one way out: the egress proxy's Unix socket, or its port and password on loopback.

    A backend with a network namespace gets the socket, any other the port. ``certificates`` are
    the authorities to trust, if they are not the usual ones.
    """

    socket: Path | None = None
    port: int | None = None
    password: str = field(default="", repr=False)
    certificates: Path | None = None


@dataclass(frozen=True)
class Job:
    """One program to run: ``target`` are Python's own arguments, ``args`` the program's.

    Both may hold the tokens ``{in}`` and ``{out}``. ``folder`` is this execution's own, and
    ``outputs`` the folder that it fills. ``inputs`` maps names below the input folder to files on
    the host. ``environment`` holds what the program gets on top of the backend's own few
    variables, secrets included.
    """

    target: tuple[str, ...]
    args: tuple[str, ...]
    folder: RunFolder
    outputs: Path
    limits: Limits
    inputs: Mapping[str, Path] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    network: Network | None = None

    def command(self, inputs: str, outputs: str) -> list[str]:
        """The whole command line, with the tokens replaced by what the program will see."""
        python = [sys.executable, "-s", "-P", "-B", "-X", "utf8"]
        return [
            *python,
            *(
                word.replace(IN_TOKEN, inputs).replace(OUT_TOKEN, outputs)
                for word in (*self.target, *self.args)
            ),
        ]

    def variables(self, tmp: str) -> dict[str, str]:
        """The whole environment, with ``tmp`` as the home and temporary folder."""
        return {
            "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
            "HOME": tmp,
            "TMPDIR": tmp,
            "LANG": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONNOUSERSITE": "1",
            "PYTHONSAFEPATH": "1",
            **self.environment,
        }

    def copy_inputs(self) -> None:
        """Copy each input into the folder, read-only; for where nothing can be mounted."""
        for name, source in self.inputs.items():
            target = self.folder.inputs / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            target.chmod(0o444)


class Backend(Protocol):
    """One way to isolate. ``provenance`` is what a checkpoint says about it."""

    @property
    def name(self) -> str: ...

    @property
    def provenance(self) -> Mapping[str, JsonValue]: ...

    @property
    def own_network(self) -> bool:
        """Whether a program has a network of its own, from which only a socket leads out."""
        ...

    async def start(self, job: Job) -> Process:
        """Start ``job``; the caller ends the process in every case."""
        ...


def over_loopback(network: Network) -> dict[str, str]:
    """The variables that send ordinary HTTP clients to the proxy's port."""
    proxy = f"http://sandbox:{network.password}@127.0.0.1:{network.port}"
    variables = {"HTTPS_PROXY": proxy, "https_proxy": proxy}
    if network.certificates is not None:
        variables["SSL_CERT_FILE"] = str(network.certificates)
    return variables
