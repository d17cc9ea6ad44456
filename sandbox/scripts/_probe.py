"""What a video file holds, and whether all of it is there.

Two readers share the work. PyAV opens the file and states facts (colours, rotation, interlacing,
sound) as values; ffmpeg's report for people is never read, because titles and other words of the
file stand in it. ffmpeg itself lists the frames, since it is ffmpeg that will cut them: a stream
copy into its ``framecrc`` text gives every frame with its time without decoding one. Whatever
ffmpeg says of damage meanwhile counts.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from sandbox.scripts import _facts
from sandbox.scripts._command import ScriptError
from sandbox.scripts._facts import FORMATS, Facts
from sandbox.scripts._ffmpeg import QUIET, find

DISCARDED, CORRUPT, KEY = 0x4, 0x2, 0x1  # AV_PKT_FLAG_*: outside the edit list; damaged; key
NO_TIME = -(2**63)

DAMAGED = re.compile(
    r"\[(error|fatal|panic)\]|premature|partial|truncat|corrupt|incomplete", re.IGNORECASE
)
"""What ffmpeg's log says of a file that is not whole. Some of it are mere warnings there: a
Matroska file that ends too early, a packet known to be damaged."""

KINDS = (
    (re.compile(rb"GIF8"), "a GIF"),
    (re.compile(rb"\x89PNG"), "a PNG or APNG"),
    (re.compile(rb"RIFF.{4}WEBP", re.S), "a WebP"),
    (re.compile(rb"\xff\xd8\xff"), "a JPEG"),
    (re.compile(rb".{4}ftyp(heic|heix|hevc|heim|mif1|msf1|avif|avis)", re.S), "a HEIC or AVIF"),
    (re.compile(rb"#EXTM3U"), "a playlist"),
    (re.compile(rb"\s*<(!doctype|html|\?xml)", re.IGNORECASE), "a web page"),
)
"""Files that are taken for clips by mistake, by their first bytes."""


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
    facts: Facts

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
    facts = _facts.read(path)
    listing = _list(path, facts, decode=False)
    if decode:
        decoded = _list(path, facts, decode=True)
        if len(decoded.packets) != len(listing.packets):
            listing = decoded
    if not listing.packets:
        raise ScriptError(f"{path.name}: not one frame of video in it")
    _check_whole(path, facts, listing)
    return _describe(facts, listing)


def source(path: Path, facts: Facts) -> dict[str, str]:
    """The options under which a clip is opened, as ``ffmpeg.input`` takes them."""
    decoder = {} if facts.decoder is None else {"c:v": facts.decoder}
    return {
        "filename": address(path),
        "format_whitelist": FORMATS,
        "protocol_whitelist": "file",
        **decoder,
    }


def address(path: Path) -> str:
    """``path`` in ffmpeg's words: never taken for an option or a protocol."""
    return f"file:{path.absolute()}"


def _check_file(path: Path) -> None:
    if not path.exists():
        raise ScriptError(f"{path.name}: no such file")
    if not path.is_file():
        raise ScriptError(f"{path.name}: a folder or a device, not a video file")
    with path.open("rb") as file:
        head = file.read(64)
    if not head:
        raise ScriptError(f"{path.name}: an empty file, not a video")
    for signature, kind in KINDS:
        if signature.match(head):
            raise ScriptError(f"{path.name}: {kind}, not a video: give an MP4, MOV, MKV or WebM")


@dataclass(frozen=True)
class _Packet:
    decoded_at: Fraction
    shown_at: Fraction | None
    duration: Fraction
    flags: int


@dataclass(frozen=True)
class _Listing:
    """Every packet of video, or every frame, and how large they are."""

    headers: dict[str, str]
    packets: tuple[_Packet, ...]
    begins_whole: bool
    """Whether the first packet, shown or not, is a picture that stands for itself."""


def _list(path: Path, facts: Facts, *, decode: bool) -> _Listing:
    opened = source(path, facts)
    filename = opened.pop("filename")
    options = [word for key, value in opened.items() for word in (f"-{key}", value)]
    # Ticks of 1/90000 s, because an encoder's own time base would round a variable rate.
    frames = ("wrapped_avframe", "-fps_mode", "passthrough", "-enc_time_base", "1:90000")
    video = ("-c:v", *(frames if decode else ("copy", "-copyinkf")))
    # One thread, because several pass damaged pictures on before they have noticed the damage.
    options += ["-threads", "1"]
    command = [
        *(find(), *QUIET, "-nostats", "-v", "repeat+level+warning", "-xerror", "-copyts"),
        *("-noautorotate", *options, "-i", filename, "-map", "0:V:0"),
        *(*video, "-f", "framecrc", "-"),
    ]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    listing = _read_listing(done.stdout.decode("ascii", "replace"))
    if facts.torn_start or (not decode and not listing.begins_whole):
        raise ScriptError(
            f"{path.name}: begins in the middle of a shot, where pictures lean on missing ones, "
            "or is damaged there: cut it again at a keyframe, or re-encoded"
        )
    if done.returncode != 0 or DAMAGED.search(done.stderr.decode(errors="replace")):
        raise _damaged(path)
    return listing


def _damaged(path: Path) -> ScriptError:
    return ScriptError(f"{path.name}: damaged or cut short: make or fetch it again")


def _read_listing(text: str) -> _Listing:
    headers: dict[str, str] = {}
    packets: list[_Packet] = []
    for line in text.splitlines():
        if line.startswith("#"):
            key, _, value = line[1:].partition(": ")
            headers[key] = value.strip()
        else:
            packets.append(_read_packet(line.split(","), Fraction(headers["tb 0"])))
    shown = tuple(packet for packet in packets if not packet.flags & DISCARDED)
    return _Listing(headers, shown, not packets or bool(packets[0].flags & KEY))


def _read_packet(fields: Sequence[str], tick: Fraction) -> _Packet:
    """One line: stream, decoding time, display time, duration, size, checksum, then extras.

    Flags are among the extras only where a packet is anything but a plain keyframe.
    """
    dts, pts, duration = map(int, fields[1:4])
    extras = [field.strip() for field in fields[6:]]
    flags = next((int(extra[2:], 16) for extra in extras if extra.startswith("F=")), KEY)
    return _Packet(dts * tick, None if pts == NO_TIME else pts * tick, duration * tick, flags)


def _times(packets: Sequence[_Packet]) -> list[Fraction]:
    """When frames are shown, in order. AVI states no more than when each is to be decoded; at its
    constant rate that is the same beat."""
    shown = [packet.shown_at for packet in packets if packet.shown_at is not None]
    if len(shown) < len(packets):
        shown = [packet.decoded_at for packet in packets]
    return sorted(shown)


def _check_whole(path: Path, facts: Facts, listing: _Listing) -> None:
    """Refuse damage, and a missing tail that ffmpeg does not even see."""
    if any(packet.flags & CORRUPT for packet in listing.packets):
        raise _damaged(path)
    # A quarter of a second, because writers differ on whether the last frame's length counts.
    if _missing(facts, listing) > 0.25 or _is_short_riff(path):
        raise ScriptError(f"{path.name}: cut short: make or fetch it again")


def _missing(facts: Facts, listing: _Listing) -> float:
    """Seconds by which a file without sound is shorter than it states, where that says anything:
    other containers have an index, or their length is ffmpeg's estimate from what is there."""
    if facts.stated_duration is None or facts.sound:
        return 0.0
    end = _times(listing.packets)[-1] + listing.packets[-1].duration
    return facts.stated_duration - float(end)


def _is_short_riff(path: Path) -> bool:
    """Whether an AVI file is smaller than its first eight bytes say; ffmpeg reads what is left."""
    with path.open("rb") as file:
        kind, size = file.read(4), int.from_bytes(file.read(4), "little")
    return kind == b"RIFF" and size < 2**32 - 1 and size + 8 > path.stat().st_size


def _describe(facts: Facts, listing: _Listing) -> VideoInfo:
    width, height = _square_pixels(listing.headers)
    times = _times(listing.packets)
    last = listing.packets[-1].duration
    span = times[-1] - times[0]
    step = span / (len(times) - 1) if span else last or Fraction(1, 25)
    return VideoInfo(
        times=tuple(time - times[0] for time in times),
        fps=1 / step,
        duration=float(span + step),
        width=height if facts.rotation % 180 else width,
        height=width if facts.rotation % 180 else height,
        facts=facts,
    )


def _square_pixels(headers: dict[str, str]) -> tuple[int, int]:
    width, height = map(int, headers["dimensions 0"].split("x"))
    across, down = map(int, headers.get("sar 0", "1/1").split("/"))
    if across > 0 and down > 0:
        width = round(width * across / down)
    return width, height
