"""The second backend: what it says of itself, and what it does on older kernels."""

import os
import signal

import py_landlock
import pytest

from sandbox import landlock, session
from sandbox.errors import SandboxUnavailable, ScriptFailed
from sandbox.landlock import Landlock
from sandbox.layout import new_run
from sandbox.run import Run

READY = """
import sys
sys.stdout.write('data: {"type": "status", "message": "ready"}\\n\\n'); sys.stdout.flush()
"""


@pytest.fixture(autouse=True)
def _here() -> None:
    """Skips where the kernel has no Landlock."""
    try:
        landlock.version()
    except SandboxUnavailable as error:
        pytest.skip(str(error))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (py_landlock.LandlockDisabledError("disabled at boot"), "no Landlock: disabled at boot"),
        (3, "version 3, which cannot deny TCP; 4 or newer is needed"),
    ],
)
def test_kernel_without_it_is_named(
    monkeypatch: pytest.MonkeyPatch, found: object, words: str
) -> None:
    """Missing, switched off, and too old are different messages."""

    def abi() -> object:
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(landlock.py_landlock, "get_abi_version", abi)

    with pytest.raises(SandboxUnavailable, match=words):
        landlock.version()


def test_provenance_says_that_it_is_weaker() -> None:
    """Every checkpoint made with it carries the note."""
    assert "weaker than bubblewrap" in str(Landlock(7).provenance["sandboxNote"])


async def test_kernel_that_does_not_scope_signals(settings, program, tmp_path) -> None:
    """Before Landlock 6 signals are closed by seccomp, and scripts work all the same."""
    source = """
import os, subprocess, sys
subprocess.run([sys.executable, "-c", "pass"], check=True)
os.kill(os.getppid(), 0)
"""
    settings = program(settings, source)
    folder = new_run(session.session_folder(tmp_path, "shoot"), "run")
    run = Run(folder, settings, Landlock(5))

    with pytest.raises(ScriptFailed, match=r"PermissionError: .*Operation not permitted"):
        _ = [event async for event in run.exec("program", [])]
    folder.remove()


async def test_script_does_not_outlive_its_supervisor(settings, program, tmp_path) -> None:
    """Whoever kills the supervisor kills the script."""
    settings = program(settings, READY + "import time; time.sleep(600)")
    folder = new_run(session.session_folder(tmp_path, "shoot"), "run")
    run = Run(folder, settings, Landlock(landlock.version()))
    events = run.exec("program", [])
    await anext(events)
    (process,) = run._running

    os.kill(process.root, signal.SIGKILL)

    with pytest.raises(ScriptFailed, match="exit status 137"):
        await anext(events)  # which comes at the end of stdout, so of the script
    folder.remove()
