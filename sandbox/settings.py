"""What the worker tells the sandbox: where it may work, with which secrets, through which proxy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal

from pydantic import SecretStr

from sandbox.egress import Resolve, resolve
from sandbox.limits import Limits
from sandbox.policy import ScriptPolicy

BackendChoice = Literal["auto", "bubblewrap", "landlock", "none"]


@dataclass(frozen=True)
class SandboxSettings:
    """One value per worker; nothing in it is ever written to disk.

    ``home`` is a folder of the sandbox's own. ``secrets`` are by environment name, and each
    script gets only those of its route. ``https_proxy`` and ``ssl_cert_file`` are the worker's own
    way out, used by the egress proxy. ``hosts`` adds exact host names to a route, by the route's
    name. ``limits`` replaces every script's limits, ``timeout`` every script's timeout.
    ``scripts`` registers further programs. ``resolve`` finds a name's addresses for the
    egress proxy.
    """

    home: Path
    backend: BackendChoice = "auto"
    secrets: Mapping[str, SecretStr] = field(default_factory=dict)
    https_proxy: str | None = field(default=None, repr=False)
    ssl_cert_file: Path | None = None
    hosts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: Limits | None = None
    timeout: timedelta | None = None
    scripts: Mapping[str, ScriptPolicy] = field(default_factory=dict)
    resolve: Resolve = resolve
