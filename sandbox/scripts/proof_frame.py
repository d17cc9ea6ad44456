"""Render a proof of one frame taken again, as an instruction asks.

Run as ``python -m sandbox.scripts.proof_frame``; no network, no key, the same picture for the same
arguments.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sandbox.scripts import _command, _events
from sandbox.scripts._images import read, write_png
from sandbox.scripts._proof import mark, seeds, words
from sandbox.scripts._proof.options import add_common, instruction
from sandbox.scripts._proof.presets import SHOTS
from sandbox.scripts._proof.raster import size_of
from sandbox.scripts._proof.retake import retake

NAME = "proof_frame"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the script; returns its exit status."""
    return _command.run(NAME, arguments(), work, argv)


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = _command.parser(NAME, "Render a proof of one frame, modified as the instruction asks.")
    parser.add_argument("--frame", type=Path, required=True, help="the frame as it is")
    parser.add_argument("--hero", type=Path, required=True, help="the approved hero")
    parser.add_argument(
        "--reference",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a reference photo",
    )
    parser.add_argument(
        "--shot", type=int, choices=range(1, 7), required=True, help="which shot it is"
    )
    parser.add_argument("--output", type=Path, required=True, help="the PNG to write")
    add_common(parser)
    return parser


def work(options: argparse.Namespace) -> None:
    """Render as ``options`` ask."""
    files = [options.frame, options.hero, *options.reference]
    said = instruction(options)
    asked = options.shot, said
    seed = options.seed if options.seed is not None else seeds.derive(files, asked)
    _events.progress(0, 3, f"shot {options.shot}: {SHOTS[options.shot - 1]}")
    frame = read(options.frame)
    spot = mark.find(frame)
    clean = mark.erase(frame, spot) if spot else frame
    rng = seeds.stream(seed, "retake")
    _events.progress(1, 3, "taking it again")
    picture = retake(clean, words.varied(words.understand(said), rng), rng)
    mark.stamp(picture, str(options.shot), said, centred=True)
    _events.progress(2, 3, "writing")
    write_png(options.output, picture)
    width, height = size_of(picture)
    _events.artifact(options.output.name, "image", width=width, height=height)
    _events.progress(3, 3, "done")


if __name__ == "__main__":
    sys.exit(main())
