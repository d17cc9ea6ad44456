"""The studio sets: seamless paper in three tones and under coloured gels, painted by light."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import cv2
import numpy as np

from sandbox.scripts._proof import places
from sandbox.scripts._proof.raster import (
    Light,
    Plane,
    Size,
    blur,
    grid,
    mix,
    noise,
    radial,
    smoothstep,
    warp,
)
from sandbox.scripts._proof.seeds import stream


@dataclass(frozen=True)
class View:
    """How the camera sees the set.

    ``horizon`` is where the floor begins, as a fraction of the height (above 1: no floor in
    sight); ``lamp`` is where the light pools; ``soft`` is the blur of a set that is out of focus,
    as a fraction of the height; ``ground`` looks down on nothing but the floor.
    """

    horizon: float = 0.80
    lamp: tuple[float, float] = (0.5, 0.42)
    soft: float = 0.0
    ground: bool = False


def paint(background: str, size: Size, view: View, seed: int) -> Light:
    """The set called ``background`` at ``size``, without anybody in it."""
    rng = stream(seed, "set", background)
    if view.ground:
        return _ground(background, size, view, seed)
    if background.startswith("studio-"):
        light = _seamless(background.removeprefix("studio-"), size, view, rng)
    elif background == "color-gel":
        light = _gels(size, view, rng)
    else:
        light = places.PLACES[background](size, view.horizon, view.lamp, rng)
    return blur(light, view.soft * size[1]) if view.soft > 0 else light


def _ground(background: str, size: Size, view: View, seed: int) -> Light:
    """The set's surface laid flat under the camera: nearer, and so wider, at the lower edge."""
    width, height = size
    above = replace(view, horizon=1.6, ground=False)
    light = paint(background, size, above, seed)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    spread = np.array([[-0.06, -0.05], [1.06, -0.05], [1.75, 1.1], [-0.75, 1.1]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, spread * np.array([width, height], np.float32))
    laid = warp(light, np.asarray(matrix, np.float64), size, border=cv2.BORDER_REFLECT_101)
    _, ys = grid(size)
    return cast(Light, laid * (0.62 + 0.30 * ys)[:, :, None])


TONES = {
    "grey": ((0.47, 0.465, 0.46), (0.40, 0.395, 0.39), 0.50),
    "white": ((0.80, 0.79, 0.785), (0.84, 0.835, 0.83), 0.30),
    "black": ((0.060, 0.054, 0.053), (0.040, 0.037, 0.037), 0.75),
}


def _seamless(tone: str, size: Size, view: View, rng: np.random.Generator) -> Light:
    wall, floor, falloff = TONES[tone]
    light = _sweep(size, view.horizon, wall, floor)
    pool = 0.62 * radial(size, view.lamp, 0.62) + 0.38 * radial(size, view.lamp, 1.3)
    gain = (1 - falloff) + (falloff + 0.16) * pool
    if tone == "black":
        gain = gain + 1.9 * radial(size, view.lamp, 0.42)
    return cast(Light, light * (gain * _paper(size, rng))[:, :, None])


def _sweep(
    size: Size,
    horizon: float,
    wall: tuple[float, float, float],
    floor: tuple[float, float, float],
) -> Light:
    """Paper that runs from wall to floor in one soft curve, with light lying on the floor."""
    _, ys = grid(size)
    down = smoothstep(horizon - 0.07, horizon + 0.05, ys)
    crease = np.exp(-(((ys - horizon + 0.01) / 0.035) ** 2)).astype(np.float32)
    near = np.clip((ys - horizon) / 0.25, 0, 1).astype(np.float32)
    light = np.ones((size[1], size[0], 3), np.float32) * np.asarray(wall, np.float32)
    light = mix(light, floor, np.broadcast_to(down, (size[1], size[0])))
    return cast(Light, light * (1 - 0.09 * crease + 0.10 * near)[:, :, None])


def _paper(size: Size, rng: np.random.Generator) -> Plane:
    """The faint unevenness of paper: broad waves of the roll, and its tooth."""
    waves = noise(rng, size, size[1] * 0.7, 2)
    tooth = noise(rng, size, 3.0, 2)
    return cast(Plane, 1 + 0.014 * waves + 0.008 * tooth)


def _gels(size: Size, view: View, rng: np.random.Generator) -> Light:
    """Dark paper under two gels, magenta from the left and cyan from the right."""
    x, y = view.lamp
    light = _sweep(size, view.horizon, (0.20, 0.10, 0.17), (0.14, 0.06, 0.12))
    left = radial(size, (x - 0.40, y - 0.05), 0.60)
    right = radial(size, (x + 0.42, y + 0.10), 0.60)
    warm = radial(size, (x + 0.04, y + 0.55), 0.38)
    magenta = np.array([0.40, 0.07, 0.66], np.float32)
    cyan = np.array([0.66, 0.40, 0.05], np.float32)
    amber = np.array([0.02, 0.16, 0.50], np.float32)
    light = light * 0.5 + left[:, :, None] * magenta + right[:, :, None] * cyan
    light = light + 0.45 * warm[:, :, None] * amber
    return cast(Light, light * _paper(size, rng)[:, :, None])
