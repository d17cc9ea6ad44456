"""The embedded Temporal server: the real dev server on a database file, one per home folder.

Whoever comes first starts it, others with the same home use it too, and the last to leave stops
it. While somebody is there it is watched, and started again on the same file if it dies.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import logging
import os
import shutil
import signal
import socket
import sysconfig
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import psutil
from temporalio.client import Client
from temporalio.service import RPCError

from studio.settings import Settings
from workflows.contract import SEARCH_ATTRIBUTES

logger = logging.getLogger(__name__)

STARTUP_SECONDS = 60.0
STOP_SECONDS = 10.0
_POLL_SECONDS = 0.1
_WATCH_SECONDS = 1.0
DYNAMIC_CONFIG = {
    "matching.enableFairness": "true",
    "matching.useNewMatcher": "true",
    "matching.numTaskqueueWritePartitions": "1",
}
"""Tasks of many owners are handed out in turn (``contract.fairness``), not first come first
served; each partition of a queue is fair by itself, so there is one. ``read`` partitions stay as
they were, for the tasks that an earlier server wrote to them. ``deploy/temporal-dynamic.yaml``
says the same to the server of the compose file."""
_PASSED = ("PATH", "HOME", "TMPDIR")
"""All of the environment that the server is given: no key may reach it."""


class EmbeddedServerError(RuntimeError):
    """The server could not be started; the message says why and what to do."""


@dataclass(frozen=True)
class Server:
    """A running server: its gRPC address, its UI, its process."""

    address: str
    ui: str
    pid: int
    started: float
    """When the process began, in seconds of the epoch."""


@asynccontextmanager
async def embedded_server(settings: Settings) -> AsyncIterator[Server]:
    """Use the home's server, starting it when nobody has. Raises :class:`EmbeddedServerError`."""
    folder = settings.home / "temporal"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "users.lock").open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        server = await _find_or_start(folder, settings)
        watcher = asyncio.create_task(_watch(folder, settings, server))
        try:
            yield server
        finally:
            watcher.cancel()
            with suppress(asyncio.CancelledError):
                await watcher
            if _is_last(users):
                await _stop(settings)


def running_server(settings: Settings) -> Server | None:
    """The home's server as it was last written down, if its process is alive."""
    try:
        content = json.loads((settings.home / "temporal" / "server.json").read_text())
        server = Server(**content)
    except (OSError, ValueError, TypeError):
        return None
    return server if _alive(server) else None


def server_program() -> Path:
    """The Temporal program: the wheel's beside this interpreter, or one on the path."""
    beside = Path(sysconfig.get_path("scripts")) / "temporal"
    found = str(beside) if beside.is_file() else shutil.which("temporal")
    if found is None:
        raise EmbeddedServerError(
            "no Temporal server is installed: install shoot-studio[embedded], "
            "or set TEMPORAL_ADDRESS to a cluster"
        )
    return Path(found)


def dynamic_config() -> list[str]:
    """The dev server's arguments for :data:`DYNAMIC_CONFIG`."""
    pairs = ("=".join(pair) for pair in DYNAMIC_CONFIG.items())
    return [word for pair in pairs for word in ("--dynamic-config-value", pair)]


async def _find_or_start(folder: Path, settings: Settings) -> Server:
    with await _starting(folder):
        server = running_server(settings)
        if server is not None and await _answers(server.address):
            return server
        server = _start(folder, settings, server)
        (folder / "server.json").write_text(json.dumps(asdict(server)))
        await _ready(server, folder)
        return server


async def _watch(folder: Path, settings: Settings, server: Server) -> None:
    """Start the server again, on the same ports and file, whenever its process is gone."""
    told = ""
    while True:
        await asyncio.sleep(_WATCH_SECONDS)
        with await _starting(folder):
            if running_server(settings) is not None:
                continue
            try:
                server = _start(folder, settings, server)
            except EmbeddedServerError as error:
                # Somebody has taken its port meanwhile; clients know no other, so it is waited for.
                if str(error) != told:
                    logger.warning("Temporal waits to be started again: %s", error)
                told = str(error)
                continue
            (folder / "server.json").write_text(json.dumps(asdict(server)))


async def _starting(folder: Path) -> _StartLock:
    """Hold the start lock, so that only one process starts a server at a time."""
    held = _StartLock(folder / "start.lock")
    while not held.taken():
        await asyncio.sleep(_POLL_SECONDS)
    return held


class _StartLock:
    def __init__(self, path: Path) -> None:
        self._file = path.open("a")

    def taken(self) -> bool:
        with suppress(BlockingIOError):
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _start(folder: Path, settings: Settings, before: Server | None) -> Server:
    """Start the process. Ports are those it had before, the settings', or free ones."""
    ports = [settings.temporal_port, settings.temporal_ui_port]
    if before is not None:
        ports = [int(before.address.rsplit(":", 1)[1]), int(before.ui.rsplit(":", 1)[1])]
    port = _usable(ports[0], "SHOOT_TEMPORAL_PORT")
    ui_port = _usable(ports[1], "SHOOT_TEMPORAL_UI_PORT")
    attributes = [
        word for key in SEARCH_ATTRIBUTES for word in ("--search-attribute", f"{key.name}=Keyword")
    ]
    command = [
        *(str(server_program()), "server", "start-dev", "--ip", "127.0.0.1"),
        *("--port", str(port), "--ui-port", str(ui_port)),
        *("--db-filename", str(folder / "temporal.db"), "--log-level", "error"),
        *attributes,
        *dynamic_config(),
    ]
    log = str(folder / "server.log")
    append = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    pid = os.posix_spawn(
        command[0],
        command,
        {name: os.environ[name] for name in _PASSED if name in os.environ},
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, log, append, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setsid=True,
    )
    started = psutil.Process(pid).create_time()
    return Server(f"127.0.0.1:{port}", f"http://127.0.0.1:{ui_port}", pid, started)


async def _ready(server: Server, folder: Path) -> None:
    try:
        async with asyncio.timeout(STARTUP_SECONDS):
            while _alive(server):
                if await _answers(server.address):
                    return
                await asyncio.sleep(_POLL_SECONDS)
    except TimeoutError:
        os.kill(server.pid, signal.SIGKILL)
    raise EmbeddedServerError(f"the Temporal server did not start: see {folder / 'server.log'}")


async def _answers(address: str) -> bool:
    try:
        client = await Client.connect(address)
        return await client.service_client.check_health()
    except (RuntimeError, RPCError):
        return False


def _is_last(users: IO[str]) -> bool:
    """Whether nobody else holds the users' lock. Frees this process's hold."""
    with suppress(BlockingIOError):
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    fcntl.flock(users, fcntl.LOCK_UN)
    return False


async def _stop(settings: Settings) -> None:
    server = running_server(settings)
    if server is None:
        return
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.kill(server.pid, number)
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                while _alive(server):
                    await asyncio.sleep(_POLL_SECONDS)
    (settings.home / "temporal" / "server.json").unlink(missing_ok=True)


def _alive(server: Server) -> bool:
    """Whether that very process runs: a number may have been given to another since."""
    try:
        process = psutil.Process(server.pid)
        with process.oneshot():
            same = abs(process.create_time() - server.started) < 1
            ended = process.status() == psutil.STATUS_ZOMBIE
        if ended:
            with suppress(ChildProcessError):
                os.waitpid(server.pid, os.WNOHANG)
        return same and not ended
    except psutil.NoSuchProcess:
        return False


def _usable(port: int, setting: str) -> int:
    """``port``, or a free one for 0. Raises :class:`EmbeddedServerError` where it is taken.

    Another port is never taken instead: the addresses that people wrote down would lead to
    somebody else's server.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise EmbeddedServerError(
                f"{setting}={port}: 127.0.0.1:{port} cannot be used ({error.strerror}): stop what "
                f"listens there, or set {setting} to another port (0 picks a free one)"
            ) from None
        return int(probe.getsockname()[1])
