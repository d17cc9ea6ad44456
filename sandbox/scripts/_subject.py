"""Where to lay a crop on a picture so that it keeps the subject.

No model is needed for a fashion frame, which is composed: what matters is what differs from the
backdrop, has detail, or is skin, and is seldom at the very edge or the foot. A person who stands
clear of the upper edge does not lose the head.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from sandbox.scripts._images import Picture

Map = npt.NDArray[np.float32]
Profile = npt.NDArray[np.float64]

WORKING_SIZE = 240
"""Pixels on the longer side of the copy that is looked at; more would find pores, not people."""

EYE_LEVEL = 0.42
"""Where in a crop's height the subject's weight comes to lie: a little above the middle."""

FACE = 0.004
"""The share of a picture that a face has at the least."""

HAIR = 0.6
"""What belongs to a head above its face, as a share of the face's height."""

HEADROOM = 0.025
"""What is left above a head, as a share of the picture's height."""


def window(picture: Picture, width: int, height: int) -> tuple[int, int]:
    """The left and top of the crop of ``width`` × ``height`` pixels that keeps the subject best.

    Three cues are added, each with mean 1: distance in colour from the picture's border (in
    CIELAB, against the border's own spread), detail, and, twice, skin. The sum is weighted
    towards the middle and the upper part.
    """
    tall, wide = picture.shape[:2]
    small = _shrink(picture)
    apart = _apart(small)
    cues = _level(apart) + _detail(small) + 2 * _skin(small)
    cues = cues * _composition(cues.shape[0], cues.shape[1])
    left = _best_start(cues.sum(axis=0), width / wide, 0.5)
    top = _best_start(cues.sum(axis=1), height / tall, EYE_LEVEL)
    top = min(top, _above_head(apart), _above_face(small))
    return min(round(left * wide), wide - width), min(round(top * tall), tall - height)


def _above_head(apart: Map) -> float:
    """A share of the height below which a crop may not begin, or it would cut the subject's top.

    1 where the backdrop does not show along the upper edge, as in a close-up or a street.
    """
    occupied = np.mean(apart > 3, axis=1) > 0.04
    first = float(np.argmax(occupied)) / len(occupied)
    return max(0.0, first - HEADROOM) if first >= HEADROOM else 1.0


def _above_face(small: Picture) -> float:
    """A share of the height below which a crop may not begin, or it would cut the highest face, or
    the hair above it. 1 where no skin is seen.

    For pictures in which a head touches the upper edge, or stands before a street: there the
    backdrop does not tell where the subject's top is.
    """
    found = _skin_mask(small)
    if found is None:
        return 1.0
    count, _, stats, _ = cv2.connectedComponentsWithStats(found)
    large = stats[1:count]
    large = large[large[:, cv2.CC_STAT_AREA] >= FACE * found.size]
    if len(large) == 0:
        return 1.0
    face = large[large[:, cv2.CC_STAT_TOP].argmin()]
    top, tall = int(face[cv2.CC_STAT_TOP]), int(face[cv2.CC_STAT_HEIGHT])
    # Skin may run on from the face to the neck and below: a face is no taller than it is wide by
    # half.
    tall = min(tall, round(1.5 * int(face[cv2.CC_STAT_WIDTH])))
    return float(max(0.0, (top - HAIR * tall) / small.shape[0]))


def _shrink(picture: Picture) -> Picture:
    height, width = picture.shape[:2]
    scale = WORKING_SIZE / max(height, width)
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _apart(small: Picture) -> Map:
    """How far each pixel's colour is from the border's usual one, in the border's spread."""
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_BGR2LAB)
    rim = max(2, min(lab.shape[:2]) // 20)
    # The foot is left out: that is where people stand.
    border = np.concatenate(
        [lab[:rim].reshape(-1, 3), lab[:, :rim].reshape(-1, 3), lab[:, -rim:].reshape(-1, 3)]
    )
    usual = np.median(border, axis=0)
    spread = np.median(np.abs(border - usual), axis=0) + 6
    distance = np.linalg.norm((lab - usual) / spread, axis=2)
    return np.asarray(np.minimum(distance, 8), dtype=np.float32)


def _detail(small: Picture) -> Map:
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY).astype(np.float32)
    across, down = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    return _level(cv2.GaussianBlur(cv2.magnitude(across, down), (0, 0), 5))


def _skin(small: Picture) -> Map:
    """Skin by its chroma, which hardly depends on how dark it is (Chai and Ngan, 1999)."""
    found = _skin_mask(small)
    if found is None:
        return np.zeros(small.shape[:2], dtype=np.float32)
    return _level(cv2.GaussianBlur(found.astype(np.float32), (0, 0), 3))


def _skin_mask(small: Picture) -> npt.NDArray[np.uint8] | None:
    """255 where there is skin; None where there is too little to be a face, or a warm backdrop."""
    chroma = cv2.cvtColor(small, cv2.COLOR_BGR2YCrCb)
    found = cv2.inRange(chroma, np.array([40, 136, 77]), np.array([250, 173, 127]))
    share = float(np.mean(found)) / 255
    return np.asarray(found, dtype=np.uint8) if 0.003 <= share <= 0.4 else None


def _level(cue: npt.NDArray[np.integer | np.floating]) -> Map:
    mean = float(np.mean(cue))
    return np.asarray(cue / mean if mean > 0 else cue, dtype=np.float32)


def _composition(height: int, width: int) -> Map:
    """A broad hill over the middle, its top a little above it."""
    down = (np.linspace(0, 1, height) - EYE_LEVEL) / 0.45
    across = (np.linspace(0, 1, width) - 0.5) / 0.45
    hill = np.exp(-(down[:, None] ** 2 + across[None, :] ** 2) / 2)
    return np.asarray(hill, dtype=np.float32)


def _best_start(profile: npt.NDArray[np.floating], share: float, peak: float) -> float:
    """Where a window over ``share`` of ``profile`` begins, as a share of its length.

    The window weighs what is inside it, most at ``peak`` (a share of the window's length) and
    least at its ends, so that a subject comes to lie well inside instead of just not outside.
    """
    length = len(profile)
    covered = max(1, min(length, round(length * share)))
    scores = np.correlate(profile.astype(np.float64), _taper(covered, peak), mode="valid")
    room = length - covered
    return float(np.argmax(scores)) / room * (1 - share) if room else (1 - share) / 2


def _taper(length: int, peak: float) -> Profile:
    """Weights that rise from both ends of a window to 1 at ``peak``, a share of its length."""
    places = (np.arange(length) + 0.5) / length
    nearness = np.where(places < peak, places / peak, (1 - places) / (1 - peak))
    return np.asarray(np.sin(np.pi / 2 * nearness), dtype=np.float64)
