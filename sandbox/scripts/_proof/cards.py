"""The stylist's board: further references as prints, taped up in the set and lit by its light."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import cv2
import numpy as np

from sandbox.scripts._proof.cutout import Cutout
from sandbox.scripts._proof.figure import Placed, extent, hard_shadow, similarity, stand
from sandbox.scripts._proof.raster import Light, Size, resize, size_of, warp

MOST = 6
BORDER = 0.05
FOOT = 0.13
PAPER = (0.90, 0.925, 0.93)
TAPE = (0.50, 0.62, 0.66)


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
    item, tape = _print(reference, at, room, lean, size_of(under))
    under = hard_shadow(under, item.matte, 0.6, (0.007, 0.010))
    under = stand(under, item)
    return stand(under, tape)


def _print(
    reference: Cutout, at: tuple[float, float], room: tuple[float, float], lean: float, size: Size
) -> tuple[Placed, Placed]:
    """The reference's photo as a bordered print, and the strip of tape that holds it."""
    photo = _about(reference)
    height, width = photo.shape[:2]
    aspect = float(np.clip(width / height, 0.62, 1.6))
    photo = _cropped(photo, aspect)
    inner_w = min(room[0] * 0.9, (room[1] * 0.84) * aspect)
    border, foot = round(BORDER * inner_w), round(FOOT * inner_w)
    inner = (max(4, round(inner_w)), max(4, round(inner_w / aspect)))
    wide, tall = inner[0] + 2 * border, inner[1] + border + foot
    sheet = np.empty((tall, wide, 3), np.float32)
    sheet[:] = PAPER
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
    patch = np.ones((max(3, strip[1]), max(6, strip[0])), np.float32) * 0.86
    matrix = similarity((patch.shape[1] / 2, patch.shape[0] / 2), 1.0, lean - 4, at)
    turn = np.deg2rad(lean)
    matrix[:, 2] += np.array([np.sin(turn), -np.cos(turn)]) * (tall / 2)
    matte = warp(patch, matrix, size, border=cv2.BORDER_CONSTANT)
    light = np.empty((size[1], size[0], 3), np.float32)
    light[:] = TAPE
    return Placed(light, np.clip(matte, 0, 1))


def _about(reference: Cutout) -> Light:
    """The photo, without the emptiness about an object."""
    if reference.kind != "object":
        return reference.photo
    box = extent(reference.matte)
    margin = 0.10 * max(box.width, box.height)
    height, width = reference.matte.shape
    rows = slice(max(0, round(box.top - margin)), min(height, round(box.bottom + margin)))
    columns = slice(max(0, round(box.left - margin)), min(width, round(box.right + margin)))
    return cast(Light, np.ascontiguousarray(reference.photo[rows, columns]))


def _cropped(photo: Light, aspect: float) -> Light:
    """The middle of ``photo`` in the given aspect."""
    height, width = photo.shape[:2]
    wide, tall = min(width, round(height * aspect)), min(height, round(width / aspect))
    left, top = (width - wide) // 2, (height - tall) // 2
    return cast(Light, np.ascontiguousarray(photo[top : top + tall, left : left + wide]))


def poster(
    under: Light, reference: Cutout, at: tuple[float, float], room: tuple[float, float]
) -> Light:
    """``under`` with the reference's whole photo as one large print, placed by fractions."""
    size = size_of(under)
    spot = at[0] * size[0], at[1] * size[1]
    return _hung(under, reference, spot, (room[0] * size[0], room[1] * size[1]), -1.2)
