"""Join clips into a film whose cuts cannot be seen.

Each clip is slow at both ends and fast in the middle, so that its hard cut to the next falls where
nothing moves. Output frame k of a clip's n frames shows the source frame nearest to
ease(k / (n - 1)) of the way through the clip.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from sandbox.scripts import (
    _colours,
    _command,
    _easing,
    _events,
    _ffmpeg,
    _film,
    _probe,
    _timeline,
)
from sandbox.scripts._command import ScriptError
from sandbox.scripts._facts import Facts
from sandbox.scripts._files import replacing

PRESETS = (
    *("ultrafast", "superfast", "veryfast", "faster", "fast"),
    *("medium", "slow", "slower", "veryslow"),
)


@dataclass(frozen=True)
class Edit:
    """What is asked for: the clips in order, and how each is cut."""

    clips: Sequence[Path]
    counts: Sequence[int]
    easing: _easing.Easing
    encoding: _film.Encoding


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    return _command.run("stitch_clips", _arguments(), _stitch, argv)


def _arguments() -> argparse.ArgumentParser:
    parser = _command.parser("stitch_clips", "Join clips into a film whose cuts cannot be seen.")
    parser.add_argument(
        "--clip",
        action="append",
        dest="clips",
        type=Path,
        required=True,
        default=argparse.SUPPRESS,
        metavar="FILE",
        help="a video file; once for each clip, in order",
    )
    parser.add_argument(
        "--output",
        type=Path,
        required=True,
        default=argparse.SUPPRESS,
        metavar="FILE",
        help="the film, an .mp4 file",
    )
    _add_cut(parser)
    parser.add_argument("--preset", choices=PRESETS, default="medium", help="x264's speed")
    parser.add_argument(
        "--crf",
        type=_number(1, 51),
        default="18",
        metavar="N",
        help="x264's quality, 1 (best) to 51",
    )
    return parser


def _add_cut(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--clip-seconds",
        type=_number(Fraction(1, 10), 60),
        default="1.5",
        metavar="S",
        help="how long each clip is in the film",
    )
    parser.add_argument(
        "--fps", type=_number(1, 240), default="60", metavar="N", help="frames per second"
    )
    curve = parser.add_mutually_exclusive_group()
    curve.add_argument(
        "--easing",
        default=_easing.DRAMATIC_SWOOP,
        metavar="NAME",
        help=f"one of: {', '.join(_easing.EASINGS)}",
    )
    curve.add_argument(
        "--bezier",
        default=argparse.SUPPRESS,
        metavar="X1,Y1,X2,Y2",
        help="an easing of your own, as in CSS: both x within 0 and 1",
    )


def _number(low: Fraction | int, high: Fraction | int) -> Callable[[str], Fraction]:
    """An argument type: a decimal or a ratio such as 24000/1001, within ``low`` and ``high``."""

    def number(text: str) -> Fraction:
        try:
            value = Fraction(text)
        except (ValueError, ZeroDivisionError):
            raise argparse.ArgumentTypeError(f"{text!r} is no number") from None
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(
                f"{text} is out of range: {float(low):g} to {float(high):g}"
            )
        return value

    return number


def _easing_of(arguments: argparse.Namespace) -> _easing.Easing:
    try:
        if "bezier" in arguments:
            return _easing.bezier(arguments.bezier)
        return _easing.named(arguments.easing)
    except ValueError as error:
        option = "--bezier" if "bezier" in arguments else "--easing"
        raise ScriptError(f"{option}: {error}", "usage") from None


def _edit(arguments: argparse.Namespace) -> Edit:
    counts = _timeline.shares(len(arguments.clips), arguments.clip_seconds, arguments.fps)
    if min(counts) < 2:
        raise ScriptError(
            f"{float(arguments.clip_seconds):g} s at {float(arguments.fps):g} frames per second "
            "shows fewer than 2 frames of a clip: raise --clip-seconds or --fps",
            "usage",
        )
    if arguments.output.suffix.lower() != ".mp4":
        raise ScriptError(f"{arguments.output.name}: the film is an .mp4 file: name it so", "usage")
    return Edit(
        clips=arguments.clips,
        counts=counts,
        easing=_easing_of(arguments),
        encoding=_film.Encoding(arguments.fps, arguments.preset, float(arguments.crf)),
    )


def _stitch(arguments: argparse.Namespace) -> None:
    edit = _edit(arguments)
    output: Path = arguments.output
    _events.status("Reading the clips")
    infos = [_look(clip) for clip in edit.clips]
    for clip, info in zip(edit.clips, infos, strict=True):
        _tell(clip, info.facts)
    size = _film.canvas(infos)
    _events.status(f"Cutting {sum(edit.counts)} frames of {size[0]}×{size[1]}")
    with replacing(output) as temporary:
        _render(edit, infos, size, temporary)
    _events.artifact(
        output.name,
        "video",
        width=size[0],
        height=size[1],
        duration=float(sum(edit.counts) / edit.encoding.fps),
    )


def _look(clip: Path, *, decode: bool = False) -> _probe.VideoInfo:
    info = _probe.probe(clip, decode=decode)
    if reason := _colours.refusal(info.facts):
        raise ScriptError(f"{clip.name}: {reason}")
    return info


def _tell(clip: Path, facts: Facts) -> None:
    """Say what the film does not show of a clip as it is."""
    told = {
        "its sound is left out: the film is silent": facts.sound,
        "interlaced: every second line is drawn anew": facts.interlaced,
        "transparent: laid on black": facts.transparent,
        f"its colours ({_colours.primaries(facts)}) are converted to BT.709": (
            _colours.primaries(facts) not in (None, "bt709")
        ),
    }
    for words in [words for words, holds in told.items() if holds]:
        _events.status(f"{clip.name}: {words}")


def _render(
    edit: Edit, infos: Sequence[_probe.VideoInfo], size: tuple[int, int], target: Path
) -> None:
    """Encode the film, and look closer at the clips when anything about that was not right.

    At first frames are counted without decoding them. A codec may have packets that show nothing;
    then the film comes out short, and is made again from the frames that were decoded.
    """
    total = sum(edit.counts)
    try:
        made = _encode(edit, infos, size, target)
    except _ffmpeg.FfmpegError:
        _inspect(edit)
        raise
    if made.frames == total and not made.log:
        return
    counted = _inspect(edit)
    if made.frames != total:
        made = _encode(edit, counted, size, target)
    if made.frames != total:
        raise ScriptError(f"the film came out with {made.frames} frames, not {total}", "encode")


def _inspect(edit: Edit) -> list[_probe.VideoInfo]:
    """Decode every clip by itself, which names the one that is damaged."""
    _events.status("Inspecting the clips one by one")
    return [_look(clip, decode=True) for clip in edit.clips]


def _encode(
    edit: Edit, infos: Sequence[_probe.VideoInfo], size: tuple[int, int], target: Path
) -> _ffmpeg.Outcome:
    cuts = [
        _film.Cut(clip, info, _timeline.stretches(_timeline.shown(info.times, count, edit.easing)))
        for clip, info, count in zip(edit.clips, infos, edit.counts, strict=True)
    ]
    total = sum(edit.counts)
    return _ffmpeg.run(
        _film.arguments(cuts, size, edit.encoding, target),
        lambda frames: _events.progress(frames, total, "Encoding"),
    )


if __name__ == "__main__":
    sys.exit(main())
