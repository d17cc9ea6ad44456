"""Cutting a subject out of its photo: who or what it is, and a soft matte around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

import cv2
import numpy as np
import numpy.typing as npt

from sandbox.scripts._images import Picture
from sandbox.scripts._proof.head import Head, find_head
from sandbox.scripts._proof.raster import Light, Plane, resize, size_of, stretch, to_light

Kind = Literal["person", "object", "scene"]

LARGEST = 1400
SMALLEST = 96
WORKING = 420

Labels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Cutout:
    """A subject: its photo as light, its matte (0 to 1) and what it is.

    ``head`` is where a person's head is, in pixels. A ``scene`` has no subject that could be told
    from its surroundings: the matte is 1 everywhere and the photo is shown as a print.
    ``cropped`` says whether the photo cuts the subject off at its lower edge.
    """

    light: Light
    matte: Plane
    kind: Kind
    head: Head | None
    cropped: bool


def cut_out(picture: Picture) -> Cutout:
    """Separate the subject of ``picture`` from its background.

    GrabCut (Rother et al. 2004) on a reduced copy, seeded by the head when there is one and by
    the background's colours otherwise; the matte is refined along the photo's edges by a guided
    filter (He et al. 2010).
    """
    photo = _sized(picture)
    width, height = size_of(photo)
    scale = WORKING / max(width, height)
    small = cv2.resize(
        photo,
        (max(8, round(width * scale)), max(8, round(height * scale))),
        interpolation=cv2.INTER_AREA,
    )
    small = cast(Picture, small)
    head = find_head(small)
    plain = _plain_background(small)
    labels = _person_labels(small, head) if head else _object_labels(small, plain)
    mask = _grab(small, labels)
    if not _believable(mask, head is not None, plain is not None, small):
        light = to_light(photo)
        return Cutout(light, np.ones((height, width), np.float32), "scene", None, False)
    matte = _refined(photo, mask)
    light = _decontaminated(to_light(photo), matte)
    full = head.scaled(width / small.shape[1]) if head else None
    cropped = bool(matte[-max(2, height // 100) :].mean(axis=0).max() > 0.6)
    return Cutout(light, matte, "person" if head else "object", full, cropped)


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


def _plain_background(small: Picture) -> Plane | None:
    """Distance of every pixel from the background's colour, or None where it is not plain.

    The border's colours are fitted by a quadratic surface, which follows the soft gradients of
    product photos; the background is plain when the border stays close to it.
    """
    height, width = small.shape[:2]
    lab = cv2.cvtColor(small, cv2.COLOR_BGR2LAB).astype(np.float32)
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    xs, ys = xs / width - 0.5, ys / height - 0.5
    terms = np.stack([np.ones_like(xs), xs, ys, xs * xs, ys * ys, xs * ys], -1)
    rim = np.zeros((height, width), bool)
    edge = max(2, min(height, width) // 40)
    rim[:edge], rim[-edge:], rim[:, :edge], rim[:, -edge:] = True, True, True, True
    keep = rim.copy()
    for _ in range(4):
        fit, *_ = np.linalg.lstsq(terms[keep], lab[keep], rcond=None)
        distance = np.linalg.norm(lab - terms @ fit, axis=2)
        keep = rim & (distance < max(6.0, 2.0 * float(np.median(distance[rim]))))
    settled = keep.sum() / rim.sum()
    if settled < 0.62 or float(np.median(distance[keep])) > 6:
        return None
    return cast(Plane, distance.astype(np.float32))


def _object_labels(small: Picture, plain: Plane | None) -> Labels:
    height, width = small.shape[:2]
    labels = np.full((height, width), cv2.GC_PR_BGD, np.uint8)
    if plain is not None:
        labels[plain > 9] = cv2.GC_PR_FGD
        labels[plain > 26] = cv2.GC_FGD
        labels[plain < 3.5] = cv2.GC_BGD
        return labels
    centre = (width // 2, height // 2)
    cv2.ellipse(
        labels, centre, (int(width * 0.36), int(height * 0.40)), 0, 0, 360, cv2.GC_PR_FGD, -1
    )
    cv2.ellipse(labels, centre, (int(width * 0.12), int(height * 0.12)), 0, 0, 360, cv2.GC_FGD, -1)
    edge = max(2, min(height, width) // 40)
    labels[:edge], labels[:, :edge], labels[:, -edge:] = cv2.GC_BGD, cv2.GC_BGD, cv2.GC_BGD
    return labels


def _person_labels(small: Picture, head: Head) -> Labels:
    """Head surely, hair and a body below it probably, the sides and the sky surely not."""
    height, width = small.shape[:2]
    labels = np.full((height, width), cv2.GC_BGD, np.uint8)
    x, y, w, h = head.x, head.y, head.width, head.height
    hull = [
        (x - 0.75 * w, y - 0.75 * h),
        (x + 1.75 * w, y - 0.75 * h),
        (x + 1.75 * w, y + 0.8 * h),
        (x + 3.05 * w, y + 1.7 * h),
        (x + 3.4 * w, height),
        (x - 2.4 * w, height),
        (x - 2.05 * w, y + 1.7 * h),
        (x - 0.75 * w, y + 0.8 * h),
    ]
    cv2.fillPoly(labels, [np.array(hull, np.int32)], cv2.GC_PR_BGD)
    middle = x + w / 2
    body = [(-0.45, 0.9), (0.45, 0.9), (1.6, 1.6), (2.1, 9), (-2.1, 9), (-1.6, 1.6)]
    core = [
        (-0.26, 0.8),
        (0.26, 0.8),
        (0.30, 1.3),
        (0.95, 2.4),
        (0.95, 9),
        (-0.95, 9),
        (-0.95, 2.4),
        (-0.30, 1.3),
    ]
    for outline, label in ((body, cv2.GC_PR_FGD), (core, cv2.GC_FGD)):
        points = [(middle + across * w, y + down * h) for across, down in outline]
        cv2.fillPoly(labels, [np.array(points, np.int32)], label)
    at = (round(middle), round(y + 0.42 * h))
    cv2.ellipse(labels, at, (round(0.68 * w), round(0.8 * h)), 0, 0, 360, cv2.GC_PR_FGD, -1)
    cv2.ellipse(labels, at, (round(0.36 * w), round(0.45 * h)), 0, 0, 360, cv2.GC_FGD, -1)
    return labels


def _grab(small: Picture, labels: Labels) -> Labels:
    """GrabCut from ``labels``; the mask of the largest connected subject, holes filled."""
    present = set(np.unique(labels).tolist())
    if not (present & {cv2.GC_FGD, cv2.GC_PR_FGD} and present & {cv2.GC_BGD, cv2.GC_PR_BGD}):
        return np.zeros_like(labels)
    model = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(small, labels, (0, 0, 1, 1), model[0], model[1], 5, cv2.GC_INIT_WITH_MASK)
    mask = np.isin(labels, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
    mask = cast(Labels, cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel))
    count, parts, stats, _ = cv2.connectedComponentsWithStats(mask)
    if count < 2:
        return np.zeros_like(labels)
    sizes = stats[1:, cv2.CC_STAT_AREA]
    kept = np.flatnonzero(sizes > 0.06 * sizes.max()) + 1
    mask = np.isin(parts, kept).astype(np.uint8)
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros_like(mask)
    cv2.drawContours(filled, outlines, -1, 1, -1)
    return filled


def _believable(mask: Labels, person: bool, plain: bool, small: Picture) -> bool:
    """Whether the mask looks like a subject rather than an accident of the colours."""
    share = float(mask.mean())
    if not 0.03 < share < 0.9:
        return False
    if person or plain:
        return True
    sides = np.concatenate([mask[0], mask[:, 0], mask[:, -1]])
    if sides.mean() > 0.04:
        return False
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    hull = sum(cv2.contourArea(cv2.convexHull(outline)) for outline in outlines)
    return float(mask.sum()) / max(1.0, hull) > 0.9


def _refined(photo: Picture, mask: Labels) -> Plane:
    """The reduced mask at full size, its edge drawn along the photo's own edges."""
    size = size_of(photo)
    coarse = stretch(mask.astype(np.float32), size)
    radius = max(2, round(max(size) / 110))
    guide = to_light(photo)
    soft = _guided(guide, coarse, radius, 2e-4)
    matte = np.clip((soft - 0.12) / 0.76, 0, 1)
    near = cv2.dilate((coarse > 0.5).astype(np.uint8), np.ones((3, 3), np.uint8), iterations=radius)
    return cast(Plane, (matte * near).astype(np.float32))


def _guided(guide: Light, mask: Plane, radius: int, eps: float) -> Plane:
    """Guided filter of ``mask`` by the colours of ``guide`` (He et al. 2010, eq. 16)."""
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
    result = mean(offset.astype(np.float32))
    for i in range(3):
        result = result + mean(np.ascontiguousarray(slope[..., i])) * channels[i]
    return result


def _decontaminated(light: Light, matte: Plane) -> Light:
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


def preview(cut: Cutout, size: tuple[int, int]) -> Light:
    """The cut-out on middle grey at ``size``."""
    grey = np.float32(0.45)
    alpha = cut.matte[:, :, None]
    return resize((cut.light * alpha + grey * (1 - alpha)).astype(np.float32), size)
