"""Finding ffmpeg, and runs that end with the script."""

from __future__ import annotations

from pathlib import Path

import imageio_ffmpeg
import pytest

from sandbox.scripts import _ffmpeg
from sandbox.scripts._ffmpeg import FfmpegError


@pytest.fixture
def on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place of the only program on PATH, yet to be written."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path / "ffmpeg"


def install(
    program: Path, version: str, configuration: str = "--enable-libx264 --enable-libzimg"
) -> None:
    """Put a program in place that says it is an ffmpeg of ``version``."""
    program.write_text(f"#!/bin/sh\necho 'ffmpeg version {version} x'\necho '{configuration}'\n")
    program.chmod(0o755)


def test_prefers_the_system_ffmpeg(on_path: Path) -> None:
    """An ffmpeg on PATH is used before the wheel's."""
    install(on_path, "6.1.1")
    assert _ffmpeg.find.__wrapped__() == str(on_path)


@pytest.mark.parametrize(
    ("version", "configuration"),
    [
        ("4.4.2", "--enable-libx264 --enable-libzimg"),
        ("6.1", "--enable-libzimg"),
        ("6.1", "--enable-libx264"),
    ],
)
def test_passes_over_an_unfit_ffmpeg(on_path: Path, version: str, configuration: str) -> None:
    """One that is too old, or that cannot encode H.264 or convert colours, is left alone."""
    install(on_path, version, configuration)
    assert _ffmpeg.find.__wrapped__() == imageio_ffmpeg.get_ffmpeg_exe()


def test_falls_back_to_the_wheel(on_path: Path) -> None:
    """Without an ffmpeg on PATH the wheel's is used."""
    assert _ffmpeg.find.__wrapped__() == imageio_ffmpeg.get_ffmpeg_exe()


def test_run_counts_what_it_writes(clip: Path, tmp_path: Path) -> None:
    """A run tells the frames written while it works and at its end."""
    told: list[int] = []
    outcome = _ffmpeg.run(["-i", str(clip), "-y", str(tmp_path / "copy.mp4")], told.append)
    assert outcome == _ffmpeg.Outcome(frames=121, log="")
    assert told[-1] == 121


def test_run_says_why_it_failed(tmp_path: Path) -> None:
    """A run that fails carries ffmpeg's own first reason, without addresses."""
    with pytest.raises(FfmpegError, match=r"No such file") as failed:
        _ffmpeg.run(["-i", str(tmp_path / "nothing.mp4"), "-f", "null", "-"])
    assert " @ 0x" not in str(failed.value)
    assert failed.value.code == "ffmpeg"


def test_an_exception_ends_the_run(clip: Path) -> None:
    """Whatever leaves the run, TERM's exception included, takes ffmpeg with it."""

    def stop(frames: int) -> None:
        raise SystemExit(143)

    endless = ["-stream_loop", "-1", "-i", str(clip), "-f", "null", "-"]
    with pytest.raises(SystemExit):
        _ffmpeg.run(endless, stop)
