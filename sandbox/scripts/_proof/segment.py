"""Which pixels are the subject: GrabCut, seeded by a head, a plain background, or the middle."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from sandbox.scripts._images import Picture
from sandbox.scripts._proof.head import Head
from sandbox.scripts._proof.raster import Plane, blur

Labels = npt.NDArray[np.uint8]
Outline = tuple[tuple[float, float], ...]

# Around a face of width and height 1, from its top: how far a body reaches at most, and at least.
BODY: Outline = ((-0.45, 0.9), (0.45, 0.9), (1.6, 1.6), (2.1, 9), (-2.1, 9), (-1.6, 1.6))
CORE: Outline = (
    (-0.26, 0.8),
    (0.26, 0.8),
    (0.30, 1.3),
    (0.95, 2.4),
    (0.95, 5.2),
    (-0.95, 5.2),
    (-0.95, 2.4),
    (-0.30, 1.3),
)
HULL: Outline = (
    (-1.25, -0.75), (1.25, -0.75), (1.25, 0.8), (2.3, 1.7), (2.5, 40),
    (-2.5, 40), (-2.3, 1.7), (-1.25, 0.8),
)  # fmt: skip
FAMILIAR = 0.6
MIDDLE = 0.7
HELD = ((2.45, 1.5), (2.1, 1.5), (1.8, 1.3), (1.5, 1.0))


def subject_mask(small: Picture, head: Head | None) -> Labels | None:
    """1 where ``small`` shows its subject, else 0; None when no subject can be told apart."""
    plain = _plain_background(small)
    if plain is not None:
        mask = _grab(small, _plain_labels(plain), 3)
    elif head is not None:
        mask = _smooth(_grab(small, _person_labels(small, head), 1))
    else:
        mask = _middle(small)
    guided = head is not None or plain is not None
    return mask if _believable(mask) and (guided or _stands_out(small, mask)) else None


def _plain_background(small: Picture) -> Plane | None:
    """Distance of every pixel from the background's colour, or None where it is not plain.

    The border's colours are fitted by a quadratic surface, which follows the soft gradients of
    product photos; the background is plain when the border stays close to it. What is merely
    darker, and smooth, is a shadow and counts for little.
    """
    height, width = small.shape[:2]
    lab = cv2.cvtColor(small, cv2.COLOR_BGR2LAB).astype(np.float32)
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    xs, ys = xs / width - 0.5, ys / height - 0.5
    terms = np.stack([np.ones_like(xs), xs, ys, xs * xs, ys * ys, xs * ys], -1)
    rim = np.zeros((height, width), bool)
    edge = max(2, min(height, width) // 40)
    rim[:edge], rim[-edge:], rim[:, :edge], rim[:, -edge:] = True, True, True, True
    corner = (np.abs(xs) > 0.36) & (np.abs(ys) > 0.36)
    common = np.median(lab[rim & corner], axis=0)
    away = lab - common
    keep = rim
    for terms_used in (1, 1, 3, 6, 6):
        distance = np.linalg.norm(away, axis=2)
        keep = rim & (distance < (30 if terms_used == 1 else 9))
        if keep.sum() < 0.45 * rim.sum():
            return None
        used = terms[..., :terms_used]
        fit, *_ = np.linalg.lstsq(used[keep], lab[keep], rcond=None)
        away = lab - used @ fit
    if float(np.median(np.linalg.norm(away, axis=2)[keep])) > 5:
        return None
    return _without_shadow(lab[:, :, 0], away, keep)


def _without_shadow(lightness: Plane, away: Plane, paper: npt.NDArray[np.bool_]) -> Plane:
    """The length of ``away``, less where it is only darkness, more where there is texture.

    Texture is opened and eroded first: the detail of an outline must not spread beyond it. As
    much of it as the ``paper`` has is the photo's noise.
    """
    detail = blur(np.abs(lightness - blur(lightness, 1.2)), 1.0)
    across = max(5, round(max(detail.shape) / 50)) | 1
    patch = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (across, across))
    opened = cv2.morphologyEx(detail, cv2.MORPH_OPEN, patch)
    texture = cast(Plane, cv2.erode(opened, np.ones((5, 5), np.uint8)))
    texture = np.maximum(texture - float(np.median(texture[paper])), 0)
    darker = (away[:, :, 0] < 0) & (away[:, :, 0] > -80)
    smooth = np.clip(1.5 - texture, 0, 1) * darker
    chroma = np.linalg.norm(away[:, :, 1:], axis=2)
    tone = np.abs(away[:, :, 0]) * (1 - 0.84 * smooth * (chroma < 8))
    return np.asarray(np.hypot(tone, 1.6 * chroma) + 14 * np.clip(texture - 0.8, 0, 2), np.float32)


def _plain_labels(plain: Plane) -> Labels:
    labels = np.full(plain.shape, cv2.GC_PR_BGD, np.uint8)
    labels[plain > 12] = cv2.GC_PR_FGD
    labels[plain > 30] = cv2.GC_FGD
    labels[plain < 6] = cv2.GC_BGD
    return labels


def _middle(small: Picture) -> Labels:
    """What stands in the middle, if anything; looked for on a smaller copy, since it is a guess."""
    height, width = small.shape[:2]
    size = max(8, round(width * MIDDLE)), max(8, round(height * MIDDLE))
    less = cast(Picture, cv2.resize(small, size, interpolation=cv2.INTER_AREA))
    mask = _grab(less, _middle_labels(less), 5)
    full = cv2.resize(mask * 255, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(full > 127, np.uint8)


def _middle_labels(small: Picture) -> Labels:
    height, width = small.shape[:2]
    labels = np.full((height, width), cv2.GC_PR_BGD, np.uint8)
    centre = (width // 2, height // 2)
    for reach, label in ((0.38, cv2.GC_PR_FGD), (0.12, cv2.GC_FGD)):
        axes = int(width * reach), int(height * reach)
        cv2.ellipse(labels, centre, axes, 0, 0, 360, label, -1)
    edge = max(2, min(height, width) // 40)
    labels[:edge], labels[:, :edge], labels[:, -edge:] = cv2.GC_BGD, cv2.GC_BGD, cv2.GC_BGD
    return labels


def _person_labels(small: Picture, head: Head) -> Labels:
    """Head surely, hair and a body below it probably, the sides and the sky surely not."""
    height, width = small.shape[:2]
    labels = np.full((height, width), cv2.GC_BGD, np.uint8)
    middle = head.x + head.width / 2
    for outline, label in ((HULL, cv2.GC_PR_BGD), (BODY, cv2.GC_PR_FGD), (CORE, cv2.GC_FGD)):
        points = [(middle + x * head.width, head.y + y * head.height) for x, y in outline]
        cv2.fillPoly(labels, [np.array(points, np.int32)], label)
    at = (round(middle), round(head.y + 0.42 * head.height))
    for across, down, label in ((0.68, 0.8, cv2.GC_PR_FGD), (0.36, 0.45, cv2.GC_FGD)):
        axes = round(across * head.width), round(down * head.height)
        cv2.ellipse(labels, at, axes, 0, 0, 360, label, -1)
    _hold(small, labels, head)
    return labels


def _hold(small: Picture, labels: Labels, head: Head) -> None:
    """Count what is held before the body of a half-length portrait as a part of it.

    That is a dome over the lower edge, the widest that does not look like the background.
    """
    height, width = labels.shape
    if head.y + 5 * head.height < height:
        return
    behind = small[labels == cv2.GC_BGD].reshape(-1, 3).astype(np.float32)
    if len(behind) < 64:
        return
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 12, 1.0)
    start = np.zeros((len(behind), 1), np.int32)
    _, _, colours = cv2.kmeans(behind, 8, start, stop, 1, cv2.KMEANS_PP_CENTERS)
    at = (round(head.x + head.width / 2), height)
    below = height - head.y - head.height
    for across, down in HELD:
        dome = np.zeros((height, width), np.uint8)
        axes = round(across * head.width), max(1, round(min(down * head.height, 0.55 * below)))
        cv2.ellipse(dome, at, axes, 0, 180, 360, 1, -1)
        added = small[(dome > 0) & (labels != cv2.GC_FGD)].astype(np.float32)
        apart = np.linalg.norm(added[:, None] - colours[None], axis=2).min(axis=1)
        if len(added) and (apart < 22).mean() < FAMILIAR:
            labels[dome > 0] = cv2.GC_FGD
            return


def _smooth(mask: Labels) -> Labels:
    """``mask`` without the slivers of background that cling to its outline."""
    tall = max(mask.shape)
    big = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (tall // 16 | 1, tall // 16 | 1))
    near = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (tall // 36 | 1, tall // 36 | 1))
    body = cv2.dilate(cv2.morphologyEx(mask, cv2.MORPH_OPEN, big), near)
    return np.asarray(mask & np.asarray(body, np.uint8), np.uint8)


def _grab(small: Picture, labels: Labels, rounds: int) -> Labels:
    """GrabCut from ``labels``; the mask of the largest connected subject, holes filled."""
    present = set(np.unique(labels).tolist())
    if not (present & {cv2.GC_FGD, cv2.GC_PR_FGD} and present & {cv2.GC_BGD, cv2.GC_PR_BGD}):
        return np.zeros_like(labels)
    model = np.zeros((1, 65)), np.zeros((1, 65))
    try:
        cv2.grabCut(small, labels, (0, 0, 1, 1), *model, rounds, cv2.GC_INIT_WITH_MASK)
    except cv2.error:
        # Too few pixels of one kind for a colour model: nothing can be told apart.
        return np.zeros_like(labels)
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


def _believable(mask: Labels) -> bool:
    """Whether the mask is neither next to nothing nor next to everything."""
    return 0.03 < float(mask.mean()) < 0.9


def _stands_out(small: Picture, mask: Labels) -> bool:
    """Whether a mask that was only guessed is compact, free of the edges, and of its own colour."""
    sides = np.concatenate([mask[0], mask[:, 0], mask[:, -1]])
    if sides.mean() > 0.04:
        return False
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    hull = sum(cv2.contourArea(cv2.convexHull(outline)) for outline in outlines)
    if float(mask.sum()) / max(1.0, hull) < 0.9:
        return False
    reach = max(3, max(mask.shape) // 20)
    about = cv2.dilate(mask, np.ones((reach, reach), np.uint8)) - mask
    lab = cv2.cvtColor(small, cv2.COLOR_BGR2LAB).astype(np.float32)
    inside, outside = (lab[where > 0].mean(axis=0) for where in (mask, about))
    return float(np.linalg.norm(inside - outside)) > 14
