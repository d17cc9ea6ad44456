"""The plates of a clip: lifted off its two frames, kept out of the morph, laid on afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.scripts._images import Picture
from sandbox.scripts._proof import mark
from sandbox.scripts._proof.mark import Spot


@dataclass(frozen=True)
class _Marked:
    """One frame with its plate, without it, and where the plate is."""

    whole: Picture
    clean: Picture
    spot: Spot

    def lay_on(self, picture: Picture, at: tuple[float, float]) -> Picture:
        """``picture`` under this frame's plate, with its corner at ``at``."""
        spot = self.spot
        plate = self.whole[spot.y : spot.y + spot.height, spot.x : spot.x + spot.width]
        height, width = picture.shape[:2]
        x = min(max(0, round(at[0])), width - spot.width)
        y = min(max(0, round(at[1])), height - spot.height)
        shown = picture.copy()
        shown[y : y + spot.height, x : x + spot.width] = plate
        return shown


class Plates:
    """``start`` and ``end`` without their plates, and the plates to lay over what is between.

    A frame without a plate (cropped away, or not a proof) is given one.
    """

    def __init__(self, start: Picture, end: Picture, note: str) -> None:
        self._first, self._last = _marked(start, note), _marked(end, note)
        self.start, self.end = self._first.clean, self._last.clean

    def over(self, pictures: Iterator[Picture], count: int) -> Iterator[Picture]:
        """Each of ``count`` pictures under the plate of its half of the clip.

        Where the frames have their plates in different places, the plate slides from one to the
        other in the middle third. The first and the last are the two frames as they came.
        """
        here, there = self._first.spot, self._last.spot
        for index, picture in enumerate(pictures):
            if index == 0:
                yield self._first.whole
            elif index == count - 1:
                yield self._last.whole
            else:
                t = min(1.0, max(0.0, 3 * index / (count - 1) - 1))
                share = t * t * (3 - 2 * t)
                at = here.x + (there.x - here.x) * share, here.y + (there.y - here.y) * share
                yield (self._first if index < count / 2 else self._last).lay_on(picture, at)


def _marked(frame: Picture, note: str) -> _Marked:
    spot = mark.find(frame)
    if spot is not None:
        return _Marked(frame, mark.erase(frame, spot), spot)
    whole = frame.copy()
    return _Marked(whole, frame, mark.stamp(whole, "clip", note, centred=True))
