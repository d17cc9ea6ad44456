"""Render a proof of the contact sheet: the six shots of one hero in two rows of three.

Run as ``python -m sandbox.scripts.proof_contact_sheet``; no network, no key, the same picture for
the same arguments.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sandbox.scripts import _command, _events
from sandbox.scripts._images import Picture, read, write_png
from sandbox.scripts._proof import hero, mark, seeds, sheet, shots, words
from sandbox.scripts._proof import tone as tone_of
from sandbox.scripts._proof.cutout import Cutout, cut_out
from sandbox.scripts._proof.mannequin import mannequin
from sandbox.scripts._proof.options import add_common, add_direction, instruction, pixels
from sandbox.scripts._proof.presets import HERO_SIZE, SHOTS

NAME = "proof_contact_sheet"
GLANCE = (316, 212)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the script; returns its exit status."""
    return _command.run(NAME, arguments(), work, argv)


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = _command.parser(NAME, "Render a proof of the contact sheet: six shots of one hero.")
    parser.add_argument("--hero", type=Path, required=True, help="the approved hero")
    add_direction(parser, required=False)
    parser.add_argument("--size", type=pixels, default=HERO_SIZE, help="WIDTHxHEIGHT in pixels")
    parser.add_argument("--output", type=Path, required=True, help="the PNG to write")
    add_common(parser)
    return parser


def work(options: argparse.Namespace) -> None:
    """Render as ``options`` ask."""
    files = [options.hero, *options.reference]
    asked = options.pose, options.background, instruction(options)
    seed = options.seed if options.seed is not None else seeds.derive(files, asked)
    total = len(SHOTS) + 2
    _events.progress(0, total, "cutting out the references")
    scene = _scene(options, seed)
    cells = sheet.layout(options.size, seed)
    drawn: list[Picture] = []
    for number, (cell, name) in enumerate(zip(cells, SHOTS, strict=True), start=1):
        _events.progress(number, total, f"shot {number}: {name}")
        shot = shots.render(number, scene, cell.size)
        mark.stamp(shot, str(number), centred=True)
        drawn.append(shot)
    _events.progress(total - 1, total, "writing")
    write_png(options.output, sheet.assemble(options.size, cells, drawn))
    width, height = options.size
    _events.artifact(options.output.name, "image", width=width, height=height)
    _events.progress(total, total, "done")


def _scene(options: argparse.Namespace, seed: int) -> shots.Scene:
    """Who is seen where, in the tone that the hero has over a plain one."""
    picture = read(options.hero)
    cuts = [cut_out(read(path)) for path in options.reference]
    expected = hero.render(cuts, hero.Direction(options.pose, options.background, seed), GLANCE)
    asked = words.tonal(words.understand(instruction(options)))
    tone = words.both(tone_of.difference(picture, expected), asked)
    subject, others = hero.cast_roles(cuts or _seen_in(picture))
    return shots.Scene(subject or mannequin(), others, options.background, seed, tone)


def _seen_in(picture: Picture) -> list[Cutout]:
    """Who the hero itself shows; in a proof without references that is the mannequin."""
    return [] if mark.find(picture) else [cut_out(picture)]


if __name__ == "__main__":
    sys.exit(main())
