"""What lies around a sheet on its canvas, painted over so that it looks like more gutter.

A sheet that was turned stands on a canvas: wedges of another colour at its sides, and beyond the
canvas nothing at all. A sheet may also have a frame of another colour around it. Neither is a
cell, and neither has the gutter's colour.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from sandbox.scripts._images import Picture
from sandbox.scripts._sheets.evidence import Ruling
from sandbox.scripts._sheets.skew import Skew
from sandbox.scripts._sheets.strips import Floats, slice_up

DEEPEST = 0.3
"""What surrounds a sheet takes at most this share of a cell on each side."""
APART = 10.0
"""Levels by which the surrounding colour differs from the gutter's."""
BLOCKED = 0.3
"""The share of strips without the surrounding colour from which something else has begun."""
ENDED = 0.45
"""The same share right behind that, where the surrounding colour has ended for good."""
WIDEST_BLUR = 4
"""Pixels within which one colour turns into the other."""

STRAY = 0.1
"""The share up to which that may happen before, by what JPEG does near an edge."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Edge:
    """How many pixels deep something surrounds the sheet on one side, and its colour."""

    at: int
    around: Floats


def paint_over(
    straight: Picture, skew: Skew, ruling: Ruling, rows: int, cols: int
) -> Picture | None:
    """``straight`` with what surrounds the sheet in the gutter's colour; None if nothing does."""
    height, width = straight.shape[:2]
    beyond = _beyond(skew, width, height)
    found = beyond.copy()
    for turns, edge in enumerate(_edges(straight, beyond, rows, cols, min(ruling.noise, 8))):
        if edge and np.abs(edge.around - ruling.colour).max() >= APART:
            side = np.ascontiguousarray(np.rot90(straight, turns)[:, : edge.at + 1 + WIDEST_BLUR])
            depth = edge.at + 1 + _blur(slice_up(side).colour[:, edge.at + 1 :], ruling)
            np.rot90(found, turns)[:, :depth] = True
    if not found.any():
        return None
    painted = straight.copy()
    painted[found] = np.rint(ruling.colour).astype(np.uint8)
    return painted


def within(straight: Picture, skew: Skew, rows: int, cols: int) -> Picture | None:
    """The part of ``straight`` that nothing surrounds; None if that is all of it.

    For a first look at a sheet whose surroundings are more like a gutter than its gutters are.
    """
    height, width = straight.shape[:2]
    edges = _edges(straight, _beyond(skew, width, height), rows, cols, 2.0)
    left, top, right, bottom = (edge.at + WIDEST_BLUR if edge else 0 for edge in edges)
    if not any((left, top, right, bottom)):
        return None
    return np.ascontiguousarray(straight[top : height - bottom, left : width - right])


def _beyond(skew: Skew, width: int, height: int) -> Mask:
    """Where the straightened picture shows nothing of the canvas, and a pixel more."""
    if skew.none:
        return np.zeros((height, width), bool)
    matrix = skew.matrix(width, height)
    matrix[:, 2] += matrix[:, :2] @ (0.5, 0.5) - 0.5
    canvas = np.full((height, width), 255, np.uint8)
    inside = cv2.warpAffine(
        canvas, matrix, (width, height), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    )
    return np.asarray(cv2.erode(inside, np.ones((3, 3), np.uint8), borderValue=255) < 255)


def _edges(
    straight: Picture, beyond: Mask, rows: int, cols: int, noise: float
) -> list[Edge | None]:
    """Where the surroundings end on the left, at the top, on the right and at the bottom."""
    height, width = straight.shape[:2]
    depths = (width / cols, height / rows) * 2
    return [
        _edge(
            np.ascontiguousarray(np.rot90(straight, turns)),
            np.rot90(beyond, turns),
            int(DEEPEST * depth),
            noise,
        )
        for turns, depth in enumerate(depths)
    ]


def _edge(side: Picture, outside: Mask, deepest: int, noise: float) -> Edge | None:
    """How deep one colour reaches from the left: None where there is none, or no end."""
    strips = slice_up(side)
    colour = strips.colour[:, : deepest + 8]
    height = len(colour) * strips.thickness
    shape = len(colour), strips.thickness, colour.shape[1]
    gone = np.asarray(outside[:height, : colour.shape[1]].reshape(shape).any(axis=1), bool)
    first = np.argmin(gone, axis=1)
    begins = np.arange(len(colour))[~gone.all(axis=1) & (first < deepest // 2)]
    if len(begins) < 4:
        return None
    around = np.median(colour[begins, first[begins] + 1], axis=0)
    other = (np.abs(colour - around).max(axis=2) > 6 + 2 * noise) & ~gone
    share = other.sum(axis=0) / np.maximum(1, (~gone).sum(axis=0))
    enough = (~gone).sum(axis=0) >= 4
    stops = np.flatnonzero((share > BLOCKED) & enough)
    if len(stops) == 0 or not 1 <= stops[0] <= deepest:
        return None
    edge = int(stops[0])
    quiet = slice(0, max(1, edge - WIDEST_BLUR))
    before = share[quiet][enough[quiet]]
    if len(before) == 0 or before.max() > STRAY or share[edge : edge + 4].max() < ENDED:
        return None
    return Edge(edge, around)


def _blur(colour: Floats, ruling: Ruling) -> int:
    """How many positions the surrounding colour takes to become the gutter's: they belong to
    neither, and one line of them would look like a border. 0 where no gutter follows."""
    apart = np.abs(colour - ruling.colour).max(axis=2)
    gutter = (apart < 8 + 3 * min(ruling.noise, 8)).mean(axis=0) > 0.5
    return int(np.argmax(gutter)) if gutter.any() else 0
