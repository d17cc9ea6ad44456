"""Where the cells of a sheet are: by its gutters, by its seams, or not at all.

Five rules, tried in this order:

1. *gutters*: the columns and rows fit the evidence for borders well. Certain.
2. *even-split*, butted: no gutters, but straight breaks run through the whole picture exactly
   where an even split cuts it. A single photo has no such breaks.
3. *gutters*, unequal: blank bands as wide as one another run through the whole sheet, exactly as
   many as asked for.
4. *gutters*, inferred: few borders can be told from the cells' own backdrops; the rest follow
   from the regularity of the grid, or, along an axis where cells touch, from straight breaks.
   Every cell must show something.
5. *even-split*, blank: along an axis without any border to see, blank bands run through the
   whole picture near every even cut, and every cell shows something.

Anything else is no sheet.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from sandbox.scripts._command import ScriptError
from sandbox.scripts._images import Picture
from sandbox.scripts._sheets import axes, borders, grid, seams, surround
from sandbox.scripts._sheets.borders import Box, Cell, Side
from sandbox.scripts._sheets.evidence import Ruling, deviation, gather
from sandbox.scripts._sheets.grid import Both, Grid
from sandbox.scripts._sheets.lattice import Fit, Span
from sandbox.scripts._sheets.remarks import remarks
from sandbox.scripts._sheets.skew import Skew, measure, straighten
from sandbox.scripts._sheets.strips import Strips, transposed

CERTAIN = 1.9
"""Grids with this score are taken as they are; pictures that are no sheets stay below 1.5."""
SOLVED = 0.44
"""Mean worth of a span's borders from which an axis counts as solved: one border of two seen."""
SHOWN = 0.08
"""The share of a cell that must differ from the gutter's colour, where borders are not seen."""
WORSE = 0.7
"""A sheet freed from what surrounds it may lose this much: the canvas' edge looked like borders."""
BEND = 0.6
"""Pixels by which the side of a cell may lean and still count as straight."""
STRAY = 0.15
"""An even cut may be moved by this share of a cell to run through a blank band."""

Method = Literal["gutters", "even-split"]


@dataclass(frozen=True)
class Layout:
    """The cells of a sheet, in reading order, in the picture set straight by ``skew``."""

    cells: list[Cell]
    skew: Skew
    ruling: Ruling | None
    """None where the sheet has no gutters."""
    method: Method
    note: str | None = None
    """What a person should know about how the cells were found; None when it was by sight."""


def find(picture: Picture, rows: int, cols: int) -> Layout:
    """Find the ``rows`` × ``cols`` cells of ``picture``, or refuse it with a reason."""
    found = _found(picture, rows, cols)
    notes = remarks(straighten(picture, found.skew), found.cells)
    told = [note for note in (found.note, *notes) if note]
    return replace(found, note="; ".join(told) or None)


def _found(picture: Picture, rows: int, cols: int) -> Layout:
    skew = measure(picture, rows, cols)
    ruled = _ruled(picture, skew, rows, cols)
    if ruled and ruled[1].score >= CERTAIN:
        better = _corrected(ruled[0])
        if better != skew:
            again = _ruled(picture, better, rows, cols)
            ruled = again if again and again[1].score >= CERTAIN else ruled
        _check_counts(picture, ruled, rows, cols)
        return ruled[0]
    lines = seams.locate(picture, rows, cols)
    if lines:
        _check(lines.there, rows, cols)
        return _butted(lines)
    inferred = _unequal(picture, rows, cols) or _inferred(picture, skew, rows, cols)
    if inferred:
        return inferred
    raise ScriptError(
        f"no {rows} × {cols} sheet: neither gutters nor seams divide this picture into "
        f"{rows * cols} cells; give a contact sheet, or its --rows and --cols"
    )


def _ruled(picture: Picture, skew: Skew, rows: int, cols: int) -> tuple[Layout, Grid] | None:
    straight, found = _fitted(picture, skew, rows, cols)
    if found is None or found.columns is None or found.rows is None:
        return None
    cells = borders.place(straight, _boxes(found.columns, found.rows), cols, found.ruling)
    return Layout(cells, skew, found.ruling, "gutters"), found


def _fitted(picture: Picture, skew: Skew, rows: int, cols: int) -> tuple[Picture, Grid | None]:
    """The picture set straight, with nothing but gutter around the sheet, and its grid."""
    straight = straighten(picture, skew)
    found = grid.fit(Both.of(straight), rows, cols)
    best = _freed(straight, skew, rows, cols, found) or (straight, found)
    if best[1] is not None and best[1].score >= CERTAIN:
        return best
    inner = surround.within(straight, skew, rows, cols)
    seen = None if inner is None else grid.fit(Both.of(inner), rows, cols)
    freed = _freed(straight, skew, rows, cols, seen)
    return freed if freed and freed[1].score > (best[1].score if best[1] else 0) else best


def _freed(
    straight: Picture, skew: Skew, rows: int, cols: int, found: Grid | None
) -> tuple[Picture, Grid] | None:
    """The picture without what surrounds the sheet, and the grid in it; None if nothing does.

    Done twice, because the gutter's colour is known better once the surroundings are gone.
    """
    freed: tuple[Picture, Grid] | None = None
    for _ in range(2):
        if found is None:
            break
        painted = surround.paint_over(straight, skew, found.ruling, rows, cols)
        again = None if painted is None else grid.fit(Both.of(painted), rows, cols)
        if painted is None or again is None or again.score < WORSE * found.score:
            break
        freed, found = (painted, again), again
    return freed


def _check_counts(picture: Picture, ruled: tuple[Layout, Grid], rows: int, cols: int) -> None:
    both = Both.of(straighten(picture, ruled[0].skew))
    _check(grid.counts(both, ruled[1]), rows, cols)


def _check(there: tuple[int, int], rows: int, cols: int) -> None:
    if there != (rows, cols):
        raise ScriptError(
            f"this sheet has {there[0]} × {there[1]} cells, not {rows} × {cols}: "
            f"give --rows {there[0]} --cols {there[1]}"
        )


def _boxes(columns: Fit, rows: Fit) -> list[Box]:
    return [
        (column.begin, row.begin, column.end, row.end)
        for row in rows.spans
        for column in columns.spans
    ]


def _corrected(found: Layout) -> Skew:
    """The skew once the slopes of the sides are known: none at all, where that is within them."""
    upright = [side for cell in found.cells for side in (cell.left, cell.right)]
    level = [side for cell in found.cells for side in (cell.top, cell.bottom)]
    left, top, right, bottom = np.median([cell.box for cell in found.cells], axis=0)
    better = Skew(found.skew.upright + _slope(upright), found.skew.level + _slope(level))
    if abs(better.upright) * (bottom - top) < BEND and abs(better.level) * (right - left) < BEND:
        return Skew()
    return better


def _slope(sides: list[Side]) -> float:
    slopes = [side.slope for side in sides if side.support > 0.3]
    return float(np.median(slopes)) if len(slopes) >= 3 else 0.0


def _butted(lines: seams.Lines) -> Layout:
    cells = [
        Cell(Side(left), Side(top), Side(right), Side(bottom))
        for top, bottom in zip(lines.ys, lines.ys[1:], strict=False)
        for left, right in zip(lines.xs, lines.xs[1:], strict=False)
    ]
    return Layout(cells, Skew(), None, "even-split", lines.note)


def _unequal(picture: Picture, rows: int, cols: int) -> Layout | None:
    """Cells of any size between gutters that run through the whole sheet."""
    both = Both.of(picture)
    for ruling in grid.colours(both):
        columns = axes.banded(both.across, cols, ruling)
        lines = columns and axes.banded(both.down, rows, ruling)
        # Equal cells are left to the lattice, which takes no backdrop for a gutter.
        if columns and lines and (axes.unequal(columns) or axes.unequal(lines)):
            cells = borders.place(picture, _boxes(columns, lines), cols, ruling)
            return Layout(cells, Skew(), ruling, "gutters")
    return None


def _inferred(picture: Picture, skew: Skew, rows: int, cols: int) -> Layout | None:
    straight, found = _fitted(picture, skew, rows, cols)
    if found is None:
        return None
    both = Both.of(straight)
    columns, lines, how = _each_axis(straight, both, found, rows, cols)
    if columns is None or lines is None:
        return None
    cells = borders.place(straight, _boxes(columns, lines), cols, found.ruling)
    apart = np.abs(straight.astype(np.int16) - np.rint(found.ruling.colour).astype(np.int16))
    content = apart.max(axis=2) > 8 + 3 * found.ruling.noise
    for left, top, right, bottom in (cell.box for cell in cells):
        if content[round(top) : round(bottom), round(left) : round(right)].mean() < SHOWN:
            return None
    if columns is found.columns and lines is found.rows:
        note = (
            "few borders can be told from the cells' own backdrops; "
            "the others were inferred from the regularity of the grid"
        )
        return Layout(cells, skew, found.ruling, "gutters", note)
    if how:
        return Layout(cells, skew, found.ruling, "gutters", how)
    axis = "columns" if columns is not found.columns else "rows"
    note = (
        f"no border between the {axis} can be told from the backdrops: "
        "split evenly, through the blank bands between the cells"
    )
    return Layout(cells, skew, found.ruling, "even-split", note)


def _each_axis(
    straight: Picture, both: Both, found: Grid, rows: int, cols: int
) -> tuple[Fit | None, Fit | None, str | None]:
    """Columns and rows, each by what there is to see of it, and a word on what is unusual."""
    ruling = found.ruling
    columns, lines = _solved(found.columns), _solved(found.rows)
    note = None
    if columns and (better := _uncrossed(both.across, columns, ruling)):
        columns, note = better, "columns of unequal width"
    if lines and (better := _uncrossed(both.down, lines, ruling)):
        lines, note = better, "rows of unequal height"
    # Blank bands first: where there are any, the cells do not touch.
    columns = columns or _blank_split(both.across, cols, ruling)
    lines = lines or _blank_split(both.down, rows, ruling)
    if columns and not lines:
        lines = axes.seamed(transposed(straight), both.down, rows, ruling, columns)
        note = "its rows touch: divided where straight breaks run through" if lines else note
    elif lines and not columns:
        columns = axes.seamed(straight, both.across, cols, ruling, lines)
        note = "its columns touch: divided where straight breaks run through" if columns else note
    return columns, lines, note


def _uncrossed(strips: Strips, found: Fit, ruling: Ruling) -> Fit | None:
    """Unequal spans, where a gutter runs inside of one of the equal ones that were ``found``."""
    if not axes.crossed(strips, found, ruling):
        return None
    banded = axes.banded(strips, len(found.spans), ruling)
    return banded if banded and axes.unequal(banded) else None


def _solved(found: Fit | None) -> Fit | None:
    return found if found and found.mean >= SOLVED else None


def _blank_split(strips: Strips, count: int, ruling: Ruling) -> Fit | None:
    """Even cuts, each moved into the nearest blank band; None where there is none near."""
    content = gather(deviation(strips, ruling.colour), ruling.noise).content
    blank = np.flatnonzero(content <= 0.01)
    size = strips.length / count
    cuts = [0.0]
    for index in range(1, count):
        away = np.abs(blank + 0.5 - index * size)
        if len(away) == 0 or away.min() > STRAY * size:
            return None
        cuts.append(index * size if away.min() <= 0.5 else float(blank[away.argmin()] + 0.5))
    cuts.append(float(strips.length))
    return Fit(tuple(Span(a, b, 0, 0) for a, b in itertools.pairwise(cuts)), 0.0)
