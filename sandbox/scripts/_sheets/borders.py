"""Each side of each cell, placed to the pixel: the lattice says where to look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sandbox.scripts._images import Picture
from sandbox.scripts._sheets.evidence import Ruling, deviation, steps
from sandbox.scripts._sheets.strips import Floats, slice_up, transposed

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Interval = tuple[float, float]

STRIPS = 64
MOSTLY, WHOLLY = 0.5, 0.85
"""From these shares of the contrast further in, a pixel is mostly or wholly the cell's."""
ENDS = 0.08
"""This share of a side is left out at either end, where corners may be rounded."""
SEEN = 0.12
"""Evidence (0 to 1) from which a side counts as seen."""
REACH = 0.06
"""How far from its place on the lattice a side is looked for, as a share of the cell."""
BOLD = 3.0
"""Moved sides are looked for in steps this much bolder than those of the gutter's noise, so that
the ripples of JPEG around a border are not taken for it."""
MISFIT = 0.015
"""A cell that is moved keeps the usual size to this share."""
GONE = 0.33
"""The same, where there is next to nothing in the place the lattice gives."""
MOVED = 0.5
"""Evidence from which a side may lie apart from the others on its line."""


@dataclass(frozen=True)
class Side:
    """One side of a cell, as a line across the axis it bounds.

    ``at`` is its position at the middle of the side; ``edge`` is how far inside of it the first
    pixel lies that is more cell than gutter, ``clean`` the first that has nothing of the gutter;
    ``slope`` is pixels per pixel along the side.
    """

    at: float
    edge: float = 0.0
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


def place(picture: Picture, boxes: Sequence[Box], cols: int, ruling: Ruling) -> list[Cell]:
    """Place the sides of all cells, given roughly as ``boxes`` in reading order.

    A side lies where the lattice has it, to a pixel or two, unless the evidence is strong that
    this one cell is moved, and the cell keeps the size of the others by that.
    """
    upright, level = picture, transposed(picture)
    sides = []
    for left, top, right, bottom in boxes:
        across, down = right - left, bottom - top
        sides.append(
            {
                "left": _side(upright, left, (top, bottom), across, ruling, begins=True),
                "top": _side(level, top, (left, right), down, ruling, begins=True),
                "right": _side(upright, right, (top, bottom), across, ruling, begins=False),
                "bottom": _side(level, bottom, (left, right), down, ruling, begins=False),
            }
        )
    _settle(sides, "left", "right")
    _settle(sides, "top", "bottom")
    return _agree([{name: side for name, (side, _) in cell.items()} for cell in sides], cols)


def _settle(cells: list[dict[str, tuple[Side, Side]]], begin: str, end: str) -> None:
    """Move back the sides that were moved at the cost of their cell's size."""
    pairs = [(cell[begin][0], cell[end][0]) for cell in cells]
    seen = [pair for pair in pairs if min(pair[0].support, pair[1].support) >= MOVED]
    usual = float(np.median([b.at - a.at for a, b in seen or pairs]))
    for cell in cells:
        choices = [
            (abs(b.at - a.at - usual) > MISFIT * usual + 3, -(a.support + b.support), a, b)
            for a in cell[begin]
            for b in cell[end]
        ]
        misfit, _, a, b = min(choices, key=lambda choice: choice[:2])
        if misfit:
            a, b = cell[begin][1], cell[end][1]
        cell[begin], cell[end] = (a, a), (b, b)


def _side(
    picture: Picture, at: float, along: Interval, size: float, ruling: Ruling, *, begins: bool
) -> tuple[Side, Side]:
    """The side as the evidence has it, perhaps moved, and as the lattice has it."""
    length = picture.shape[1]
    reach = int(np.clip(REACH * size, 8, 48)) + 6
    first, last = max(0, round(at) - reach), min(length, round(at) + reach)
    trim = ENDS * (along[1] - along[0])
    low, high = max(0, round(along[0] + trim)), min(picture.shape[0], round(along[1] - trim))
    if last - first < 8 or high - low < 8:
        return Side(at), Side(at)
    strips = slice_up(picture[low:high, first:last], STRIPS)
    apart = deviation(strips, ruling.colour)
    centres = strips.centres + low - (along[0] + along[1]) / 2
    rough = at - first
    if not begins:
        apart, rough = np.ascontiguousarray(apart[:, ::-1]), (last - first) - rough
    at_canvas = first == 0 if begins else last == length
    profile, evidence = _profile(apart, ruling.noise, at_canvas)
    here = _peak_near(profile, rough)
    best = _moved(_profile(apart, BOLD * ruling.noise + BOLD, at_canvas)[0], rough)
    moved = here if best is None else _peak_near(profile, best)
    found = []
    for peak in (moved, here):
        side = _line(apart, evidence, centres, peak) if profile[peak] >= SEEN else Side(rough, 1, 1)
        place = first + side.at if begins else last - side.at
        found.append(replace(side, at=place, slope=side.slope if begins else -side.slope))
    return found[0], found[1]


def _peak_near(profile: Floats, place: float) -> int:
    """The best position within two pixels of ``place``."""
    low = max(0, round(place) - 2)
    return low + int(profile[low : round(place) + 3].argmax())


def _moved(profile: Floats, rough: float) -> int | None:
    """Where the side has been moved to, if the evidence there is strong and far better."""
    best = int(profile.argmax())
    here = profile[_peak_near(profile, rough)]
    least = GONE if here < 0.1 * profile[best] else MOVED
    return best if profile[best] >= least and here <= 0.6 * profile[best] else None


def _profile(apart: Floats, noise: float, at_canvas: bool) -> tuple[Floats, Floats]:
    """The evidence for a begin at each position, over all strips and of each strip."""
    evidence, _ = steps(apart, noise)
    profile = np.asarray(evidence.mean(axis=0), np.float32)
    if not at_canvas:
        profile[:4] = 0
    return profile, evidence


def _line(apart: Floats, evidence: Floats, centres: npt.NDArray[np.float64], peak: int) -> Side:
    """The side at ``peak`` in ``apart``, where the gutter is on the left and the cell right."""
    sure = evidence[:, max(0, peak - 1) : peak + 2].max(axis=1) > 0.25
    support = float(evidence[:, peak].mean())
    if not sure.any():
        return Side(float(peak), 1, 1, support=support)
    if peak == 0:
        edge, clean = _bleed(apart[sure], 0.0)
        return Side(0.0, edge, clean, support=support)
    lines = np.array([_crossing(row, peak) for row in apart[sure]])
    middle = float(np.median(lines))
    close = np.abs(lines - middle) < 2.5
    slope = _slope(centres[sure][close], lines[close])
    edge, clean = _bleed(apart[sure], middle)
    return Side(middle, edge, clean, slope, support)


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


def _bleed(apart: Floats, line: float) -> tuple[float, float]:
    """How far inside of ``line`` the first pixels lie that are mostly, and all, of the cell."""
    start = round(line)
    first = [start + 2, start + 2]
    for place in range(start + 1, start - 1, -1):
        if place + 4 > apart.shape[1]:
            continue
        inner = apart[:, place + 1 : place + 4].mean(axis=1)
        share = float(np.median(apart[:, place] / np.maximum(inner, 1)))
        for index, enough in enumerate((MOSTLY, WHOLLY)):
            if share > enough and first[index] == place + 1:
                first[index] = place
    return float(first[0] - line), float(first[1] - line)


def _agree(fixed: list[dict[str, Side]], cols: int) -> list[Cell]:
    """Give a side that cannot be seen the position of the others on its line, where they agree."""
    for names, step in ((("left", "right"), "column"), (("top", "bottom"), "row")):
        for line in range(cols if step == "column" else len(fixed) // cols):
            members = (
                range(line, len(fixed), cols)
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
    inward = 1 if name in ("left", "top") else -1
    weights = np.array([side.support for side in seen])
    middle = float(np.average([side.at for side in seen], weights=weights))
    edge = max(inward * (side.at - middle) + side.edge for side in seen)
    for cell in members:
        if cell[name].support < SEEN:
            cell[name] = Side(middle, edge, edge)
