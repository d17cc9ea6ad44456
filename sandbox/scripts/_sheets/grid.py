"""The grid of a ruled sheet: which colour its gutters have, and its columns and rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sandbox.scripts._images import Picture
from sandbox.scripts._sheets import lattice
from sandbox.scripts._sheets.evidence import Ruling, deviation, gather
from sandbox.scripts._sheets.lattice import Fit, Span
from sandbox.scripts._sheets.strips import Floats, Strips, slice_up, transposed

COLOURS = 10
ROUGHEST = 32
"""No gutter's line is less even than this, in levels of its middle strips."""
NOISIEST = 16
"""Gutters that deviate by more than this on average were not found well."""
SEEN = 0.1
CLEARLY = 1.2
"""Mean worth of a span from which a finer grid than the one asked for is believed."""


@dataclass(frozen=True)
class Both:
    """A picture in horizontal strips, for its upright lines, and in vertical ones."""

    across: Strips
    down: Strips

    @classmethod
    def of(cls, picture: Picture) -> Both:
        """Slice ``picture`` up in both directions."""
        return cls(slice_up(picture), slice_up(transposed(picture)))


@dataclass(frozen=True)
class Grid:
    """What the evidence makes of a picture, for one colour of gutters.

    ``columns`` or ``rows`` is None where no chain of cells fits the evidence at all.
    """

    columns: Fit | None
    rows: Fit | None
    ruling: Ruling

    @property
    def score(self) -> float:
        """The worth of a column's and of a row's two borders, summed: up to about 3.8."""
        return sum(fit.mean for fit in (self.columns, self.rows) if fit)


def fit(both: Both, rows: int, cols: int) -> Grid | None:
    """The grid for the likeliest gutter colour, or None where nothing could be a gutter.

    Fitted twice: for every colour that may be the gutter's, and again for the best one with its
    colour, its noise and the usual width of the gutters read from the gutters found.
    """
    grids = [_fit(both, rows, cols, ruling, None) for ruling in colours(both)]
    if not grids:
        return None
    best = max(grids, key=lambda grid: grid.score)
    again = _fit(both, rows, cols, _read_back(both, best), _usual_gap(best))
    return again if again.score > 0.8 * best.score else best


def counts(both: Both, found: Grid) -> tuple[int, int]:
    """Rows and columns that the picture really has, as far as more than were fitted are there."""
    return (
        _count(both.down, found.rows, found.ruling),
        _count(both.across, found.columns, found.ruling),
    )


def _count(strips: Strips, found: Fit | None, ruling: Ruling) -> int:
    if found is None:
        return 0
    fitted = len(found.spans)
    evidence = gather(deviation(strips, ruling.colour), ruling.noise)
    for count in range(2 * fitted + 2, fitted, -1):
        finer = lattice.fit(evidence, count)
        if finer and finer.mean >= max(CLEARLY, 0.85 * found.mean):
            return count
    return fitted


def _fit(both: Both, rows: int, cols: int, ruling: Ruling, gap: float | None) -> Grid:
    across = gather(deviation(both.across, ruling.colour), ruling.noise)
    down = gather(deviation(both.down, ruling.colour), ruling.noise)
    return Grid(lattice.fit(across, cols, gap), lattice.fit(down, rows, gap), ruling)


def colours(both: Both) -> list[Ruling]:
    """Colours that the gutters may have, the likeliest first.

    A gutter is a flat line that stands out from the lines beside it, by being flatter or by its
    colour. Such lines are grouped by colour, and each votes for its group.
    """
    lines = [line for strips in (both.across, both.down) for line in _flat_lines(strips)]
    lines.sort(key=lambda line: line[1])
    groups: list[tuple[Floats, float, list[float]]] = []
    for colour, unrest, vote in lines:
        for known, _, votes in groups:
            if np.abs(known - colour).max() < 2 + 0.5 * unrest:
                votes.append(vote)
                break
        else:
            groups.append((colour, unrest, [vote]))
    groups.sort(key=lambda group: -sum(group[2]))
    return [Ruling(colour, unrest) for colour, unrest, _ in groups[:COLOURS]]


def _flat_lines(strips: Strips) -> list[tuple[Floats, float, float]]:
    """Colour, unrest and vote of every line that may belong to a gutter."""
    middle = np.median(strips.colour, axis=0)
    unrest = np.percentile(np.abs(strips.colour - middle).max(axis=2), 60, axis=0)
    apart = np.zeros(len(unrest))
    for offset in (-6, -3, 3, 6):
        other = np.clip(np.arange(len(unrest)) + offset, 0, len(unrest) - 1)
        apart = np.maximum(apart, np.abs(middle - middle[other]).max(axis=1))
        apart = np.maximum(apart, unrest[other] - unrest)
    votes = np.clip(apart / 8, 0, 1) / (1 + unrest)
    chosen = np.flatnonzero((unrest < ROUGHEST) & (apart > 2))
    return [(middle[at], float(unrest[at]), float(votes[at])) for at in chosen]


def _gutters(grid: Grid, both: Both) -> Iterator[tuple[Strips, Span, Span]]:
    """Every gutter, by the spans before and after it, with the strips that cross it."""
    for strips, found in ((both.across, grid.columns), (both.down, grid.rows)):
        if found:
            for before, after in zip(found.spans, found.spans[1:], strict=False):
                yield strips, before, after


def _usual_gap(grid: Grid) -> float | None:
    """The median width of the gutters whose two borders are both seen."""
    widths = [
        after.begin - before.end
        for found in (grid.columns, grid.rows)
        if found
        for before, after in zip(found.spans, found.spans[1:], strict=False)
        if before.end_support > SEEN and after.begin_support > SEEN
    ]
    return float(np.median(widths)) if widths else None


def _read_back(both: Both, grid: Grid) -> Ruling:
    """The gutters' colour and noise, read from the gutters that were found."""
    pixels = []
    for strips, before, after in _gutters(grid, both):
        low, high = round(before.end), round(after.begin)
        edge = 1 if high - low >= 4 else 0
        pixels.append(strips.colour[:, low + edge : high - edge].reshape(-1, 3))
    values = np.concatenate(pixels) if pixels else np.empty((0, 3), np.float32)
    if len(values) == 0:
        return grid.ruling
    colour = np.median(values, axis=0).astype(np.float32)
    apart = np.sort(np.abs(values - colour).max(axis=1))
    noise = float(apart[: max(1, int(0.85 * len(apart)))].mean())
    return Ruling(colour, noise) if noise < NOISIEST else grid.ruling
