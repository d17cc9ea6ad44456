"""Each side of each cell, placed to the pixel: the lattice says where to look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sandbox.scripts._images import Picture
from sandbox.scripts._sheets.evidence import deviation, steps
from sandbox.scripts._sheets.strips import Floats, slice_up, transposed

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

STRIPS = 64
ENDS = 0.08
"""This share of a side is left out at either end, where corners may be rounded."""
SEEN = 0.12
"""Evidence (0 to 1) from which a side counts as seen."""
REACH = 0.06
"""How far from its place on the lattice a side is looked for, as a share of the cell."""
MOVED = 0.5
"""Evidence from which a side may lie apart from the others on its line."""


@dataclass(frozen=True)
class Side:
    """One side of a cell, as a line across the axis it bounds.

    ``at`` is its position at the middle of the side and ``clean`` how far inside of it the first
    pixel lies that has nothing of the gutter; ``slope`` is pixels per pixel along the side.
    """

    at: float
    clean: float = 0.0
    slope: float = 0.0
    support: float = 0.0


@dataclass(frozen=True)
class Cell:
    """The four sides of a cell in the straightened picture."""

    left: Side
    top: Side
    right: Side
    bottom: Side

    @property
    def box(self) -> Box:
        """Where the sides are at their middles."""
        return self.left.at, self.top.at, self.right.at, self.bottom.at


@dataclass(frozen=True)
class Ruling:
    """The colour of the gutters and by how much their pixels deviate from it on average."""

    colour: Floats
    noise: float


def place(picture: Picture, boxes: Sequence[Box], cols: int, ruling: Ruling) -> list[Cell]:
    """Place the sides of all cells, given roughly as ``boxes`` in reading order."""
    upright, level = picture, transposed(picture)
    cells = []
    for left, top, right, bottom in boxes:
        across, down = right - left, bottom - top
        cells.append(
            Cell(
                _side(upright, left, (top, bottom), across, ruling, begins=True),
                _side(level, top, (left, right), down, ruling, begins=True),
                _side(upright, right, (top, bottom), across, ruling, begins=False),
                _side(level, bottom, (left, right), down, ruling, begins=False),
            )
        )
    return _agree(cells, cols)


def _side(
    picture: Picture, at: float, along: tuple[float, float], size: float, ruling: Ruling, *, begins: bool
) -> Side:
    length = picture.shape[1]
    reach = int(np.clip(REACH * size, 8, 48)) + 6
    first, last = max(0, round(at) - reach), min(length, round(at) + reach)
    trim = ENDS * (along[1] - along[0])
    low, high = max(0, round(along[0] + trim)), min(picture.shape[0], round(along[1] - trim))
    if last - first < 8 or high - low < 8:
        return Side(at)
    strips = slice_up(picture[low:high, first:last], STRIPS)
    apart = deviation(strips, ruling.colour)
    rough = at - first
    if not begins:
        apart, rough = np.ascontiguousarray(apart[:, ::-1]), (last - first) - rough
    edge_of_canvas = first == 0 if begins else last == length
    side = _read(apart, strips.centres + low - (along[0] + along[1]) / 2, rough, ruling.noise, edge_of_canvas)
    if begins:
        return replace(side, at=first + side.at)
    return replace(side, at=last - side.at, slope=-side.slope)


def _read(
    apart: Floats, centres: npt.NDArray[np.float64], rough: float, noise: float, at_canvas: bool
) -> Side:
    """The side in ``apart``, where the gutter is on the left and the cell on the right."""
    evidence, _ = steps(apart, noise)
    profile = evidence.mean(axis=0)
    if not at_canvas:
        profile[:4] = 0
    near = profile.copy()
    near[: max(0, round(rough) - 2)] = 0
    near[round(rough) + 3 :] = 0
    best, here = int(profile.argmax()), int(near.argmax())
    moved = profile[best] >= MOVED and profile[here] < 0.75 * profile[best] - 0.05
    peak = best if moved else here
    if profile[peak] < SEEN:
        return Side(rough)
    if peak == 0:
        return Side(0.0, 0.0, 0.0, float(profile[0]))
    sure = evidence[:, max(0, peak - 1) : peak + 2].max(axis=1) > 0.25
    if not sure.any():
        return Side(rough)
    lines = np.array([_crossing(row, peak) for row in apart[sure]])
    middle = float(np.median(lines))
    close = np.abs(lines - middle) < 2.5
    slope = _slope(centres[sure][close], lines[close])
    return Side(middle, _clean(apart[sure], middle), slope, float(profile[peak]))


def _crossing(row: Floats, peak: int) -> float:
    """Where a strip crosses half the height of its step at ``peak``, to a part of a pixel."""
    low, high = max(0, peak - 3), min(len(row), peak + 4)
    outside = row[max(0, peak - 3) : max(1, peak - 1)].min()
    inside = np.median(row[peak + 1 : high]) if peak + 1 < high else row[-1]
    half = (outside + inside) / 2
    for index in range(max(1, low), high):
        if row[index] >= half > row[index - 1]:
            step = row[index] - row[index - 1]
            return float(index - 0.5 + (half - row[index - 1]) / step)
    return float(peak)


def _slope(along: npt.NDArray[np.float64], lines: npt.NDArray[np.float64]) -> float:
    """The median of the slopes between distant strips (Theil and Sen), 0 when there are few."""
    if len(lines) < 12:
        return 0.0
    half = len(lines) // 2
    run = along[half : 2 * half] - along[:half]
    return float(np.median((lines[half : 2 * half] - lines[:half]) / run))


def _clean(apart: Floats, line: float) -> float:
    """How far inside of ``line`` the last pixel ends that still has some of the gutter."""
    start = round(line)
    for first in range(start, start + 3):
        if first + 3 >= apart.shape[1]:
            break
        inner = apart[:, first + 1 : first + 4].mean(axis=1)
        share = np.median(apart[:, first] / np.maximum(inner, 1))
        if share > 0.85:
            return float(max(0.0, first - line))
    return float(max(0.0, start + 2 - line))


def _agree(cells: list[Cell], cols: int) -> list[Cell]:
    """Give a side that cannot be seen the position of the others on its line, where they agree."""
    fixed = [dict(left=c.left, top=c.top, right=c.right, bottom=c.bottom) for c in cells]
    for names, step in ((("left", "right"), "column"), (("top", "bottom"), "row")):
        for line in range(cols if step == "column" else len(cells) // cols):
            members = (
                range(line, len(cells), cols)
                if step == "column"
                else range(line * cols, (line + 1) * cols)
            )
            for name in names:
                _share([fixed[index] for index in members], name)
    return [Cell(**sides) for sides in fixed]


def _share(members: list[dict[str, Side]], name: str) -> None:
    seen = [cell[name] for cell in members if cell[name].support >= SEEN]
    if not seen:
        return
    weights = np.array([side.support for side in seen])
    middle = float(np.average([side.at for side in seen], weights=weights))
    for cell in members:
        if cell[name].support < SEEN:
            cell[name] = Side(middle, max(side.clean for side in seen), support=0.0)
