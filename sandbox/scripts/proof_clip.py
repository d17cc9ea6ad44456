"""Render a proof of one clip: a camera move that begins on one frame and ends on another.

Run as ``python -m sandbox.scripts.proof_clip``; no network, no key, the same clip for the same
arguments.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from sandbox.scripts import _command, _events
from sandbox.scripts._files import replacing
from sandbox.scripts._images import Picture, read
from sandbox.scripts._proof import seeds
from sandbox.scripts._proof.encode import encode
from sandbox.scripts._proof.moves import find_move, frames
from sandbox.scripts._proof.options import add_common, instruction
from sandbox.scripts._proof.plates import Plates
from sandbox.scripts._proof.raster import Size, size_of

NAME = "proof_clip"

UNSEEN = 0.015
"""A picture may be stretched by this share to fill the clip; nobody sees it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the script; returns its exit status."""
    return _command.run(NAME, arguments(), work, argv)


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = _command.parser(NAME, "Render a proof of one clip from a start to an end frame.")
    parser.add_argument("--start", type=Path, required=True, help="the first frame")
    parser.add_argument("--end", type=Path, required=True, help="the last frame")
    parser.add_argument("--seconds", type=float, default=5.0, help="length, 0.2 to 30")
    parser.add_argument("--fps", type=int, default=24, help="frames per second, 8 to 60")
    parser.add_argument("--long-side", type=int, default=1280, help="at most this many pixels")
    parser.add_argument("--output", type=Path, required=True, help="the MP4 to write")
    add_common(parser)
    return parser


def work(options: argparse.Namespace) -> None:
    """Render as ``options`` ask."""
    _check(options)
    files = [options.start, options.end]
    said = instruction(options)
    asked = options.seconds, options.fps, said
    seed = options.seed if options.seed is not None else seeds.derive(files, asked)
    count = max(2, round(options.seconds * options.fps))
    _events.progress(0, count, "finding the camera's move")
    start = read(options.start)
    size = _clip_size(size_of(start), options.long_side)
    first, last = _fitted(start, size), _fitted(read(options.end), size)
    plates = Plates(first, last, said)
    rng = seeds.stream(seed, "move")
    move, name = find_move(plates.start, plates.end, rng)
    _events.status(f"camera move: {name}")
    with replacing(options.output) as temporary:
        pictures = _told(plates.over(frames(move, count, rng), count), count)
        encode(pictures, count, size, Fraction(options.fps), temporary)
    _events.artifact(
        options.output.name, "video", width=size[0], height=size[1], duration=count / options.fps
    )
    _events.progress(count, count, "done")


def _check(options: argparse.Namespace) -> None:
    for name, low, high in (("seconds", 0.2, 30), ("fps", 8, 60), ("long_side", 64, 4096)):
        value = getattr(options, name)
        if not low <= value <= high:
            flag = name.replace("_", "-")
            raise _command.ScriptError(f"--{flag} {value}: from {low} to {high}", "usage")


def _clip_size(size: Size, long_side: int) -> Size:
    """``size`` reduced to ``long_side``, both dimensions even as H.264 wants them."""
    scale = min(1.0, long_side / max(size))
    return tuple(max(16, 2 * round(side * scale / 2)) for side in size)  # type: ignore[return-value]


def _fitted(picture: Picture, size: Size) -> Picture:
    """``picture`` at ``size``, letterboxed in black when its shape is another."""
    width, height = size_of(picture)
    scale = min(size[0] / width, size[1] / height)
    across, down = round(width * scale), round(height * scale)
    if across >= size[0] * (1 - UNSEEN) and down >= size[1] * (1 - UNSEEN):
        across, down = size
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    drawn = cv2.resize(picture, (across, down), interpolation=how)
    canvas = np.zeros((size[1], size[0], 3), np.uint8)
    top, left = (size[1] - down) // 2, (size[0] - across) // 2
    canvas[top : top + down, left : left + across] = drawn
    return canvas


def _told(pictures: Iterator[Picture], count: int) -> Iterator[Picture]:
    """``pictures`` as they are, with progress said on the way."""
    for index, picture in enumerate(pictures):
        if index % 12 == 0:
            _events.progress(index, count, "rendering")
        yield picture


if __name__ == "__main__":
    sys.exit(main())
