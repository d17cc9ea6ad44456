"""Frames into an H.264 file through a pipe, one at a time, never all in memory or on disk."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

from sandbox.scripts import _ffmpeg
from sandbox.scripts._images import Picture
from sandbox.scripts._proof.raster import Size

EXACT = "bicubic+accurate_rnd+full_chroma_int+full_chroma_inp"
"""Without these, swscale's fast path is off by two levels, which shows in dark grain."""


def encode(frames: Iterable[Picture], count: int, size: Size, fps: Fraction, target: Path) -> None:
    """Write ``count`` frames of ``size`` to ``target`` as an MP4: yuv420p, BT.709, tagged so.

    The first and the last are kept nearly exact, because a film cuts there.

    Raises :class:`sandbox.scripts._ffmpeg.FfmpegError` when the encoder gives up.
    """
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [_ffmpeg.find(), *_arguments(size, fps, count - 1, target)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
        with process:
            try:
                _feed(process, frames)
            except BaseException:
                process.kill()
                raise
        if process.returncode != 0:
            log.seek(0)
            raise _ffmpeg.FfmpegError(log.read().decode(errors="replace"))


def _feed(process: subprocess.Popen[bytes], frames: Iterable[Picture]) -> None:
    pipe = process.stdin
    if pipe is None:
        raise RuntimeError("the encoder was started without a pipe")
    try:
        for frame in frames:
            pipe.write(frame.data)
        pipe.close()
    except BrokenPipeError:
        # The encoder died; its log says why and is read by the caller.
        process.kill()


def _arguments(size: Size, fps: Fraction, last: int, target: Path) -> list[str]:
    rate = f"{fps.numerator}/{fps.denominator}"
    colour = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
    return [
        *(*_ffmpeg.QUIET, "-v", "error", "-y"),
        *("-f", "rawvideo", "-pix_fmt", "bgr24", "-video_size", f"{size[0]}x{size[1]}"),
        *("-framerate", rate, "-i", "pipe:0", "-an"),
        *("-vf", "scale=out_color_matrix=bt709:out_range=tv:flags=" + EXACT + ",format=yuv420p"),
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-threads", "2"),
        *("-x264-params", f"zones=0,0,q=3/{last},{last},q=3"),
        *(*colour, "-color_range", "tv", "-movflags", "+faststart", "-fflags", "+bitexact"),
        f"file:{target.absolute()}",
    ]
