"""Contact sheets with known truth, drawn after a recipe; :mod:`bench.families` has the recipes.

A sheet is drawn from a :class:`Layout` (where the cells are), a gutter colour and one scene per
cell, then spoilt as pictures from models and cameras are: JPEG, noise, skew. Coordinates are
pixel edges: a cell that covers the columns 10 to 19 runs from x = 10.0 to x = 20.0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from bench import scenes
from bench.scenes import Colour, Picture

Quads = npt.NDArray[np.float64]
Rng = np.random.Generator


@dataclass(frozen=True)
class Layout:
    """Edges of every column and row: ``xs[i]`` is (left, right), ``ys[j]`` (top, bottom)."""

    width: int
    height: int
    xs: tuple[tuple[int, int], ...]
    ys: tuple[tuple[int, int], ...]
    shifts: tuple[tuple[int, int], ...] = ()
    """Per cell, by how much it is moved from its place in the grid (none when empty)."""

    def boxes(self) -> list[tuple[int, int, int, int]]:
        """Left, top, right, bottom of every cell, in reading order."""
        plain = [(x0, y0, x1, y1) for y0, y1 in self.ys for x0, x1 in self.xs]
        if not self.shifts:
            return plain
        return [
            (x0 + dx, y0 + dy, x1 + dx, y1 + dy)
            for (x0, y0, x1, y1), (dx, dy) in zip(plain, self.shifts, strict=True)
        ]


@dataclass(frozen=True)
class Sheet:
    """A picture and the truth about it."""

    family: str
    picture: Picture
    quads: Quads
    """Cells × 4 × 2: corners clockwise from the upper left, in pixel-edge coordinates."""
    content: npt.NDArray[np.uint8]
    """Height × width: 255 where a pixel shows a cell, 0 where it shows gutter, else between."""
    rows: int = 2
    cols: int = 3


@dataclass
class Recipe:
    """Everything a family may vary; the defaults make a plain ruled sheet."""

    size: tuple[int, int] = (1264, 848)
    grid: tuple[int, int] = (2, 3)
    gutter: tuple[int, int] = (8, 24)
    margin: tuple[int, int] | None = (0, 40)
    colour: Colour = (255, 255, 255)
    irregular: float = 0.0
    """Columns and rows differ in size by up to this share."""
    stagger: int = 0
    noise: float = 0.0
    jpeg: int | None = None
    angle: float = 0.0
    radius: int = 0
    labels: Literal["none", "cells", "gutters"] = "none"
    scene: Callable[[Rng, int, int], Picture] = scenes.any_scene
    special: Callable[[Rng, int, int], Picture] | None = None
    """Drawn in ``specials`` of the cells instead of ``scene``."""
    specials: int = 0
    extra: dict[str, object] = field(default_factory=dict)


def _edges(rng: Rng, length: int, count: int, recipe: Recipe) -> tuple[tuple[int, int], ...]:
    before, after = (
        (int(v) for v in rng.integers(recipe.margin[0], recipe.margin[1] + 1, 2))
        if recipe.margin
        else (0, 0)
    )
    low, high = recipe.gutter
    gutters = [int(v) for v in rng.integers(low, high + 1, count - 1)] if count > 1 else []
    free = length - before - after - sum(gutters)
    shares = 1 + recipe.irregular * rng.uniform(-1, 1, count)
    ends = np.rint(np.cumsum(shares) / shares.sum() * free).astype(int)
    sizes = np.diff(np.concatenate([[0], ends]))
    edges, at = [], before
    for size, gap in zip(sizes, [*gutters, 0], strict=True):
        edges.append((at, at + int(size)))
        at += int(size) + gap
    return tuple(edges)


def lay_out(rng: Rng, recipe: Recipe) -> Layout:
    """Draw margins and gutters, and share what is left among the cells."""
    (width, height), (rows, cols) = recipe.size, recipe.grid
    xs, ys = _edges(rng, width, cols, recipe), _edges(rng, height, rows, recipe)
    limit = recipe.stagger
    shifts = tuple((int(a), int(b)) for a, b in rng.integers(-limit, limit + 1, (rows * cols, 2)))
    return Layout(width, height, xs, ys, shifts if limit else ())


def _mask(width: int, height: int, radius: int) -> npt.NDArray[np.uint8]:
    mask = np.full((height, width), 255, np.uint8)
    if radius:
        mask[:] = 0
        size = (width * 8 - 1, height * 8 - 1)
        r, shift = radius * 8, 3
        fine = np.zeros((height * 8, width * 8), np.uint8)
        cv2.rectangle(fine, (r, 0), (size[0] - r, size[1]), 255, -1)
        cv2.rectangle(fine, (0, r), (size[0], size[1] - r), 255, -1)
        for x in (r, size[0] - r):
            for y in (r, size[1] - r):
                cv2.circle(fine, (x, y), r, 255, -1)
        mask = np.asarray(
            cv2.resize(fine, None, fx=2.0**-shift, fy=2.0**-shift, interpolation=cv2.INTER_AREA),
            np.uint8,
        )
    return mask


def _paste(
    canvas: Picture,
    content: npt.NDArray[np.uint8],
    tile: Picture,
    box: tuple[int, int, int, int],
    radius: int,
) -> None:
    x0, y0, x1, y1 = box
    mask = _mask(x1 - x0, y1 - y0, radius)
    alpha = mask[:, :, None] / 255
    canvas[y0:y1, x0:x1] = np.rint(tile * alpha + canvas[y0:y1, x0:x1] * (1 - alpha))
    content[y0:y1, x0:x1] = mask


def _label_cell(rng: Rng, tile: Picture, text: str) -> None:
    height, width = tile.shape[:2]
    scale = height / 500 * rng.uniform(0.5, 1.0)
    (w, h), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, scale, 1)
    gap = int(rng.integers(2, max(3, height // 25)))
    x = gap if rng.random() < 0.5 else width - w - gap
    y = h + gap if rng.random() < 0.5 else height - gap
    ink = (255, 255, 255) if rng.random() < 0.5 else (0, 0, 0)
    if rng.random() < 0.5:
        plate = tuple(255 - v for v in ink)
        cv2.rectangle(tile, (x - 2, y - h - 2), (x + w + 2, y + 3), plate, -1)
    cv2.putText(tile, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, scale, ink, 1, cv2.LINE_AA)


def _label_gutters(rng: Rng, canvas: Picture, layout: Layout, colour: Colour) -> None:
    ink = (0, 0, 0) if sum(colour) > 380 else (255, 255, 255)
    for row, (_, bottom) in enumerate(layout.ys):
        below = layout.ys[row + 1][0] if row + 1 < len(layout.ys) else layout.height
        room = below - bottom
        if room < 12:
            continue
        scale = (room - 6) / 30
        for left, right in layout.xs:
            x = left + int(rng.integers(0, max(1, (right - left) // 2)))
            text = str(rng.choice(["1", "02", "A", "Frame 3", "SIDE", "full body"]))
            cv2.putText(
                canvas,
                text,
                (x, bottom + room // 2 + int(10 * scale)),
                cv2.FONT_HERSHEY_SIMPLEX,
                scale,
                ink,
                1,
                cv2.LINE_AA,
            )


def _quads(layout: Layout) -> Quads:
    return np.array([[(a, b), (c, b), (c, d), (a, d)] for a, b, c, d in layout.boxes()], np.float64)


def _rotate(sheet: Sheet, angle: float, colour: Colour) -> Sheet:
    height, width = sheet.picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2 - 0.5, height / 2 - 0.5), angle, 1.0)
    cos, sin = abs(turn[0, 0]), abs(turn[0, 1])
    wide, tall = round(width * cos + height * sin), round(height * cos + width * sin)
    turn[:, 2] += ((wide - width) / 2, (tall - height) / 2)
    picture = cv2.warpAffine(
        sheet.picture, turn, (wide, tall), flags=cv2.INTER_CUBIC, borderValue=colour
    )
    content = cv2.warpAffine(
        sheet.content, turn, (wide, tall), flags=cv2.INTER_LINEAR, borderValue=0
    )
    quads = (sheet.quads - 0.5) @ turn[:, :2].T + turn[:, 2] + 0.5
    return replace(
        sheet,
        picture=np.asarray(picture, np.uint8),
        content=np.asarray(content, np.uint8),
        quads=quads,
    )


def draw(rng: Rng, recipe: Recipe, family: str) -> Sheet:
    """One sheet after ``recipe``."""
    layout = lay_out(rng, recipe)
    canvas = np.full((layout.height, layout.width, 3), recipe.colour, np.uint8)
    content = np.zeros((layout.height, layout.width), np.uint8)
    boxes = layout.boxes()
    special = set(rng.permutation(len(boxes))[: recipe.specials].tolist())
    for index, box in enumerate(boxes):
        width, height = box[2] - box[0], box[3] - box[1]
        scene = recipe.special if recipe.special and index in special else recipe.scene
        tile = scene(rng, width, height)
        if recipe.labels == "cells":
            _label_cell(rng, tile, str(index + 1))
        _paste(canvas, content, tile, box, recipe.radius)
    if recipe.labels == "gutters":
        _label_gutters(rng, canvas, layout, recipe.colour)
    sheet = Sheet(family, canvas, _quads(layout), content, *recipe.grid)
    if recipe.angle:
        sheet = _rotate(sheet, recipe.angle, recipe.colour)
    return replace(sheet, picture=_spoil(rng, sheet, recipe))


def _spoil(rng: Rng, sheet: Sheet, recipe: Recipe) -> Picture:
    picture = sheet.picture
    if recipe.noise:
        noisy = picture + rng.normal(0, recipe.noise, picture.shape)
        picture = np.clip(np.rint(noisy), 0, 255).astype(np.uint8)
    if recipe.jpeg:
        _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, recipe.jpeg])
        picture = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return picture
