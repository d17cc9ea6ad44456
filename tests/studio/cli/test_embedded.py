"""The embedded Temporal server: one a home, persistent, watched, gone with its last user."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

import pytest
from temporalio.client import Client

from studio.cli.embedded import EmbeddedServerError, embedded_server, running_server
from studio.settings import Settings
from tests.waiting import until


@pytest.fixture
def settings(tmp_path):
    """A home of its own, on free ports."""
    return Settings(home=tmp_path / "home", temporal_port=0, temporal_ui_port=0)


async def test_second_user_joins_the_first(settings):
    """Who comes second uses the same server; it is stopped when the last leaves."""
    async with embedded_server(settings) as first:
        async with embedded_server(settings) as second:
            assert second == first
        assert running_server(settings) == first
    assert running_server(settings) is None


async def test_killed_server_comes_back_with_what_it_knew(settings):
    """After ``kill -9`` the server is started again, on the same address and database."""
    async with embedded_server(settings) as server:
        client = await Client.connect(server.address)
        await client.start_workflow("Nothing", id="kept", task_queue="nobody")
        os.kill(server.pid, signal.SIGKILL)

        def restarted():
            found = running_server(settings)
            return found if found is not None and found.pid != server.pid else None

        again = await until(restarted)
        assert again.address == server.address
        description = await client.get_workflow_handle("kept").describe()
        assert description.id == "kept"


async def test_search_attributes_are_registered(settings):
    """Operators can ask by stage and status from the first moment."""
    async with embedded_server(settings) as server:
        client = await Client.connect(server.address)
        query = "ShootStatus = 'awaiting-input' AND ShootStage = 'hero' AND ShootOwner = 'a'"
        assert [one async for one in client.list_workflows(query)] == []


async def test_no_key_reaches_the_server(settings, monkeypatch):
    """The server's environment has none of ours."""
    monkeypatch.setenv("FAL_KEY", "marker-secret")
    async with embedded_server(settings) as server:
        assert b"marker-secret" not in Path(f"/proc/{server.pid}/environ").read_bytes()


@pytest.mark.parametrize("name", ["temporal_port", "temporal_ui_port"])
async def test_taken_port_is_refused(tmp_path, name):
    """A port that somebody listens on is named with its setting, and none is taken instead."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        ports = {"temporal_port": 0, "temporal_ui_port": 0, name: taken}
        chosen = Settings(home=tmp_path / "home", **ports)
        with pytest.raises(EmbeddedServerError, match=f"SHOOT_{name.upper()}={taken}: .* in use"):
            async with embedded_server(chosen):
                pass
        assert running_server(chosen) is None
