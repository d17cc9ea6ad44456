"""Rounded corners: how round they are, and what to do about the gutter that shows in them."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from sandbox.scripts._images import Picture
from sandbox.scripts._sheets.borders import Box, Cell
from sandbox.scripts._sheets.evidence import Ruling

DIAGONAL = 1 - 2**-0.5
"""From the corner of a square to the arc of radius 1 in it, along either side."""
LARGEST = 0.12
"""Corners are rounded by at most this share of the cell's shorter side."""
ALIKE = 0.3
"""The corners of one sheet are rounded alike, to this share."""


def radius(straight: Picture, cells: Sequence[Cell], ruling: Ruling) -> float:
    """The radius in pixels at which the sheet's cells are rounded, 0 for square corners.

    Measured on the diagonal of every corner, up to the first pixel that is no gutter. Corners
    whose own content has the gutter's colour disagree with one another and are outvoted.
    """
    runs = [run for cell in cells for run in _runs(straight, cell.box, ruling)]
    valid = np.array([run for run in runs if run is not None], float)
    if len(valid) < 0.4 * len(runs):
        return 0.0
    middle = float(np.median(valid))
    alike = valid[np.abs(valid - middle) <= max(1.5, ALIKE * middle)]
    if middle < 2 or len(alike) < 0.5 * len(valid):
        return 0.0
    return float(np.quantile(alike, 0.9)) / DIAGONAL


def _runs(straight: Picture, box: Box, ruling: Ruling) -> list[int | None]:
    """For each corner, how many pixels of its diagonal are gutter; None when nearly all are."""
    left, top, right, bottom = box
    reach = int(LARGEST * min(right - left, bottom - top))
    height, width = straight.shape[:2]
    found: list[int | None] = []
    for x, across in ((left + 0.5, 1), (right - 0.5, -1)):
        for y, down in ((top + 0.5, 1), (bottom - 0.5, -1)):
            steps = np.arange(reach)
            column = np.clip(np.floor(x + across * steps), 0, width - 1).astype(int)
            row = np.clip(np.floor(y + down * steps), 0, height - 1).astype(int)
            apart = np.abs(straight[row, column].astype(np.float32) - ruling.colour).max(axis=1)
            limit = max(8 + 4 * ruling.noise, 0.35 * float(np.median(apart[reach // 2 :])))
            content = apart > limit
            both = content[:-1] & content[1:]
            found.append(int(both.argmax()) if both.any() else None)
    return found


def patch(frame: Picture, insets: Box, round_by: float) -> Picture:
    """Paint over what is left of the gutter in the corners of ``frame``, from the pixels beside it.

    ``insets`` is how far inside of the cell's left, top, right and bottom the frame begins and
    ends. Only for corners rounded so much that cutting them away would cost too much picture.
    """
    height, width = frame.shape[:2]
    reach = int(np.ceil(round_by)) + 2
    mask = np.zeros((height, width), np.uint8)
    y, x = np.mgrid[0:reach, 0:reach] + 0.5
    left, top, right, bottom = insets
    for first, flip_x in ((left, False), (right, True)):
        for second, flip_y in ((top, False), (bottom, True)):
            away = np.hypot(round_by - x - first, round_by - y - second)
            inside = (x + first < round_by) & (y + second < round_by)
            piece = np.where(inside & (away > round_by - 1.5), 255, 0).astype(np.uint8)
            view = mask[::-1] if flip_y else mask
            view = view[:, ::-1] if flip_x else view
            view[:reach, :reach] |= piece[:height, :width]
    if not mask.any():
        return frame
    return np.asarray(cv2.inpaint(frame, mask, 3, cv2.INPAINT_TELEA), np.uint8)
