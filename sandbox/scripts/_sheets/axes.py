"""One axis of a sheet on its own, where the lattice of equal cells does not fit it.

The cells may touch along one axis and have gutters along the other; or they may be of unequal
length, with a gutter between each two.
"""

from __future__ import annotations

import itertools

import numpy as np

from sandbox.scripts._images import Picture
from sandbox.scripts._sheets import seams
from sandbox.scripts._sheets.evidence import Profile, Ruling, deviation, gather
from sandbox.scripts._sheets.lattice import Fit, Span
from sandbox.scripts._sheets.strips import Strips

BLANK = 0.02
"""The share of strips that may differ from the gutter's colour on a line of gutter."""
FILLED = 0.3
"""The same that must differ somewhere in a cell."""
SHORTEST = 0.4
"""A cell has at least this share of an even split."""
WIDEST = 0.12
"""A gutter between unequal cells has at most this share of an even split."""
UNLIKE = 2.0
"""Its gutters differ in width by this factor at the most, or by two pixels: blank bands within the
pictures do by more."""
APART = 1.08
"""Spans whose lengths differ by this factor are unequal."""
INSIDE = 0.03
"""A gutter this share of a cell away from its borders is inside it."""


def seamed(picture: Picture, strips: Strips, count: int, ruling: Ruling, other: Fit) -> Fit | None:
    """The spans of an axis along which cells touch, by the seams within the spans of the ``other``.

    ``picture`` lies so that the axis runs from left to right, and ``strips`` are its slices.
    """
    filled = np.flatnonzero(_content(strips, ruling) > FILLED)
    if len(filled) == 0:
        return None
    begin, end = float(filled[0]), float(filled[-1] + 1)
    bounds = [(span.begin, span.end) for span in other.spans]
    cuts = seams.split(picture, count, bounds, begin, end)
    if cuts is None:
        return None
    return Fit(tuple(Span(a, b, 0, 0) for a, b in itertools.pairwise(cuts)), 0.0)


def banded(strips: Strips, count: int, ruling: Ruling) -> Fit | None:
    """The spans between blank bands that run through the whole sheet, if they are as many as asked
    for, and the bands are alike and narrow enough to be gutters. The spans need not be equal."""
    runs = _runs(_content(strips, ruling))
    least = SHORTEST * strips.length / count
    if len(runs) != count or any(end - begin < least for begin, end in runs):
        return None
    gaps = [after[0] - before[1] for before, after in itertools.pairwise(runs)]
    if max(gaps) > WIDEST * strips.length / count:
        return None
    if max(gaps) > max(UNLIKE * min(gaps), min(gaps) + 2):
        return None
    return Fit(tuple(Span(float(a), float(b), 0, 0) for a, b in runs), 0.0)


def unequal(found: Fit) -> bool:
    """Whether the spans differ in length by more than seeing them allows for."""
    lengths = [span.end - span.begin for span in found.spans]
    return max(lengths) > APART * min(lengths)


def crossed(strips: Strips, found: Fit, ruling: Ruling) -> bool:
    """Whether a gutter runs inside of a span, so that the spans cannot be right."""
    content = _content(strips, ruling)
    for span in found.spans:
        away = INSIDE * (span.end - span.begin)
        inner = content[round(span.begin + away) : round(span.end - away)]
        blank = inner <= BLANK
        if (blank[:-2] & blank[1:-1] & blank[2:]).any():
            return True
    return False


def _content(strips: Strips, ruling: Ruling) -> Profile:
    return gather(deviation(strips, ruling.colour), ruling.noise).content


def _runs(content: Profile) -> list[tuple[int, int]]:
    """The stretches that are not blank; single lines within are."""
    filled = np.concatenate([[False], content > BLANK, [False]])
    edges = np.flatnonzero(filled[1:] != filled[:-1])
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 2]
