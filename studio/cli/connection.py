"""How a command reaches Temporal: the cluster the environment names, or the embedded server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.envconfig import ClientConfigProfile

from studio.cli.embedded import Server, embedded_server, running_server
from studio.records import Records
from studio.settings import Settings
from studio.store import ArtifactStore
from workflows.client import Shoots
from workflows.contract import Policy


class NotRunningError(RuntimeError):
    """No Temporal is within reach, and the command is not one that starts it."""


@dataclass(frozen=True)
class Connection:
    """A way to Temporal. ``server`` is set where it is the embedded one."""

    client: Client
    server: Server | None

    def shoots(self, settings: Settings) -> Shoots:
        """All shoots there."""
        records = Records(open_store(settings))
        policy = Policy(reopen_for=settings.reopen_for)
        return Shoots(self.client, records, policy, settings.public_url)


def open_store(settings: Settings) -> ArtifactStore:
    """The artifact store that the settings name."""
    return ArtifactStore.open(settings.store_url, settings.store_options)


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[Connection]:
    """Connect to the named cluster, or start (or join) the embedded server."""
    profile = ClientConfigProfile.load()
    if profile.address:
        yield Connection(await _connect(profile), None)
        return
    async with embedded_server(settings) as server:
        yield Connection(await _connect(ClientConfigProfile(address=server.address)), server)


async def connect_running(settings: Settings) -> Connection:
    """Connect to what is running. Raises :class:`NotRunningError`; starts nothing."""
    profile = ClientConfigProfile.load()
    server = None
    if not profile.address:
        server = running_server(settings)
        if server is None:
            raise NotRunningError("no studio is running here: start one with 'shoot up'")
        profile = ClientConfigProfile(address=server.address)
    return Connection(await _connect(profile), server)


@asynccontextmanager
async def working(connection: Connection, settings: Settings) -> AsyncIterator[None]:
    """A worker in this process, for as long as the body runs. Its death ends the body."""
    from activities.worker import work  # noqa: PLC0415 - OpenCV and the sandbox load only here

    stop = asyncio.Event()
    task = asyncio.create_task(work(connection.client, settings, stop))
    body = asyncio.current_task()
    task.add_done_callback(lambda _: None if stop.is_set() or body is None else body.cancel())
    try:
        yield
    except asyncio.CancelledError:
        if task.done() and not task.cancelled() and (error := task.exception()):
            raise error from None
        raise
    finally:
        stop.set()
        with suppress(asyncio.CancelledError):
            await task


async def _connect(profile: ClientConfigProfile) -> Client:
    config = profile.to_client_connect_config()
    try:
        return await Client.connect(**config, data_converter=pydantic_data_converter)
    except RuntimeError as error:
        raise NotRunningError(
            f"Temporal at {profile.address} cannot be reached: {error}"
        ) from error
