"""A whole live shoot, and then a search for its keys wherever anything was left or said."""

from __future__ import annotations

import asyncio
import base64
import subprocess
import urllib.parse
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from studio.cli.embedded import server_program
from studio.records import Records
from studio.settings import SECRET_NAMES
from studio.store import ArtifactStore
from tests.whole.conftest import SHOOT, Studio, complete
from workflows.client import Shoots
from workflows.contract import SEARCH_ATTRIBUTES
from workflows.reading import StreamReader

pytest_plugins = ("tests.emulators.plugin",)


def forms(key: str) -> list[bytes]:
    """A key as it is, and as it looks in an address, a header, or a token."""
    encoded = base64.b64encode(key.encode()).rstrip(b"=")
    return [key.encode(), urllib.parse.quote(key, safe="").encode(), encoded[:-2]]


def found(data: bytes, keys: list[str]) -> bool:
    """Whether any form of any key is in ``data``."""
    return any(form in data for key in keys for form in forms(key))


@pytest.fixture
async def recorded(tmp_path: Path, clean_env: dict[str, str]) -> AsyncIterator[Studio]:
    """A studio on a server whose database is a file."""
    home = tmp_path / "home"
    home.mkdir()
    environment = await WorkflowEnvironment.start_local(
        dev_server_existing_path=str(server_program()),
        dev_server_database_filename=str(tmp_path / "temporal.db"),
        data_converter=pydantic_data_converter,
        search_attributes=SEARCH_ATTRIBUTES,
        dev_server_log_level="error",
    )
    async with environment:
        client = environment.client
        env = {**clean_env, "TEMPORAL_ADDRESS": client.service_client.config.target_host}
        store = ArtifactStore.open((home / "store").as_uri())
        yield Studio(home, env, Shoots(client, Records(store)))


@pytest.mark.slow
async def test_keys_are_nowhere(recorded: Studio, providers, tmp_path: Path) -> None:
    """Not in Temporal's database, the store, the sandbox, the log, the state, the stream, or any
    argv."""
    keys = [providers.env[name] for name in SECRET_NAMES]
    env = {**recorded.env, **providers.env, "NO_PROXY": "127.0.0.1,localhost"}
    shoot_id = uuid.uuid4().hex
    listed: list[str] = []
    worker = _worker(recorded, {**env, "SHOOT_LOG_LEVEL": "debug"}, tmp_path / "log")
    try:
        await recorded.start(shoot_id, autopilot=True, provider="live")
        done = asyncio.create_task(recorded.until(shoot_id, complete))
        while not done.done():
            listed += [argv for argv in _argvs() if found(argv.encode(), keys)]
            await asyncio.wait({done}, timeout=0.1)
        state = done.result()
        stream = await _stream(recorded, shoot_id)
    finally:
        worker.terminate()
        worker.wait()

    assert providers.complaints == []
    assert listed == []
    assert not found(state.model_dump_json().encode(), keys)
    assert b'"complete"' in stream
    assert not found(stream, keys)
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == "temporal.db" for path in left)
    assert [path.name for path in left if found(path.read_bytes(), keys)] == []


def _worker(studio: Studio, env: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """A worker whose every word is kept."""
    with log.open("wb") as file:
        return subprocess.Popen(
            [str(SHOOT), "worker"], env=env, cwd=studio.home, stdout=file, stderr=file
        )


def _argvs() -> list[str]:
    """The command line of every process of this machine."""
    lines = []
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit():
                lines.append((process / "cmdline").read_text(errors="replace"))
        except OSError:
            continue
    return lines


async def _stream(studio: Studio, shoot_id: str) -> bytes:
    """Every event that a viewer is sent."""
    reader = StreamReader(studio.shoots.client, studio.shoots.records, shoot_id)
    due, said = 0, b""
    while page := await reader.page(due):
        said += "".join(one.event for one in page).encode()
        due = page[-1].offset + 1
    return said
