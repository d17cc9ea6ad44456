"""The contact sheet: six cells in two rows, with the slightly irregular gutters of real ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sandbox.scripts._images import Picture
from sandbox.scripts._proof.raster import Size
from sandbox.scripts._proof.seeds import stream

ROWS, COLUMNS = 2, 3
PAPER = (250, 251, 251)


@dataclass(frozen=True)
class Cell:
    """One cell of a sheet, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def size(self) -> Size:
        """Width and height."""
        return self.width, self.height


def layout(size: Size, seed: int) -> list[Cell]:
    """Six cells in reading order; margins and gutters differ a little from one another."""
    rng = stream(seed, "layout")
    width, height = size
    unit = height / 1696

    def gap(low: float, high: float) -> int:
        return max(2, round(float(rng.uniform(low, high)) * unit))

    margins = [gap(14, 26) for _ in range(4)]
    across, down = [gap(12, 26) for _ in range(COLUMNS - 1)], [gap(14, 28) for _ in range(ROWS - 1)]
    columns = _spans(margins[0], width - margins[1], across, rng)
    rows = _spans(margins[2], height - margins[3], down, rng)
    return [Cell(x, y, w, h) for y, h in rows for x, w in columns]


def _spans(
    start: int, end: int, gaps: list[int], rng: np.random.Generator
) -> list[tuple[int, int]]:
    """Starts and lengths of the cells between ``start`` and ``end``, a bit uneven."""
    room = end - start - sum(gaps)
    shares = 1 + rng.uniform(-0.006, 0.006, len(gaps) + 1)
    lengths = np.round(room * shares / shares.sum()).astype(int)
    lengths[-1] = room - lengths[:-1].sum()
    spans, at = [], start
    for index, length in enumerate(lengths):
        spans.append((at, int(length)))
        at += int(length) + (gaps[index] if index < len(gaps) else 0)
    return spans


def assemble(size: Size, cells: list[Cell], shots: list[Picture]) -> Picture:
    """The sheet with each shot in its cell."""
    sheet = np.empty((size[1], size[0], 3), np.uint8)
    sheet[:] = PAPER
    for cell, shot in zip(cells, shots, strict=True):
        sheet[cell.y : cell.y + cell.height, cell.x : cell.x + cell.width] = shot
    return sheet
