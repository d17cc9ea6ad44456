"""Cut the frames of a contact sheet apart: in reading order, of one size, without the gutters.

Gutters of any colour and width are found by what is seen of them, also on sheets that are turned
a little, uneven, or rounded at the corners. A sheet without gutters is split evenly, and a
``status`` event says so; a picture that is no sheet of the given rows and columns is refused.
Either all frames are written, or none.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sandbox.scripts import _command, _events
from sandbox.scripts._command import ScriptError
from sandbox.scripts._images import Picture, read, write_pngs
from sandbox.scripts._sheets.cut import Frame, cut
from sandbox.scripts._sheets.find import Layout, find

NAME = "crop_frames"
MOST = 12
"""Rows or columns of a sheet at the most."""
SMALLEST = 48
"""Pixels that each frame has a side at the least."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the script; returns its exit status."""
    return _command.run(NAME, _arguments(), _crop, argv)


def _arguments() -> argparse.ArgumentParser:
    arguments = _command.parser(NAME, "Cut the frames of a contact sheet apart.")
    arguments.add_argument(
        "--input", type=Path, required=True, metavar="SHEET", help="PNG, JPEG, WebP or GIF"
    )
    arguments.add_argument(
        "--output-dir", type=Path, required=True, metavar="DIR", help="gets frame-1.png and so on"
    )
    arguments.add_argument("--rows", type=int, default=2, help="frames from top to bottom")
    arguments.add_argument("--cols", type=int, default=3, help="frames from left to right")
    return arguments


def _crop(options: argparse.Namespace) -> None:
    sheet: Path = options.input
    rows, cols = int(options.rows), int(options.cols)
    if not (1 <= rows <= MOST and 1 <= cols <= MOST and rows * cols > 1):
        raise ScriptError(
            f"--rows {rows} --cols {cols}: a sheet has 1 to {MOST} of each, and two cells or more",
            "usage",
        )
    picture = read(sheet)
    _check_size(sheet.name, picture, rows, cols)
    _events.progress(1, 3, f"looking for {rows} × {cols} frames")
    try:
        layout = find(picture, rows, cols)
        frames = cut(picture, layout)
    except ScriptError as refusal:
        raise ScriptError(f"{sheet.name}: {refusal}", refusal.code) from None
    if layout.note:
        _events.status(f"{sheet.name}: {layout.note}")
    folder: Path = options.output_dir
    names = [f"frame-{number}.png" for number in range(1, len(frames) + 1)]
    _events.progress(2, 3, f"writing {len(frames)} frames")
    write_pngs({folder / name: frame.picture for name, frame in zip(names, frames, strict=True)})
    _events.progress(3, 3)
    for name, frame in zip(names, frames, strict=True):
        height, width = frame.picture.shape[:2]
        _events.artifact(
            name, "image", width=width, height=height, provenance=_provenance(frame, layout)
        )


def _check_size(name: str, picture: Picture, rows: int, cols: int) -> None:
    height, width = picture.shape[:2]
    if width < cols * SMALLEST or height < rows * SMALLEST:
        raise ScriptError(
            f"{name}: {width}×{height} pixels are too few for {rows} × {cols} frames, "
            f"which have {SMALLEST} a side at the least: give a larger picture"
        )


def _provenance(frame: Frame, layout: Layout) -> dict[str, object]:
    """How the frame was found, and where on the sheet: its corners, clockwise, in pixels."""
    return {
        "method": layout.method,
        "quad": [[round(float(x), 2), round(float(y), 2)] for x, y in frame.quad],
        "resampled": frame.resampled,
    }


if __name__ == "__main__":
    sys.exit(main())
