"""Cut the frames from a contact sheet, in reading order, at one size, without the gutters.

Sheets with gutters are cut by what is seen of them, also when they are skewed, uneven or rounded
at the corners. A sheet without gutters is split evenly, and a ``status`` frame says so. What is no
sheet of the given rows and columns is refused. Either all frames are written or none.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np

from sandbox.scripts import _command, _events, _images
from sandbox.scripts._command import ScriptError
from sandbox.scripts._images import Picture
from sandbox.scripts._sheets.borders import Cell
from sandbox.scripts._sheets.evidence import Ruling
from sandbox.scripts._sheets.find import Layout, find
from sandbox.scripts._sheets.skew import straighten

NAME = "crop_frames"
MOST = 12
"""Rows or columns of a sheet at the most."""
SMALLEST = 24
"""A cell has at least this many pixels a side."""
MARGIN = 0.006
"""How much of a cell may be given up on each side to be rid of rounded corners; four sides of
this are below 2.5 % of its area."""
APART = 12.0
"""Levels by which a corner must differ from the gutter's colour to be none of it."""


def main(argv: list[str] | None = None) -> int:
    """Run the script; returns its exit status."""
    return _command.run(NAME, _arguments(), _work, argv)


def _arguments() -> argparse.ArgumentParser:
    parser = _command.parser(NAME, __doc__ or "")
    parser.add_argument("--input", type=Path, required=True, metavar="SHEET", help="the sheet")
    parser.add_argument(
        "--output-dir", type=Path, required=True, metavar="DIR", help="where frame-1.png … go"
    )
    parser.add_argument("--rows", type=int, default=2, help="rows of frames")
    parser.add_argument("--cols", type=int, default=3, help="columns of frames")
    return parser


def _work(options: argparse.Namespace) -> None:
    rows, cols = options.rows, options.cols
    if not (1 <= rows <= MOST and 1 <= cols <= MOST and rows * cols > 1):
        raise ScriptError(
            f"--rows {rows} --cols {cols}: 1 to {MOST} each, and more than one frame in all"
        )
    picture = _images.read(options.input)
    height, width = picture.shape[:2]
    if width < cols * SMALLEST or height < rows * SMALLEST:
        raise ScriptError(
            f"{options.input.name}: {width}×{height} pixels are too few for {rows} × {cols} "
            f"frames; each needs {SMALLEST} a side"
        )
    try:
        layout = find(picture, rows, cols)
    except ScriptError as error:
        raise ScriptError(f"{options.input.name}: {error}", error.code) from None
    if layout.note:
        _events.status(layout.note)
    frames = _frames(straighten(picture, layout.skew), layout)
    _write(frames, options.output_dir, layout.method)


def _frames(straight: Picture, layout: Layout) -> list[Picture]:
    """The cells without a pixel of gutter, all at the size of the median cell."""
    crops = [_crop(straight, cell, layout.ruling) for cell in layout.cells]
    height = int(np.median([crop.shape[0] for crop in crops]))
    width = int(np.median([crop.shape[1] for crop in crops]))
    return [_sized(crop, width, height) for crop in crops]


def _crop(straight: Picture, cell: Cell, ruling: Ruling | None) -> Picture:
    top = max(0, math.ceil(cell.top.at + cell.top.clean - 1e-6))
    left = max(0, math.ceil(cell.left.at + cell.left.clean - 1e-6))
    bottom = min(straight.shape[0], math.floor(cell.bottom.at - cell.bottom.clean + 1e-6))
    right = min(straight.shape[1], math.floor(cell.right.at - cell.right.clean + 1e-6))
    crop = straight[top:bottom, left:right]
    if ruling is None:
        return crop
    inset = _corner_inset(crop, ruling)
    return crop[inset : crop.shape[0] - inset, inset : crop.shape[1] - inset]


def _corner_inset(crop: Picture, ruling: Ruling) -> int:
    """How many pixels to give up on each side so that no corner shows the gutter.

    Where the cell's own backdrop has the gutter's colour that cannot be told, and nothing is
    given up.
    """
    apart = np.abs(crop.astype(np.float32) - ruling.colour).max(axis=2)
    limit = max(APART, 3 * ruling.noise)
    for inset in range(int(MARGIN * min(crop.shape[:2])) + 1):
        ends = (inset, inset + 1), (-1 - inset, -2 - inset)
        corners = [apart[np.ix_(rows, cols)].min() for rows in ends for cols in ends]
        if min(corners) > limit:
            return inset
    return 0


def _sized(crop: Picture, width: int, height: int) -> Picture:
    if crop.shape[1] == width and crop.shape[0] == height:
        return np.ascontiguousarray(crop)
    sized = cv2.resize(crop, (width, height), interpolation=cv2.INTER_LANCZOS4)
    return np.asarray(sized, np.uint8)


def _write(frames: list[Picture], folder: Path, method: str) -> None:
    """Write all frames aside, then move them into place together."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".frames-", dir=folder) as aside:
        for number, frame in enumerate(frames, start=1):
            _images.write_png(Path(aside) / f"frame-{number}.png", frame)
            _events.progress(number, len(frames))
        for number, frame in enumerate(frames, start=1):
            name = f"frame-{number}.png"
            (Path(aside) / name).replace(folder / name)
            height, width = frame.shape[:2]
            made: dict[str, object] = {"method": method}
            _events.artifact(name, "image", width=width, height=height, provenance=made)


if __name__ == "__main__":
    sys.exit(main())
