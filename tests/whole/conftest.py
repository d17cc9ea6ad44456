"""The whole studio as processes: the command line, workers that can be killed, a real server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest
from temporalio.client import Client
from temporalio.service import RPCError

from studio.records import Records
from studio.references import admit
from studio.shoot import Brief, ShootOptions, ShootState
from studio.stages import ShootStatus
from studio.store import ArtifactStore
from tests.waiting import until
from workflows.client import Shoots

ROOT = Path(__file__).parents[2]
SHOOT = Path(sys.executable).with_name("shoot")
WIDTH = 480


@dataclass
class Studio:
    """A home folder, its store, and the processes started in it."""

    home: Path
    env: dict[str, str]
    shoots: Shoots
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def worker(self) -> subprocess.Popen[bytes]:
        """Start ``shoot worker``."""
        process = subprocess.Popen([str(SHOOT), "worker"], env=self.env, cwd=self.home)
        self.processes.append(process)
        return process

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run ``shoot`` to its end."""
        return subprocess.run(
            [str(SHOOT), *words],
            env=self.env,
            cwd=self.home,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    async def start(self, shoot_id: str, **options: object) -> None:
        """Start a proof shoot on the example portrait."""
        content = (ROOT / "examples" / "portrait.png").read_bytes()
        reference = await admit(self.shoots.records.store, content, "portrait.png")
        brief = Brief(
            prompt="Edgy, industrial, hard light",
            references=(reference,),
            options=ShootOptions.model_validate({"provider": "proof", **options}),
        )
        await self.shoots.start(shoot_id, brief)

    async def until(self, shoot_id: str, fits: Callable[[ShootState], bool]) -> ShootState:
        """Wait until the shoot's state fits; while no worker is there, it cannot be asked."""

        async def fitting() -> ShootState | None:
            with suppress(RPCError):
                state = await self.shoots.state(shoot_id)
                return state if fits(state) else None
            return None

        return cast(ShootState, await until(fitting))


def complete(state: ShootState) -> bool:
    """Whether a shoot is whole."""
    return state.status is ShootStatus.COMPLETE


@pytest.fixture
def clean_env(tmp_path: Path) -> dict[str, str]:
    """An environment with nothing of the machine's settings or keys."""
    kept = ("PATH", "HOME", "LANG", "TMPDIR")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "SHOOT_HOME": str(tmp_path / "home"),
        "SHOOT_PROOF_WIDTH": str(WIDTH),
        "SHOOT_PORT": "0",
        "SHOOT_TEMPORAL_PORT": "0",
        "SHOOT_TEMPORAL_UI_PORT": "0",
    }


@pytest.fixture
async def studio(
    temporal: Client, tmp_path: Path, clean_env: dict[str, str]
) -> AsyncIterator[Studio]:
    """A studio on the tests' server, without workers at first."""
    home = tmp_path / "home"
    home.mkdir()
    address = temporal.service_client.config.target_host
    store = ArtifactStore.open((home / "store").as_uri())
    env = {**clean_env, "TEMPORAL_ADDRESS": address}
    made = Studio(home, env, Shoots(temporal, Records(store)))
    yield made
    for process in made.processes:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL)
        process.wait()
    # What is left open would be taken up by the next test's workers.
    async for left in temporal.list_workflows("ExecutionStatus = 'Running'"):
        with suppress(RPCError):
            await temporal.get_workflow_handle(left.id).terminate()


@pytest.fixture
def clean_studio_env(clean_env: dict[str, str]) -> Iterator[dict[str, str]]:
    """The same environment, for commands that start their own server."""
    yield clean_env
