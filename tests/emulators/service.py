"""All stand-ins as one running service: servers, proxy, certificates, and what to export."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import trustme
import uvicorn

from tests.emulators.claude import AnthropicEmulator
from tests.emulators.control import Control
from tests.emulators.fal import FalEmulator
from tests.emulators.kling import KlingEmulator
from tests.emulators.proxy import ConnectProxy, Refusal
from tests.emulators.wire import Provider, Receive, Scope, Send

FAL_KEY = "0f0e0d0c-emulated:5a5b5c5d5e5f60616263646566676869"
KLING_ACCESS_KEY = "AkEmulated0123456789abcdefghijkl"
KLING_SECRET_KEY = "SkEmulated0123456789abcdefghijklmnop"
ANTHROPIC_API_KEY = "sk-ant-emulated-0123456789abcdefghijklmnop"


class _Server(uvicorn.Server):
    """Says when it has begun to serve."""

    def __init__(self, config: uvicorn.Config, ready: Future[None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready.set_result(None)


class Emulators:
    """The stand-ins, and the environment in which a program takes them for the real ones.

    ``pace`` is how many seconds a picture or clip takes, ``video_height`` the height of clips in
    pixels. Start and stop it, or use :func:`running`.
    """

    def __init__(self, folder: Path, *, pace: float = 0.08, video_height: int = 240) -> None:
        self._folder = folder
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self.fal = FalEmulator(FAL_KEY, self._cut, pace, video_height)
        kling_keys = (KLING_ACCESS_KEY, KLING_SECRET_KEY)
        self.kling = KlingEmulator(kling_keys, self._cut, pace, video_height)
        self.anthropic = AnthropicEmulator(ANTHROPIC_API_KEY, self._cut)
        self._control = Control(self)
        self.providers: dict[str, Provider] = {
            "fal": self.fal,
            "kling": self.kling,
            "anthropic": self.anthropic,
        }
        parts = [*self.providers.values(), self._control]
        self._by_host = {host: part for part in parts for host in part.hosts}
        self._ca = trustme.CA()
        self.proxy = ConnectProxy(0, frozenset(self._by_host))

    @property
    def env(self) -> dict[str, str]:
        """The environment to add: a proxy, an authority, and keys that the stand-ins take."""
        return {
            "HTTPS_PROXY": f"http://127.0.0.1:{self.proxy.port}",
            "NO_PROXY": "",
            "SSL_CERT_FILE": str(self._folder / "ca.pem"),
            "FAL_KEY": FAL_KEY,
            "KLING_ACCESS_KEY": KLING_ACCESS_KEY,
            "KLING_SECRET_KEY": KLING_SECRET_KEY,
            "ANTHROPIC_API_KEY": ANTHROPIC_API_KEY,
        }

    @property
    def complaints(self) -> list[str]:
        """All that was not right in what they were sent."""
        return [words for one in self.providers.values() for words in one.complaints]

    @property
    def strays(self) -> list[str]:
        """Hosts that were asked for and belong to no stand-in."""
        return self.proxy.strays

    def refuse(self, host: str, how: Refusal = "refuse", times: int = 1, after: int = 0) -> None:
        """Let connections to ``host`` fail before a byte of a request is sent."""
        self.proxy.refuse(host, how, times, after)

    def reset(self) -> None:
        """Forget everything that happened and every fault still waiting."""
        self.proxy.reset()
        for one in self.providers.values():
            one.reset()

    def start(self, port: int = 0) -> None:
        """Serve from a thread of its own; the proxy listens on ``port``, 0 for a free one."""
        ready: Future[None] = Future()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(port, ready)), name="emulators", daemon=True
        )
        self._thread.start()
        ready.result(timeout=30)

    def stop(self) -> None:
        """Stop serving and wait for the thread."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(timeout=10)

    async def _serve(self, port: int, ready: Future[None]) -> None:
        try:
            self._loop = asyncio.get_running_loop()
            self._ca.cert_pem.write_to_path(str(self._folder / "ca.pem"))
            with socket.create_server(("127.0.0.1", 0)) as listening:
                self.proxy.upstream = listening.getsockname()[1]
                await self.proxy.start(port)
                self._server = _Server(self._config(), ready)
                await self._server.serve(sockets=[listening])
                await self.proxy.stop()
        except BaseException as error:
            if not ready.done():
                ready.set_exception(error)
            raise

    def _config(self) -> uvicorn.Config:
        leaf = self._ca.issue_cert(*self._by_host)
        chain = self._folder / "server.pem"
        leaf.private_key_and_cert_chain_pem.write_to_path(str(chain))
        return uvicorn.Config(
            self._app,
            ssl_certfile=str(chain),
            http="h11",
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            log_level="critical",
            access_log=False,
            timeout_graceful_shutdown=1,
        )

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode().partition(":")[0]
        part = self._by_host.get(host, self._control)
        try:
            await part(scope, receive, send)
        except Exception as fault:
            part.complain(f"the stand-in itself failed: {fault!r}")
            raise

    def _cut(self, port: int) -> None:
        self.proxy.cut(port)


@contextmanager
def running(folder: Path, port: int = 0, **options: Any) -> Iterator[Emulators]:
    """The stand-ins, serving for as long as the block lasts; options as for the class."""
    emulators = Emulators(folder, **options)
    emulators.start(port)
    try:
        yield emulators
    finally:
        emulators.stop()
