"""The film's filter graph: every clip cut to its easing, joined, and encoded in one ffmpeg pass.

A clip's frames that are not shown are dropped before anything is done to them; those that are
get the time of the first output frame that shows them, and are held until the next one.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg

from sandbox.scripts import _colours, _probe
from sandbox.scripts._command import ScriptError
from sandbox.scripts._probe import VideoInfo
from sandbox.scripts._timeline import Stretch

TARGET = "film"
"""Stands for the film's path until ffmpeg is told."""

LONGEST_ARGUMENT = 128 * 1024 - 1
"""Bytes in one argument of a program, on Linux."""


@dataclass(frozen=True)
class Cut:
    """One clip and what the film shows of it."""

    path: Path
    info: VideoInfo
    stretches: Sequence[Stretch]


@dataclass(frozen=True)
class Encoding:
    """How the film is encoded: frames per second, x264's preset, and its quality (1 to 51)."""

    fps: Fraction
    preset: str
    crf: float


def canvas(infos: Sequence[VideoInfo]) -> tuple[int, int]:
    """The film's width and height: the largest clip's, without an odd last column or row."""
    largest = max(infos, key=lambda info: info.width * info.height)
    return max(2, largest.width // 2 * 2), max(2, largest.height // 2 * 2)


def arguments(
    cuts: Sequence[Cut], size: tuple[int, int], encoding: Encoding, target: Path
) -> list[str]:
    """ffmpeg's arguments for the whole film, written to ``target``.

    Raises :class:`ScriptError` when the graph is longer than a program can be told, which takes
    more than a hundred clips.
    """
    pieces = [
        piece for place, cut in enumerate(cuts) for piece in _pieces(place, cut, size, encoding.fps)
    ]
    joined = ffmpeg.concat(*pieces)
    tagged = joined.filter(
        "setparams",
        range="limited",
        colorspace="bt709",
        color_primaries="bt709",
        color_trc="bt709",
    )
    frames = sum(stretch.length for cut in cuts for stretch in cut.stretches)
    written = tagged.output(
        TARGET,
        **{"format": "mp4", "c:v": "libx264", "preset": encoding.preset, "crf": encoding.crf},
        # The fastest preset leaves this tool of the High profile out, and the profile with it.
        **{"profile:v": "high", "8x8dct": 1, "pix_fmt": "yuv420p"},
        **{"r": str(encoding.fps), "frames:v": frames},
        color_range="tv",
        colorspace="bt709",
        color_primaries="bt709",
        color_trc="bt709",
        map_metadata=-1,
        movflags="+faststart",
    )
    names = {_stand_in(place): _probe.address(cut.path) for place, cut in enumerate(cuts)}
    names[TARGET] = _probe.address(target)
    words: list[str] = [names.get(word, word) for word in written.get_args()]
    if max(len(os.fsencode(word)) for word in words) > LONGEST_ARGUMENT:
        raise ScriptError(
            f"{len(cuts)} clips with {frames} frames are too much for one film: "
            "stitch fewer clips, or show less of each"
        )
    return ["-xerror", "-y", *words]


def _stand_in(place: int) -> str:
    return f"clip {place}"


def _pieces(place: int, cut: Cut, size: tuple[int, int], fps: Fraction) -> list[Any]:
    # Under names that stand for the clips: ffmpeg-python takes two inputs of one file for one, and
    # no names that are not text. And the graph has to survive a picture that changes its size
    # inside a clip, or it would begin to count anew.
    source = {**_probe.source(cut.path, cut.info.facts), "filename": _stand_in(place)}
    opened = ffmpeg.input(**source, reinit_filter=0)["V:0"]
    if cut.info.facts.interlaced:
        # One field of each frame, its missing lines drawn along edges. Filters that borrow lines
        # from neighbouring frames (bwdif, yadif) leave combs where something flickers.
        opened = opened.filter("estdif", mode="frame", deint="interlaced")
    if len(cut.stretches) == 1:
        return [_piece(opened, cut.info, cut.stretches[0], size, fps)]
    copies = opened.filter_multi_output("split", len(cut.stretches))
    return [
        _piece(copies[n], cut.info, stretch, size, fps) for n, stretch in enumerate(cut.stretches)
    ]


def _piece(
    source: Any, info: VideoInfo, stretch: Stretch, size: tuple[int, int], fps: Fraction
) -> Any:
    picture = _fitted(source.filter("select", _choice(stretch)), info, size)
    if stretch.backwards:
        picture = picture.filter("reverse")
    # A time base of an hour rounds every frame's own duration to nothing. The last frame then lasts
    # as long as setpts says at the end of the stream, which it counts as one more frame; so when
    # the decoder gives fewer frames than were counted, the film is too short, and that is noticed.
    ends = [*stretch.starts, stretch.starts[-1] + 1]
    return (
        picture.filter("settb", "3600")
        .filter("settb", f"{fps.denominator}/{fps.numerator}")
        .filter("setpts", _times(ends))
        .filter("fps", str(fps))
        .filter("trim", end_frame=ends[-1])
        .filter("tpad", stop_mode="clone", stop=stretch.length - ends[-1])
    )


def _choice(stretch: Stretch) -> str:
    """A ``select`` expression that is true for the stretch's frames: a sum of ranges."""
    ranges: list[list[int]] = []
    for frame in sorted(stretch.frames):
        if ranges and ranges[-1][1] == frame - 1:
            ranges[-1][1] = frame
        else:
            ranges.append([frame, frame])
    return "+".join(
        f"between(n,{first},{last})" if last > first else f"eq(n,{first})" for first, last in ranges
    )


def _times(starts: Sequence[int]) -> str:
    """A ``setpts`` expression for ``starts[N]``: comparisons between its even parts."""
    leads = [start - n for n, start in enumerate(starts)]
    turns = [n for n, lead in enumerate(leads) if n == 0 or lead != leads[n - 1]]
    return _tree([(n, f"N+{leads[n]}" if leads[n] else "N") for n in turns])


def _tree(leaves: Sequence[tuple[int, str]]) -> str:
    """The last of ``leaves`` whose number is at most N."""
    if len(leaves) == 1:
        return leaves[0][1]
    middle = len(leaves) // 2
    return f"if(lt(N,{leaves[middle][0]}),{_tree(leaves[:middle])},{_tree(leaves[middle:])})"


def _fitted(picture: Any, info: VideoInfo, size: tuple[int, int]) -> Any:
    """Scaled into ``size`` whole, centred on black, in the film's colours."""
    width, height = size
    own = (info.width, info.height)
    if info.width // 2 * 2 == width and info.height // 2 * 2 == height:
        framed = _colours.scaled(picture, info.facts, own).filter("crop", width, height, 0, 0)
    else:
        inner = _inside(*own, size)
        scaled = _colours.scaled(picture, info.facts, inner)
        left, top = (width - inner[0]) // 4 * 2, (height - inner[1]) // 4 * 2
        framed = scaled.filter("pad", width, height, left, top)
    return framed.filter("setsar", 1)


def _inside(width: int, height: int, size: tuple[int, int]) -> tuple[int, int]:
    """The largest even size in the shape of width × height within ``size``, which may fill it."""
    scale = min(size[0] / width, size[1] / height)
    fitted = []
    for length, limit in zip((width, height), size, strict=True):
        even = max(2, round(length * scale / 2) * 2)
        # A bar of a pixel would be a rounding error made visible.
        fitted.append(limit if limit - even <= 2 else even)
    return fitted[0], fitted[1]
