"""Serving: the application on a socket, until it is told to stop; streams end before it goes."""

from __future__ import annotations

import asyncio
import gc
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn

from gateway.app import application, build
from gateway.connection import Connection
from gateway.context import Gateway
from gateway.hub import HubPolicy
from studio.settings import Settings, SettingsError
from studio.shoot import Providers
from workflows.client import Shoots

_GRACE_SECONDS = 5
_BACKLOG = 2048
_COLLECTING = (100_000, 50, 100)


class _Server(uvicorn.Server):
    """Ends the streams when it stops, and leaves signals to whoever runs it."""

    def __init__(self, config: uvicorn.Config, gateway: Gateway) -> None:
        super().__init__(config)
        self._gateway = gateway

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._gateway.hub.close()
        await super().shutdown(sockets)


@asynccontextmanager
async def serving(
    shoots: Shoots,
    settings: Settings,
    providers: Providers | None = None,
    hub_policy: HubPolicy | None = None,
) -> AsyncIterator[str]:
    """Serve while the body runs; yields the address. ``providers`` is what forms are told.

    Raises ``SettingsError`` where it must not be started like this, or where the port is taken.
    """
    gateway = build(shoots, settings, providers, hub_policy)
    listener = _listen(settings.host, settings.port)
    config = uvicorn.Config(
        application(gateway),
        http=Connection,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        # Uvicorn's own default trusts whoever connects from this machine to say who the client is.
        forwarded_allow_ips=os.environ.get("FORWARDED_ALLOW_IPS", ""),
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    server = _Server(config, gateway)
    task = asyncio.create_task(server.serve([listener]))
    try:
        with _rarely_collecting():
            yield _address(listener, settings.host)
    finally:
        server.should_exit = True
        await task


@contextmanager
def _rarely_collecting() -> Iterator[None]:
    """Look for garbage in cycles a hundred times less often, process-wide.

    A word that goes to a thousand viewers makes enough short-lived objects for several rounds of
    the collector, each of which walks through all that the thousand connections hold.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_COLLECTING)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host.strip("[]"), port))
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"SHOOT_HOST={host}, SHOOT_PORT={port}: cannot listen there ({error.strerror}): "
            "stop what does, or choose another port"
        ) from None
    listener.listen(_BACKLOG)
    return listener


def _address(listener: socket.socket, host: str) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}"
