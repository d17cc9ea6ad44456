"""What lies around a sheet is known for what it is, and neither margin nor cell is lost to it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from sandbox.scripts._sheets.evidence import Ruling
from sandbox.scripts._sheets.skew import Skew
from sandbox.scripts._sheets.surround import paint_over

WHITE = Ruling(np.array([255, 255, 255], np.float32), 0.2)
DEPTH = 30


def sheet(margin: int, blur: int, inside: int) -> np.ndarray:
    """A black canvas around a white sheet, whose 2 × 3 cells have a texture and one flat half."""
    picture = np.zeros((480, 640, 3), np.uint8)
    picture[DEPTH:-DEPTH, DEPTH:-DEPTH] = 255
    dice = np.random.default_rng(3)
    rest = DEPTH + margin
    area = picture[rest:-rest, rest:-rest]
    area[:] = dice.integers(60, 200, area.shape)
    area[: area.shape[0] // 2 - 10, :] = inside
    return np.asarray(cv2.blur(picture, (blur, blur)), np.uint8)


@pytest.mark.parametrize("blur", [1, 3, 5])
def test_blurred_edge_is_painted_too(blur: int) -> None:
    """No dark line is left between the painted canvas and the margin: it would look like a cell."""
    painted = paint_over(sheet(20, blur, 90), Skew(), WHITE, 2, 3)
    assert painted is not None
    assert painted[100:400, : DEPTH + 10].min() > 240


def test_dark_cells_do_not_hide_the_edge() -> None:
    """Half of what borders on a black canvas may be black itself."""
    painted = paint_over(sheet(0, 1, 0), Skew(), WHITE, 2, 3)
    assert painted is not None
    assert painted[:, : DEPTH - 1].min() == 255
    assert painted[300:400, DEPTH + 4 : 200].max() < 250


def test_sheet_that_fills_its_picture_is_left_alone() -> None:
    """Nothing lies around it."""
    inner = sheet(20, 1, 90)[DEPTH:-DEPTH, DEPTH:-DEPTH]
    assert paint_over(np.ascontiguousarray(inner), Skew(), WHITE, 2, 3) is None
