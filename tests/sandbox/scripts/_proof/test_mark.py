"""The PROOF plate: drawn, found again, taken off, and what it can spell."""

from __future__ import annotations

import numpy as np
import pytest

from sandbox.scripts._images import Picture
from sandbox.scripts._proof import mark


def grainy(width: int, height: int, tone: int) -> Picture:
    """Noise about a tone."""
    noise = np.random.default_rng(1).normal(tone, 12, (height, width, 3))
    return np.clip(noise, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("tone", [4, 90, 245])
@pytest.mark.parametrize("size", [(160, 160), (810, 820), (640, 360)])
def test_found_where_it_was_drawn(size: tuple[int, int], tone: int) -> None:
    """On dark, middle and light pictures, small and large, the plate is found to the pixel."""
    picture = grainy(*size, tone)
    drawn = mark.stamp(picture, "3", "darker")
    found = mark.find(picture)
    assert found is not None
    assert (found.x, found.y, found.height) == (drawn.x, drawn.y, drawn.height)
    assert found.width >= drawn.width


def test_found_after_a_crop() -> None:
    """A picture cut smaller has a plate too large for it, which is found all the same."""
    picture = grainy(600, 600, 90)
    drawn = mark.stamp(picture, "3", centred=True)
    found = mark.find(np.ascontiguousarray(picture[:, 130:470]))
    assert found is not None
    assert found.x == drawn.x - 130


def test_nothing_to_find() -> None:
    """A picture without a plate has none."""
    assert mark.find(grainy(300, 200, 90)) is None


def test_erased() -> None:
    """What replaces the plate is like what is around it."""
    picture = grainy(400, 400, 200)
    spot = mark.stamp(picture, "3")
    clean = mark.erase(picture, spot)
    rows, columns = slice(spot.y, spot.y + spot.height), slice(spot.x, spot.x + spot.width)
    assert abs(float(clean[rows, columns].mean()) - 200) < 8


def test_long_notes_are_shortened() -> None:
    """However long the note, the plate stays inside the picture."""
    picture = grainy(300, 200, 90)
    spot = mark.stamp(picture, "hero 1", "make it " + "very " * 80 + "dark")
    assert spot.x + spot.width <= 300


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("make it\nedgier", "make it edgier"),
        ("plus chaud, été", "plus chaud, été"),
        ("darker 🙂", "darker"),
        ("もっと暗く", ""),
    ],
)
def test_legible(text: str, kept: str) -> None:
    """One line, of what the font can draw; nothing when that is too little."""
    assert mark.legible(text) == kept
