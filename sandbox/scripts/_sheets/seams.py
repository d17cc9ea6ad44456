"""Cells that touch: the straight breaks of a sheet without gutters.

Where two pictures are butted together, nearly every strip across the seam has a step at the very
same position. A seam is believed when it stands out in that from the positions around it, in
nearly every cell that it passes and that has anything to show.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from sandbox.scripts._images import Picture
from sandbox.scripts._sheets.strips import Floats, Strips, slice_up, transposed

SLACK = 2
"""Pixels by which a seam may lie off the even split, through rounding."""
CLEAR = ((0.2, 0.985), (0.6, 0.94))
"""A seam is seen with this share of full steps and more than this share of the positions around
it have: the fuller it is, the more rivals it may have."""
AGREE = 0.75
"""The share of all pieces of seams that must be seen, of those that show anything."""
AGREE_LINE = 0.5
"""The same for the pieces of any one seam."""
FINER = (3, 2)
"""Into how many parts a cell is looked at for, where a sheet may have more cells than asked for."""
QUIET = 0.7
"""Mean step, in levels, below which a piece of a line is too blank to tell."""


@dataclass(frozen=True)
class Lines:
    """The cuts of a butted sheet, its outer edges included."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    note: str
    there: tuple[int, int]
    """Rows and columns, as far as more seams run through the picture than were asked for."""


def locate(picture: Picture, rows: int, cols: int) -> Lines | None:
    """The seams of ``picture`` where an even split would cut, or None where it has none there."""
    height, width = picture.shape[:2]
    across = _pieces(slice_up(picture), np.linspace(0, height, rows + 1))
    down = _pieces(slice_up(transposed(picture)), np.linspace(0, width, cols + 1))
    upright = [_look(across, index * width / cols, width / cols) for index in range(1, cols)]
    level = [_look(down, index * height / rows, height / rows) for index in range(1, rows)]
    lines = upright + level
    telling = sum(line.seen + line.unseen for line in lines)
    if any(line.seen < max(1, AGREE_LINE * (line.seen + line.unseen)) for line in lines):
        return None
    if sum(line.seen for line in lines) < AGREE * telling:
        return None
    note = (
        "no gutters: split evenly, as straight breaks in the picture run exactly along "
        "the even split"
    )
    xs = (0.0, *(line.at for line in upright), float(width))
    ys = (0.0, *(line.at for line in level), float(height))
    there = rows * _finer(down, height, rows), cols * _finer(across, width, cols)
    return Lines(xs, ys, note, there)


def _finer(pieces: list[tuple[Floats, Floats]], length: int, count: int) -> int:
    """Into how many parts seams divide each of ``count`` cells: 1 where there are none within."""
    for parts in FINER:
        size = length / (count * parts)
        lines = [
            _look(pieces, index * size, size) for index in range(1, count * parts) if index % parts
        ]
        # Of all pieces, not of those that show anything: a photo may well have a break half-way.
        least = AGREE_LINE * len(pieces)
        enough = sum(line.seen for line in lines) >= AGREE * len(lines) * len(pieces)
        if enough and all(line.seen >= least for line in lines):
            return parts
    return 1


def split(
    picture: Picture, count: int, bounds: Sequence[tuple[float, float]], begin: float, end: float
) -> list[float] | None:
    """Where upright seams divide ``begin`` to ``end`` evenly into ``count``, its ends included.

    ``bounds`` are the rows that the seams run through. None where they cannot be seen.
    """
    strips = slice_up(picture)
    pieces = [_steps(strips.between(low, high)) for low, high in bounds]
    size = (end - begin) / count
    lines = [_look(pieces, begin + index * size, size) for index in range(1, count)]
    if any(line.seen < max(1, AGREE * (line.seen + line.unseen)) for line in lines):
        return None
    return [begin, *(line.at for line in lines), end]


@dataclass(frozen=True)
class _Line:
    at: float
    seen: int
    unseen: int


def _pieces(strips: Strips, bounds: npt.NDArray[np.float64]) -> list[tuple[Floats, Floats]]:
    return [_steps(strips.between(low, high)) for low, high in itertools.pairwise(bounds)]


def _look(pieces: list[tuple[Floats, Floats]], at: float, size: float) -> _Line:
    """What the pieces of the line near ``at`` show."""
    seen: list[int] = []
    unseen = 0
    for share, loudness in pieces:
        low = max(1, round(at) - SLACK)
        peak = low + int(share[low : round(at) + SLACK + 1].argmax())
        around = share[max(0, round(at - 0.45 * size)) : round(at + 0.45 * size)]
        rank = (around < share[peak]).mean()
        if any(share[peak] >= least and rank >= high for least, high in CLEAR):
            seen.append(peak)
        elif loudness[max(0, round(at) - 6) : round(at) + 6].mean() > QUIET:
            unseen += 1
    return _Line(float(np.median(seen)) if seen else at, len(seen), unseen)


def _steps(strips: Strips) -> tuple[Floats, Floats]:
    """At each line between pixels u − 1 and u: the share of strips that step, and how loudly."""
    colour = strips.colour
    step = np.zeros(colour.shape[:2], np.float32)
    step[:, 1:] = np.abs(np.diff(colour, axis=1)).max(axis=2)
    around = cv2.blur(step, (25, 1))
    share = np.clip(step / (4 * around + 1.5), 0, 1).mean(axis=0)
    return np.asarray(share, np.float32), np.asarray(step.mean(axis=0), np.float32)
