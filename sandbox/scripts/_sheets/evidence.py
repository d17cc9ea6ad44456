"""What speaks for a cell's border at each position, given the colour of the gutter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sandbox.scripts._sheets.strips import Floats, Strips

Profile = npt.NDArray[np.float64]

OUTSIDE = 4
STRONGEST = 2.0


@dataclass(frozen=True)
class Ruling:
    """The colour of the gutters and by how much their pixels deviate from it on average."""

    colour: Floats
    noise: float


@dataclass(frozen=True)
class Evidence:
    """Profiles along one axis. Index ``u`` stands for the line between pixels u − 1 and u."""

    begins: Profile
    """Length + 1: how much a cell seems to begin here (gutter before, content from u on)."""
    ends: Profile
    """Length + 1: how much a cell seems to end here (content before, gutter from u on)."""
    content: Profile
    """Length: the share of strips whose pixel u is not of the gutter's colour."""


def deviation(strips: Strips, gutter: Floats) -> Floats:
    """Strips × positions: by how much each colour differs from the gutter's, in 0 to 255."""
    return np.asarray(np.abs(strips.colour - gutter).max(axis=2), np.float32)


def gather(apart: Floats, noise: float) -> Evidence:
    """Read the deviations ``apart`` from the gutter's colour as evidence for borders.

    A border is where, in most strips, the last two pixels outside have the gutter's colour and
    the first pixels inside do not. Each strip counts by the logarithm of that ratio, so that a
    step of five levels in a clean gutter counts nearly as much as one of two hundred; ``noise``
    is what a gutter pixel deviates by on average. Beyond the canvas all is gutter.
    """
    begins, ends = steps(apart, noise)
    return Evidence(begins.mean(axis=0), ends.mean(axis=0), (apart > 6 + 3 * noise).mean(axis=0))


def steps(apart: Floats, noise: float) -> tuple[Floats, Floats]:
    """Strips × (length + 1): the evidence of each strip for a begin and for an end."""
    rows, length = apart.shape
    padded = np.zeros((rows, length + 2 * OUTSIDE), np.float32)
    padded[:, OUTSIDE : OUTSIDE + length] = apart

    def at(offset: int) -> Floats:
        return padded[:, OUTSIDE + offset : OUTSIDE + offset + length + 1]

    floor = 1.5 + 2.0 * noise
    before, after = np.minimum(at(-1), at(-2)), np.minimum(at(0), at(1))
    into = np.minimum(at(0) + at(1), at(1) + at(2)) / 2
    out_of = np.minimum(at(-1) + at(-2), at(-2) + at(-3)) / 2
    return _ratio(into, before, floor), _ratio(out_of, after, floor)


def _ratio(inside: Floats, outside: Floats, floor: float) -> Floats:
    steps = np.clip(np.log((inside + floor) / (outside + floor)), -1, STRONGEST) / STRONGEST
    trust = 1 / (1 + (outside / (16 + 2 * floor)) ** 2)
    crossed = np.clip((outside - 4 * floor) / (4 * floor), 0, 1) * (outside > 0.5 * inside)
    return np.asarray(steps * trust - 2 * crossed, np.float32)
