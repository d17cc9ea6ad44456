"""The sets that are places: a steel and concrete hall, a sunlit room, and the street."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import cv2
import numpy as np

from sandbox.scripts._proof import street
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
)

Spot = tuple[float, float]


def industrial(size: Size, horizon: float, lamp: Spot, rng: np.random.Generator) -> Light:
    """A wall of cast concrete between steel columns, on a polished floor."""
    width, height = size
    light = _concrete(size, rng)
    light = _seams(light, rng)
    _, ys = grid(size)
    floor = np.broadcast_to(smoothstep(horizon - 0.004, horizon + 0.004, ys), (height, width))
    polished = _reflected(light, horizon) * 0.42
    light = mix(light, polished.astype(np.float32), floor)
    light = _beam(light, 0.045, 0.085, horizon)
    light = _beam(light, 0.945, 0.075, horizon)
    light = _girder(light, 0.028, 0.075)
    pool = 0.25 + 0.62 * radial(size, lamp, 0.75) + 0.35 * radial(size, lamp, 1.4)
    edge = np.exp(-(((ys - horizon) / 0.02) ** 2)).astype(np.float32)
    return cast(Light, light * (pool * (1 - 0.45 * edge))[:, :, None])


def _concrete(size: Size, rng: np.random.Generator) -> Light:
    width, height = size
    clouds = noise(rng, size, height * 0.5, 5)
    fine = noise(rng, size, height * 0.012, 3)
    streaks = cv2.resize(
        noise(rng, (max(8, width // 3), max(4, height // 40)), 3, 3),
        size,
        interpolation=cv2.INTER_CUBIC,
    )
    fade = np.linspace(1.0, 0.3, height, dtype=np.float32)[:, None]
    tone = 0.43 + 0.050 * clouds + 0.018 * fine - 0.032 * np.abs(streaks) * fade
    pits = noise(rng, size, max(2.0, height * 0.006), 1) > 2.6
    tone = tone - 0.12 * blur(pits.astype(np.float32), max(0.6, height / 1700))
    tint = np.array([1.0, 0.995, 0.965], np.float32)
    return cast(Light, (tone[:, :, None] * tint).astype(np.float32))


def _seams(light: Light, rng: np.random.Generator) -> Light:
    """Joints between the formwork panels, each panel a shade of its own, with tie holes."""
    height, width = light.shape[:2]
    panel_w, panel_h = round(height * 0.46), round(height * 0.36)
    offset_x, offset_y = -round(height * 0.11), -round(height * 0.05)
    shade = np.ones((height, width), np.float32)
    for top in range(offset_y, height, panel_h):
        for left in range(offset_x, width, panel_w):
            rows, columns = slice(max(0, top), top + panel_h), slice(max(0, left), left + panel_w)
            shade[rows, columns] *= 1 + 0.05 * rng.standard_normal()
            for hx, hy in ((0.2, 0.2), (0.8, 0.2), (0.2, 0.8), (0.8, 0.8)):
                at = (round(left + hx * panel_w), round(top + hy * panel_h))
                cv2.circle(shade, at, max(1, height // 150), 0.42, -1, cv2.LINE_AA)
    line = max(1, height // 420)
    for top in range(offset_y, height, panel_h):
        shade[max(0, top) : max(0, top + line)] *= 0.5
        shade[max(0, top + line) : max(0, top + 2 * line)] *= 1.1
    for left in range(offset_x, width, panel_w):
        shade[:, max(0, left) : max(0, left + line)] *= 0.5
        shade[:, max(0, left + line) : max(0, left + 2 * line)] *= 1.1
    return cast(Light, light * blur(shade, height / 1900)[:, :, None])


def _reflected(light: Light, horizon: float) -> Light:
    """The wall mirrored about the floor's edge, softened: polished concrete."""
    height = light.shape[0]
    line = int(np.clip(horizon, 0.02, 0.999) * height)
    rows = np.clip(line - np.abs(np.arange(height) - line) * 1.6, 0, height - 1).astype(int)
    return blur(np.ascontiguousarray(light[rows]), height * 0.008)


def _beam(light: Light, x: float, wide: float, horizon: float) -> Light:
    """A steel I-column from ceiling to floor: two lit flanges and a dark web, riveted."""
    height, width = light.shape[:2]
    bottom = int(np.clip(horizon + 0.03, 0, 1) * height)
    left, right = int((x - wide / 2) * width), int((x + wide / 2) * width)
    span = max(4, right - left)
    u = np.linspace(0, 1, span, dtype=np.float32)
    profile = np.where((u < 0.2) | (u > 0.8), 0.30, 0.13).astype(np.float32)
    profile += 0.22 * np.exp(-(((u - 0.05) / 0.03) ** 2)) + 0.10 * np.exp(
        -(((u - 0.82) / 0.02) ** 2)
    )
    steel = np.repeat(profile[None, :], bottom, axis=0)[:, :, None]
    steel = (steel * np.array([1.05, 1.0, 0.92], np.float32)).astype(np.float32)
    step = max(8, round(height * 0.06))
    for y in range(step // 2, bottom, step):
        for at in (0.1, 0.9):
            centre = (round(at * span), y)
            cv2.circle(steel, centre, max(1, height // 190), (0.42, 0.40, 0.37), -1, cv2.LINE_AA)
            cv2.circle(
                steel, (centre[0] + 1, centre[1] + 1), max(1, height // 300), (0.2, 0.19, 0.18), -1
            )
    low, high = max(0, left), min(width, right)
    shadowed = light.copy()
    reach = max(2, round(width * 0.02))
    cast_on = slice(high, min(width, high + reach))
    ramp = np.linspace(0.45, 1, reach, dtype=np.float32)[: max(0, width - high)]
    shadowed[:bottom, cast_on] *= ramp[None, :, None]
    shadowed[:bottom, low:high] = steel[:, low - left : low - left + high - low]
    return shadowed


def _girder(light: Light, y: float, tall: float) -> Light:
    """A girder across the top, in shade."""
    height = light.shape[0]
    top, bottom = int((y - tall / 2) * height), int((y + tall / 2) * height)
    rows = np.linspace(0, 1, max(2, bottom - top), dtype=np.float32)
    profile = np.where(rows > 0.78, 0.26, 0.11) + 0.2 * np.exp(-(((rows - 0.8) / 0.03) ** 2))
    steel = profile[:, None, None] * np.array([1.05, 1.0, 0.92])
    out = light.copy()
    first = max(0, -top)
    out[max(0, top) : bottom] = steel[first:].astype(np.float32)
    reach = max(2, height // 30)
    out[bottom : bottom + reach] *= np.linspace(0.4, 1, reach, dtype=np.float32)[:, None, None]
    return out


def warm_daylight(size: Size, horizon: float, lamp: Spot, rng: np.random.Generator) -> Light:
    """A plaster wall in late sun: a window's panes and a plant's shade lie across it."""
    width, height = size
    plaster = 1 + 0.035 * noise(rng, size, height * 0.4, 5) + 0.012 * noise(rng, size, 4, 2)
    _, ys = grid(size)
    floor = np.broadcast_to(smoothstep(horizon - 0.003, horizon + 0.003, ys), (height, width))
    base = np.empty((height, width, 3), np.float32)
    base[:] = (0.34, 0.41, 0.48)
    base = mix(base, (0.15, 0.21, 0.29), floor)
    sun = _window(size, rng) * (1 - 0.35 * floor)
    leaves = _leaves(size, rng)
    sun = sun * (1 - 0.8 * leaves)
    glow = radial(size, lamp, 0.95)
    shade = (0.62 + 0.30 * glow) * plaster
    lit = base * shade[:, :, None]
    return cast(
        Light,
        lit + sun[:, :, None] * plaster[:, :, None] * np.array([0.27, 0.37, 0.44], np.float32),
    )


def _window(size: Size, rng: np.random.Generator) -> Plane:
    """Six panes of sun, slanted, sharper near the sill."""
    width, height = size
    canvas = np.zeros((height, width), np.float32)
    left, top = width * (0.30 + 0.03 * rng.random()), height * 0.02
    pane_w, pane_h, gap, slant = height * 0.245, height * 0.30, height * 0.028, 0.34
    for row in range(3):
        for column in range(3):
            x0, y0 = left + column * (pane_w + gap), top + row * (pane_h + gap)
            corners = [(x0, y0), (x0 + pane_w, y0), (x0 + pane_w, y0 + pane_h), (x0, y0 + pane_h)]
            quad = np.array(
                [(x + slant * (y - top), y + 0.10 * (x - left)) for x, y in corners], np.int32
            )
            cv2.fillPoly(canvas, [quad], 1.0, cv2.LINE_AA)
    sharp, soft = blur(canvas, height * 0.004), blur(canvas, height * 0.012)
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    return cast(Plane, (soft * (1 - down) + sharp * down).astype(np.float32))


def _leaves(size: Size, rng: np.random.Generator) -> Plane:
    """The shade of a palm out of sight: fronds from one corner, out of focus."""
    width, height = size
    canvas = np.zeros((height, width), np.float32)
    root = np.array([width * 0.97, height * 1.02])
    for frond in range(6):
        angle = np.deg2rad(205 + frond * 17 + 5 * rng.standard_normal())
        reach = height * (0.6 + 0.25 * rng.random())
        for step in np.linspace(0.25, 1, 15):
            bend = angle + 0.5 * (step - 0.25)
            stem = root + reach * step * np.array([np.cos(bend), np.sin(bend)])
            for side in (-1, 1):
                leaf = bend + side * (1.0 - 0.35 * step)
                length = height * 0.17 * (1.15 - 0.75 * step)
                middle = stem + 0.5 * length * np.array([np.cos(leaf), np.sin(leaf)])
                axes = (round(length / 2), max(1, round(height * 0.008)))
                at = (round(float(middle[0])), round(float(middle[1])))
                cv2.ellipse(canvas, at, axes, float(np.rad2deg(leaf)), 0, 360, 1.0, -1, cv2.LINE_AA)
    return blur(canvas, height * 0.007)


Painter = Callable[[Size, float, Spot, np.random.Generator], Light]

PLACES: dict[str, Painter] = {
    "industrial": industrial,
    "warm-daylight": warm_daylight,
    "outdoor-urban": street.paint,
}
