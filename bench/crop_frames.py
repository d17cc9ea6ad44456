"""Contact sheets with known truth, cut by ``crop_frames``: how well, by family of sheets."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from rich.table import Table

from bench import families
from bench.sheets import Sheet
from sandbox.scripts._command import ScriptError
from sandbox.scripts._sheets.find import Layout, find

NAME = "crop_frames: cells found on ruled sheets"
SEEDS = range(5_000, 5_008)
GOAL = 0.97


@dataclass(frozen=True)
class Score:
    """One family: intersection over union of every frame, sheets refused, seconds a sheet."""

    overlaps: list[float]
    refused: int
    seconds: list[float]


def score(
    family: str, seeds: range = SEEDS, make: Callable[[str, int], Sheet] = families.make
) -> Score:
    """Cut the sheets of ``family`` that ``make`` draws for the seeds."""
    overlaps: list[float] = []
    seconds: list[float] = []
    refused = 0
    for seed in seeds:
        sheet = make(family, seed)
        begun = time.perf_counter()
        try:
            layout = find(sheet.picture, sheet.rows, sheet.cols)
        except ScriptError:
            refused += 1
            continue
        finally:
            seconds.append(time.perf_counter() - begun)
        overlaps += _overlaps(layout, sheet)
    return Score(overlaps, refused, seconds)


def _overlaps(layout: Layout, sheet: Sheet) -> list[float]:
    height, width = sheet.picture.shape[:2]
    matrix = layout.skew.matrix(width, height)
    found = []
    for cell, truth in zip(layout.cells, sheet.quads, strict=True):
        left, top = cell.left.at + cell.left.clean, cell.top.at + cell.top.clean
        right, bottom = cell.right.at - cell.right.clean, cell.bottom.at - cell.bottom.clean
        corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
        quad = (corners @ matrix[:, :2].T + matrix[:, 2]).astype(np.float32)
        other = truth.astype(np.float32)
        common, _ = cv2.intersectConvexConvex(quad, other)
        found.append(common / (cv2.contourArea(quad) + cv2.contourArea(other) - common))
    return found


def table() -> Table:
    """The families of :mod:`bench.families`, see :func:`rows`."""
    return rows(NAME, {family: score(family) for family in families.FAMILIES})


def rows(name: str, scores: Mapping[str, Score]) -> Table:
    """Least and mean overlap, frames at or above the goal, refusals, median seconds."""
    made = Table(title=name)
    for column in ("family", "frames", "least", "mean", f"≥ {GOAL}", "refused", "median s"):
        made.add_column(column, justify="left" if column == "family" else "right")
    for family, one in scores.items():
        good = sum(overlap >= GOAL for overlap in one.overlaps)
        made.add_row(
            family,
            str(len(one.overlaps)),
            f"{min(one.overlaps, default=0):.3f}",
            f"{statistics.fmean(one.overlaps) if one.overlaps else 0:.4f}",
            f"{good / max(1, len(one.overlaps)):.0%}",
            str(one.refused),
            f"{statistics.median(one.seconds):.2f}",
        )
    return made
