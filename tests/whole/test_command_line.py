"""The command ``shoot``, as a person or a program uses it."""

from __future__ import annotations

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.whole.conftest import ROOT, SHOOT

REFERENCES = ["--ref", str(ROOT / "examples/portrait.png")]


def _shoot(env, *words, **more):
    return subprocess.run(
        [str(SHOOT), *words],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        **more,
    )


def test_whole_shoot_from_one_command(clean_env, tmp_path):
    """``shoot run --autopilot`` starts everything, ends with a film, and leaves nothing running."""
    done = _shoot(
        clean_env,
        *("run", "Street, late sun", *REFERENCES, "--autopilot", "--provider", "proof"),
        *("--id", "one", "--out", str(tmp_path / "out"), "--json"),
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["proof"] is True
    for name in ("final/fashion-video.mp4", "contact-sheet.png", "shoot.json"):
        assert Path(result["outputs"][name]).stat().st_size > 1000
    assert not (tmp_path / "home" / "temporal" / "server.json").exists()
    home = tmp_path / "home"
    written = [home, *home.rglob("*")]
    assert not [path for path in written if path.lstat().st_mode & 0o077 and not path.is_symlink()]
    shown = _shoot(clean_env, "show", "one", "--json")
    assert json.loads(shown.stdout)["status"] == "complete"
    listed = _shoot(clean_env, "list", "--json")
    assert [json.loads(line)["id"] for line in listed.stdout.splitlines()] == ["one"]
    exported = _shoot(clean_env, "export", "one", str(tmp_path / "again"))
    assert exported.returncode == 0
    assert (tmp_path / "again" / "frames" / "frame-6.png").is_file()


def test_shoot_without_a_person_pauses_and_is_returned_to(clean_env):
    """Without a terminal the first checkpoint ends the command with 3; the shoot goes on later."""
    first = _shoot(clean_env, "run", "A brief", *REFERENCES, "--provider", "proof", "--id", "two")
    assert first.returncode == 3
    assert "shoot run --id two" in first.stderr + first.stdout
    again = _shoot(clean_env, "run", "--id", "two")
    assert again.returncode == 3
    assert "Hero, take 1" in again.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["run"], "give a brief"),
        (["run", "x", "--pace", "9"], "--pace 9"),
        (["run", "x", "--aspect-ratio", "5:9"], "--aspect-ratio 5:9"),
        (["run", "x", "--ref", "no-such.png"], "no-such.png"),
        (["run", "x", "--id", "not/an/id"], "--id 'not/an/id'"),
        (["run", "--id", "unknown"], "no shoot is called 'unknown'"),
        (["fly"], "fly"),
    ],
)
def test_wrong_words_are_usage_errors(clean_env, words, says):
    """Usage errors are one line on stderr and status 2."""
    done = _shoot(clean_env, *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_bare_command_prints_help(clean_env):
    """Without words the command says what it can do, and nothing has gone wrong."""
    done = _shoot(clean_env)
    assert (done.returncode, "Usage: shoot" in done.stdout, done.stderr) == (0, True, "")


def test_reader_that_leaves_is_no_error(clean_env):
    """A pipe whose reader has left ends the command without a word; Rich makes that status 1."""
    done = subprocess.run(
        ["bash", "-c", f"{SHOOT} --help | true; echo ${{PIPESTATUS[0]}}"],
        env=clean_env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() in ("0", "1", "141")
    assert done.stderr == ""


def test_wrong_setting_is_refused_by_name(clean_env):
    """A setting with an impossible value stops every command, with its name."""
    done = _shoot({**clean_env, "SHOOT_PORT": "high"}, "list")
    assert (done.returncode, "SHOOT_PORT=high" in done.stderr) == (2, True)


def test_commands_need_a_running_studio(clean_env):
    """Signals to nobody say how to start a studio."""
    done = _shoot(clean_env, "continue", "any")
    assert (done.returncode, "shoot up" in done.stderr) == (1, True)


def test_unknown_shoot_is_said(clean_env):
    """Showing what does not exist fails with its name."""
    done = _shoot(clean_env, "show", "nobody")
    assert (done.returncode, "'nobody'" in done.stderr) == (1, True)


def test_doctor_finds_everything_here(clean_env):
    """On a machine that can run the tests, nothing is missing."""
    done = _shoot(clean_env, "doctor", "--json")
    findings = {one["name"]: one for one in map(json.loads, done.stdout.splitlines())}
    assert set(findings) >= {"Python", "Sandbox", "ffmpeg", "Temporal", "Store", "Disk", "Keys"}
    assert all(one["ok"] for one in findings.values()), findings


@pytest.mark.slow
@pytest.mark.parametrize("command", ["cancel", "continue", "show", "watch"])
def test_no_command_ends_by_a_signal(studio, command):
    """A command that fails while Temporal's threads are busy ends by its own status."""
    with ThreadPoolExecutor(2) as two:
        ended = two.map(lambda _: _shoot(studio.env, command, "nobody"), range(25))
    assert {(done.returncode, done.stderr.count("\n")) for done in ended} == {(1, 1)}
