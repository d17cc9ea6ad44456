"""The layout of a contact sheet."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from sandbox.scripts._proof import sheet


@pytest.mark.parametrize("size", [(2528, 1696), (504, 336), (96, 96)])
def test_cells_in_reading_order(size: tuple[int, int]) -> None:
    """Six cells, left to right, top to bottom, inside the sheet, with paper between them."""
    cells = sheet.layout(size, 1)
    assert len(cells) == 6
    assert [(c.y, c.x) for c in cells] == sorted((c.y, c.x) for c in cells)
    for row in (cells[:3], cells[3:]):
        assert row[0].x >= 2
        assert row[2].x + row[2].width <= size[0] - 2
        assert all(b.x - a.x - a.width >= 2 for a, b in itertools.pairwise(row))
    assert cells[3].y - cells[0].y - cells[0].height >= 2


def test_gutters_are_irregular() -> None:
    """Over a few seeds, gutters and margins differ from one another, and cells a little."""
    gaps, widths = set(), set()
    for seed in range(5):
        first, second, third, *_ = sheet.layout((2528, 1696), seed)
        gaps |= {first.x, second.x - first.x - first.width, third.x - second.x - second.width}
        widths |= {first.width, second.width, third.width}
    assert len(gaps) > 5
    assert 3 < max(widths) - min(widths) < 60


def test_assembled() -> None:
    """Each shot fills its cell and nothing else."""
    cells = sheet.layout((200, 140), 2)
    shots = [np.full((c.height, c.width, 3), n, np.uint8) for n, c in enumerate(cells)]
    drawn = sheet.assemble((200, 140), cells, shots)
    for number, cell in enumerate(cells):
        assert (drawn == number).all(axis=2).sum() == cell.width * cell.height
