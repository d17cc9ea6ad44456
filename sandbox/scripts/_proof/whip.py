"""A camera move between frames that share nothing: the whip pan, from one to the other."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from cv2.typing import MatLike

from sandbox.scripts._images import Picture
from sandbox.scripts._proof.raster import size_of

GAP = 0.55
APRON = 0.30
SHUTTER = 0.75
PUSH = 0.06


class Whip:
    """One wide picture that holds both frames, and a camera that swings across it.

    Between the frames, and beyond them, their own edges are mirrored outwards; at the swing's
    speed that is a streak of their colours. The camera creeps, swings within an eighth of the
    clip, and settles.
    """

    def __init__(self, start: Picture, end: Picture, *, leftwards: bool) -> None:
        self.start, self.end = start, end
        self.width, self.height = size_of(start)
        self.leftwards = leftwards
        order = (end, start) if leftwards else (start, end)
        self.wide = _panorama(*order, round(GAP * self.width), round(APRON * self.width))

    def frame(self, t: float) -> Picture:
        """The picture at time ``t``, 0 to 1."""
        if t <= 0:
            return self.start
        if t >= 1:
            return self.end
        here = self._position(t)
        speed = abs(self._position(min(1, t + 0.004)) - self._position(max(0, t - 0.004)))
        zoom = 1 + PUSH * (1 - abs(2 * t - 1))
        left = round(APRON * self.width) + here
        matrix = np.array(
            [
                [zoom, 0, -zoom * left + (1 - zoom) * self.width / 2],
                [0, zoom, (1 - zoom) * self.height / 2],
            ]
        )
        shown = cv2.warpAffine(
            self.wide,
            matrix,
            (self.width, self.height),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REFLECT_101,
        )
        streak = int(SHUTTER * speed) | 1
        if streak > 1:
            shown = cv2.blur(cv2.blur(shown, (streak, 1)), (streak // 2 | 1, 1))
        return cast(Picture, shown)

    def _position(self, t: float) -> float:
        """How far the camera's left edge is along the panorama, in pixels, at ``t``."""
        swing = 1 / (1 + np.exp(-(t - 0.5) * 62))
        creep = 0.045 * (t * t * (3 - 2 * t) - swing)
        share = float(np.clip(swing + creep, 0, 1))
        if self.leftwards:
            share = 1 - share
        return share * (1 + GAP) * self.width


def _panorama(left: Picture, right: Picture, gap: int, apron: int) -> Picture:
    """``left`` and ``right`` side by side, mirrored into the ``gap`` between and the aprons."""
    after = cv2.copyMakeBorder(left, 0, 0, apron, gap, cv2.BORDER_REFLECT_101)
    before = cv2.copyMakeBorder(right, 0, 0, gap, apron, cv2.BORDER_REFLECT_101)
    height = left.shape[0]
    split = after.shape[1] - gap
    wide = np.empty((height, split + before.shape[1], 3), np.uint8)
    wide[:, :split] = after[:, :split]
    wide[:, split + gap :] = before[:, gap:]
    wide[:, split : split + gap] = _smeared(after[:, split:], before[:, :gap])
    return wide


def _smeared(from_left: MatLike, from_right: MatLike) -> Picture:
    """One into the other, clear at both ends and only colours half-way."""
    gap = from_left.shape[1]
    across = np.linspace(0, 1, gap, dtype=np.float32)[None, :, None]
    mixed = from_left * (1 - across) + from_right * across
    soft = cv2.blur(cv2.blur(mixed, (gap // 2 | 1, 9)), (gap // 3 | 1, 1))
    middle = np.clip(8 * np.minimum(across, 1 - across), 0, 1)
    return cast(Picture, np.clip(mixed + (soft - mixed) * middle + 0.5, 0, 255).astype(np.uint8))
