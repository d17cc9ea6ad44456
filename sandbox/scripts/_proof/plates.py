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

    def lay_on(self, picture: Picture) -> Picture:
        """``picture`` under this frame's plate."""
        at = self.spot
        rows, columns = slice(at.y, at.y + at.height), slice(at.x, at.x + at.width)
        shown = picture.copy()
        shown[rows, columns] = self.whole[rows, columns]
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

        The first and the last are the two frames as they came.
        """
        for index, picture in enumerate(pictures):
            if index == 0:
                yield self._first.whole
            elif index == count - 1:
                yield self._last.whole
            else:
                yield (self._first if index < count / 2 else self._last).lay_on(picture)


def _marked(frame: Picture, note: str) -> _Marked:
    spot = mark.find(frame)
    if spot is not None:
        return _Marked(frame, mark.erase(frame, spot), spot)
    whole = frame.copy()
    return _Marked(whole, frame, mark.stamp(whole, "clip", note, centred=True))
