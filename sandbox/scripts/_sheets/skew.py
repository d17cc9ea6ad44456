"""By how much a sheet is turned, and the sheet set straight.

Every strong step in a strip votes for the lines through it; at the right slope the votes of a
border, which runs through the whole sheet, fall on one position, and the profile of votes is at
its most peaked. (The projection-profile method of document scanning, on normalised steps.)
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from sandbox.scripts._images import Picture
from sandbox.scripts._sheets.strips import Floats, Strips, slice_up, transposed

STEEPEST = 0.045
"""Slopes up to this are tried: 2.6 degrees."""
STEP = 0.0015
FINE = 0.0002
STRAIGHT = 0.0004
"""A sheet whose slopes are below this is left alone: a third of a pixel over 800."""


@dataclass(frozen=True)
class Skew:
    """Slopes of the sheet's lines: dx/dy of the upright ones, dy/dx of the level ones."""

    upright: float = 0.0
    level: float = 0.0

    @property
    def none(self) -> bool:
        """Whether the sheet is straight as it is."""
        return self.upright == 0 and self.level == 0

    def matrix(self, width: int, height: int) -> npt.NDArray[np.float64]:
        """2 × 3: from a point of the straightened picture to the one it came from.

        In pixel-edge coordinates, about the picture's middle, which stays where it is.
        """
        x, y = width / 2, height / 2
        return np.array(
            [[1, self.upright, -self.upright * y], [self.level, 1, -self.level * x]], np.float64
        )


def measure(picture: Picture, rows: int, cols: int) -> Skew:
    """Estimate the skew of ``picture``: one angle for both directions, then each refined.

    The votes are counted apart for each row and column of the grid, because cells that are moved
    against each other would otherwise look like a slope from one to the next.
    """
    upright, level = _parts(picture, rows), _parts(transposed(picture), cols)
    slopes = np.arange(-STEEPEST, STEEPEST + STEP / 2, STEP)
    rough_upright, rough_level = [_widened(part) for part in upright], [_widened(p) for p in level]
    scores = [_peakedness(rough_upright, s) + _peakedness(rough_level, -s) for s in slopes]
    turn = float(slopes[int(np.argmax(scores))])
    found = Skew(_refine(upright, turn), _refine(level, -turn))
    return Skew() if max(abs(found.upright), abs(found.level)) < STRAIGHT else found


def straighten(picture: Picture, skew: Skew) -> Picture:
    """``picture`` with its lines upright and level, in the same size."""
    if skew.none:
        return picture
    height, width = picture.shape[:2]
    matrix = skew.matrix(width, height)
    matrix[:, 2] += matrix[:, :2] @ (0.5, 0.5) - 0.5
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    straight = cv2.warpAffine(
        picture, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(straight, np.uint8)


Steps = tuple[Floats, npt.NDArray[np.float64]]


def _parts(picture: Picture, count: int) -> list[Steps]:
    strips = slice_up(picture)
    bounds = np.linspace(0, picture.shape[0], count + 1)
    parts = [strips.between(low, high) for low, high in itertools.pairwise(bounds)]
    return [_steps(part) for part in parts if len(part.colour) >= 4]


def _steps(strips: Strips) -> Steps:
    """Steps from 0 to 1 at each position of each strip, set against the unrest around them."""
    colour = strips.colour
    step = np.zeros(colour.shape[:2], np.float32)
    step[:, 1:-1] = np.abs(colour[:, 2:] - colour[:, :-2]).max(axis=2)
    around = cv2.blur(step, (31, 1))
    return np.clip(step / (4 * around + 2), 0, 1).astype(np.float32), strips.centres


def _widened(part: Steps) -> Steps:
    return np.asarray(cv2.dilate(part[0], np.ones((1, 3), np.uint8)), np.float32), part[1]


def _peakedness(parts: list[Steps], slope: float) -> float:
    return sum(_peaks(steps, slope * (centres - centres.mean())) for steps, centres in parts)


def _peaks(steps: Floats, shifts: npt.NDArray[np.float64]) -> float:
    """How peaked the sum of the strips is once each is moved back by its shift."""
    length = steps.shape[1]
    total = np.zeros(length, np.float32)
    for row, by in zip(steps, np.rint(shifts).astype(int), strict=True):
        if by >= 0:
            total[: length - by] += row[by:]
        else:
            total[-by:] += row[:by]
    profile = total / len(steps)
    rise = np.clip(profile - np.median(profile), 0, None)
    return float((rise**3).sum())


def _refine(parts: list[Steps], slope: float) -> float:
    slopes = slope + np.arange(-15, 16) * FINE
    scores = np.array([_peakedness(parts, s) for s in slopes])
    near = scores >= 0.98 * scores.max()
    return float(slopes[near].mean())
