"""A frame taken again: reframed, relit and regraded as the words ask."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np

from sandbox.scripts._images import Picture
from sandbox.scripts._proof import grade
from sandbox.scripts._proof.figure import similarity
from sandbox.scripts._proof.raster import Light, blur, radial, size_of, to_light, to_picture
from sandbox.scripts._proof.tone import toned
from sandbox.scripts._proof.words import Adjustment


def retake(frame: Picture, change: Adjustment, rng: np.random.Generator) -> Picture:
    """``frame`` under ``change``, at the same size, without a plate."""
    light = to_light(frame)
    if change.flip:
        light = cast(Light, np.ascontiguousarray(light[:, ::-1]))
    light = _reframed(light, change)
    light = toned(_relit(light, rng), change)
    if change.soft > 0:
        glow = blur(light, size_of(light)[1] * 0.010 * change.soft)
        light = cast(Light, light + 0.55 * (glow - light))
    strength = grade.GRAIN * (0.7 if change.zoom <= 1 else 0.9) * change.grain
    return to_picture(grade.grain(light, rng, strength, mono=change.mono))


def _reframed(light: Light, change: Adjustment) -> Light:
    """Closer by enlarging; wider by mirroring the surroundings outwards, softened."""
    width, height = size_of(light)
    turn = abs(np.deg2rad(change.tilt))
    cover = float(np.cos(turn) + np.sin(turn) * max(width / height, height / width))
    zoom = change.zoom * cover if change.zoom >= 1 else change.zoom
    reach = max(0.0, (zoom / cover - 1) / 2)
    shift = [float(np.clip(s, -reach, reach)) if zoom >= 1 else s for s in change.shift]
    centre = (width / 2, height / 2)
    to = (width * (0.5 + shift[0]), height * (0.5 + shift[1]))
    matrix = similarity(centre, zoom, change.tilt, to)
    moved = cv2.warpAffine(
        light, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101
    )
    if zoom >= 1:
        return cast(Light, moved)
    whole = np.ones((height, width), np.float32)
    inside = cv2.warpAffine(whole, matrix, (width, height), flags=cv2.INTER_LINEAR)
    keep = np.clip(blur(cast(Light, inside), height * 0.02) * 2 - 1, 0, 1)[:, :, None]
    soft = blur(cast(Light, moved), height * 0.010) * np.float32(0.70)
    return cast(Light, (soft + (moved - soft) * keep).astype(np.float32))


def _relit(light: Light, rng: np.random.Generator) -> Light:
    """The flash aimed anew."""
    aim = (float(rng.uniform(0.40, 0.60)), float(rng.uniform(0.32, 0.46)))
    pool = radial(size_of(light), aim, 0.85)
    return light * (0.88 + 0.20 * pool)[:, :, None].astype(np.float32)
