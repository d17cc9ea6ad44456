"""The families of contact sheets: what may vary in each, and sheets by family and number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from bench import scenes
from bench.scenes import Colour, Picture
from bench.sheets import Recipe, Rng, Sheet, draw

SIZES = ((1264, 848), (1536, 1024), (960, 1200), (1200, 800), (1024, 1024), (768, 512))


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
