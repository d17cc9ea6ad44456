"""Runs attempts: lays out the bait, starts the program inside, and looks at what came of it.

An attempt is held if the program says so *and* the host has lost nothing: after each one every
bait is looked at, whatever the attempt was about.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import socket
import subprocess
import sys
import sysconfig
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr
from table import INSIDE, Attempt

import sandbox
from sandbox.errors import OutputRefused, SandboxError, ScriptFailed
from sandbox.limits import MIB, Limits
from sandbox.policy import Route, ScriptPolicy
from sandbox.protocol import Status
from sandbox.session import SandboxSession, SandboxSettings
from sandbox.settings import BackendChoice

ALLOWED, PRIVATE = "allowed.example", "private.example"
_NAMES = ("ANTHROPIC_API_KEY", "FAL_KEY", "KLING_SECRET_KEY", "BAIT_KEY")
SECRETS = {name: f"marker-{name.lower()}-0123456789" for name in _NAMES}
LIMITS = Limits(
    memory=192 * MIB,
    processes=48,
    open_files=128,
    file_size=24 * MIB,
    output=48 * MIB,
    output_files=64,
    tmp=16 * MIB,
    cpu=timedelta(seconds=2),
    stdout=8 * MIB,
)
_SHARED_KEY = 0x5EC0DE


@dataclass
class Outcome:
    """``lost`` is what got through, empty if it was held; ``words`` what the program said."""

    lost: list[str] = field(default_factory=list)
    words: str = ""

    @property
    def held(self) -> bool:
        return not self.lost


class Bait:
    """Everything on the host that an attempt may be after; made and removed with the battery."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._stack = ExitStack()
        self.files = [root / name for name in ("shoots/other/hero.png", "store/key", "home/.env")]
        for path in (*self.files, root / "host/planted.png", root / "input.png"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"bait {path.name}")
            path.chmod(0o600)
        self.memory = ctypes.create_string_buffer(b"bait in memory\0\0")
        self.marker = f"marker-{uuid.uuid4().hex}"
        self.canary = self._stack.enter_context(_canary())
        self.tcp = self._listener(socket.AF_INET, ("127.0.0.1", 0))
        self.udp = self._stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        self.udp.bind(("127.0.0.1", 0))
        self.udp.setblocking(False)
        self.abstract = f"escape-{uuid.uuid4().hex}"
        self.unnamed = self._listener(socket.AF_UNIX, f"\0{self.abstract}")
        short = self._stack.enter_context(_short_folder())
        self.path = short / "s"
        self.named = self._listener(socket.AF_UNIX, str(self.path))
        self.segment = self._stack.enter_context(_shared_memory())

    def close(self) -> None:
        self._stack.close()

    def _listener(self, family: int, address: object) -> socket.socket:
        listener = self._stack.enter_context(socket.socket(family))
        listener.bind(address)
        listener.listen()
        listener.setblocking(False)
        return listener

    def described(self) -> dict[str, object]:
        """What the program inside is told."""
        package = Path(sandbox.__file__).parent
        return {
            "other_shoot": str(self.files[0]),
            "store": str(self.files[1]),
            "home": str(self.files[2].parent),
            "host_folder": str(self.root / "host"),
            "repository": str(package.parent),
            "package": str(package),
            "worker": os.getpid(),
            "canary": self.canary.pid,
            "address": ctypes.addressof(self.memory),
            "marker": self.marker,
            "secret": "marker-",
            "own": "BAIT_KEY",
            "tcp_port": self.tcp.getsockname()[1],
            "udp_port": self.udp.getsockname()[1],
            "abstract": self.abstract,
            "socket": str(self.path),
            "shared_memory": _SHARED_KEY,
            "segment": self.segment,
            "allowed": ALLOWED,
            "private": PRIVATE,
            "memory": LIMITS.memory,
        }

    def losses(self) -> Iterator[str]:
        """What has come to harm, in words."""
        for path in self.files:
            if not path.exists() or path.read_text() != f"bait {path.name}":
                yield f"{path.name} was changed"
            elif path.stat().st_mode & 0o777 != 0o600:
                yield f"{path.name} has another mode"
        if [path.name for path in (self.root / "host").iterdir()] != ["planted.png"]:
            yield "the host's folder was written to"
        yield from _planted()
        if self.canary.poll() is not None:
            yield "a process of the host was signalled"
        listeners = {"TCP": self.tcp, "abstract": self.unnamed, "named": self.named}
        for name, listener in listeners.items():
            with suppress(BlockingIOError):
                listener.accept()[0].close()
                yield f"the host's {name} socket was reached"
        with suppress(BlockingIOError):
            self.udp.recv(100)
            yield "the host's UDP socket was reached"
        yield from (f"process {pid} lives on" for pid in processes_with(self.marker))


def processes_with(marker: str) -> list[int]:
    """The processes that have ``marker`` in their command line, the battery's own aside."""
    found = []
    for process in Path("/proc").iterdir():
        with suppress(OSError):
            if process.name.isdigit() and marker.encode() in (process / "cmdline").read_bytes():
                found.append(int(process.name))
    return found


def _planted() -> Iterator[str]:
    package = Path(sandbox.__file__).parent
    for path in (
        Path(sysconfig.get_path("stdlib"), "planted.py"),
        Path(sysconfig.get_path("purelib"), "planted.pth"),
        package / "scripts/planted.py",
        package / "__pycache__/planted.pyc",
    ):
        if path.exists():
            path.unlink()
            yield f"{path.name} was planted"


@contextmanager
def _canary() -> Iterator[subprocess.Popen[bytes]]:
    code = "import time; 'canary'; time.sleep(3600)"
    process = subprocess.Popen([sys.executable, "-S", "-c", code], start_new_session=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def _short_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="esc") as folder:
        yield Path(folder)


@contextmanager
def _shared_memory() -> Iterator[int]:
    libc = ctypes.CDLL(None)
    segment = int(libc.shmget(_SHARED_KEY, 4096, 0o1666))
    try:
        yield segment
    finally:
        libc.shmctl(segment, 0, None)


class Battery:
    """Attempts against one backend."""

    def __init__(self, root: Path, backend: BackendChoice) -> None:
        self.bait = Bait(root)
        program = INSIDE / "start.py"
        route = Route("bait", frozenset({"BAIT_KEY"}), (ALLOWED, PRIVATE))
        self.settings = SandboxSettings(
            home=root / "sandbox",
            backend=backend,
            secrets={name: SecretStr(value) for name, value in SECRETS.items()},
            limits=LIMITS,
            resolve=_resolve,
            scripts={
                "local": ScriptPolicy("-", program=program),
                "networked": ScriptPolicy("-", program=program, routes=(route,)),
            },
        )

    def close(self) -> None:
        self.bait.close()

    async def attempt(self, attempt: Attempt) -> Outcome:
        """Run one attempt, and what follows it, in a session of its own."""
        outcome = Outcome()
        session = await SandboxSession.get_or_create(attempt.name.replace(".", "-"), self.settings)
        verdict = await self._run(session, attempt, attempt.name, outcome)
        if attempt.then is not None:
            outcome.words = ""
            verdict = await self._run(session, attempt, attempt.then, outcome)
        if attempt.limits and verdict not in attempt.limits:
            outcome.lost.append(f"the verdict is {verdict}, not {' or '.join(attempt.limits)}")
        elif not attempt.limits and verdict != "held":
            outcome.lost.append(f"the verdict is {verdict}")
        outcome.lost += self.bait.losses()
        return outcome

    async def _run(
        self, session: SandboxSession, attempt: Attempt, name: str, outcome: Outcome
    ) -> str:
        module, function = name.split(".")
        verdict = "silent"
        async with session.open("attempt") as run:
            for path in INSIDE.glob("*.py"):
                run.add_input(f"inside/{path.name}", path)
            run.add_input("input.png", self.bait.root / "input.png")
            bait = {**self.bait.described(), "out": "{out}", "input": "{in}/input.png"}
            arguments = ["{in}/inside", module, function, json.dumps(bait)]
            script = "networked" if attempt.network else "local"
            limit = timedelta(seconds=attempt.seconds)
            try:
                async for event in run.exec(script, arguments, timeout=limit):
                    self._search(event.model_dump_json(), outcome)
                    if isinstance(event, Status):
                        verdict, _, outcome.words = event.message.partition(": ")
            except ScriptFailed as failed:
                verdict, outcome.words = failed.code, failed.message
                self._search(failed.message, outcome)
            except SandboxError as error:
                verdict, outcome.words = "refused", str(error)
            if verdict == "escaped":
                outcome.lost.append(outcome.words)
            for output in attempt.refused:
                with suppress(OutputRefused):
                    run.outputs([output])
                    outcome.lost.append(f"{output} was handed out")
        return "held" if verdict == "silent" and attempt.refused else verdict

    def _search(self, text: str, outcome: Outcome) -> None:
        if any(value in text for value in SECRETS.values()):
            outcome.lost.append("a secret left the sandbox")


async def _resolve(host: str) -> list[str]:
    return {ALLOWED: ["192.0.2.1"], PRIVATE: ["127.0.0.1"]}.get(host, [])


@asynccontextmanager
async def battery(root: Path, backend: BackendChoice) -> AsyncIterator[Battery]:
    """A battery with its bait laid out, against ``backend``."""
    made = await asyncio.to_thread(Battery, root, backend)
    try:
        yield made
    finally:
        made.close()
