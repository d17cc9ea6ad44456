"""The frames of a sheet once its cells are known: inside their borders, upright, of one size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from sandbox.scripts._command import ScriptError
from sandbox.scripts._images import Picture
from sandbox.scripts._sheets.borders import Box, Cell, Side
from sandbox.scripts._sheets.corners import DIAGONAL, patch, radius
from sandbox.scripts._sheets.find import Layout
from sandbox.scripts._sheets.skew import straighten

LOSS = 0.022
"""The share of a cell that may be cut away inside of its borders."""
SAFETY = ((300, 0.0), (1000, 1.0))
"""Pixels kept away from a border, by the shorter side of the cell: none below 300, 1 below 1000,
and 2 from there."""
MOST_SAFETY = 2.0
STRETCH = 0.02
"""By how much a frame may be wider or narrower than it was: nobody sees that."""
UNLIKE = 0.08
"""The share of an unequal cell that may be cropped away to give its frame the others' shape."""


@dataclass(frozen=True)
class Frame:
    """One frame, and the corners of what it shows on the sheet, clockwise from the upper left."""

    picture: Picture
    quad: npt.NDArray[np.float64]
    resampled: bool


def cut(picture: Picture, layout: Layout) -> list[Frame]:
    """Cut every cell of ``layout`` out of ``picture``, all at one size.

    Each frame lies inside its cell's borders by what the gutter bleeds into it and a pixel or two
    more, as far as ``LOSS`` allows, and by what rounded corners need; where those need more than
    that, they are painted over instead. Straight cells of nearly one size are copied pixel by
    pixel; turned or unequal ones are resampled.
    """
    straight = straighten(picture, layout.skew)
    round_by = radius(straight, layout.cells, layout.ruling) if layout.ruling else 0.0
    boxes = [_inside(cell, layout, round_by) for cell in layout.cells]
    trimmed = _trim(boxes, layout.cells)
    width = math.floor(np.median([box[2] - box[0] for box in trimmed]))
    height = math.floor(np.median([box[3] - box[1] for box in trimmed]))
    frames = []
    for cell, box in zip(layout.cells, trimmed, strict=True):
        frame = _render(picture, straight, layout, box, (width, height))
        if round_by:
            scale = width / (box[2] - box[0])
            left, top, right, bottom = (
                scale * abs(a - b) for a, b in zip(box, cell.box, strict=True)
            )
            patched = patch(frame.picture, (left, top, right, bottom), scale * round_by)
            frame = replace(frame, picture=patched)
        frames.append(frame)
    return frames


def _inside(cell: Cell, layout: Layout, round_by: float) -> Box:
    """The part of a cell that is kept: whole pixels, unless the sheet is turned."""
    left, top, right, bottom = cell.box
    across, down = right - left, bottom - top
    whole = layout.skew.none
    safety = next((pixels for below, pixels in SAFETY if min(across, down) < below), MOST_SAFETY)
    most = LOSS / 2 / (1 / across + 1 / down)
    corner = round_by * DIAGONAL + 0.5 if round_by else 0.0
    if corner > most:
        corner = 0.0

    def inset(side: Side) -> float:
        if whole:
            bleed = round(side.clean - side.edge)
            return side.edge + max(min(bleed + safety, math.floor(most)), math.ceil(corner))
        return max(min(max(side.clean, 0.0) + safety, most), min(0.75, most), corner)

    kept = (
        left + inset(cell.left),
        top + inset(cell.top),
        right - inset(cell.right),
        bottom - inset(cell.bottom),
    )
    if not whole:
        return kept
    return (
        float(round(kept[0])),
        float(round(kept[1])),
        float(round(kept[2])),
        float(round(kept[3])),
    )


def _trim(boxes: list[Box], cells: Sequence[Cell]) -> list[Box]:
    """All boxes at the size of the smallest, about their middles, if none loses much by that."""
    width = math.floor(min(right - left for left, _, right, _ in boxes))
    height = math.floor(min(bottom - top for _, top, _, bottom in boxes))
    for left, top, right, bottom in (cell.box for cell in cells):
        if 1 - width * height / ((right - left) * (bottom - top)) > LOSS:
            return _alike(boxes)
    trimmed = []
    for left, top, right, bottom in boxes:
        x, y = left + (right - left - width) // 2, top + (bottom - top - height) // 2
        trimmed.append((x, y, x + width, y + height))
    return trimmed


def _alike(boxes: list[Box]) -> list[Box]:
    """Unequal boxes cropped about their middles to the usual shape, where theirs is not nearly it.

    They are brought to one size afterwards, and nobody is to look slimmer for it. Raises
    :class:`ScriptError` where a frame would lose too much.
    """
    usual = float(np.median([(box[2] - box[0]) / (box[3] - box[1]) for box in boxes]))
    cropped = []
    for left, top, right, bottom in boxes:
        across, down = right - left, bottom - top
        x = y = 0
        if abs(across / down / usual - 1) > STRETCH:
            x = round(max(0.0, across - down * usual) / 2)
            y = round(max(0.0, down - across / usual) / 2)
        lost = 1 - (across - 2 * x) * (down - 2 * y) / (across * down)
        if lost > UNLIKE:
            raise ScriptError(
                f"its cells are too unequal for frames of one shape: {lost:.0%} of one would be "
                f"cropped away, and {UNLIKE:.0%} are the most: give a sheet of equal cells"
            )
        cropped.append((left + x, top + y, right - x, bottom - y))
    return cropped


def _render(
    picture: Picture, straight: Picture, layout: Layout, box: Box, size: tuple[int, int]
) -> Frame:
    left, top, right, bottom = box
    sheet = layout.skew.matrix(picture.shape[1], picture.shape[0])
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    quad = corners @ sheet[:, :2].T + sheet[:, 2]
    if layout.skew.none:
        crop = straight[round(top) : round(bottom), round(left) : round(right)]
        if (crop.shape[1], crop.shape[0]) == size:
            return Frame(np.ascontiguousarray(crop), quad, False)
        larger = crop.shape[1] < size[0] or crop.shape[0] < size[1]
        how = cv2.INTER_CUBIC if larger else cv2.INTER_AREA
        return Frame(np.asarray(cv2.resize(crop, size, interpolation=how), np.uint8), quad, True)
    scale = np.diag([(right - left) / size[0], (bottom - top) / size[1]])
    matrix = np.empty((2, 3))
    matrix[:, :2] = sheet[:, :2] @ scale
    matrix[:, 2] = sheet[:, :2] @ (left, top) + sheet[:, 2] + matrix[:, :2] @ (0.5, 0.5) - 0.5
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    frame = cv2.warpAffine(picture, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return Frame(np.asarray(frame, np.uint8), quad, True)
