"""Sheets as they come from the world: cut to the cell, told about, or refused."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from sandbox.scripts._command import ScriptError
from sandbox.scripts._images import read
from sandbox.scripts._sheets.cut import Frame, cut
from sandbox.scripts._sheets.find import find

CASES = Path(__file__).parents[1] / "cases"
TRUE = json.loads((CASES / "sheets.json").read_text())


def frames(name: str) -> tuple[list[Frame], str]:
    """The frames of a case, two rows of three, and what is said of it."""
    picture = read(CASES / name)
    layout = find(picture, 2, 3)
    return cut(picture, layout), layout.note or ""


def overlaps(name: str, found: list[Frame]) -> list[float]:
    """Intersection over union of each frame with its true cell."""
    shares = []
    for frame, (left, top, right, bottom) in zip(found, TRUE[name], strict=True):
        truth = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
        quad = frame.quad.astype(np.float32)
        common, _ = cv2.intersectConvexConvex(quad, truth)
        shares.append(common / (cv2.contourArea(quad) + cv2.contourArea(truth) - common))
    return shares


@pytest.mark.parametrize(
    "name",
    [
        "sheet-gutter-between-columns-only-with-margin.jpg",
        "sheet-gutter-between-rows-only-black.jpg",
    ],
)
def test_each_axis_is_solved_on_its_own(name: str) -> None:
    """Gutters along one axis and touching pictures along the other are both found, and said."""
    found, note = frames(name)
    assert min(overlaps(name, found)) >= 0.97
    assert "touch" in note


def test_unequal_columns_are_cropped_and_not_stretched() -> None:
    """Nobody looks slimmer for the column they stand in."""
    name = "sheet-columns-of-unequal-width-370-430-400.jpg"
    found, note = frames(name)
    shapes = []
    for frame in found:
        (left, top), _, (right, bottom), _ = frame.quad
        shapes.append((right - left) / (bottom - top))
    assert max(shapes) / min(shapes) < 1.02
    assert len({frame.picture.shape for frame in found}) == 1
    assert "unequal" in note


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("sheet-asked-2x3-has-4x6-without-gutters.jpg", "has 4 × 6 cells, not 2 × 3"),
        ("sheet-rows-of-unequal-height-292-242.jpg", "too unequal for frames of one shape"),
    ],
)
def test_what_cannot_be_cut_right_is_refused(name: str, reason: str) -> None:
    """Another number of cells than asked for, or cells too unlike, is no silent accident."""
    with pytest.raises(ScriptError, match=reason):
        frames(name)


def test_an_empty_cell_is_told() -> None:
    """A cell without a picture is cut like the others, and named."""
    _, note = frames("sheet-cell-6-empty-white.jpg")
    assert "cell 6: empty" in note
