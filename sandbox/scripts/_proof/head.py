"""Finding a head without a trained model: eyes, cheeks and a mouth where they belong, on skin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np

from sandbox.scripts._images import Picture
from sandbox.scripts._proof.raster import Plane

FACE = (24, 30)
STEP = 1.15
LEAST = 72
"""A picture narrower than this many pixels has no room for a face among other things."""
ENOUGH = 0.05
SHARES = (0.10, 0.50)
WIDER = 1.45

# Parts of a frontal face in the 24 × 30 window: middle x, middle y, width, height.
EYES = ((7, 12, 5, 3), (17, 12, 5, 3))
CHEEKS = ((6, 18, 5, 5), (18, 18, 5, 5))
BRIDGE = (12, 13, 3, 5)
MOUTH = (12, 23, 7, 4)

Part = tuple[float, float, float, float]


@dataclass(frozen=True)
class Head:
    """The face's box in pixels, forehead to chin; hair is outside it."""

    x: float
    y: float
    width: float
    height: float

    def scaled(self, factor: float) -> Head:
        """The same box in a picture ``factor`` times as large."""
        return Head(self.x * factor, self.y * factor, self.width * factor, self.height * factor)

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the face."""
        return self.x + self.width / 2, self.y + self.height / 2


def find_head(small: Picture) -> Head | None:
    """The most face-like place in ``small`` (a few hundred pixels across), or None.

    After Viola and Jones (2001), with rectangles chosen by hand instead of learned: each eye is
    darker than forehead, cheek and bridge, the mouth darker than lip and chin. A place is as
    face-like as its weakest part, times its mirror symmetry and its share of skin.
    """
    if min(small.shape[:2]) < LEAST:
        return None
    skin = _skin(small)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY).astype(np.float32)
    face = drawn_face()
    best, found = ENOUGH, None
    least, most = (share * min(grey.shape) for share in SHARES)
    wide = least
    while wide < most:
        scale = FACE[0] / wide
        score = _scores(grey, skin, face, scale)
        _, peak, _, at = cv2.minMaxLoc(score)
        if peak > best:
            best, found = peak, _rounded_up(at, scale)
        wide *= STEP
    return found


def _rounded_up(at: Sequence[int], scale: float) -> Head:
    """The window at ``at``, widened: eyes and cheeks answer before the whole face fits."""
    x, y = at[0] + FACE[0] / 2, at[1] + FACE[1] / 2
    wide, tall = FACE[0] * WIDER, FACE[1] * WIDER
    return Head(x - wide / 2, y - tall / 2, wide, tall).scaled(1 / scale)


def _scores(grey: Plane, skin: Plane, face: Plane, scale: float) -> Plane:
    """How face-like each window of the picture at ``scale`` is, 0 to about 1."""
    height, width = grey.shape
    size = (max(FACE[0] + 1, round(width * scale)), max(FACE[1] + 1, round(height * scale)))
    level = cast(Plane, cv2.resize(grey, size, interpolation=cv2.INTER_AREA))
    flesh = cast(Plane, cv2.resize(skin, size, interpolation=cv2.INTER_AREA))
    whole = (FACE[0] / 2, FACE[1] / 2, FACE[0], FACE[1])
    mean = _part(level, whole)
    spread = np.sqrt(np.maximum(_part(level * level, whole) - mean**2, 25.0))
    weakest = _weakest(level) / spread
    oval = (_part(flesh, BRIDGE) + _part(flesh, CHEEKS[0]) + _part(flesh, CHEEKS[1])) / 3
    around = (FACE[0] / 2, FACE[1] / 2, FACE[0] * 2.6, FACE[1] * 2.2)
    alone = np.clip(1.4 - _part(flesh, around), 0.2, 1)
    fleshy = np.clip((oval - 0.35) / 0.45, 0, 1)
    rows, columns = weakest.shape
    ys = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    xs = np.linspace(-1, 1, columns, dtype=np.float32)[None, :]
    place = (1 - 0.35 * np.abs(xs)) * (1 - 0.8 * np.clip(ys - 0.45, 0, 1))
    likeness = cv2.matchTemplate(cv2.GaussianBlur(level, (0, 0), 1), face, cv2.TM_CCOEFF_NORMED)
    scores = np.clip(weakest, 0, 0.6) * np.clip(likeness, 0, 1) * fleshy * alone * place
    large = min(1.0, (FACE[0] / scale / min(width, height) / 0.16)) ** 0.5
    return cast(Plane, (scores * _symmetry(level) * large).astype(np.float32))


def drawn_face() -> Plane:
    """A schematic face of the window's size: how light a face is, seen from far away."""
    width, height = FACE[0] * 8, FACE[1] * 8
    face = np.full((height, width), 0.45, np.float32)

    def spot(x: float, y: float, rx: float, ry: float, tone: float) -> None:
        axes = (round(rx * width), round(ry * height))
        cv2.ellipse(face, (round(x * width), round(y * height)), axes, 0, 0, 360, tone, -1)

    spot(0.5, 0.5, 0.47, 0.56, 0.80)
    spot(0.5, 0.22, 0.30, 0.13, 0.92)
    spot(0.5, 0.50, 0.07, 0.16, 0.95)
    for side in (-1, 1):
        spot(0.5 + 0.225 * side, 0.325, 0.14, 0.025, 0.45)
        spot(0.5 + 0.215 * side, 0.41, 0.115, 0.045, 0.22)
        spot(0.5 + 0.25 * side, 0.60, 0.13, 0.08, 0.95)
        spot(0.5 + 0.07 * side, 0.635, 0.035, 0.018, 0.45)
    spot(0.5, 0.785, 0.17, 0.035, 0.42)
    spot(0.5, 0.88, 0.12, 0.03, 0.72)
    soft = cv2.GaussianBlur(face, (0, 0), 8)
    return cast(Plane, cv2.resize(soft, FACE, interpolation=cv2.INTER_AREA))


def _weakest(level: Plane) -> Plane:
    """The smallest of the contrasts that a face must have, in grey levels.

    Forehead and mouth are judged by their detail only: a fringe darkens the one, a smile
    brightens the other.
    """
    detail = cast(Plane, np.abs(level - cv2.GaussianBlur(level, (0, 0), 1.6)) * 2.5)
    contrasts: list[Plane] = []
    busy_mouth = _part(detail, MOUTH)
    for eye, cheek in zip(EYES, CHEEKS, strict=True):
        dark = _part(level, eye)
        contrasts.append(_part(level, cheek) - dark)
        contrasts.append(1.3 * (_part(level, BRIDGE) - dark))
        calm = _part(detail, cheek)
        contrasts.append(3.0 * (_part(detail, eye) - calm))
        contrasts.append(4.0 * (busy_mouth - calm))
    return cast(Plane, np.minimum.reduce(contrasts))


def _part(level: Plane, part: Part) -> Plane:
    """The mean of ``part`` for every window position."""
    x, y, wide, tall = part
    box = (max(1, round(wide)), max(1, round(tall)))
    means = cv2.blur(level, box, borderType=cv2.BORDER_REPLICATE)
    left, top = int(x), int(y)
    rows, columns = level.shape[0] - FACE[1] + 1, level.shape[1] - FACE[0] + 1
    return cast(Plane, means[top : top + rows, left : left + columns])


def _symmetry(level: Plane) -> Plane:
    """Correlation of the window's left with its mirrored right, in a coarse grid of cells."""
    pairs = [
        (_part(level, (x, y, 4, 4)), _part(level, (FACE[0] - x, y, 4, 4)))
        for y in (6, 12, 18, 24)
        for x in (4, 8)
    ]
    left, right = np.stack([a for a, _ in pairs]), np.stack([b for _, b in pairs])
    middle = (left.mean(axis=0) + right.mean(axis=0)) / 2
    left, right = left - middle, right - middle
    power = np.sqrt((left**2).sum(axis=0) * (right**2).sum(axis=0)) + 1
    return cast(Plane, np.clip((left * right).sum(axis=0) / power, 0, 1))


def _skin(small: Picture) -> Plane:
    """1 where a pixel has a skin colour, after Chai and Ngan (1999), wide for most complexions."""
    ycc = cv2.cvtColor(small, cv2.COLOR_BGR2YCrCb)
    inside = cv2.inRange(ycc, np.array([35, 133, 80]), np.array([252, 180, 130]))
    return cast(Plane, (inside > 0).astype(np.float32))
