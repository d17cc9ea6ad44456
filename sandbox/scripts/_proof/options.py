"""The arguments that the proof scripts share."""

from __future__ import annotations

import argparse
from pathlib import Path

from sandbox.scripts._command import ScriptError
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
    """``--instruction`` or ``--instruction-file``, and ``--seed``."""
    said = parser.add_mutually_exclusive_group()
    said.add_argument("--instruction", default="", metavar="TEXT", help="words shown on the slate")
    said.add_argument(
        "--instruction-file",
        type=Path,
        metavar="FILE",
        help="the same from a text file, for words of any length",
    )
    parser.add_argument(
        "--seed", type=int, help="chooses grain and chance; default: from the inputs"
    )


def instruction(options: argparse.Namespace) -> str:
    """The words, however they were given. Raises :class:`ScriptError` for an unreadable file."""
    file: Path | None = options.instruction_file
    if file is None:
        return str(options.instruction)
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError) as failure:
        reason = failure.strerror if isinstance(failure, OSError) else "it is no UTF-8 text"
        raise ScriptError(f"{file.name}: {reason}; give a readable text file") from None


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
