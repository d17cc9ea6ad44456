"""What a person should know about cells that were found: empty ones, and unlike ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sandbox.scripts._images import Picture
from sandbox.scripts._sheets.borders import Cell

EVEN = 3.0
"""Levels by which the pixels of an empty cell differ from its usual colour, at the most."""
RIM = 0.05
"""The share of a cell that is not looked at on each side."""
UNLIKE = 0.05
"""Cells whose sides differ by more than this share are called unequal."""


def remarks(straight: Picture, cells: Sequence[Cell]) -> list[str]:
    """Notes on ``cells``, each a sentence."""
    notes = []
    empty = [number for number, cell in enumerate(cells, 1) if _is_empty(straight, cell)]
    if empty:
        told = ", ".join(map(str, empty))
        word = "cell" if len(empty) == 1 else "cells"
        notes.append(f"{word} {told}: empty, of one colour and without a picture")
    sizes = np.array([(cell.box[2] - cell.box[0], cell.box[3] - cell.box[1]) for cell in cells])
    usual = np.median(sizes, axis=0)
    if (np.abs(sizes - usual) > UNLIKE * usual).any():
        notes.append("its cells are of unequal size: the frames are cropped to one shape")
    return notes


def _is_empty(straight: Picture, cell: Cell) -> bool:
    left, top, right, bottom = cell.box
    x, y = RIM * (right - left), RIM * (bottom - top)
    seen = straight[round(top + y) : round(bottom - y) : 2, round(left + x) : round(right - x) : 2]
    if seen.size == 0:
        return True
    usual = np.median(seen.reshape(-1, 3), axis=0)
    return bool(np.percentile(np.abs(seen - usual).max(axis=2), 99.5) <= EVEN)
