"""What a video file states of itself, read as values by PyAV.

Colours are code points of ITU-T H.273, which every container and codec uses; they are named here
in ffmpeg's words.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from sandbox.scripts._command import ScriptError

FORMATS = "mov,matroska,webm,avi,mpegts,mpeg,flv,ogg,asf,mxf,nut"
"""Containers that are opened: no playlists, which name other files, and no still pictures."""

MATRICES = {
    0: "gbr",
    1: "bt709",
    4: "fcc",
    5: "bt470bg",
    6: "smpte170m",
    7: "smpte240m",
    8: "ycgco",
    9: "bt2020nc",
    10: "bt2020c",
    11: "smpte2085",
    12: "chroma-derived-nc",
    13: "chroma-derived-c",
    14: "ictcp",
    15: "ipt-c2",
}
PRIMARIES = {
    1: "bt709",
    4: "bt470m",
    5: "bt470bg",
    6: "smpte170m",
    7: "smpte240m",
    8: "film",
    9: "bt2020",
    10: "smpte428",
    11: "smpte431",
    12: "smpte432",
    22: "jedec-p22",
}
TRANSFERS = {
    1: "bt709",
    4: "bt470m",
    5: "bt470bg",
    6: "smpte170m",
    7: "smpte240m",
    8: "linear",
    9: "log100",
    10: "log316",
    11: "iec61966-2-4",
    12: "bt1361e",
    13: "iec61966-2-1",
    14: "bt2020-10",
    15: "bt2020-12",
    16: "smpte2084",
    17: "smpte428",
    18: "arib-std-b67",
}
UNSTATED = (2, 3, -1)

WITH_ALPHA = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
"""Codecs whose transparency ffmpeg's own decoders pass over, and the decoders that see it."""

LOOKED_AT = 6
"""Frames that are decoded to tell whether a clip is interlaced."""

PATIENCE = 400
"""Packets in which a frame has to be found."""


@dataclass(frozen=True)
class Facts:
    """What a file states of its first video stream, and whether there is sound beside it."""

    codec: str
    profile: str | None
    pixel_format: str
    depth: int = 8
    """Bits of a channel."""
    full_range: bool = False
    matrix: str | None = None
    """The YUV matrix in ffmpeg's words (``bt709``, ``smpte170m`` …); ``None``: not stated."""
    primaries: str | None = None
    transfer: str | None = None
    rotation: int = 0
    """Degrees clockwise that the file asks to be turned by: 0, 90, 180 or 270."""
    interlaced: bool = False
    transparent: bool = False
    decoder: str | None = None
    """ffmpeg's decoder to use; ``None`` for its own choice."""
    sound: bool = False
    torn_start: bool = False
    """Whether pictures before the first one that can be shown lack what they lean on."""
    stated_duration: float | None = None
    """Seconds, where the container states them apart from its index."""


def read(path: Path) -> Facts:
    """What ``path`` states of itself. Raises :class:`ScriptError`, naming the file."""
    try:
        # A file object, because libav takes names in UTF-8 alone.
        with (
            path.open("rb") as file,
            av.open(file, "r", options={"format_whitelist": FORMATS}) as container,
        ):
            return _facts(container, _stream(path, container))
    except (av.FFmpegError, ValueError):
        raise ScriptError(
            f"{path.name}: not a video file that can be opened (damaged, cut short, or something "
            "else)"
        ) from None


def _stream(path: Path, container: InputContainer) -> VideoStream:
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            return stream
    raise ScriptError(f"{path.name}: no video in it")


def _facts(container: InputContainer, stream: VideoStream) -> Facts:
    codec = stream.codec.canonical_name
    hidden = stream.metadata.get("alpha_mode") == "1"
    apart = container.format.name.startswith(("matroska", "flv"))
    frames, stumbled = _frames(container, stream)
    shown = frames[0]
    form = shown.format
    return Facts(
        codec=codec,
        profile=stream.profile,
        pixel_format=form.name,
        depth=max(component.bits for component in form.components),
        full_range=shown.color_range == 2 or form.is_rgb or form.name.startswith("yuvj"),
        matrix=_named(MATRICES, shown.colorspace),
        primaries=_named(PRIMARIES, shown.color_primaries),
        transfer=_named(TRANSFERS, shown.color_trc),
        rotation=round(-shown.rotation / 90) * 90 % 360,
        interlaced=any(frame.interlaced_frame for frame in frames),
        transparent=hidden
        or form.has_palette
        or any(component.is_alpha for component in form.components),
        decoder=WITH_ALPHA.get(codec) if hidden else None,
        sound=bool(container.streams.audio),
        torn_start=stumbled,
        stated_duration=container.duration / av.time_base if apart and container.duration else None,
    )


def _frames(container: InputContainer, stream: VideoStream) -> tuple[list[VideoFrame], bool]:
    """The first frames, and whether some before them could not be decoded.

    Where there are none at all it is a blank one of the stated form: what is wrong then, the
    listing of frames tells.
    """
    frames: list[VideoFrame] = []
    stumbled = False
    for packet in itertools.islice(container.demux(stream), PATIENCE):
        try:
            frames += packet.decode()
        except av.FFmpegError:
            stumbled = stumbled or not frames
        if len(frames) >= LOOKED_AT:
            break
    if frames:
        return frames, stumbled
    return [VideoFrame(2, 2, stream.format.name if stream.format else "yuv420p")], stumbled


def _named(names: dict[int, str], point: int) -> str | None:
    return None if point in UNSTATED else names.get(point, f"unknown ({point})")
