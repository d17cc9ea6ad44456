"""The camera's move for a clip: which one fits two frames, and every frame of it in turn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np

from sandbox.scripts._images import Picture
from sandbox.scripts._proof.align import related
from sandbox.scripts._proof.morph import Morph
from sandbox.scripts._proof.raster import size_of
from sandbox.scripts._proof.whip import Whip

GRAIN = 5.0
TILES = 4


class Move(Protocol):
    """A way from one frame to another."""

    def frame(self, t: float) -> Picture:
        """The picture at time ``t``; at 0 and at 1 exactly the two frames."""
        ...


def find_move(start: Picture, end: Picture, rng: np.random.Generator) -> tuple[Move, str]:
    """The move that fits, and its name: a morph where the frames share things, else a whip pan."""
    camera = related(start, end)
    if camera is not None:
        return Morph(start, end, camera), "morph"
    return Whip(start, end, leftwards=bool(rng.random() < 0.5)), "whip pan"


def frames(move: Move, count: int, rng: np.random.Generator) -> Iterator[Picture]:
    """``count`` frames from the start to the end, eased at both.

    Pictures that are warped and blended lose their grain; it is given back, new on every frame.
    """
    first = move.frame(0)
    tiles = _grain(size_of(first), rng)
    for index in range(count):
        t = index / (count - 1)
        picture = move.frame(0.45 * t + 0.55 * t * t * (3 - 2 * t))
        if 0 < index < count - 1:
            amount = min(1.0, 6 * min(t, 1 - t))
            tile = tiles[int(rng.integers(TILES))]
            turned = tile[:: 1 if rng.random() < 0.5 else -1, :: 1 if rng.random() < 0.5 else -1]
            grained = picture + turned * np.float32(amount)
            picture = np.clip(grained, 0, 255).astype(np.uint8)
        yield picture


def _grain(size: tuple[int, int], rng: np.random.Generator) -> list[np.ndarray]:
    shape = (size[1], size[0], 1)
    return [rng.standard_normal(shape, dtype=np.float32) * GRAIN for _ in range(TILES)]
