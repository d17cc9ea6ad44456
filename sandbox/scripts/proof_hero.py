"""Render a proof of the hero: a comp of the references in the chosen set and pose.

Run as ``python -m sandbox.scripts.proof_hero``; no network, no key, the same picture for the same
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
from sandbox.scripts._proof.cutout import Cutout, cut_out
from sandbox.scripts._proof.hero import Direction, render
from sandbox.scripts._proof.options import add_common, add_direction, instruction, pixels
from sandbox.scripts._proof.presets import HERO_SIZE

NAME = "proof_hero"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the script; returns its exit status."""
    return _command.run(NAME, arguments(), work, argv)


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = _command.parser(NAME, "Render a proof of the hero from the references.")
    add_direction(parser)
    parser.add_argument("--take", type=int, default=1, help="the take's number; varies the picture")
    parser.add_argument("--size", type=pixels, default=HERO_SIZE, help="WIDTHxHEIGHT in pixels")
    parser.add_argument("--output", type=Path, required=True, help="the PNG to write")
    add_common(parser)
    return parser


def work(options: argparse.Namespace) -> None:
    """Render as ``options`` ask."""
    references: list[Path] = options.reference
    said = instruction(options)
    asked = options.pose, options.background, said, options.take
    seed = options.seed if options.seed is not None else seeds.derive(references, asked)
    steps = len(references) + 2
    cuts: list[Cutout] = []
    for done, path in enumerate(references):
        _events.progress(done, steps, f"cutting out {path.name}")
        cuts.append(cut_out(read(path)))
    _events.progress(len(references), steps, "lighting the set")
    tone = words.tonal(words.understand(said))
    want = Direction(options.pose, options.background, seed, tone)
    picture = render(cuts, want, options.size)
    label = f"hero {options.take} · {options.pose} · {options.background}"
    mark.stamp(picture, label, said)
    _events.progress(steps - 1, steps, "writing")
    write_png(options.output, picture)
    width, height = options.size
    _events.artifact(options.output.name, "image", width=width, height=height)
    _events.progress(steps, steps, "done")


if __name__ == "__main__":
    sys.exit(main())
