"""The look, always the same: slide film, a hard flash that falls off, overexposed, strong grain."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np

from sandbox.scripts._images import Picture
from sandbox.scripts._proof.raster import (
    Light,
    Plane,
    blur,
    radial,
    size_of,
    to_picture,
)

GRAIN = 0.034
LUMA = np.array([[0.114, 0.587, 0.299]], np.float32)


def luma(light: Light) -> Plane:
    """Brightness of every pixel."""
    return cast(Plane, cv2.transform(light, LUMA))


def flash(light: Light, centre: tuple[float, float], exposure: float, falloff: float) -> Light:
    """Light ``light`` by a flash aimed at ``centre``, losing ``falloff`` towards the corners."""
    pool = radial(size_of(light), centre, 0.92)
    gain = exposure * (1 - falloff * (1 - pool))
    return cast(Light, light * gain[:, :, None])


def bloom(light: Light, strength: float) -> Light:
    """Let what is overexposed glow into its surroundings, as film and a bare bulb do."""
    height = light.shape[0]
    hot = np.clip(light - 0.82, 0, 0.6).astype(np.float32)
    glow = blur(hot, height * 0.012) + 0.7 * blur(hot, height * 0.045)
    return cast(Light, light + strength * glow)


def velvia(light: Light, saturation: float = 1.0) -> Light:
    """The slide film: a steep S-curve with deep blacks, and colour pushed hue by hue.

    Reds, greens and blues gain most; skin between red and yellow gains least, or it would burn.
    """
    curve = _s_curve()
    light = _rolled_off(light)
    levels = np.clip(light * (1023 / 1.25), 0, 1023).astype(np.uint16)
    toned = cast(Light, curve[levels])
    grey = luma(toned)
    chroma = toned - grey[:, :, None]
    blue, green, red = chroma[:, :, 0], chroma[:, :, 1], chroma[:, :, 2]
    push = 1.30 + 0.9 * np.clip(green, 0, 0.4) + 0.7 * np.clip(blue, 0, 0.4)
    skin = np.clip(red * 3, 0, 1) * np.clip(1 - np.abs(green) * 8, 0, 1)
    push = 1 + (push - 1) * saturation * (1 - 0.35 * skin)
    return cast(Light, grey[:, :, None] + chroma * push[:, :, None].astype(np.float32))


def _rolled_off(light: Light) -> Light:
    """``light`` with its highlights eased below white, most of their hue kept: skin stays skin."""
    peak = light.max(axis=2)
    eased = 0.72 + 0.36 * np.tanh((peak - 0.72) / 0.36)
    ratio = np.where(peak > 0.72, eased / np.maximum(peak, 0.72), 1).astype(np.float32)[:, :, None]
    return cast(Light, light * ratio)


def _s_curve() -> Plane:
    """1,024 levels from 0 to 1.25 of light, through toe and shoulder to film density."""
    x = np.linspace(0, 1.25, 1024, dtype=np.float32)
    toe = np.clip(x - 0.012, 0, None)
    steep = toe**1.18
    s = 1 / (1 + np.exp(-6.2 * (steep - 0.43)))
    floor, ceiling = 1 / (1 + np.exp(6.2 * 0.43)), 1 / (1 + np.exp(-6.2 * (1.28 - 0.43)))
    film = np.clip((s - floor) / (ceiling - floor), 0, 1)
    return np.asarray(0.72 * film + 0.28 * np.clip(steep, 0, 1.05), np.float32)


def grain(
    light: Light, rng: np.random.Generator, strength: float = GRAIN, *, mono: bool = False
) -> Light:
    """Film grain: clumped, strongest in the mid-tones, a little of it coloured.

    The grain is measured against the picture's height, so that small renderings look alike.
    """
    size = size_of(light)
    cell = max(0.5, size[1] / 1696)
    grey = 0.8 * _clumps(rng, size, 1.15 * cell) + 0.5 * _clumps(rng, size, 0.5 * cell)
    tone = np.clip(luma(light), 0, 1)
    amount = strength * (0.35 + 2.6 * tone * (1 - tone))
    if mono:
        return cast(Light, light + (grey * amount)[:, :, None])
    layers = [(grey + 0.38 * _clumps(rng, size, 1.5 * cell)) * amount for _ in range(3)]
    return cast(Light, light + cv2.merge(layers))


def _clumps(rng: np.random.Generator, size: tuple[int, int], sigma: float) -> Plane:
    """Grain of ``sigma`` pixels with a deviation of 1."""
    white = rng.standard_normal((size[1], size[0]), dtype=np.float32)
    if sigma < 0.4:
        return white
    return blur(white, sigma) * np.float32(max(1.0, 3.545 * sigma))


def develop(
    light: Light, rng: np.random.Generator, *, saturation: float = 1.0, mono: bool = False
) -> Picture:
    """From light to the finished picture: bloom, film, grain."""
    film = velvia(bloom(light, 0.55), saturation)
    return to_picture(grain(film, rng, mono=mono))
