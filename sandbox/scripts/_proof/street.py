"""The set outdoors: a street at dusk, far out of focus behind the subject, on a wet road."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np

from sandbox.scripts._proof.raster import Light, Plane, Size, blur, grid, mix, radial, smoothstep

Spot = tuple[float, float]

SODIUM = (0.16, 0.55, 1.0)
WHITE = (0.85, 0.95, 1.0)
RED = (0.10, 0.12, 1.0)
GREEN = (0.45, 0.95, 0.35)
NEON = ((0.85, 0.25, 1.0), (1.0, 0.70, 0.15), (0.35, 0.25, 1.0))


def paint(size: Size, horizon: float, lamp: Spot, rng: np.random.Generator) -> Light:
    """The street with its vanishing point a little above the floor's edge."""
    far = (0.5 + 0.06 * float(rng.standard_normal()), float(np.clip(horizon - 0.10, 0.08, 1.3)))
    light = _facades(_sky(size, far), far, rng)
    light = blur(light, size[1] * 0.013)
    light = light + _bokeh(size, far, rng)
    light = _wet(light, far[1] + 0.03)
    return cast(Light, light * (0.72 + 0.42 * radial(size, lamp, 1.1))[:, :, None])


def _sky(size: Size, far: Spot) -> Light:
    """Deep blue above, and the town's glow at the end of the street."""
    width, height = size
    _, ys = grid(size)
    low = smoothstep(far[1] - 0.75, far[1], ys)
    light = np.empty((height, width, 3), np.float32)
    light[:] = (0.165, 0.085, 0.055)
    light = mix(light, (0.30, 0.20, 0.24), np.broadcast_to(low, (height, width)))
    glow = radial(size, far, 0.30)
    return cast(Light, light + glow[:, :, None] * np.array([0.16, 0.24, 0.44], np.float32))


def _along(far: Spot, x: float, y: float, depth: float) -> tuple[float, float, float]:
    """Where a point of the street's side is seen from ``depth`` street widths away, and its scale.

    ``x`` and ``y`` are where it would be seen at depth 0, in fractions of the picture.
    """
    scale = 1 / (1 + depth)
    return far[0] + (x - far[0]) * scale, far[1] + (y - far[1]) * scale, scale


def _facades(light: Light, far: Spot, rng: np.random.Generator) -> Light:
    """Houses along both sides, smaller with distance, some windows lit."""
    height, width = light.shape[:2]
    out = light.copy()
    for depth in np.arange(4.2, -0.2, -0.6):
        for side in (-0.10, 1.10):
            roof = -0.9 + 0.75 * rng.random()
            tone = 0.055 + 0.03 * rng.random() + 0.016 * depth
            corners = [(depth, roof), (depth + 0.62, roof), (depth + 0.62, 1.4), (depth, 1.4)]
            wall = [_along(far, side, y, d) for d, y in corners]
            outline = np.array([(x * width, min(y, 1.2) * height) for x, y, _ in wall], np.int32)
            cv2.fillPoly(out, [outline], (1.7 * tone, 1.2 * tone, 1.15 * tone))
            _windows(out, far, (side, float(depth), roof), rng)
    return out


def _windows(
    out: Light, far: Spot, wall: tuple[float, float, float], rng: np.random.Generator
) -> None:
    """Light some windows of a ``wall``: its side of the street, its depth, its roof."""
    side, depth, roof = wall
    height, width = out.shape[:2]
    for floor in np.arange(roof + 0.14, far[1] - 0.1, 0.17):
        for at in (0.08, 0.24, 0.40, 0.54):
            if rng.random() > 0.36:
                continue
            x, y, scale = _along(far, side, float(floor), depth + at)
            wide, tall = (
                max(1, round(0.040 * scale * height)),
                max(1, round(0.085 * scale * height)),
            )
            bright = 0.25 + 0.5 * rng.random()
            colour = WHITE if rng.random() < 0.22 else (0.30, 0.66, 1.0)
            corner = round(x * width), round(y * height)
            lit = tuple(bright * c for c in colour)
            cv2.rectangle(out, corner, (corner[0] + wide, corner[1] + tall), lit, -1)


def _bokeh(size: Size, far: Spot, rng: np.random.Generator) -> Light:
    """Lamps, signs and cars as discs of light, all of one size, as a fast prime draws them."""
    width, height = size
    discs = np.zeros((height, width, 3), np.float32)
    radius = max(2, round(height * 0.023))
    lights: list[tuple[float, float, tuple[float, float, float], float]] = []
    for depth in np.geomspace(0.35, 7, 9):
        for side in (0.06, 0.95):
            x, y, _ = _along(far, side, -0.12, float(depth))
            lights.append((x, y, SODIUM, 0.55))
    for depth in (0.5, 0.95, 1.6, 2.6, 4.2):
        for lane, colour in ((0.22, WHITE), (0.80, RED)):
            x, y, scale = _along(far, lane, far[1] + 0.20, depth * (0.8 + 0.4 * rng.random()))
            for offset in (-0.045, 0.045):
                lights.append((x + offset * scale, y, colour, 0.5))
    for _ in range(9):
        x, y, _ = _along(
            far, float(rng.choice([-0.05, 1.05])), 0.15 + 0.5 * rng.random(), 0.3 + 2 * rng.random()
        )
        lights.append((x, y, NEON[int(rng.integers(len(NEON)))], 0.34))
    lights.append((*_along(far, 0.30, 0.05, 1.6)[:2], GREEN, 0.6))
    for x, y, colour, power in lights:
        grown = max(2, round(radius * (0.85 + 0.3 * rng.random())))
        centre = round(x * width), round(y * height)
        _add(discs, _disc(grown), (centre[0] - grown - 2, centre[1] - grown - 2), colour, power)
    return blur(discs, height * 0.0013)


def _disc(radius: int) -> Plane:
    """One point of light out of focus, a little brighter at its rim."""
    disc = np.zeros((2 * radius + 5, 2 * radius + 5), np.float32)
    at = (radius + 2, radius + 2)
    cv2.circle(disc, at, radius, 0.80, -1, cv2.LINE_AA)
    cv2.circle(disc, at, radius, 1.0, max(1, radius // 8), cv2.LINE_AA)
    return disc


def _add(
    canvas: Light,
    disc: Plane,
    at: tuple[int, int],
    colour: tuple[float, float, float],
    power: float,
) -> None:
    """Add ``disc`` in ``colour`` with its corner ``at``, clipped to the canvas."""
    x, y = at
    x0, y0 = max(0, x), max(0, y)
    x1, y1 = min(canvas.shape[1], x + disc.shape[1]), min(canvas.shape[0], y + disc.shape[0])
    if x0 < x1 and y0 < y1:
        part = disc[y0 - y : y1 - y, x0 - x : x1 - x, None]
        canvas[y0:y1, x0:x1] += part * (power * np.asarray(colour, np.float32))


def _wet(light: Light, line: float) -> Light:
    """The road: the street above mirrored, smeared downwards and dimmed."""
    height = light.shape[0]
    base = int(np.clip(line, 0.02, 1.0) * height)
    if base >= height - 2:
        return light
    rows = np.clip(base - np.arange(1, height - base + 1) * 1.2, 0, height - 1).astype(int)
    mirror = np.ascontiguousarray(light[rows])
    tall = max(3, height // 9) | 1
    smeared = cv2.blur(mirror, (max(3, height // 120) | 1, tall))
    fade = np.linspace(0.70, 0.30, height - base, dtype=np.float32)[:, None, None]
    out = light.copy()
    out[base:] = 0.012 + smeared * fade
    soft = blur(out, height * 0.012)
    kerb = np.exp(-(((np.arange(height) - base) / (height * 0.018)) ** 2)).astype(np.float32)
    return cast(Light, out + (soft - out) * kerb[:, None, None])
