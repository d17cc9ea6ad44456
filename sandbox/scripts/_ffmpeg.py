"""ffmpeg: which one is used, what a video file holds, and runs that end with the script.

The system's ffmpeg is preferred when it is new enough and can encode H.264; else the one that the
``imageio-ffmpeg`` wheel carries. ffprobe is not needed: a stream copy into ffmpeg's ``framecrc``
text lists every frame with its time without decoding one, and finds a file that is cut short.
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
from fractions import Fraction
from pathlib import Path

import imageio_ffmpeg

from sandbox.scripts._command import ScriptError

OLDEST = (5, 1)
"""The first version that knows ``-fps_mode``, the name that later ones insist on."""

FORMATS = "mov,matroska,webm,avi,mpegts,mpeg,flv,ogg,asf,mxf,nut"
"""Containers that are opened: no playlists, which name other files, and no still pictures."""

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
            f"no ffmpeg {oldest} or newer with libx264 on PATH, and the imageio-ffmpeg wheel has "
            "none for this platform: install ffmpeg",
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
    return new_enough and "--enable-libx264" in shown.stdout


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


@dataclass(frozen=True)
class VideoInfo:
    """What a video file holds, as a viewer sees it."""

    times: tuple[Fraction, ...]
    """When each frame is shown, in display order: seconds after the first frame."""
    fps: Fraction
    """Frames per second on average; exact for a constant rate."""
    duration: float
    """Seconds from the first frame to the end of the last."""
    width: int
    """Pixels, upright and with square pixels."""
    height: int
    rotation: int
    """Degrees clockwise that the file asks to be turned by: 0, 90, 180 or 270."""
    codec: str
    profile: str | None
    pixel_format: str
    full_range: bool
    matrix: str | None
    """The stated YUV matrix in ffmpeg's words (``bt709``, ``smpte170m`` …); ``None``: not said."""
    primaries: str | None
    transfer: str | None

    @property
    def frames(self) -> int:
        """The number of frames."""
        return len(self.times)


def probe(path: Path, *, decode: bool = False) -> VideoInfo:
    """Say what the first video stream of ``path`` holds.

    Frames are counted without decoding them, which takes milliseconds; VP8 may have packets
    that show nothing and are counted all the same. With ``decode`` every frame is decoded too: the
    count is exact then, and damage inside the pictures is found. Raises :class:`ScriptError`,
    naming the file, when it is missing, empty, no video, damaged or cut short.
    """
    _check_file(path)
    listing = _list(path, decode=False)
    if decode:
        decoded = _list(path, decode=True)
        if len(decoded.packets) != len(listing.packets):
            listing = decoded
    if not listing.packets:
        raise ScriptError(f"{path.name}: not one frame of video in it")
    _check_whole(path, listing)
    return _describe(path, listing)


def source(path: Path) -> dict[str, str]:
    """The options under which a clip is opened, as ``ffmpeg.input`` takes them."""
    return {
        "filename": f"file:{path.absolute()}",
        "format_whitelist": FORMATS,
        "protocol_whitelist": "file",
    }


def _check_file(path: Path) -> None:
    if not path.exists():
        raise ScriptError(f"{path.name}: no such file")
    if not path.is_file():
        raise ScriptError(f"{path.name}: a folder or a device, not a video file")
    if path.stat().st_size == 0:
        raise ScriptError(f"{path.name}: an empty file, not a video")


DISCARDED, CORRUPT = 0x4, 0x2  # AV_PKT_FLAG_*: outside the edit list; known to be damaged
NO_TIME = -(2**63)


@dataclass(frozen=True)
class _Packet:
    decoded_at: Fraction
    shown_at: Fraction | None
    duration: Fraction
    flags: int


@dataclass(frozen=True)
class _Listing:
    """What ffmpeg said of a file: its report in words, and every packet of video."""

    report: str
    headers: dict[str, str]
    packets: tuple[_Packet, ...]


def _list(path: Path, *, decode: bool) -> _Listing:
    opened = source(path)
    filename = opened.pop("filename")
    options = [word for key, value in opened.items() for word in (f"-{key}", value)]
    # Ticks of 1/90000 s, because an encoder's own time base would round a variable rate.
    frames = ("wrapped_avframe", "-fps_mode", "passthrough", "-enc_time_base", "1:90000")
    video = ("-c:v", *(frames if decode else ("copy", "-copyinkf")))
    # One thread, because several pass damaged pictures on before they have noticed the damage.
    options += ["-threads", "1"]
    command = [
        *(find(), *QUIET, "-nostats", "-xerror", "-copyts", "-noautorotate"),
        *(*options, "-i", filename, "-map", "0:V:0"),
        *(*video, "-f", "framecrc", "-"),
    ]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    report = done.stderr.decode(errors="replace")
    if done.returncode != 0:
        raise ScriptError(f"{path.name}: {_trouble(report)}")
    return _read_listing(report, done.stdout.decode("ascii", "replace"))


def _trouble(report: str) -> str:
    if "Input #0" not in report:
        return "not a video file that can be opened (damaged, cut short, or something else)"
    if "matches no streams" in report:
        return "no video in it"
    return "damaged or cut short: make or fetch it again"


def _read_listing(report: str, text: str) -> _Listing:
    headers: dict[str, str] = {}
    packets = []
    for line in text.splitlines():
        if line.startswith("#"):
            key, _, value = line[1:].partition(": ")
            headers[key] = value.strip()
        else:
            packet = _read_packet(line.split(","), Fraction(headers["tb 0"]))
            if not packet.flags & DISCARDED:
                packets.append(packet)
    return _Listing(report, headers, tuple(packets))


def _read_packet(fields: Sequence[str], tick: Fraction) -> _Packet:
    """One line: stream, decoding time, display time, duration, size, checksum, then extras."""
    dts, pts, duration = map(int, fields[1:4])
    extras = [field.strip() for field in fields[6:]]
    flags = next((int(extra[2:], 16) for extra in extras if extra.startswith("F=")), 0)
    return _Packet(dts * tick, None if pts == NO_TIME else pts * tick, duration * tick, flags)


def _times(packets: Sequence[_Packet]) -> list[Fraction]:
    """When frames are shown, in order. AVI states no more than when each is to be decoded; at its
    constant rate that is the same beat."""
    shown = [packet.shown_at for packet in packets if packet.shown_at is not None]
    if len(shown) < len(packets):
        shown = [packet.decoded_at for packet in packets]
    return sorted(shown)


def _check_whole(path: Path, listing: _Listing) -> None:
    """Refuse damage, and a missing tail that ffmpeg only remarks upon, or does not even see."""
    if any(packet.flags & CORRUPT for packet in listing.packets):
        raise ScriptError(f"{path.name}: damaged or cut short: make or fetch it again")
    # A quarter of a second, because writers differ on whether the last frame's length counts.
    if (
        _missing(listing) > 0.25
        or "File ended prematurely" in listing.report
        or _is_short_riff(path)
    ):
        raise ScriptError(f"{path.name}: cut short: make or fetch it again")


def _missing(listing: _Listing) -> float:
    """Seconds by which a file without sound is shorter than it states, where that says anything:
    other containers have an index, or their length is ffmpeg's estimate from what is there."""
    stated = re.search(
        r"Input #0, (?:matroska|flv).*?Duration: (\d+):(\d+):([\d.]+)", listing.report, re.S
    )
    if stated is None or "Audio: " in listing.report:
        return 0.0
    hours, minutes, seconds = stated.groups()
    end = _times(listing.packets)[-1] + listing.packets[-1].duration
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds) - float(end)


def _is_short_riff(path: Path) -> bool:
    """Whether an AVI file is smaller than its first eight bytes say; ffmpeg reads what is left."""
    with path.open("rb") as file:
        kind, size = file.read(4), int.from_bytes(file.read(4), "little")
    return kind == b"RIFF" and size < 2**32 - 1 and size + 8 > path.stat().st_size


STREAM = re.compile(
    r"\s*Stream #0:\d+.*?: Video: (?P<codec>\w+)(?: \((?P<profile>[^)/]*)\))?"
    r".*?, (?P<format>[a-z]\w+)(?:\((?P<tags>[^)]*)\))?, \d+x\d+"
)


def _describe(path: Path, listing: _Listing) -> VideoInfo:
    lines = listing.report.partition("\nOutput #0")[0].splitlines()
    here = next(
        (n for n, line in enumerate(lines) if STREAM.match(line) and "(attached pic)" not in line),
        0,
    )
    stream = STREAM.match(lines[here])
    if stream is None:
        raise ScriptError(f"{path.name}: ffmpeg cannot tell what its video is")
    turned = _rotation(lines[here + 1 :])
    width, height = _square_pixels(listing.headers)
    full_range, colours = _colours(stream["format"], stream["tags"] or "")
    times = _times(listing.packets)
    last = listing.packets[-1].duration
    span = times[-1] - times[0]
    step = span / (len(times) - 1) if span else last or Fraction(1, 25)
    return VideoInfo(
        times=tuple(time - times[0] for time in times),
        fps=1 / step,
        duration=float(span + step),
        width=height if turned % 180 else width,
        height=width if turned % 180 else height,
        rotation=turned,
        codec=stream["codec"],
        profile=stream["profile"],
        pixel_format=stream["format"],
        full_range=full_range,
        matrix=colours[0],
        primaries=colours[1],
        transfer=colours[2],
    )


def _rotation(lines: Sequence[str]) -> int:
    """Degrees clockwise, from the lines that follow the stream's own up to the next stream's."""
    for line in lines:
        if line.lstrip().startswith("Stream #"):
            break
        stated = re.search(r"rotation of (-?[\d.]+) degrees", line)
        if stated is not None:
            return round(-float(stated[1]) / 90) * 90 % 360
    return 0


def _square_pixels(headers: dict[str, str]) -> tuple[int, int]:
    width, height = map(int, headers["dimensions 0"].split("x"))
    across, down = map(int, headers.get("sar 0", "1/1").split("/"))
    if across > 0 and down > 0:
        width = round(width * across / down)
    return width, height


def _colours(
    pixel_format: str, tags: str
) -> tuple[bool, tuple[str | None, str | None, str | None]]:
    """Range and (matrix, primaries, transfer) from ffmpeg's ``yuv420p(tv, bt709, progressive)``."""
    words = [word.strip() for word in tags.split(",")]
    full_range = "pc" in words or pixel_format.startswith(("yuvj", "rgb", "bgr", "gbr"))
    names = next((word for word in words if "/" in word), None)
    if names is None:
        names = next((word for word in words if re.match(r"bt|smpte|ycgco|fcc", word)), "unknown")
        names = "/".join([names] * 3)
    matrix, primaries, transfer = (None if name == "unknown" else name for name in names.split("/"))
    return full_range, (matrix, primaries, transfer)
