"""What a pose leans on or sits at: a plinth, a v-flat, a pillar, lit like the set they stand in."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np

from sandbox.scripts._proof.raster import Light, Plane, blur, noise, size_of

MATERIALS = {
    "studio-grey": (0.34, 0.335, 0.33),
    "studio-white": (0.60, 0.595, 0.59),
    "studio-black": (0.060, 0.056, 0.055),
    "industrial": (0.27, 0.275, 0.275),
    "warm-daylight": (0.25, 0.33, 0.42),
    "color-gel": (0.15, 0.07, 0.13),
    "outdoor-urban": (0.085, 0.075, 0.075),
}


def table(light: Light, background: str, y: float, rng: np.random.Generator) -> Light:
    """A long plinth across the foreground; its lit top begins at ``y`` (fraction of the height)."""
    height, width = light.shape[:2]
    top, edge = round(y * height), round((y + 0.045) * height)
    colour = np.asarray(MATERIALS[background], np.float32)
    out = light.copy()
    reach = max(4, height // 9)
    above = slice(max(0, top - reach), top)
    ramp = np.linspace(1, 0.62, top - max(0, top - reach), dtype=np.float32)
    out[above] *= ramp[:, None, None]
    grain = 1 + 0.05 * noise(rng, (width, height - top), height * 0.16, 5)
    rows = np.linspace(1.45, 1.15, max(1, edge - top), dtype=np.float32)
    face = np.linspace(0.66, 0.34, max(1, height - edge), dtype=np.float32)
    shade = np.concatenate([rows, face])[: height - top, None] * grain[: height - top]
    out[top:] = shade[:, :, None] * colour
    out[edge : edge + max(1, height // 420)] *= np.float32(1.7)
    return out


def flat(light: Light, background: str, x: float, side: int) -> Light:
    """A tall board standing upright from ``x`` to the picture's ``side`` (1 right, −1 left)."""
    height, width = light.shape[:2]
    mirrored = light if side > 0 else light[:, ::-1]
    at = round((x if side > 0 else 1 - x) * width)
    out = np.ascontiguousarray(mirrored)
    colour = np.asarray(MATERIALS[background], np.float32)
    slant = round(0.022 * width)
    board = np.array([[at, 0], [width, 0], [width, height], [at - slant, height]], np.int32)
    mask = np.zeros((height, width), np.float32)
    cv2.fillPoly(mask, [board], 1.0, cv2.LINE_AA)
    shifted = np.roll(mask, -round(0.03 * width), axis=1)
    shifted[:, -round(0.03 * width) :] = 1
    out = out * (1 - 0.5 * blur(shifted, width * 0.008) * (1 - mask))[:, :, None]
    across = np.clip((np.arange(width) - at) / max(1, width - at), 0, 1).astype(np.float32)
    tone = (1.28 - 0.62 * across)[None, :, None] * colour
    out = out + (tone - out) * mask[:, :, None]
    rim = np.abs(cv2.Sobel(mask, cv2.CV_32F, 1, 0, ksize=3)) * (mask > 0.3)
    out = out * (1 + 0.5 * np.clip(blur(cast(Plane, rim), 1.2), 0, 1))[:, :, None]
    return cast(Light, np.ascontiguousarray(out if side > 0 else out[:, ::-1]))


def pillar(light: Light, background: str, x: float, wide: float) -> Light:
    """A round column from top to bottom with its middle at ``x``, ``wide`` picture widths thick."""
    width = size_of(light)[0]
    colour = np.asarray(MATERIALS[background], np.float32)
    u = ((np.arange(width) / width - x) / (wide / 2)).astype(np.float32)
    inside = np.clip((1 - np.abs(u)) * wide * width / 3, 0, 1)
    round_ = np.sqrt(np.clip(1 - u * u, 0, 1))
    gleam = np.exp(-(((u - 0.12) / 0.16) ** 2))
    tone = 0.22 + 1.0 * round_ * (0.75 + 0.25 * u) + 0.8 * gleam
    shade = 1 - 0.55 * np.exp(-(np.clip(np.abs(u - 0.35) - 1, 0, None) / 0.30)) * (np.abs(u) > 1)
    out = light * shade[None, :, None].astype(np.float32)
    column = tone[None, :, None].astype(np.float32) * colour
    return cast(Light, out + (column - out) * inside[None, :, None].astype(np.float32))
