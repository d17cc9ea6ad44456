"""The cells of a sheet, from the picture alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sandbox.scripts._images import Picture
from sandbox.scripts._sheets import borders, lattice
from sandbox.scripts._sheets.borders import Cell, Ruling, Side
from sandbox.scripts._sheets.evidence import deviation, gather
from sandbox.scripts._sheets.skew import Skew, measure, straighten
from sandbox.scripts._sheets.strips import Floats, Strips, slice_up, transposed

COLOURS = 10
BEND = 0.6
"""Pixels by which the side of a cell may lean and still count as straight."""


@dataclass(frozen=True)
class Grid:
    """A ruled sheet understood: its columns and rows in the straightened picture."""

    columns: lattice.Fit
    rows: lattice.Fit
    ruling: Ruling

    @property
    def score(self) -> float:
        """Mean worth of a column's and of a row's two borders, summed: 0 to 3.2."""
        return self.columns.score / len(self.columns.spans) + self.rows.score / len(self.rows.spans)


@dataclass(frozen=True)
class Ruled:
    """The cells of a ruled sheet."""

    cells: list[Cell]
    skew: Skew
    grid: Grid


def ruled(picture: Picture, rows: int, cols: int) -> Ruled | None:
    """Find the cells by the gutters between them, or None where no gutters make a grid."""
    skew = measure(picture, rows, cols)
    found = _ruled(picture, skew, rows, cols)
    if found is None:
        return None
    better = _corrected(found)
    return found if better == skew else _ruled(picture, better, rows, cols) or found


def _ruled(picture: Picture, skew: Skew, rows: int, cols: int) -> Ruled | None:
    straight = straighten(picture, skew)
    across, down = slice_up(straight), slice_up(transposed(straight))
    grid = _best(across, down, rows, cols)
    if grid is None:
        return None
    boxes = [
        (column.begin, row.begin, column.end, row.end)
        for row in grid.rows.spans
        for column in grid.columns.spans
    ]
    return Ruled(borders.place(straight, boxes, cols, grid.ruling), skew, grid)


def _corrected(found: Ruled) -> Skew:
    """The skew once the slopes of the sides are known: none at all, where that is within them."""
    upright = [side for cell in found.cells for side in (cell.left, cell.right)]
    level = [side for cell in found.cells for side in (cell.top, cell.bottom)]
    left, top, right, bottom = np.median([cell.box for cell in found.cells], axis=0)
    better = Skew(
        found.skew.upright + _slope(upright), found.skew.level + _slope(level)
    )
    if abs(better.upright) * (bottom - top) < BEND and abs(better.level) * (right - left) < BEND:
        return Skew()
    return better


def _slope(sides: list[Side]) -> float:
    slopes = [side.slope for side in sides if side.support > 0.3]
    return float(np.median(slopes)) if len(slopes) >= 3 else 0.0


def _best(across: Strips, down: Strips, rows: int, cols: int) -> Grid | None:
    best: Grid | None = None
    for ruling in _colours(across, down):
        grid = _grid(across, down, rows, cols, ruling, None)
        if grid and (best is None or grid.score > best.score):
            best = grid
    if best is None:
        return None
    known = _read_back(across, down, best)
    return _grid(across, down, rows, cols, known, _usual_gap(best)) or best


def _grid(
    across: Strips, down: Strips, rows: int, cols: int, ruling: Ruling, gap: float | None
) -> Grid | None:
    columns = lattice.fit(gather(deviation(across, ruling.colour), ruling.noise), cols, gap)
    lines = lattice.fit(gather(deviation(down, ruling.colour), ruling.noise), rows, gap)
    return Grid(columns, lines, ruling) if columns and lines else None


def _colours(across: Strips, down: Strips) -> list[Ruling]:
    """Colours that the gutters may have: those of the flattest lines, by how flat they are."""
    flattest: list[tuple[float, Floats]] = []
    for strips in (across, down):
        middle = np.median(strips.colour, axis=0)
        unrest = np.percentile(np.abs(strips.colour - middle).max(axis=2), 60, axis=0)
        order = np.argsort(unrest)[: max(8, int(0.06 * len(unrest)))]
        flattest += [(float(unrest[at]), middle[at]) for at in order]
    flattest.sort(key=lambda line: line[0])
    groups: list[tuple[Floats, float, list[float]]] = []
    for unrest, colour in flattest:
        for known, _, votes in groups:
            if np.abs(known - colour).max() < 2 + unrest:
                votes.append(1 / (1 + unrest))
                break
        else:
            groups.append((colour, unrest, [1 / (1 + unrest)]))
    groups.sort(key=lambda group: -sum(group[2]))
    return [Ruling(colour, unrest) for colour, unrest, _ in groups[:COLOURS]]


def _gaps(fit: lattice.Fit) -> list[tuple[lattice.Span, lattice.Span]]:
    return list(zip(fit.spans, fit.spans[1:], strict=False))


def _usual_gap(grid: Grid) -> float | None:
    """The median width of the gutters whose two borders are both seen."""
    widths = [
        after.begin - before.end
        for fit in (grid.columns, grid.rows)
        for before, after in _gaps(fit)
        if before.end_support > 0.1 and after.begin_support > 0.1
    ]
    return float(np.median(widths)) if widths else None


def _read_back(across: Strips, down: Strips, grid: Grid) -> Ruling:
    """The gutters' colour and noise, read from the gutters that were found."""
    pixels = []
    for strips, fit in ((across, grid.columns), (down, grid.rows)):
        for before, after in _gaps(fit):
            low, high = round(before.end), round(after.begin)
            edge = 1 if high - low >= 4 else 0
            pixels.append(strips.colour[:, low + edge : high - edge].reshape(-1, 3))
    values = np.concatenate(pixels) if pixels else np.empty((0, 3), np.float32)
    if len(values) == 0:
        return grid.ruling
    colour = np.median(values, axis=0).astype(np.float32)
    apart: npt.NDArray[np.float32] = np.sort(np.abs(values - colour).max(axis=1))
    return Ruling(colour, float(apart[: max(1, int(0.85 * len(apart)))].mean()))
