"""Which backend runs, and what is said where a better one, or none, can."""

import sysconfig
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox import bubblewrap, choose, landlock
from sandbox.choose import Diagnosis, diagnose
from sandbox.errors import SandboxUnavailable
from sandbox.landlock import Landlock
from sandbox.plain import Plain
from sandbox.session import SandboxSession


@pytest.fixture
def no_bubblewrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose bwrap is denied its namespaces, as by AppArmor."""
    program = tmp_path / "bwrap"
    program.write_text(
        '#!/bin/sh\n[ "$1" = --version ] && echo bubblewrap 0.11.0 && exit\n'
        "echo 'bwrap: setting up uid map: Permission denied' >&2; exit 1\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(bubblewrap, "candidates", lambda: iter([program]))


@pytest.fixture
def restricted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of the kernel as on Ubuntu 24.04."""
    folder = tmp_path / "sys" / "kernel"
    folder.mkdir(parents=True)
    (folder / "apparmor_restrict_unprivileged_userns").write_text("1\n")
    monkeypatch.setattr(choose, "_PROBE", tmp_path / "sys")


@pytest.fixture
def no_landlock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel whose Landlock is too old."""
    monkeypatch.setattr(landlock.py_landlock, "get_abi_version", lambda: 3)


async def test_nothing_runs_where_nothing_can(
    settings, no_bubblewrap, restricted, no_landlock
) -> None:
    """It fails closed, and the one line names the restrictions and what lifts them."""
    with pytest.raises(SandboxUnavailable) as unavailable:
        await SandboxSession.get_or_create("shoot", settings)

    message = str(unavailable.value)
    assert "AppArmor denies user namespaces" in message
    assert "setting up uid map: Permission denied" in message
    assert "Landlock is version 3" in message
    assert "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0" in message
    assert "\n" not in message


async def test_landlock_takes_over(settings, no_bubblewrap, restricted) -> None:
    """By itself only where bubblewrap cannot run, and it says that it is weaker."""
    diagnosis = await diagnose(settings)
    if diagnosis.backend is None:
        pytest.skip(diagnosis.summary)

    assert isinstance(diagnosis.backend, Landlock)
    assert "weaker than bubblewrap" in str(diagnosis.backend.provenance["sandboxNote"])
    assert "AppArmor denies" in diagnosis.summary
    assert "weaker than bubblewrap" in diagnosis.summary


async def test_explicit_bubblewrap_never_falls_back(settings, no_bubblewrap) -> None:
    """Who asks for bubblewrap gets that or nothing."""
    assert (await diagnose(replace(settings, backend="bubblewrap"))).backend is None


async def test_nothing_is_no_fallback(settings, no_bubblewrap, no_landlock) -> None:
    """The plain backend is for whoever names it."""
    assert not isinstance((await diagnose(settings)).backend, Plain)
    assert isinstance((await diagnose(replace(settings, backend="none"))).backend, Plain)


async def test_old_bwrap_is_passed_over(settings, tmp_path, monkeypatch) -> None:
    """A system program that is too old is named; a newer one after it is taken."""
    old = tmp_path / "bwrap"
    old.write_text("#!/bin/sh\necho bubblewrap 0.6.1\n")
    old.chmod(0o755)
    monkeypatch.setattr(bubblewrap, "candidates", lambda: iter([old]))

    problems = (await diagnose(replace(settings, backend="bubblewrap"))).problems

    assert problems["bubblewrap"] == f"{old} is version 0.6.1, and 0.8 or newer is needed"


async def test_missing_bwrap_is_named(settings, monkeypatch) -> None:
    """Without any program the remedy is to install one."""
    monkeypatch.setattr(bubblewrap, "candidates", lambda: iter([]))

    problems = (await diagnose(replace(settings, backend="bubblewrap"))).problems

    assert "install the package bubblewrap" in problems["bubblewrap"]


@pytest.mark.parametrize("backend", ["bubblewrap", "landlock"])
async def test_home_among_the_shown_folders_is_refused(settings, backend) -> None:
    """Every script could read every shoot there."""
    home = Path(sysconfig.get_path("purelib")) / "shoot"

    diagnosis = await diagnose(replace(settings, home=home, backend=backend))

    assert diagnosis.backend is None
    assert "lies in a folder that every script can read" in diagnosis.summary


async def test_home_that_cannot_be_written_is_named(settings, tmp_path) -> None:
    """With the setting that moves it."""
    (tmp_path / "file").write_text("x")

    diagnosis = await diagnose(replace(settings, home=tmp_path / "file" / "sandbox"))

    assert diagnosis.backend is None
    assert "Not a directory" in diagnosis.summary
    assert "set SHOOT_HOME to a folder of its own" in diagnosis.summary


def test_summary_is_one_plain_line() -> None:
    """What runs, in words for a person."""
    assert Diagnosis(Plain()).summary == "none (no isolation: set explicitly on this worker)"
