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
    noise,
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
    levels = np.clip(light * (1023 / 1.25), 0, 1023).astype(np.uint16)
    toned = cast(Light, curve[levels])
    grey = luma(toned)
    chroma = toned - grey[:, :, None]
    blue, green, red = chroma[:, :, 0], chroma[:, :, 1], chroma[:, :, 2]
    push = 1.30 + 0.9 * np.clip(green, 0, 0.4) + 0.7 * np.clip(blue, 0, 0.4)
    skin = np.clip(red * 3, 0, 1) * np.clip(1 - np.abs(green) * 8, 0, 1)
    push = 1 + (push - 1) * saturation * (1 - 0.35 * skin)
    return cast(Light, grey[:, :, None] + chroma * push[:, :, None].astype(np.float32))


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
    tile = (min(size[0], 1024), min(size[1], 1024))
    cell = max(1.0, size[1] / 848)
    grey = _tiled(noise(rng, tile, 2.3 * cell, 2) + 0.5 * noise(rng, tile, 1.0, 1), size)
    tone = np.clip(luma(light), 0, 1)
    amount = strength * (0.35 + 2.6 * tone * (1 - tone))
    if mono:
        return light + (grey * amount)[:, :, None]
    coarse = [_tiled(noise(rng, tile, 3.2 * cell, 1), size) for _ in range(3)]
    colour = cv2.merge([(grey + 0.42 * c) * amount for c in coarse])
    return cast(Light, light + colour)


def _tiled(tile: Plane, size: tuple[int, int]) -> Plane:
    """``tile`` mirrored over ``size``: grain is too fine for the repeat to show."""
    height, width = tile.shape
    return cast(
        Plane,
        cv2.copyMakeBorder(
            tile, 0, max(0, size[1] - height), 0, max(0, size[0] - width), cv2.BORDER_REFLECT
        )[: size[1], : size[0]],
    )


def develop(
    light: Light, rng: np.random.Generator, *, saturation: float = 1.0, mono: bool = False
) -> Picture:
    """From light to the finished picture: bloom, film, grain."""
    film = velvia(bloom(light, 0.55), saturation)
    return to_picture(grain(film, rng, mono=mono))
