"""What two pictures have in common: a camera move from one to the other, if there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from sandbox.scripts._images import Picture
from sandbox.scripts._proof.raster import Size, size_of

Matrix = npt.NDArray[np.float64]

WORKING = 480
ENOUGH = 13


@dataclass(frozen=True)
class Similarity:
    """A camera move in the plane: zoom, turn (radians), and where ``pivot`` goes (pixels)."""

    zoom: float
    turn: float
    pivot: tuple[float, float]
    to: tuple[float, float]

    def at(self, t: float) -> Matrix:
        """The 3×3 matrix of the move's first ``t``: nothing at 0, all of it at 1."""
        zoom, turn = self.zoom**t, self.turn * t
        # With a constant rate of zoom, the pivot's path is straight only in zoomed pixels.
        share = t if abs(self.zoom - 1) < 1e-3 else (zoom - 1) / (self.zoom - 1)
        x = self.pivot[0] + (self.to[0] - self.pivot[0]) * share
        y = self.pivot[1] + (self.to[1] - self.pivot[1]) * share
        c, s = zoom * np.cos(turn), zoom * np.sin(turn)
        px, py = self.pivot
        return np.array([[c, -s, x - c * px + s * py], [s, c, y - s * px - c * py], [0, 0, 1]])


def related(start: Picture, end: Picture) -> Similarity | None:
    """The similarity that lays ``start`` on ``end`` where they show the same things, or None.

    SIFT features (Lowe 2004) that agree on one similarity under RANSAC, where chance would make
    six or seven agree; grain is blurred away first.
    """
    scale = min(1.0, WORKING / max(size_of(start)))
    points = _matched(_small(start, scale), _small(end, scale))
    if points is None:
        return None
    here, there = points
    matrix, inliers = cv2.estimateAffinePartial2D(
        here, there, method=cv2.RANSAC, ransacReprojThreshold=12.0, maxIters=10000
    )
    if matrix is None or int(inliers.sum()) < ENOUGH:
        return None
    agreeing = here[inliers[:, 0] > 0]
    zoom = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    turn = float(np.arctan2(matrix[1, 0], matrix[0, 0]))
    if not 0.12 < zoom < 8 or abs(turn) > 1.2:
        return None
    pivot = agreeing.mean(axis=0)
    to = matrix[:, :2] @ pivot + matrix[:, 2]
    return Similarity(
        zoom,
        turn,
        (float(pivot[0] / scale), float(pivot[1] / scale)),
        (float(to[0] / scale), float(to[1] / scale)),
    )


def _small(picture: Picture, scale: float) -> npt.NDArray[np.uint8]:
    size: Size = (
        max(16, round(picture.shape[1] * scale)),
        max(16, round(picture.shape[0] * scale)),
    )
    grey = cv2.cvtColor(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    soft = cv2.GaussianBlur(grey, (0, 0), 1.4)
    return cast(npt.NDArray[np.uint8], cv2.createCLAHE(3.0, (8, 8)).apply(soft))


def _matched(
    here: npt.NDArray[np.uint8], there: npt.NDArray[np.uint8]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]] | None:
    """Pairs of points that look alike: RootSIFT (Arandjelovic 2012), loosely by Lowe's ratio."""
    sift = cv2.SIFT.create(2500, contrastThreshold=0.015)
    keys_a, words_a = sift.detectAndCompute(here, None)
    keys_b, words_b = sift.detectAndCompute(there, None)
    if words_a is None or words_b is None or min(len(keys_a), len(keys_b)) < ENOUGH:
        return None
    roots = [np.sqrt(w / (w.sum(axis=1, keepdims=True) + 1e-6)) for w in (words_a, words_b)]
    pairs = cv2.BFMatcher(cv2.NORM_L2).knnMatch(roots[0], roots[1], k=2)
    good = [p[0] for p in pairs if len(p) == 2 and p[0].distance < 0.85 * p[1].distance]
    if len(good) < ENOUGH:
        return None
    a = np.array([keys_a[m.queryIdx].pt for m in good], np.float32)
    b = np.array([keys_b[m.trainIdx].pt for m in good], np.float32)
    return a, b
