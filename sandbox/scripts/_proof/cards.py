"""The stylist's board: further references hung in the set, as cut-outs or as taped prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import cv2
import numpy as np

from sandbox.scripts._proof.cutout import Cutout
from sandbox.scripts._proof.figure import Placed, extent, hard_shadow, place, similarity, stand
from sandbox.scripts._proof.raster import Light, Plane, Size, resize, size_of, warp

MOST = 6
BORDER = 0.045
PAPER = (0.90, 0.925, 0.93)
TAPE = (0.055, 0.05, 0.05)


def hang(
    under: Light,
    references: Sequence[Cutout],
    column: tuple[float, float, float],
    rng: np.random.Generator,
) -> Light:
    """``under`` with ``references`` hung one below the other.

    ``column`` is the middle of the column, its width, and how far down it reaches, all in
    fractions of the picture; at most six are shown.
    """
    shown = references[:MOST]
    if not shown:
        return under
    size = size_of(under)
    middle, wide, reach = column
    columns = 1 if len(shown) <= 3 else 2
    rows = -(-len(shown) // columns)
    slot_w, slot_h = wide * size[0] / columns, reach * size[1] / rows
    for index, reference in enumerate(shown):
        row, at = index // columns, index % columns
        x = middle * size[0] + (at - (columns - 1) / 2) * slot_w
        y = size[1] * 0.075 + (row + 0.5) * slot_h + (0.04 * slot_h if at else 0)
        lean = float(rng.uniform(1.2, 3.4)) * (1 if (index + at) % 2 else -1)
        under = _hung(under, reference, (x, y), (slot_w * 0.86, slot_h * 0.86), lean)
    return under


def _hung(
    under: Light,
    reference: Cutout,
    at: tuple[float, float],
    room: tuple[float, float],
    lean: float,
) -> Light:
    size = size_of(under)
    if reference.kind == "object":
        item = _object(reference, at, room, lean * 0.5, size)
        under = hard_shadow(under, item.matte, 0.62, (0.012, 0.016))
        return stand(under, item)
    item, tape = _print(reference, at, room, lean, size)
    under = hard_shadow(under, item.matte, 0.6, (0.006, 0.008))
    under = stand(under, item)
    return stand(under, tape)


def _object(
    reference: Cutout, at: tuple[float, float], room: tuple[float, float], lean: float, size: Size
) -> Placed:
    box = extent(reference.matte)
    scale = min(room[0] / box.width, room[1] / box.height)
    matrix = similarity((box.x, (box.top + box.bottom) / 2), scale, lean, at)
    placed = place(reference, matrix, size)
    return Placed(cast(Light, placed.light * np.float32(1.06)), placed.matte)


def _print(
    reference: Cutout, at: tuple[float, float], room: tuple[float, float], lean: float, size: Size
) -> tuple[Placed, Placed]:
    """The reference's photo as a bordered print, and the strip of tape that holds it."""
    photo = reference.light
    height, width = photo.shape[:2]
    aspect = float(np.clip(width / height, 0.62, 1.6))
    photo = _cropped(photo, aspect)
    tall = min(room[1], room[0] / aspect)
    wide = round(tall * aspect)
    tall = round(tall)
    border = round(BORDER * max(wide, tall))
    sheet = np.empty((tall, wide, 3), np.float32)
    sheet[:] = PAPER
    inner = (max(4, wide - 2 * border), max(4, tall - 2 * border))
    sheet[border : border + inner[1], border : border + inner[0]] = resize(photo, inner)
    sheen = np.linspace(1.07, 0.93, wide, dtype=np.float32)[None, :, None]
    matrix = similarity((wide / 2, tall / 2), 1.0, lean, at)
    whole = np.ones((tall, wide), np.float32)
    item = Placed(
        warp(cast(Light, sheet * sheen), matrix, size, border=cv2.BORDER_REPLICATE),
        warp(whole, matrix, size, border=cv2.BORDER_CONSTANT),
    )
    return item, _tape(at, (wide, tall), lean, size)


def _tape(at: tuple[float, float], sheet: Size, lean: float, size: Size) -> Placed:
    wide, tall = sheet
    strip = round(0.26 * min(wide, tall)), round(0.075 * min(wide, tall))
    patch = np.ones((max(3, strip[1]), max(6, strip[0])), np.float32) * 0.94
    matrix = similarity((patch.shape[1] / 2, patch.shape[0] / 2), 1.0, lean - 4, at)
    turn = np.deg2rad(lean)
    matrix[:, 2] += np.array([np.sin(turn), -np.cos(turn)]) * (tall / 2)
    matte = warp(patch, matrix, size, border=cv2.BORDER_CONSTANT)
    light = np.empty((size[1], size[0], 3), np.float32)
    light[:] = TAPE
    return Placed(light, np.clip(matte, 0, 1))


def _cropped(photo: Light, aspect: float) -> Light:
    """The middle of ``photo`` in the given aspect."""
    height, width = photo.shape[:2]
    wide, tall = min(width, round(height * aspect)), min(height, round(width / aspect))
    left, top = (width - wide) // 2, (height - tall) // 2
    return cast(Light, np.ascontiguousarray(photo[top : top + tall, left : left + wide]))


def board(size: Size) -> Plane:
    """An empty plane of ``size``, for callers that collect mattes."""
    return np.zeros((size[1], size[0]), np.float32)
