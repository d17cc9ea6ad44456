"""Pixels as light: float pictures, planes and the few operations everything is painted with."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from sandbox.scripts._images import Picture

Plane = npt.NDArray[np.float32]
"""Height × width, usually 0 to 1: a mask, a matte, a texture."""

Light = npt.NDArray[np.float32]
"""Height × width × 3, BGR, 1.0 is paper white; values above are overexposed."""

Size = tuple[int, int]
"""Width and height in pixels."""


def size_of(picture: npt.NDArray[np.generic]) -> Size:
    """Width and height of ``picture``."""
    return int(picture.shape[1]), int(picture.shape[0])


def to_light(picture: Picture) -> Light:
    """8-bit pixels to light, 0 to 1."""
    return picture.astype(np.float32) * np.float32(1 / 255)


def to_picture(light: Light) -> Picture:
    """Light to 8-bit pixels, clipped."""
    levels = np.clip(light * np.float32(255) + np.float32(0.5), 0, 255)
    return cast(Picture, levels.astype(np.uint8))


def resize(light: Plane, size: Size) -> Plane:
    """``light`` at ``size``: averaged when it shrinks, Lanczos when it grows."""
    shrinks = size[0] < light.shape[1]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LANCZOS4
    return cast(Plane, cv2.resize(light, size, interpolation=how))


def stretch(light: Plane, size: Size) -> Plane:
    """``light`` at ``size`` by smooth interpolation that never rings: for masks and noise."""
    return cast(Plane, cv2.resize(light, size, interpolation=cv2.INTER_LINEAR))


def blur(light: Plane, sigma: float) -> Plane:
    """Gaussian blur of ``sigma`` pixels; wide ones are made at a reduced size."""
    if sigma < 0.3:
        return light
    reduce = int(max(1, sigma // 4))
    if reduce == 1:
        return cast(Plane, cv2.GaussianBlur(light, (0, 0), sigma))
    width, height = size_of(light)
    small = (max(2, width // reduce), max(2, height // reduce))
    soft = cv2.GaussianBlur(
        cv2.resize(light, small, interpolation=cv2.INTER_AREA), (0, 0), sigma / reduce
    )
    return cast(Plane, cv2.resize(soft, (width, height), interpolation=cv2.INTER_CUBIC))


def warp(light: Plane, matrix: npt.NDArray[np.float64], size: Size, *, border: int) -> Plane:
    """``light`` through the 2×3 or 3×3 ``matrix`` onto a canvas of ``size``.

    ``border`` is one of OpenCV's border modes.
    """
    if matrix.shape == (2, 3):
        moved = cv2.warpAffine(light, matrix, size, flags=cv2.INTER_CUBIC, borderMode=border)
    else:
        moved = cv2.warpPerspective(light, matrix, size, flags=cv2.INTER_CUBIC, borderMode=border)
    return cast(Plane, moved)


def grid(size: Size) -> tuple[Plane, Plane]:
    """Column and row coordinates, 0 to 1, as a row vector and a column vector that broadcast."""
    xs = np.linspace(0, 1, size[0], dtype=np.float32)[None, :]
    ys = np.linspace(0, 1, size[1], dtype=np.float32)[:, None]
    return xs, ys


def radial(size: Size, centre: tuple[float, float], reach: float) -> Plane:
    """1 at ``centre`` (fractions), falling off as a Gaussian of ``reach`` heights."""
    xs, ys = grid(size)
    aspect = size[0] / size[1]
    falloff_x = np.exp(-(((xs - centre[0]) * aspect / reach) ** 2))
    falloff_y = np.exp(-(((ys - centre[1]) / reach) ** 2))
    return cast(Plane, (falloff_y * falloff_x).astype(np.float32))


def noise(rng: np.random.Generator, size: Size, cell: float, octaves: int = 4) -> Plane:
    """Fractal noise about 0, deviation about 1; ``cell`` is the largest grain in pixels."""
    total = np.zeros((size[1], size[0]), np.float32)
    weight, power = 1.0, 0.0
    for _ in range(octaves):
        across = max(2, round(size[0] / cell)), max(2, round(size[1] / cell))
        coarse = rng.standard_normal((across[1], across[0]), dtype=np.float32)
        total += weight * cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC)
        power += weight**2
        weight, cell = weight * 0.55, max(1.0, cell / 2.2)
    return cast(Plane, total / np.float32(power**0.5))


def smoothstep(low: float, high: float, value: Plane) -> Plane:
    """0 below ``low``, 1 above ``high``, smooth between."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return cast(Plane, (t * t * (3 - 2 * t)).astype(np.float32))


def mix(under: Light, over: Light | tuple[float, float, float], alpha: Plane) -> Light:
    """``over`` laid on ``under`` where ``alpha`` says."""
    layer = np.asarray(over, np.float32)
    return cast(Light, under + (layer - under) * alpha[:, :, None])
