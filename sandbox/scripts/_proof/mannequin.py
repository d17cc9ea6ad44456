"""The stand-in when no reference shows a model: a studio mannequin, drawn and lit."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from sandbox.scripts._proof.cutout import Cutout
from sandbox.scripts._proof.head import Head
from sandbox.scripts._proof.raster import Light, Plane, blur

SIZE = (860, 1240)

# Half of an outline from crown to waist, x from the middle and y from the top, in head heights.
HEAD = ((0.0, 0.0), (0.17, 0.015), (0.29, 0.10), (0.345, 0.26), (0.335, 0.45), (0.30, 0.62),
        (0.245, 0.78), (0.155, 0.90), (0.06, 0.955), (0.0, 0.965))  # fmt: skip
TORSO = ((0.0, 0.70), (0.155, 0.74), (0.165, 0.98), (0.19, 1.10), (0.34, 1.18), (0.60, 1.26),
         (0.78, 1.36), (0.80, 1.62), (0.70, 1.90), (0.61, 2.15), (0.55, 2.50), (0.54, 2.80),
         (0.60, 3.10), (0.66, 3.40), (0.68, 3.70), (0.0, 3.70))  # fmt: skip
ARM = ((0.66, 1.28), (0.82, 1.34), (0.905, 1.50), (0.935, 1.80), (0.945, 2.20), (0.965, 2.60),
       (0.98, 3.00), (0.96, 3.40), (0.95, 3.70), (0.77, 3.70), (0.765, 3.20), (0.755, 2.70),
       (0.735, 2.30), (0.715, 1.90), (0.68, 1.60))  # fmt: skip


def mannequin() -> Cutout:
    """A half-length figure without a face, matt grey, cut off at the hip."""
    width, height = SIZE
    unit = height / 3.62
    top = 0.03 * unit
    light = np.full((height, width, 3), 0.3, np.float32)
    matte = np.zeros((height, width), np.float32)
    parts = [_outline(TORSO, unit, top, mirrored=True)]
    parts += [_outline(ARM, unit, top, side=side) for side in (-1, 1)]
    parts.append(_outline(HEAD, unit, top, mirrored=True))
    for number, part in enumerate(parts):
        mask = np.zeros((height, width), np.float32)
        cv2.fillPoly(mask, [np.round(part * 16).astype(np.int32)], 1.0, cv2.LINE_AA, 4)
        # The torso is wide and shallow; its roundness must not bulge like an arm's.
        tone = _round(mask, unit * (0.34 if number in (0, 3) else 0.10))
        under = 1 - 0.35 * blur(mask, unit * 0.05)[:, :, None] * (number != 0)
        light = light * under
        light = light + (tone[:, :, None] * np.array([0.97, 0.98, 1.0]) - light) * mask[:, :, None]
        matte = np.maximum(matte, mask)
    face = 0.72 * unit
    head = Head(width / 2 - 0.29 * unit, top + 0.22 * unit, 0.58 * unit, face)
    drawn = cast(Light, light.astype(np.float32))
    return Cutout(drawn, matte, "person", head, True, drawn)


def _outline(
    half: tuple[tuple[float, float], ...],
    unit: float,
    top: float,
    *,
    mirrored: bool = False,
    side: int = 1,
) -> npt.NDArray[np.float64]:
    """The closed, rounded outline in pixels, of one side or of both."""
    points = np.array(half) * [side, 1]
    if mirrored:
        points = np.concatenate([points, points[-2:0:-1] * [-1, 1]])
    for _ in range(3):
        following = np.roll(points, -1, axis=0)
        points = np.stack([0.75 * points + 0.25 * following, 0.25 * points + 0.75 * following], 1)
        points = points.reshape(-1, 2)
    return points * unit + np.array([SIZE[0] / 2, top], np.float64)


def _round(mask: Plane, depth: float) -> Plane:
    """The tone of ``mask`` if it were inflated to about ``depth`` and lit from the upper left."""
    distance = cv2.distanceTransform((mask > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    swell = np.sqrt(np.clip(1 - (1 - np.clip(distance / depth, 0, 1)) ** 2, 0, 1)) * depth
    # At full size: a blur that is made small and enlarged would weave a pattern into the slopes.
    smooth = cv2.GaussianBlur(swell.astype(np.float32), (0, 0), depth * 0.14)
    slope_x = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, ksize=3) / 8
    slope_y = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, ksize=3) / 8
    length = np.sqrt(slope_x**2 + slope_y**2 + 1)
    facing = (0.42 * slope_x + 0.40 * slope_y + 0.82) / length
    gleam = np.clip(facing, 0, 1) ** 14
    return cast(Plane, (0.12 + 0.46 * np.clip(facing, 0, 1) + 0.30 * gleam).astype(np.float32))
