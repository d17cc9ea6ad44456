"""The plates of a clip: lifted off its two frames, kept out of the morph, laid on afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sandbox.scripts._images import Picture
from sandbox.scripts._proof import mark
from sandbox.scripts._proof.mark import Spot


class Plates:
    """``start`` and ``end`` without their plates, and the plates to lay over what is between.

    A frame without a plate (cropped away, or not a proof) is given one.
    """

    def __init__(self, start: Picture, end: Picture, note: str) -> None:
        self._first, self.start, self._first_at = _lifted(start, note)
        self._last, self.end, self._last_at = _lifted(end, note)

    def over(self, pictures: Iterator[Picture], count: int) -> Iterator[Picture]:
        """Each of ``count`` pictures under the plate of its half of the clip."""
        for index, picture in enumerate(pictures):
            early = index < count / 2
            plate, at = (self._first, self._first_at) if early else (self._last, self._last_at)
            shown = picture.copy()
            shown[at.y : at.y + at.height, at.x : at.x + at.width] = plate
            yield np.ascontiguousarray(shown)


def _lifted(frame: Picture, note: str) -> tuple[Picture, Picture, Spot]:
    """The plate of ``frame``, the frame without it, and where it was."""
    spot = mark.find(frame)
    if spot is not None:
        plate = frame[spot.y : spot.y + spot.height, spot.x : spot.x + spot.width].copy()
        return plate, mark.erase(frame, spot), spot
    marked = frame.copy()
    spot = mark.stamp(marked, "clip", note)
    plate = marked[spot.y : spot.y + spot.height, spot.x : spot.x + spot.width].copy()
    return plate, frame, spot
