"""Cutting a subject out of its photo: who or what it is, and a soft matte around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

import cv2
import numpy as np

from sandbox.scripts._images import Picture
from sandbox.scripts._proof.head import Head, find_head
from sandbox.scripts._proof.matting import decontaminated, refined
from sandbox.scripts._proof.raster import Light, Plane, size_of, to_light
from sandbox.scripts._proof.segment import subject_mask

Kind = Literal["person", "object", "scene"]

LARGEST = 1400
SMALLEST = 96
WORKING = 420
STATE = 1


@dataclass(frozen=True)
class Cutout:
    """A subject: its light, its matte (0 to 1) and what it is; and the photo as it was.

    ``head`` is where a person's head is, in pixels. A ``scene`` has no subject that could be told
    from its surroundings: the matte is 1 everywhere and the photo is shown as a print.
    ``cropped`` says whether the photo cuts the subject off at its lower edge.
    """

    light: Light
    matte: Plane
    kind: Kind
    head: Head | None
    cropped: bool
    photo: Light


def cut_out(picture: Picture) -> Cutout:
    """Separate the subject of ``picture`` from its background.

    GrabCut (Rother et al. 2004) on a reduced copy, seeded by the head when there is one and by
    the background's colours otherwise; the matte is refined along the photo's edges by a guided
    filter (He et al. 2010).
    """
    # OpenCV clusters colours from a random state of its own, one for the whole process.
    cv2.setRNGSeed(STATE)
    photo = _sized(picture)
    width, height = size_of(photo)
    small = _reduced(photo)
    head = find_head(small)
    mask = subject_mask(small, head)
    if mask is None:
        whole = np.ones((height, width), np.float32)
        return Cutout(to_light(photo), whole, "scene", None, False, to_light(photo))
    matte = refined(photo, mask)
    original = to_light(photo)
    light = decontaminated(original, matte)
    full = head.scaled(width / small.shape[1]) if head else None
    cropped = bool(matte[-max(2, height // 100) :].mean(axis=0).max() > 0.6)
    return Cutout(light, matte, "person" if head else "object", full, cropped, original)


def _reduced(photo: Picture) -> Picture:
    width, height = size_of(photo)
    scale = WORKING / max(width, height)
    size = max(8, round(width * scale)), max(8, round(height * scale))
    return cast(Picture, cv2.resize(photo, size, interpolation=cv2.INTER_AREA))


def _sized(picture: Picture) -> Picture:
    """``picture`` at a size worth working on: neither huge nor a handful of pixels."""
    width, height = size_of(picture)
    factor = min(1.0, LARGEST / max(width, height))
    if max(width, height) < SMALLEST:
        factor = SMALLEST / max(width, height)
    wanted = (max(16, round(width * factor)), max(16, round(height * factor)))
    if wanted == (width, height):
        return picture
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return cast(Picture, cv2.resize(picture, wanted, interpolation=how))
