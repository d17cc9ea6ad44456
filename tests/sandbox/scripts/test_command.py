"""Every script ends in one line, whatever path it is given and whoever stops listening."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.scripts import resize_frames, stitch_clips

NOT_TEXT = os.fsdecode(b"n\xff.mp4")
LONG = "x" * 247 + ".mp4"


def told(capfd: pytest.CaptureFixture[str]) -> tuple[dict[str, object], str]:
    """The last event and what stderr says, which is one line."""
    heard = capfd.readouterr()
    assert heard.err.count("\n") == 1
    return json.loads(heard.out.strip().splitlines()[-1].removeprefix("data: ")), heard.err


def stitch(clip: Path, film: Path) -> int:
    """The status of a film of one clip."""
    return stitch_clips.main(["--clip", str(clip), "--output", str(film), "--preset", "ultrafast"])


@pytest.mark.parametrize("name", [LONG, NOT_TEXT])
def test_any_name_will_do(clip: Path, tmp_path: Path, name: str) -> None:
    """Names of 251 bytes, or that are no text, are read and written like others."""
    given = tmp_path / "given"
    given.mkdir()
    (given / name).write_bytes(clip.read_bytes())
    assert stitch(given / name, tmp_path / name) == 0
    assert (tmp_path / name).stat().st_size > 0


@pytest.mark.parametrize(
    ("film", "reason"),
    [
        ("folder.mp4", "a folder, where a file is to be"),
        ("file.mp4/film.mp4", "lies in what is no folder"),
        ("x" * 260 + ".mp4", "the name is too long"),
        ("/proc/film.mp4", "film.mp4: "),
    ],
)
def test_outputs_that_cannot_be(
    clip: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], film: str, reason: str
) -> None:
    """An output that cannot be written is named in one line and one event."""
    (tmp_path / "folder.mp4").mkdir()
    (tmp_path / "file.mp4").touch()
    assert stitch(clip, tmp_path / film) == 1
    event, line = told(capfd)
    assert (event["type"], event["code"]) == ("error", "system")
    assert reason in line


def test_names_too_long_to_be_read(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A name that no file can have is a word about the name, for pictures too."""
    folder = tmp_path / ("x" * 300)
    assert resize_frames.main(
        ["--input-dir", str(folder), "--output-dir", str(tmp_path / "o"), "--aspect-ratio", "16:9"]
    )
    event, line = told(capfd)
    assert event["type"] == "error"
    assert line.startswith("resize_frames: x")


def start(clip: Path, film: Path, **options: object) -> subprocess.Popen[bytes]:
    """A long film in a process of its own."""
    clips = [word for _ in range(20) for word in ("--clip", str(clip))]
    command = [sys.executable, "-m", "sandbox.scripts.stitch_clips", "--preset", "veryslow"]
    return subprocess.Popen(
        [*command, *clips, "--output", str(film)],
        # Programs in the background of a shell ignore INT, and so would this one.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        stderr=subprocess.PIPE,
        **options,  # type: ignore[call-overload]
    )


def test_ctrl_c_is_one_line(clip: Path, tmp_path: Path) -> None:
    """Ctrl-C removes what is half made and says one line and one event."""
    process = start(clip, tmp_path / "film.mp4", stdout=subprocess.PIPE)
    said = b""
    for line in process.stdout or ():
        said += line
        if b"Cutting" in line:
            process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert (process.returncode, err) == (130, b"stitch_clips: interrupted\n")
    assert b'"error":"interrupted"' in said
    assert list(tmp_path.iterdir()) == []


def test_nobody_listens(clip: Path, tmp_path: Path) -> None:
    """Closed standard output ends the script in one line, without a complaint at the exit."""
    reading, writing = os.pipe()
    os.close(reading)
    process = start(clip, tmp_path / "film.mp4", stdout=writing)
    os.close(writing)
    _, err = process.communicate()
    assert (process.returncode, err.count(b"\n")) == (1, 1)
    assert b"nobody reads what the script says" in err


def test_a_full_disk(clip: Path, tmp_path: Path) -> None:
    """Output onto a full disk ends in one line that says so."""
    with Path("/dev/full").open("wb") as full:
        process = start(clip, tmp_path / "film.mp4", stdout=full)
    _, err = process.communicate()
    assert process.returncode == 1
    assert err == b"stitch_clips: the disk is full: free some space\n"
