"""The sets that are places: a steel and concrete hall, a sunlit room, a street at dusk."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import cv2
import numpy as np

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
    base[:] = (0.33, 0.43, 0.53)
    base = mix(base, (0.17, 0.25, 0.36), floor)
    sun = _window(size, rng) * (1 - 0.35 * floor)
    leaves = _leaves(size, rng)
    sun = sun * (1 - 0.8 * leaves)
    glow = radial(size, lamp, 0.95)
    shade = (0.62 + 0.30 * glow) * plaster
    lit = base * shade[:, :, None]
    return cast(Light, lit + sun[:, :, None] * plaster[:, :, None] * np.array([0.30, 0.50, 0.66]))


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


def outdoor_urban(size: Size, horizon: float, lamp: Spot, rng: np.random.Generator) -> Light:
    """A street at dusk, far out of focus: facades, lit windows, lamps and a wet road."""
    width, height = size
    _, ys = grid(size)
    line = float(np.clip(horizon - 0.06, 0.05, 1.2))
    sky = np.clip(1 - ys / max(0.2, line), 0, 1)
    light = np.ones((height, width, 3), np.float32)
    light *= np.array([0.20, 0.115, 0.085], np.float32)
    light += (1 - sky)[:, :, None] * np.array([0.10, 0.10, 0.19], np.float32)
    light = _facades(light, line, rng)
    light = blur(light, height * 0.011)
    light = light + _bokeh(size, line, rng)
    return cast(Light, _wet(light, line) * (0.75 + 0.4 * radial(size, lamp, 1.1))[:, :, None])


def _facades(light: Light, line: float, rng: np.random.Generator) -> Light:
    """Buildings on both sides of the street, with windows."""
    height, width = light.shape[:2]
    out = light.copy()
    base = round(line * height)
    for left, right, top in (
        (0.0, 0.20, -0.2),
        (0.18, 0.34, 0.12),
        (0.70, 0.84, 0.05),
        (0.82, 1.0, -0.3),
    ):
        x0, x1, y0 = round(left * width), round(right * width), round(top * height)
        tone = 0.055 + 0.05 * rng.random()
        cv2.rectangle(out, (x0, y0), (x1, base), (tone * 1.5, tone * 1.1, tone), -1)
        step = max(6, round(height * 0.052))
        for y in range(y0 + step, base - step, step):
            for x in range(x0 + step // 2, x1 - step // 2, step):
                if rng.random() < 0.34:
                    warm = 0.35 + 0.75 * rng.random()
                    colour = (0.25 * warm, 0.62 * warm, 1.0 * warm)
                    if rng.random() < 0.2:
                        colour = (0.8 * warm, 0.75 * warm, 0.6 * warm)
                    cv2.rectangle(out, (x, y), (x + step // 2, y + round(step * 0.6)), colour, -1)
    return out


def _bokeh(size: Size, line: float, rng: np.random.Generator) -> Light:
    """Lamps as discs of light, a little brighter at the rim, as a fast prime draws them."""
    width, height = size
    discs = np.zeros((height, width, 3), np.float32)
    colours = (
        (0.15, 0.55, 1.0),
        (0.10, 0.30, 1.0),
        (0.9, 0.75, 0.35),
        (0.2, 0.8, 0.9),
        (0.9, 0.95, 1.0),
    )
    for _ in range(46):
        near = rng.random()
        y = line - 0.02 - 0.34 * abs(rng.standard_normal()) * (0.4 + near)
        at = (round(rng.random() * width), round(y * height))
        radius = max(1, round(height * (0.010 + 0.028 * near)))
        colour = np.array(colours[rng.integers(len(colours))]) * (0.16 + 0.42 * rng.random())
        disc = np.zeros((2 * radius + 5, 2 * radius + 5), np.float32)
        cv2.circle(disc, (radius + 2, radius + 2), radius, 0.78, -1, cv2.LINE_AA)
        cv2.circle(disc, (radius + 2, radius + 2), radius, 1.0, max(1, radius // 9), cv2.LINE_AA)
        _add(discs, disc, (at[0] - radius - 2, at[1] - radius - 2), colour)
    return blur(discs, height * 0.0012)


def _add(canvas: Light, disc: Plane, at: tuple[int, int], colour: np.ndarray) -> None:
    """Add ``disc`` in ``colour`` with its corner ``at``, clipped to the canvas."""
    x, y = at
    x0, y0 = max(0, x), max(0, y)
    x1, y1 = min(canvas.shape[1], x + disc.shape[1]), min(canvas.shape[0], y + disc.shape[0])
    if x0 < x1 and y0 < y1:
        part = disc[y0 - y : y1 - y, x0 - x : x1 - x]
        canvas[y0:y1, x0:x1] += part[:, :, None] * colour.astype(np.float32)


def _wet(light: Light, line: float) -> Light:
    """The road: the street above mirrored, smeared downwards and dimmed."""
    height = light.shape[0]
    base = int(np.clip(line, 0.02, 1.0) * height)
    if base >= height - 2:
        return light
    rows = np.clip(base - np.arange(1, height - base + 1) * 1.25, 0, height - 1).astype(int)
    mirror = np.ascontiguousarray(light[rows])
    tall = max(3, height // 14) | 1
    smeared = cv2.blur(mirror, (max(3, height // 160) | 1, tall))
    out = light.copy()
    fade = np.linspace(0.62, 0.34, height - base, dtype=np.float32)[:, None, None]
    out[base:] = 0.018 + smeared * fade
    return out


Painter = Callable[[Size, float, Spot, np.random.Generator], Light]

PLACES: dict[str, Painter] = {
    "industrial": industrial,
    "warm-daylight": warm_daylight,
    "outdoor-urban": outdoor_urban,
}
