"""A photo taken for a body: as if every row of a subject were half a cylinder.

Crude, and enough to turn a subject a little, or to light it from one side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from sandbox.scripts._proof.cutout import Cutout
from sandbox.scripts._proof.head import Head
from sandbox.scripts._proof.raster import Light, Plane, blur, smoothstep

MOST_TURN = 40.0


@dataclass(frozen=True)
class Form:
    """For every pixel, where it lies across the body: −1 at its left edge, 1 at its right.

    ``middle`` and ``radius`` are the column and half width of each row, in pixels.
    """

    across: Plane
    middle: Plane
    radius: Plane


def form(cut: Cutout) -> Form:
    """Measure the rows of ``cut``, smoothly from row to row."""
    matte = cut.matte
    height, width = matte.shape
    xs = np.arange(width, dtype=np.float32)[None, :]
    weight = matte.sum(axis=1, keepdims=True) + 1e-3
    middle = (matte * xs).sum(axis=1, keepdims=True) / weight
    spread = np.sqrt((matte * (xs - middle) ** 2).sum(axis=1, keepdims=True) / weight) * 2.1
    filled = weight[:, 0] > width * 0.02
    rows = np.arange(height)
    if filled.any():
        for line in (middle, spread):
            line[:, 0] = np.interp(rows, rows[filled], line[filled, 0])
    middle = cv2.GaussianBlur(middle, (1, 0), sigmaX=0.1, sigmaY=height * 0.03)
    spread = cv2.GaussianBlur(spread, (1, 0), sigmaX=0.1, sigmaY=height * 0.03)
    middle, spread = middle.reshape(-1, 1), np.maximum(spread.reshape(-1, 1), 4)
    if cut.head:
        middle, spread = _headed(cut.head, middle, spread)
    return Form(cast(Plane, (xs - middle) / spread), cast(Plane, middle), cast(Plane, spread))


def _headed(
    head: Head, middle: npt.NDArray[np.floating], spread: npt.NDArray[np.floating]
) -> tuple[npt.NDArray[np.floating], npt.NDArray[np.floating]]:
    """The rows of the head about the face, whatever the hair does, and softly into the neck."""
    rows = np.arange(len(middle), dtype=np.float32)[:, None]
    neck = smoothstep(head.y + 0.95 * head.height, head.y + 1.7 * head.height, rows)
    return (
        head.centre[0] + (middle - head.centre[0]) * neck,
        0.92 * head.width + (spread - 0.92 * head.width) * neck,
    )


def turned(cut: Cutout, degrees: float) -> Cutout:
    """``cut`` with its body turned about the upright axis, to the right when positive."""
    if not degrees:
        return cut
    angle = np.deg2rad(np.clip(degrees, -MOST_TURN, MOST_TURN))
    shape = form(cut)
    u = shape.across
    inside = np.sqrt(np.clip(1 - u * u, 0, 1))
    rotated = u * np.cos(angle) - inside * np.sin(angle)
    fade = np.clip((np.abs(u) - 0.9) / 1.0, 0, 1)
    source = rotated + (u - rotated) * fade
    height, width = cut.matte.shape
    map_x = (shape.middle + source * shape.radius).astype(np.float32)
    map_y = np.repeat(np.arange(height, dtype=np.float32)[:, None], width, axis=1)
    light = cv2.remap(cut.light, map_x, map_y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    matte = cv2.remap(cut.matte, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return replace(cut, light=cast(Light, light), matte=cast(Plane, matte))


def side_lit(cut: Cutout, side: float, hardness: float) -> Cutout:
    """``cut`` lit from the right (``side`` 1) or left (−1), the far side falling into shade."""
    u = np.clip(form(cut).across, -1, 1) * side
    facing = 0.30 + 0.95 * u + 0.45 * np.sqrt(np.clip(1 - u * u, 0, 1))
    shade = np.clip(
        0.14 + 0.95 * blur(facing.astype(np.float32), cut.matte.shape[0] * 0.01), 0.1, 1.35
    )
    gain = 1 + (shade - 1) * hardness
    return replace(cut, light=cast(Light, cut.light * gain[:, :, None].astype(np.float32)))
