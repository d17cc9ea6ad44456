"""Which backend runs here, why the better ones do not, and what would change that."""

from __future__ import annotations

import asyncio
import logging
import platform
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sandbox import bubblewrap, interpreter, landlock, seccomp
from sandbox.backend import Backend, Job
from sandbox.bubblewrap import Bubblewrap
from sandbox.errors import SandboxError, SandboxUnavailable
from sandbox.landlock import Landlock
from sandbox.layout import new_run, session_folder, sweep
from sandbox.limits import Limits
from sandbox.plain import Plain
from sandbox.settings import SandboxSettings

_log = logging.getLogger(__name__)

_PROBE = Path("/proc/sys")
_RESTRICTIONS = (
    (
        "kernel/apparmor_restrict_unprivileged_userns",
        "1",
        "AppArmor denies user namespaces to programs without a profile "
        "(kernel.apparmor_restrict_unprivileged_userns=1)",
        "install the distribution's bubblewrap package and its AppArmor profile, or run "
        "`sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0`",
    ),
    (
        "kernel/unprivileged_userns_clone",
        "0",
        "the kernel denies user namespaces to ordinary users (kernel.unprivileged_userns_clone=0)",
        "run `sudo sysctl kernel.unprivileged_userns_clone=1`",
    ),
    (
        "user/max_user_namespaces",
        "0",
        "user namespaces are switched off (user.max_user_namespaces=0)",
        "run `sudo sysctl user.max_user_namespaces=10000`",
    ),
)
_MACHINE = "use an x86_64 or aarch64 machine"
_CONTAINER = (
    "the container that this runs in allows no user namespaces",
    "start it with `--security-opt seccomp=unconfined --security-opt systempaths=unconfined`",
)


@dataclass(frozen=True)
class Diagnosis:
    """What ``shoot doctor`` says of the sandbox.

    ``backend`` is what would run, ``None`` if nothing can. ``problems`` says why each better one
    does not run here, by its name; ``remedy`` is one line, empty when the best one runs.
    """

    backend: Backend | None
    problems: dict[str, str] = field(default_factory=dict)
    remedy: str = ""

    def __str__(self) -> str:
        return self.summary

    @property
    def summary(self) -> str:
        """One line for a person."""
        said = "; ".join(f"{name}: {problem}" for name, problem in self.problems.items())
        if self.backend is None:
            return f"No sandbox can run here ({said}). To lift this, {self.remedy}"
        name, *details = map(str, self.backend.provenance.values())
        words = f"{name} ({'; '.join(details)})"
        return (
            f"{words}. Not better, because: {said}. To lift this, {self.remedy}" if said else words
        )


async def diagnose(settings: SandboxSettings) -> Diagnosis:
    """Try the backends in order, by really running something in each, and say what was found."""
    if settings.backend == "none":
        return Diagnosis(Plain())
    if not seccomp.supported():
        machine = platform.machine()
        return Diagnosis(None, {"seccomp": f"no table of system calls for {machine}"}, _MACHINE)
    if problem := await asyncio.to_thread(_home_problem, settings.home.absolute()):
        return Diagnosis(None, {"home": problem}, "set SHOOT_HOME to a folder of its own")
    problems: dict[str, str] = {}
    if settings.backend in ("auto", "bubblewrap"):
        backend, problem = await _try_bubblewrap(settings)
        if backend is not None:
            return Diagnosis(backend)
        problems["bubblewrap"] = problem
    if settings.backend in ("auto", "landlock"):
        try:
            weaker = Landlock(landlock.version())
            await probe(weaker, settings)
        except SandboxUnavailable as error:
            problems["landlock"] = str(error)
        else:
            return Diagnosis(weaker, problems, _restriction()[1] if problems else "")
    return Diagnosis(None, problems, _restriction()[1])


def _home_problem(home: Path) -> str | None:
    """Why the sandbox cannot work in ``home``, ``None`` if it can."""
    if any(home.is_relative_to(shown) for shown in (Path("/usr"), *interpreter.read_only_paths())):
        return f"{home} lies in a folder that every script can read"
    try:
        session_folder(home, "_probe")
    except OSError as error:
        return f"{home} cannot be used: {error.strerror}"
    return None


async def choose(settings: SandboxSettings) -> Backend:
    """The backend for ``settings``; raises ``SandboxUnavailable`` where nothing can run."""
    diagnosis = await diagnose(settings)
    if diagnosis.backend is None:
        raise SandboxUnavailable(diagnosis.summary)
    if isinstance(diagnosis.backend, Plain):
        _log.warning("THE SANDBOX IS OFF by explicit setting: scripts can touch all that this can")
    elif diagnosis.problems:
        _log.warning("The sandbox is weaker than it could be: %s", diagnosis.summary)
    return diagnosis.backend


async def _try_bubblewrap(settings: SandboxSettings) -> tuple[Bubblewrap | None, str]:
    problem = "no bwrap program is installed; install the package bubblewrap"
    for program in bubblewrap.candidates():
        try:
            version = bubblewrap.version(program)
            if tuple(map(int, version.split(".")[:2])) < bubblewrap.OLDEST:
                problem = f"{program} is version {version}, and 0.8 or newer is needed"
                continue
            backend = Bubblewrap(program, version)
            await probe(backend, settings)
        except SandboxError as error:
            problem = f"{_restriction()[0]} ({error})"
        else:
            return backend, ""
    return None, problem


async def probe(backend: Backend, settings: SandboxSettings) -> None:
    """Run an interpreter that does nothing; raises ``SandboxUnavailable`` with what it said."""
    session = await asyncio.to_thread(session_folder, settings.home, "_probe")
    await asyncio.to_thread(sweep, session)
    folder = await asyncio.to_thread(new_run, session, "probe")
    try:
        job = Job(("-m", "sandbox.errors"), (), folder, folder.outputs, Limits())
        process = await backend.start(job)
        try:
            said = await process.stderr.read_all()
            status = await process.wait()
        finally:
            await process.stop()
            process.close()
    finally:
        await asyncio.to_thread(folder.remove)
    if status:
        words = said.decode(errors="replace").strip() or f"exit status {status}"
        raise SandboxUnavailable(words.splitlines()[-1])


def _restriction() -> tuple[str, str]:
    """What keeps user namespaces from us, and the line that lifts it."""
    for name, forbidding, restriction, remedy in _RESTRICTIONS:
        with suppress(OSError):
            if (_PROBE / name).read_text().strip() == forbidding:
                return restriction, remedy
    if Path("/.dockerenv").exists() or shutil.which("docker-init"):
        return _CONTAINER
    return "this machine allows no user namespaces", "see docs/sandbox.md"
