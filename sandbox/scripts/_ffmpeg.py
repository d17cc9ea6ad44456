"""ffmpeg: which one is used, and runs that end with the script.

The system's ffmpeg is preferred when it is new enough and can encode H.264 and convert colours;
else the one that the ``imageio-ffmpeg`` wheel carries.
"""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import imageio_ffmpeg

from sandbox.scripts._command import ScriptError

OLDEST = (5, 1)
"""The first version that knows ``-fps_mode``, the name that later ones insist on."""

LIBRARIES = ("libx264", "libzimg")
"""What it has to be built with: one writes the film, the other converts a clip's colours."""

QUIET = ("-nostdin", "-hide_banner")


class FfmpegError(ScriptError):
    """ffmpeg ended badly. ``log`` is all that it wrote to stderr."""

    def __init__(self, log: str) -> None:
        super().__init__(f"ffmpeg: {_reason(log)}", "ffmpeg")
        self.log = log


@functools.cache
def find() -> str:
    """The path of the ffmpeg to use. Raises :class:`ScriptError` when there is none."""
    system = shutil.which("ffmpeg")
    if system is not None and _serves(system):
        return system
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError:
        oldest = ".".join(map(str, OLDEST))
        raise ScriptError(
            f"no ffmpeg {oldest} or newer with {' and '.join(LIBRARIES)} on PATH, and the "
            "imageio-ffmpeg wheel has none for this platform: install ffmpeg",
            "no-ffmpeg",
        ) from None


def _serves(program: str) -> bool:
    try:
        shown = subprocess.run([program, "-version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    version = re.match(r"ffmpeg version n?(\d+)\.(\d+)", shown.stdout)
    # Builds from git carry no number; they are newer than any release that matters here.
    new_enough = version is None or (int(version[1]), int(version[2])) >= OLDEST
    return new_enough and all(f"--enable-{library}" in shown.stdout for library in LIBRARIES)


@dataclass(frozen=True)
class Outcome:
    """What a run of ffmpeg that ended well did."""

    frames: int
    """Frames of video written."""
    log: str
    """Errors that it passed over; usually none."""


def run(arguments: Sequence[str], on_frame: Callable[[int], None] | None = None) -> Outcome:
    """Run ffmpeg with ``arguments`` to its end.

    ``on_frame`` is told the number of frames written so far, about twice a second. ffmpeg is
    killed when this function is left by an exception, TERM included. Raises
    :class:`FfmpegError`.
    """
    frames = 0
    options = ["-nostats", "-v", "error", "-progress", "pipe:1"]
    with tempfile.TemporaryFile() as errors:
        with _started([*options, *arguments], errors.fileno()) as process:
            for line in process.stdout or ():
                key, _, value = line.decode("ascii", "replace").strip().partition("=")
                if key == "frame" and value.isdigit() and int(value) != frames:
                    frames = int(value)
                    if on_frame is not None:
                        on_frame(frames)
            status = process.wait()
        errors.seek(0)
        log = errors.read().decode(errors="replace")
    if status != 0:
        raise FfmpegError(log)
    return Outcome(frames, log)


@contextmanager
def _started(arguments: Sequence[str], log: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [find(), *QUIET, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=log,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def _reason(log: str) -> str:
    """The first line of ``log`` that says why, without the addresses of ffmpeg's own objects."""
    for line in log.splitlines():
        said = re.sub(r"^(\[[^\]]*\] )+", "", line).strip()
        if said:
            return said
    return "it ended badly without a word"
