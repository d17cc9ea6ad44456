"""The arguments that the proof scripts share."""

from __future__ import annotations

import argparse
from pathlib import Path

from sandbox.scripts._proof.presets import BACKGROUNDS, POSES
from sandbox.scripts._proof.raster import Size

LEAST, MOST = 96, 8192


def add_direction(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """``--reference``, ``--pose`` and ``--background``."""
    parser.add_argument(
        "--reference",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a reference photo, the model first; may be given several times",
    )
    parser.add_argument("--pose", choices=POSES, required=required, default=POSES[0])
    parser.add_argument(
        "--background", choices=BACKGROUNDS, required=required, default=BACKGROUNDS[0]
    )


def add_common(parser: argparse.ArgumentParser) -> None:
    """``--instruction`` and ``--seed``."""
    parser.add_argument(
        "--instruction", default="", metavar="TEXT", help="words shown on the slate"
    )
    parser.add_argument(
        "--seed", type=int, help="chooses grain and chance; default: from the inputs"
    )


def pixels(text: str) -> Size:
    """``2528x1696`` as width and height; between 96 and 8192 pixels a side."""
    width, _, height = text.lower().replace("×", "x").partition("x")
    try:
        size = int(width), int(height)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r}: write WIDTHxHEIGHT, such as 1264x848"
        ) from None
    if not all(LEAST <= side <= MOST for side in size):
        raise argparse.ArgumentTypeError(f"{text!r}: each side is {LEAST} to {MOST} pixels")
    return size
