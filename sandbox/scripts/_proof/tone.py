"""Tone and colour as words ask for them, and the tone that one picture has over another."""

from __future__ import annotations

from typing import cast

import numpy as np

from sandbox.scripts._images import Picture
from sandbox.scripts._proof.grade import luma
from sandbox.scripts._proof.raster import Light, resize, to_light
from sandbox.scripts._proof.words import Adjustment

GLANCE = (96, 64)


def toned(light: Light, change: Adjustment) -> Light:
    """``light`` with the exposure, contrast and colour of ``change``, but not its framing."""
    lit = light
    if change.exposure or change.contrast:
        lit = light * np.float32(2.0**change.exposure)
        lit = 0.40 + (lit - 0.40) * np.float32(1 + change.contrast)
        # The shoulder of the curve keeps skin from tearing when it is pushed.
        lit = np.clip(lit - 0.4 * np.clip(lit - 0.9, 0, None), 0, 1.3)
    if change.mono or change.saturation:
        grey = luma(cast(Light, lit.astype(np.float32)))[:, :, None]
        lit = grey + (lit - grey) * np.float32(0 if change.mono else 1 + change.saturation)
    if change.warmth:
        lit = lit * np.array([1 - 0.28 * change.warmth, 1, 1 + 0.18 * change.warmth], np.float32)
    if change.tint is not None:
        lit = lit * np.asarray(change.tint, np.float32)
    return cast(Light, np.asarray(lit, np.float32))


def difference(seen: Picture, expected: Picture) -> Adjustment:
    """What was done to the tone of ``seen``, compared with the picture ``expected`` of the same.

    Small differences are chance (grain, framing) and count for nothing.
    """
    here, there = (resize(to_light(picture), GLANCE) for picture in (seen, expected))
    means = [glance.reshape(-1, 3).mean(axis=0) + 0.01 for glance in (here, there)]
    greys = [float(luma(glance).mean()) + 0.01 for glance in (here, there)]
    chroma = [float(np.abs(g - luma(g)[:, :, None]).mean()) + 1e-3 for g in (here, there)]
    stops = float(np.clip(np.log2(greys[0] / greys[1]), -1.2, 1.2))
    cast_ = np.clip((means[0] / greys[0]) / (means[1] / greys[1]), 0.6, 1.6)
    mono = chroma[0] < 0.006 < chroma[1]
    tinted = not mono and float(np.abs(cast_ - 1).max()) > 0.10
    return Adjustment(
        exposure=stops if abs(stops) > 0.2 else 0.0,
        mono=mono,
        tint=(float(cast_[0]), float(cast_[1]), float(cast_[2])) if tinted else None,
    )
