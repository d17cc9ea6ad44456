"""How long the film takes, against one plain encode of its frames and against ffmpeg per frame.

Five clips of 1080 × 1080 pixels and 121 frames become 450 frames, as in a real shoot. The plain
encode reads those frames uncompressed and does nothing else, so its time is a floor. The rounds are
interleaved, so that a busy machine slows all of them alike; the figures are medians.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.table import Table

from sandbox.scripts import _easing, _ffmpeg, _timeline

NAME = "stitch_clips: five 1080² clips of 121 frames into 450"

ROUNDS = 3
PRESETS = ("medium", "slow")
CLIPS, SIZE, FRAMES, SOURCE_FPS, SHARE = 5, 1080, 121, 24, 90
SAMPLE = 15
"""The approach that starts ffmpeg once per frame is timed on one output frame of this many."""


def table() -> Table:
    """Measure, and return the table; takes some minutes."""
    shown = Table(title=NAME)
    for heading in (
        *("preset", "stitch_clips", "plain encode", "ratio"),
        *("ffmpeg per frame (estimate)", "times faster"),
    ):
        shown.add_column(heading, justify="right")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        clips = [_make_clip(home, number) for number in range(CLIPS)]
        raw = _make_raw(home, clips)
        for preset in PRESETS:
            ours, plain, fetching = _race(home, clips, raw, preset)
            naive = fetching + plain
            shown.add_row(
                preset,
                f"{ours:.1f} s",
                f"{plain:.1f} s",
                f"{ours / plain:.2f}",
                f"{naive:.0f} s",
                f"{naive / ours:.1f}",
            )
    shown.caption = (
        f"medians of {ROUNDS}; ffmpeg per frame is estimated from fetching one output frame in "
        f"{SAMPLE} as a PNG file, times {SAMPLE}, plus the plain encode"
    )
    return shown


def _race(home: Path, clips: Sequence[Path], raw: Path, preset: str) -> tuple[float, float, float]:
    """Median seconds of stitching, of the plain encode and of fetching frames, run in turns."""
    rounds = [
        (
            _timed(lambda: _stitch(clips, home / "film.mp4", "--preset", preset)),
            _timed(lambda: _encode(raw, home / "plain.mp4", preset)),
            _timed(lambda: _fetch(home, clips)) * SAMPLE,
        )
        for _ in range(ROUNDS)
    ]
    ours, plain, fetching = (statistics.median(times) for times in zip(*rounds, strict=True))
    return ours, plain, fetching


def _timed(work: Callable[[], None]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _run(arguments: Sequence[str]) -> None:
    command = [_ffmpeg.find(), *_ffmpeg.QUIET, "-v", "error", "-y", *arguments]
    subprocess.run(command, check=True)


def _make_clip(home: Path, number: int) -> Path:
    """A clip that moves, with film grain, since grain is what an encoder spends its time on."""
    path = home / f"clip-{number}.mp4"
    picture = (
        f"testsrc2=s={SIZE}x{SIZE}:r={SOURCE_FPS},rotate=0.05*t*{number + 1},"
        f"noise=alls=4:allf=t:all_seed={number}"
    )
    encode = ["-c:v", "libx264", "-preset", "fast", "-crf", "21", "-pix_fmt", "yuv420p"]
    _run(["-f", "lavfi", "-i", picture, "-frames:v", str(FRAMES), *encode, str(path)])
    return path


def _stitch(clips: Sequence[Path], film: Path, *options: str) -> None:
    given = [word for clip in clips for word in ("--clip", str(clip))]
    script = [sys.executable, "-m", "sandbox.scripts.stitch_clips", *given]
    subprocess.run(
        [*script, "--output", str(film), *options], stdout=subprocess.DEVNULL, check=True
    )


def _make_raw(home: Path, clips: Sequence[Path]) -> Path:
    """The film's own frames, uncompressed, by way of a film that loses next to nothing."""
    film, raw = home / "lossless.mp4", home / "frames.nut"
    _stitch(clips, film, "--preset", "ultrafast", "--crf", "1")
    _run(["-i", str(film), "-c:v", "rawvideo", str(raw)])
    return raw


def _encode(raw: Path, film: Path, preset: str) -> None:
    quality = ["-preset", preset, "-crf", "18", "-profile:v", "high"]
    _run(["-i", str(raw), "-c:v", "libx264", *quality, "-movflags", "+faststart", str(film)])


def _fetch(home: Path, clips: Sequence[Path]) -> None:
    """Write one in ``SAMPLE`` of the film's frames as a PNG file, with one ffmpeg for each."""
    easing = _easing.named(_easing.DRAMATIC_SWOOP)
    for clip in clips:
        times = _ffmpeg.probe(clip).times
        for frame in _timeline.shown(times, SHARE, easing)[::SAMPLE]:
            seek = ["-ss", f"{float(times[frame]):.6f}", "-i", str(clip)]
            _run([*seek, "-frames:v", "1", str(home / "frame.png")])
