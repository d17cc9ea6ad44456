"""A picture read as strips: the mean colour across each thin slice, position by position.

Everything about vertical lines is decided on horizontal slices of the picture, each averaged to
one row of colours, because averaging removes noise and keeps straight borders sharp. Horizontal
lines are vertical lines of the transposed picture.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from sandbox.scripts._images import Picture

Floats = npt.NDArray[np.float32]

STRIPS = 112
THINNEST = 4


@dataclass(frozen=True)
class Strips:
    """Mean colours of consecutive slices of ``thickness`` pixels, the first one from ``start``."""

    colour: Floats
    """Strips × positions × 3, in 0 to 255."""
    start: float
    thickness: int

    @property
    def length(self) -> int:
        """The number of positions along each strip, in pixels."""
        return int(self.colour.shape[1])

    @property
    def centres(self) -> npt.NDArray[np.float64]:
        """Where the middle of each strip lies, in pixel-edge coordinates."""
        count = self.colour.shape[0]
        return np.asarray(self.start + (np.arange(count) + 0.5) * self.thickness, np.float64)

    def between(self, low: float, high: float) -> Strips:
        """Only the strips that lie wholly between two coordinates."""
        ends = self.start + np.arange(self.colour.shape[0] + 1) * self.thickness
        first = int(np.searchsorted(ends, low))
        last = int(np.searchsorted(ends, high, side="right")) - 1
        return Strips(
            self.colour[first : max(first, last)], float(ends[min(first, len(ends) - 1)]),
            self.thickness,
        )  # fmt: skip


def slice_up(picture: Picture, count: int = STRIPS) -> Strips:
    """Cut ``picture`` into about ``count`` horizontal slices and average each one."""
    height, width = picture.shape[:2]
    thickness = max(THINNEST, height // count)
    number = max(1, height // thickness)
    colour = np.empty((number, width, 3), np.float32)
    for index in range(number):
        rows = picture[index * thickness : (index + 1) * thickness]
        cv2.reduce(rows, 0, cv2.REDUCE_AVG, dst=colour[index : index + 1], dtype=cv2.CV_32F)
    return Strips(colour, 0.0, thickness)


def transposed(picture: Picture) -> Picture:
    """The picture with its axes swapped, so that its horizontal lines become vertical."""
    return np.ascontiguousarray(picture.transpose(1, 0, 2))
