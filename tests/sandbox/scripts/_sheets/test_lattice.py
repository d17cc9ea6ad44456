"""Columns and rows from the evidence along one axis."""

from __future__ import annotations

import numpy as np
import pytest

from sandbox.scripts._sheets.evidence import Evidence
from sandbox.scripts._sheets.lattice import fit


def evidence(length: int, begins: list[int], ends: list[int], content: list[tuple[int, int]]):
    """Borders that are seen, and where content stands."""
    found = Evidence(np.zeros(length + 1), np.zeros(length + 1), np.zeros(length))
    found.begins[begins] = 1
    found.ends[ends] = 1
    for low, high in content:
        found.content[low:high] = 1
    return found


def test_seen_borders_are_taken_as_they_are() -> None:
    """However different the gutters are."""
    cells = [(10, 110), (118, 218), (250, 350)]
    seen = evidence(360, [a for a, _ in cells], [b for _, b in cells], cells)
    found = fit(seen, 3)
    assert found is not None
    assert [(span.begin, span.end) for span in found.spans] == cells


@pytest.mark.parametrize("gap", [None, 6.0])
def test_unseen_span_stands_in_the_middle(gap: float | None) -> None:
    """Where neither border of a cell is seen, its gutters are taken to be alike."""
    cells = [(10, 110), (250, 350)]
    seen = evidence(360, [a for a, _ in cells], [b for _, b in cells], [*cells, (160, 200)])
    found = fit(seen, 3, gap)
    assert found is not None
    middle = found.spans[1]
    assert (middle.begin + middle.end) / 2 == pytest.approx(180, abs=0.5)
    assert middle.end - middle.begin == pytest.approx(100, abs=1)
