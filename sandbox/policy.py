"""Who needs what: the table of scripts, their secrets, the hosts they reach, and their limits.

A script that is not in the table does not run. A route is one way of doing a script's work over
the network: the secrets it needs (all of them) and the hosts that it may reach, and nothing of
any other route.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sandbox.errors import PolicyViolation
from sandbox.limits import Limits

SECRET_NAMES = frozenset({"ANTHROPIC_API_KEY", "FAL_KEY", "KLING_ACCESS_KEY", "KLING_SECRET_KEY"})

FAL_HOSTS = (
    "queue.fal.run",
    "fal.run",
    "rest.fal.ai",
    "queue.falrun.com",
    "falrun.com",
    # uploads, and results on hosts that it numbers anew now and then
    "fal.media",
    "*.fal.media",
)
KLING_HOSTS = (
    "api-singapore.klingai.com",
    "api-beijing.klingai.com",
    "api.klingai.com",
    # its results come from hosts that it adds and moves, all below its own domains
    "*.klingai.com",
    "*.kechuangai.com",
)


@dataclass(frozen=True)
class Route:
    """Secrets by environment name, and hosts by exact name; the port is always 443."""

    name: str
    secrets: frozenset[str]
    hosts: tuple[str, ...]


@dataclass(frozen=True)
class ScriptPolicy:
    """What one script may have.

    ``module`` is started as ``python -m module``; with ``program`` set, that file is started
    instead, and shown to nobody else.
    """

    module: str
    timeout: timedelta = timedelta(seconds=600)
    limits: Limits = field(default_factory=Limits)
    routes: tuple[Route, ...] = ()
    program: Path | None = None

    def route(self, name: str | None, available: Mapping[str, object]) -> Route | None:
        """The route called ``name``, or else the first whose secrets are all ``available``.

        ``None`` for a script without network. Raises ``PolicyViolation`` when there is no such
        route or when its secrets are not set.
        """
        if not self.routes:
            if name is not None:
                raise PolicyViolation(f"{self.module} has no network, so no route {name!r}")
            return None
        wanted = [route for route in self.routes if name in (None, route.name)]
        if not wanted:
            known = ", ".join(route.name for route in self.routes)
            raise PolicyViolation(f"{self.module} has no route {name!r}; it has {known}")
        for route in wanted:
            if route.secrets <= available.keys():
                return route
        needs = " or ".join(" and ".join(sorted(route.secrets)) for route in wanted)
        raise PolicyViolation(f"{self.module} needs {needs}, which is not set; set it and retry")


FAL = Route("fal", frozenset({"FAL_KEY"}), FAL_HOSTS)
KLING = Route("kling", frozenset({"KLING_ACCESS_KEY", "KLING_SECRET_KEY"}), KLING_HOSTS)


def _local(name: str) -> ScriptPolicy:
    return ScriptPolicy(f"sandbox.scripts.{name}")


SCRIPTS: Mapping[str, ScriptPolicy] = {
    "crop_frames": _local("crop_frames"),
    "resize_frames": _local("resize_frames"),
    "stitch_clips": _local("stitch_clips"),
    "proof_hero": _local("proof_hero"),
    "proof_contact_sheet": _local("proof_contact_sheet"),
    "proof_frame": _local("proof_frame"),
    "proof_clip": _local("proof_clip"),
    "generate_image": ScriptPolicy(
        "sandbox.scripts.generate_image", timedelta(minutes=15), routes=(FAL,)
    ),
    "generate_video": ScriptPolicy(
        "sandbox.scripts.generate_video", timedelta(minutes=30), routes=(KLING, FAL)
    ),
}


def policy_for(script: str, extra: Mapping[str, ScriptPolicy]) -> ScriptPolicy:
    """The policy of ``script``, by its name in the table or in ``extra``.

    ``extra`` holds programs that a caller registers, as the escape battery does; it cannot replace
    an entry of the table. Raises ``PolicyViolation`` for a script in neither.
    """
    policy = SCRIPTS.get(script) or extra.get(script)
    if policy is None:
        known = ", ".join(sorted({*SCRIPTS, *extra}))
        raise PolicyViolation(f"There is no script {script!r}; the sandbox runs {known}")
    return policy
