"""How long the film takes, against one plain encode of its frames and against ffmpeg per frame.

Five clips of 1080 × 1080 pixels and 121 frames become 450 frames, as in a real shoot. The plain
encode reads those frames uncompressed and does nothing else, so its time is a floor: what is above
it is mostly the decoding of 605 frames, which is shown too. The other way starts ffmpeg once for
each of the 450 frames, which writes it as a PNG file, and then encodes those files. The rounds are
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

from sandbox.scripts import _easing, _ffmpeg, _probe, _timeline

NAME = "stitch_clips: five 1080² clips of 121 frames into 450"

ROUNDS = 3
PRESETS = ("medium", "slow")
CLIPS, SIZE, FRAMES, SOURCE_FPS, SHARE = 5, 1080, 121, 24, 90


def table() -> Table:
    """Measure, and return the table; takes some minutes."""
    shown = Table(title=NAME)
    for heading in (
        *("preset", "stitch_clips", "decoding", "plain encode", "ratio"),
        *("ffmpeg per frame", "times faster"),
    ):
        shown.add_column(heading, justify="right")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        clips = [_make_clip(home, number) for number in range(CLIPS)]
        raw = _make_raw(home, clips)
        for preset in PRESETS:
            ours, decoding, plain, fetching = _race(home, clips, raw, preset)
            slowly = fetching + _timed(lambda chosen=preset: _encode_files(home, chosen))
            shown.add_row(
                preset,
                f"{ours:.1f} s",
                f"{decoding:.1f} s",
                f"{plain:.1f} s",
                f"{ours / plain:.2f}",
                f"{slowly:.0f} s",
                f"{slowly / ours:.1f}",
            )
    shown.caption = f"medians of {ROUNDS}; the 450 frames are fetched once, a part in each round"
    return shown


def _race(
    home: Path, clips: Sequence[Path], raw: Path, preset: str
) -> tuple[float, float, float, float]:
    """Seconds of stitching, of decoding and of the plain encode, each the median of rounds run in
    turns, and of fetching all the frames."""
    rounds = [
        (
            _timed(lambda: _stitch(clips, home / "film.mp4", "--preset", preset)),
            _timed(lambda: _decode(clips)),
            _timed(lambda: _encode(raw, home / "plain.mp4", preset)),
            _timed(lambda part=part: _fetch(home, clips, part)),
        )
        for part in range(ROUNDS)
    ]
    *others, fetching = zip(*rounds, strict=True)
    ours, decoding, plain = (statistics.median(times) for times in others)
    return ours, decoding, plain, sum(fetching)


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


def _decode(clips: Sequence[Path]) -> None:
    inputs = [word for clip in clips for word in ("-i", str(clip))]
    maps = [word for place in range(len(clips)) for word in ("-map", f"{place}:v")]
    _run([*inputs, *maps, "-f", "null", "-"])


def _encode(raw: Path, film: Path, preset: str) -> None:
    _run(["-i", str(raw), *_quality(preset), "-movflags", "+faststart", str(film)])


def _encode_files(home: Path, preset: str) -> None:
    files = ["-framerate", "60", "-i", str(home / "%04d.png"), "-pix_fmt", "yuv420p"]
    _run([*files, *_quality(preset), str(home / "slow.mp4")])


def _quality(preset: str) -> list[str]:
    return ["-c:v", "libx264", "-preset", preset, "-crf", "18", "-profile:v", "high"]


def _fetch(home: Path, clips: Sequence[Path], part: int) -> None:
    """Write one in ``ROUNDS`` of the film's frames as PNG files, with one ffmpeg for each."""
    easing = _easing.named(_easing.DRAMATIC_SWOOP)
    for place, clip in enumerate(clips):
        times = _probe.probe(clip).times
        frames = _timeline.shown(times, SHARE, easing)
        for number in range(part, SHARE, ROUNDS):
            seek = ["-ss", f"{float(times[frames[number]]):.6f}", "-i", str(clip)]
            picture = home / f"{place * SHARE + number:04d}.png"
            _run([*seek, "-frames:v", "1", str(picture)])
