"""From a rough mask to a soft matte, and a subject's colours free of its old background."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from sandbox.scripts._images import Picture
from sandbox.scripts._proof.raster import Light, Plane, resize, size_of, stretch, to_light


def refined(photo: Picture, mask: npt.NDArray[np.uint8]) -> Plane:
    """The reduced mask at full size, its edge drawn along the photo's own edges."""
    size = size_of(photo)
    coarse = stretch(mask.astype(np.float32), size)
    radius = max(2, round(max(size) / 110))
    soft = _guided(to_light(photo), coarse, radius, 2e-4)
    matte = np.clip((soft - 0.12) / 0.76, 0, 1)
    near = cv2.dilate((coarse > 0.5).astype(np.uint8), np.ones((3, 3), np.uint8), iterations=radius)
    return cast(Plane, (matte * near).astype(np.float32))


def _guided(guide: Light, mask: Plane, radius: int, eps: float) -> Plane:
    """Guided filter of ``mask`` by the colours of ``guide`` (He et al. 2010, eq. 16).

    The linear model is solved on a reduced copy and applied at full size (He and Sun 2015).
    """
    size = size_of(mask)
    reduce = max(1, min(4, radius // 3))
    small = max(8, size[0] // reduce), max(8, size[1] // reduce)
    slope, offset = _linear_model(resize(guide, small), resize(mask, small), radius // reduce, eps)
    full = stretch(slope, size)
    return cast(Plane, (full * guide).sum(axis=2) + stretch(offset, size))


def _linear_model(guide: Light, mask: Plane, radius: int, eps: float) -> tuple[Light, Plane]:
    """For every pixel, the slope per colour and the offset that best explain ``mask`` nearby."""
    window = (2 * radius + 1, 2 * radius + 1)

    def mean(plane: Plane) -> Plane:
        return cast(Plane, cv2.blur(plane, window))

    channels = [np.ascontiguousarray(guide[:, :, c]) for c in range(3)]
    means = [mean(c) for c in channels]
    target = mean(mask)
    spread = np.empty((*mask.shape, 3, 3), np.float32)
    link = np.empty((*mask.shape, 3), np.float32)
    for i in range(3):
        link[..., i] = mean(channels[i] * mask) - means[i] * target
        for j in range(i, 3):
            covariance = mean(channels[i] * channels[j]) - means[i] * means[j]
            spread[..., i, j] = spread[..., j, i] = covariance + (eps if i == j else 0)
    slope = np.linalg.solve(spread, link[..., None])[..., 0].astype(np.float32)
    offset = target - sum(slope[..., i] * means[i] for i in range(3))
    return mean(slope), mean(offset.astype(np.float32))


def decontaminated(light: Light, matte: Plane) -> Light:
    """The photo with the subject's own colour drawn out over its soft edge.

    Half-transparent pixels carry the old background; they take the colour of the solid pixels
    beside them.
    """
    solid = (matte > 0.97).astype(np.float32)
    sigma = max(1.5, max(light.shape) / 240)
    weight = cv2.GaussianBlur(solid, (0, 0), sigma)
    colour = cv2.GaussianBlur(light * solid[:, :, None], (0, 0), sigma)
    near = colour / np.maximum(weight, 1e-3)[:, :, None]
    soft = (weight > 0.02) & (solid < 0.5)
    blend = (1 - matte) * soft
    return (light + (near - light) * blend[:, :, None]).astype(np.float32)
