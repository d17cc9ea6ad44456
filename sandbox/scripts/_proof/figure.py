"""Standing a cut-out in a set: where it goes, how the set lights it, what shadow it throws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from sandbox.scripts._proof.cutout import Cutout
from sandbox.scripts._proof.grade import luma
from sandbox.scripts._proof.presets import Lighting
from sandbox.scripts._proof.raster import (
    Light,
    Plane,
    Size,
    blur,
    mix,
    resize,
    size_of,
    stretch,
    warp,
)

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Placed:
    """A subject on a canvas: its light and its matte, both of the canvas's size."""

    light: Light
    matte: Plane


@dataclass(frozen=True)
class Extent:
    """The box around what is solid in a matte, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """From top to bottom."""
        return max(1.0, self.bottom - self.top)

    @property
    def width(self) -> float:
        """From left to right."""
        return max(1.0, self.right - self.left)

    @property
    def x(self) -> float:
        """The middle column."""
        return (self.left + self.right) / 2


def extent(matte: Plane) -> Extent:
    """The box around what is solid in ``matte``; the whole of it when nothing is."""
    solid = matte > 0.5
    columns, rows = np.flatnonzero(solid.any(axis=0)), np.flatnonzero(solid.any(axis=1))
    if not columns.size:
        return Extent(0, 0, matte.shape[1], matte.shape[0])
    return Extent(float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1))


def similarity(
    anchor: tuple[float, float], scale: float, degrees: float, to: tuple[float, float]
) -> Matrix:
    """The 2×3 matrix that scales and turns about ``anchor`` and puts it at ``to``."""
    matrix = cv2.getRotationMatrix2D(anchor, -degrees, scale)
    matrix[:, 2] += np.asarray(to) - np.asarray(anchor)
    return cast(Matrix, matrix)


def place(cut: Cutout, matrix: Matrix, size: Size) -> Placed:
    """``cut`` through ``matrix`` onto a canvas of ``size``, sharpened when it is enlarged."""
    light = warp(cut.light, matrix, size, border=cv2.BORDER_REPLICATE)
    matte = warp(cut.matte, matrix, size, border=cv2.BORDER_CONSTANT)
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
    if scale > 1.15:
        light = crisp(light, min(scale, 6.0))
        firm = np.clip((matte - 0.5) * min(scale, 3.0) * 0.8 + 0.5, 0, 1)
        matte = cast(Plane, firm.astype(np.float32))
    return Placed(light, np.clip(matte, 0, 1))


def crisp(light: Light, scale: float) -> Light:
    """Unsharp masking at two radii, for a picture enlarged ``scale`` times."""
    fine = light - blur(light, 0.8 * scale)
    broad = light - blur(light, 2.4 * scale)
    sharp = light + 0.75 * np.clip(fine, -0.12, 0.12) + 0.30 * np.clip(broad, -0.15, 0.15)
    return cast(Light, np.clip(sharp, 0, 1.2).astype(np.float32))


def relight(placed: Placed, lighting: Lighting) -> Placed:
    """Light the subject as the set does: exposed by the flash, tinted, rimmed, shining."""
    light = placed.light
    inside = placed.matte > 0.5
    lit_part = float(np.percentile(luma(light)[inside], 70)) if inside.any() else 0.5
    gain = float(np.clip(0.47 / max(lit_part, 0.05), 0.75, 1.5)) ** 0.6
    lit = light * (gain * np.asarray(lighting.ambient, np.float32))
    shine = np.clip(luma(lit) - 0.62, 0, 0.6)
    lit = lit + 0.55 * shine[:, :, None]
    height = light.shape[0]
    texture = 0.35 + 0.9 * np.clip(luma(lit), 0, 1)
    for sign, colour in zip((1, -1), lighting.rims, strict=True):
        edge = _rim(placed.matte, sign, height * 0.009)
        wrap = _rim(placed.matte, sign, height * 0.045)
        amount = (edge + lighting.wrap * wrap) * texture
        lit = lit + amount[:, :, None] * np.asarray(colour, np.float32)
    return Placed(cast(Light, lit.astype(np.float32)), placed.matte)


def _rim(matte: Plane, sign: int, reach: float) -> Plane:
    """How much the matte's edge faces left (``sign`` 1) or right (−1), ``reach`` pixels inwards."""
    reduce = max(1.0, reach / 4)
    width, height = size_of(matte)
    small = max(8, round(width / reduce)), max(8, round(height / reduce))
    soft = blur(resize(matte, small), reach / reduce)
    slope = cv2.Sobel(soft, cv2.CV_32F, 1, 0, ksize=3) * (sign * reach / reduce)
    edge = np.clip(slope * 0.42, 0, 1) ** 1.5
    return cast(Plane, stretch(edge.astype(np.float32), (width, height)) * matte)


def hard_shadow(
    under: Light, matte: Plane, depth: float, shift: tuple[float, float], grow: float = 1.0
) -> Light:
    """``under`` with the flash's hard shadow of ``matte``, ``shift`` in fractions of the height.

    A tight dark core and a wider, fainter occlusion around it. A flash near the subject makes a
    shadow that is ``grow`` times as large.
    """
    height = under.shape[0]
    box = extent(matte)
    matrix = similarity(
        (box.x, box.bottom), grow, 0.0, (box.x + shift[0] * height, box.bottom + shift[1] * height)
    )
    moved = warp(matte, matrix, size_of(matte), border=cv2.BORDER_REPLICATE)
    core = blur(moved, height * 0.0035)
    wide = blur(moved, height * 0.03)
    dark = 1 - depth * np.clip(0.78 * core + 0.34 * wide, 0, 1)
    tint = 1 - (1 - dark)[:, :, None] * np.array([0.94, 1.0, 1.0], np.float32)
    return under * tint.astype(np.float32)


def contact(under: Light, box: Extent, depth: float) -> Light:
    """``under`` with the pool of shade where feet, or an object's base, meet the floor."""
    height, width = under.shape[:2]
    pool = np.zeros((height, width), np.float32)
    at = (round(box.x), round(box.bottom))
    axes = (round(box.width * 0.46), max(1, round(height * 0.012)))
    cv2.ellipse(pool, at, axes, 0, 0, 360, 1.0, -1)
    shade = np.clip(blur(pool, height * 0.008) + 0.6 * blur(pool, height * 0.03), 0, 1)
    return cast(Light, under * (1 - depth * shade)[:, :, None])


def stand(under: Light, placed: Placed) -> Light:
    """``placed`` over ``under``."""
    return mix(under, placed.light, placed.matte)


def rolled(scene: Light, degrees: float) -> Light:
    """The whole picture turned by a tilted camera, enlarged until no corner is empty."""
    if not degrees:
        return scene
    width, height = size_of(scene)
    turn = abs(np.deg2rad(degrees))
    zoom = float(np.cos(turn) + np.sin(turn) * width / height)
    matrix = similarity((width / 2, height / 2), zoom, degrees, (width / 2, height / 2))
    rolled = cv2.warpAffine(
        scene, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
    )
    return cast(Light, rolled)
