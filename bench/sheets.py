"""Contact sheets with known truth, by family: what :mod:`bench.crop_frames` and its tests use.

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

SIZES = ((1264, 848), (1536, 1024), (960, 1200), (1200, 800), (1024, 1024), (768, 512))


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


def _near(rng: Rng, colour: Colour, by: int) -> Colour:
    b, g, r = (int(np.clip(v + (by if v + by <= 255 else -by), 0, 255)) for v in colour)
    return b, g, r


def _backdrop(colour: Colour) -> Callable[[Rng, int, int], Picture]:
    return lambda rng, width, height: scenes.studio(rng, width, height, colour)


def _random_colour(rng: Rng) -> Colour:
    b, g, r = (int(v) for v in rng.integers(0, 256, 3))
    return b, g, r


def _plain(rng: Rng) -> Recipe:
    colour = [(255, 255, 255), (0, 0, 0), (128, 128, 128), (245, 245, 245), (18, 18, 18)]
    return Recipe(
        size=SIZES[int(rng.integers(len(SIZES)))],
        gutter=(4, 24),
        margin=(0, 40) if rng.random() < 0.7 else None,
        colour=colour[int(rng.integers(len(colour)))],
        irregular=float(rng.choice([0, 0, 0.01])),
        jpeg=int(rng.integers(80, 97)) if rng.random() < 0.6 else None,
    )


def _white(rng: Rng) -> Recipe:
    return replace(_plain(rng), colour=(255, 255, 255))


def _black(rng: Rng) -> Recipe:
    return replace(_plain(rng), colour=(0, 0, 0))


def _grey(rng: Rng) -> Recipe:
    level = int(rng.integers(30, 226))
    return replace(_plain(rng), colour=(level, level, level))


def _coloured(rng: Rng) -> Recipe:
    return replace(_plain(rng), colour=_random_colour(rng))


def _hairline(rng: Rng) -> Recipe:
    return replace(_plain(rng), gutter=(2, 4), margin=(0, 4) if rng.random() < 0.5 else None)


def _wide(rng: Rng) -> Recipe:
    return replace(_plain(rng), gutter=(36, 60), margin=(0, 80))


def _uneven(rng: Rng) -> Recipe:
    return replace(_plain(rng), gutter=(2, 60), margin=(0, 60), irregular=0.02)


def _borderless(rng: Rng) -> Recipe:
    return replace(_plain(rng), margin=None, gutter=(2, 40))


def _noisy(rng: Rng) -> Recipe:
    return replace(_coloured(rng), jpeg=int(rng.integers(35, 75)), noise=rng.uniform(0, 6))


def _near_backdrop(rng: Rng) -> Recipe:
    plain = _plain(rng)
    tone = _near(rng, plain.colour, int(rng.integers(4, 12)))
    return replace(plain, special=_backdrop(tone), specials=int(rng.integers(3, 7)))


def _same_backdrop(rng: Rng) -> Recipe:
    plain = _plain(rng)
    return replace(plain, special=_backdrop(plain.colour), specials=int(rng.integers(1, 4)))


def _most_same_backdrop(rng: Rng) -> Recipe:
    plain = _plain(rng)
    return replace(plain, special=_backdrop(plain.colour), specials=int(rng.integers(4, 6)))


def _all_same_backdrop(rng: Rng) -> Recipe:
    plain = _plain(rng)
    return replace(plain, special=_backdrop(plain.colour), specials=6)


def _cell_labels(rng: Rng) -> Recipe:
    return replace(_plain(rng), labels="cells")


def _gutter_labels(rng: Rng) -> Recipe:
    return replace(_plain(rng), labels="gutters", gutter=(16, 60), margin=(16, 60))


def _skewed(rng: Rng) -> Recipe:
    return replace(_plain(rng), angle=float(rng.uniform(-1.5, 1.5)), margin=(0, 40))


def _rounded(rng: Rng) -> Recipe:
    return replace(_plain(rng), radius=int(rng.integers(3, 16)), gutter=(6, 40))


def _staggered(rng: Rng) -> Recipe:
    return replace(_plain(rng), stagger=6, gutter=(16, 50), margin=(8, 40))


def _combined(rng: Rng) -> Recipe:
    colour = _random_colour(rng) if rng.random() < 0.5 else (255, 255, 255)
    return Recipe(
        size=SIZES[int(rng.integers(len(SIZES)))],
        gutter=(3, 60),
        margin=(0, 60),
        colour=colour,
        irregular=0.01,
        jpeg=int(rng.integers(50, 95)),
        noise=float(rng.choice([0, 3])),
        angle=float(rng.uniform(-1.5, 1.5)) if rng.random() < 0.6 else 0.0,
        radius=int(rng.integers(0, 10)),
        labels=("none", "cells", "gutters")[int(rng.integers(3))],
        special=_backdrop(colour),
        specials=int(rng.integers(0, 3)),
    )


def _other_grids(rng: Rng) -> Recipe:
    grids = ((1, 2), (2, 1), (2, 2), (3, 3), (3, 2), (1, 4), (4, 4), (1, 6))
    return replace(_plain(rng), grid=grids[int(rng.integers(len(grids)))])


def _small(rng: Rng) -> Recipe:
    size = ((600, 400), (640, 430), (612, 612))[int(rng.integers(3))]
    return replace(_plain(rng), size=size, gutter=(2, 20), margin=(0, 16))


def _large(rng: Rng) -> Recipe:
    size = (5056, 3392) if rng.random() < 0.3 else (2528, 1696)
    return replace(_plain(rng), size=size, gutter=(4, 60), margin=(0, 60))


def _butted(rng: Rng) -> Recipe:
    plain = _plain(rng)
    return replace(plain, margin=None, gutter=(0, 0), irregular=0.0)


FAMILIES: dict[str, Callable[[Rng], Recipe]] = {
    "white": _white,
    "black": _black,
    "grey": _grey,
    "coloured": _coloured,
    "hairline": _hairline,
    "wide": _wide,
    "uneven": _uneven,
    "borderless": _borderless,
    "noisy": _noisy,
    "near backdrop": _near_backdrop,
    "same backdrop in 1-3": _same_backdrop,
    "same backdrop in 4-5": _most_same_backdrop,
    "same backdrop in all": _all_same_backdrop,
    "labels in cells": _cell_labels,
    "labels in gutters": _gutter_labels,
    "skewed": _skewed,
    "rounded": _rounded,
    "staggered": _staggered,
    "combined": _combined,
    "other grids": _other_grids,
    "small": _small,
    "large": _large,
    "no gutter": _butted,
}


def make(family: str, seed: int) -> Sheet:
    """Sheet number ``seed`` of ``family``; the same arguments give the same bytes."""
    rng = np.random.default_rng([seed, *family.encode()])
    return draw(rng, FAMILIES[family](rng), family)
