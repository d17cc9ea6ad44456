"""Pictures to fill the cells of a test sheet with: photos, studio portraits, textures, façades.

Every scene takes a random generator and a size, and returns height × width × 3 BGR bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
Colour = tuple[int, int, int]
Scene = Callable[[np.random.Generator, int, int], Picture]

EXAMPLES = Path(__file__).parent.parent / "examples"
SKINS: tuple[Colour, ...] = ((140, 170, 220), (100, 130, 190), (60, 85, 130), (170, 195, 235))


@lru_cache(maxsize=1)
def _photos() -> tuple[Picture, ...]:
    return tuple(
        np.asarray(cv2.imread(str(path), cv2.IMREAD_COLOR), np.uint8)
        for path in sorted(EXAMPLES.glob("*.png"))
    )


def _bytes(values: npt.NDArray[np.floating]) -> Picture:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def _colour(rng: np.random.Generator, low: int = 0, high: int = 255) -> Colour:
    b, g, r = (int(v) for v in rng.integers(low, high + 1, 3))
    return b, g, r


def grade(rng: np.random.Generator, picture: Picture) -> Picture:
    """The same picture in another light: gain, colour cast, gamma and some grain."""
    light = picture.astype(np.float32) / 255
    light = np.power(light, rng.uniform(0.6, 1.7)) * rng.uniform(0.75, 1.25)
    light *= rng.uniform(0.8, 1.2, 3).astype(np.float32)
    grain = rng.normal(0, rng.uniform(0, 0.04), picture.shape[:2]).astype(np.float32)
    return _bytes((light + grain[:, :, None]) * 255)


def photo(rng: np.random.Generator, width: int, height: int) -> Picture:
    """A random crop of one of the example photos, flipped and graded."""
    source = _photos()[int(rng.integers(len(_photos())))]
    rows, cols = source.shape[:2]
    scale = min(cols / width, rows / height) * rng.uniform(0.35, 1.0)
    w, h = max(8, int(width * scale)), max(8, int(height * scale))
    x, y = int(rng.integers(0, cols - w + 1)), int(rng.integers(0, rows - h + 1))
    crop = source[y : y + h, x : x + w]
    if rng.random() < 0.5:
        crop = crop[:, ::-1]
    large = cv2.resize(crop, (width, height), interpolation=cv2.INTER_CUBIC)
    return grade(rng, np.asarray(large, np.uint8))


def _figure(rng: np.random.Generator, canvas: Picture) -> None:
    """A head and shoulders, or a whole person, cut by the lower edge as often as not."""
    height, width = canvas.shape[:2]
    unit = height * rng.uniform(0.08, 0.3)
    x = width * rng.uniform(0.38, 0.62)
    top = height * rng.uniform(-0.05, 0.25)
    skin, cloth, hair = SKINS[int(rng.integers(4))], _colour(rng, 0, 230), _colour(rng, 0, 90)
    neck = top + 2.6 * unit
    body = np.array(
        [
            (x - 0.4 * unit, neck - unit * 0.4),
            (x + 0.4 * unit, neck - unit * 0.4),
            (x + 1.9 * unit, neck + 0.6 * unit),
            (x + rng.uniform(1.2, 2.4) * unit, neck + 5 * unit),
            (x + 0.9 * unit, neck + 11 * unit),
            (x - 0.9 * unit, neck + 11 * unit),
            (x - rng.uniform(1.2, 2.4) * unit, neck + 5 * unit),
            (x - 1.9 * unit, neck + 0.6 * unit),
        ]
    )
    cv2.fillPoly(canvas, [np.rint(body).astype(np.int32)], cloth, cv2.LINE_AA)
    head = (round(x), round(top + 1.3 * unit))
    cv2.ellipse(
        canvas, head, (round(unit * 1.1), round(unit * 1.5)), 0, 0, 360, hair, -1, cv2.LINE_AA
    )
    face = (round(x), round(top + 1.5 * unit))
    cv2.ellipse(
        canvas, face, (round(unit * 0.85), round(unit * 1.2)), 0, 0, 360, skin, -1, cv2.LINE_AA
    )
    for side in (-1, 1):
        eye = (round(x + side * 0.35 * unit), round(top + 1.35 * unit))
        cv2.circle(canvas, eye, max(1, round(unit * 0.1)), (30, 30, 30), -1, cv2.LINE_AA)


def studio(rng: np.random.Generator, width: int, height: int, backdrop: Colour) -> Picture:
    """A person before a backdrop of one flat colour that reaches all four edges."""
    canvas = np.full((height, width, 3), backdrop, np.uint8)
    _figure(rng, canvas)
    shade = cv2.GaussianBlur(canvas, (0, 0), max(1.0, width / 400))
    return np.asarray(shade, np.uint8)


def any_studio(rng: np.random.Generator, width: int, height: int) -> Picture:
    """A studio portrait in white, grey, black or coloured light, with or without a vignette."""
    level = int(rng.choice([250, 235, 200, 128, 70, 12]))
    backdrop = (level, level, level) if rng.random() < 0.7 else _colour(rng, 40)
    picture = studio(rng, width, height, backdrop)
    if rng.random() < 0.6:
        picture = _fall_off(rng, picture)
    return grade(rng, picture) if rng.random() < 0.5 else picture


def _fall_off(rng: np.random.Generator, picture: Picture) -> Picture:
    height, width = picture.shape[:2]
    y, x = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    radius = np.sqrt((x - rng.uniform(-0.3, 0.3)) ** 2 + (y - rng.uniform(-0.3, 0.3)) ** 2)
    light = 1 - rng.uniform(0.2, 0.95) * np.clip(radius / 1.4, 0, 1) ** rng.uniform(1, 3)
    return _bytes(picture * light[:, :, None])


def flash(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Hard flash in a dark room: the edges of the picture fall away to near black."""
    base = (
        photo(rng, width, height)
        if rng.random() < 0.5
        else studio(rng, width, height, (20, 18, 18))
    )
    y, x = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    light = np.exp(-rng.uniform(1.0, 2.2) * (x**2 + y**2))
    grain = rng.normal(0, 2.0, (height, width))
    return _bytes(base * light[:, :, None] + grain[:, :, None] + 3)


def gradient(rng: np.random.Generator, width: int, height: int) -> Picture:
    """A smooth sky of two colours."""
    a, b = np.array(_colour(rng), float), np.array(_colour(rng), float)
    angle = rng.uniform(0, 2 * np.pi)
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    mix = np.clip((x * np.cos(angle) + y * np.sin(angle) + 1) / 2, 0, 1)[:, :, None]
    return _bytes(a * mix + b * (1 - mix) + rng.normal(0, 1, (height, width, 1)))


def texture(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Cloth, stone or leaves: coloured noise over several octaves."""
    total = np.zeros((height, width, 3), np.float32)
    for octave in range(2, 8):
        side = 2**octave
        noise = rng.normal(0, 1, (side, side, 3)).astype(np.float32)
        total += cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC) / octave
    return _bytes(np.array(_colour(rng, 40, 215)) + total * rng.uniform(15, 60))


def facade(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Straight lines everywhere: floors, windows, pillars, like borders but none of the sheet's."""
    canvas = np.full((height, width, 3), _colour(rng, 30, 220), np.uint8)
    for _ in range(int(rng.integers(4, 14))):
        x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
        w, h = int(rng.integers(width // 20 + 1, width // 3 + 2)), int(rng.integers(4, height // 2))
        cv2.rectangle(canvas, (x, y), (x + w, y + h), _colour(rng), -1)
    for _ in range(int(rng.integers(0, 6))):
        x, thick = int(rng.integers(0, width)), int(rng.integers(1, max(2, width // 60) + 1))
        cv2.line(canvas, (x, 0), (x, height), _colour(rng), thick)
    grain = rng.normal(0, rng.uniform(0.5, 5), (height, width, 1))
    return _bytes(canvas + grain)


SCENES: tuple[Scene, ...] = (photo, photo, any_studio, any_studio, texture, facade, gradient, flash)


def any_scene(rng: np.random.Generator, width: int, height: int) -> Picture:
    """One of the scenes, photos and portraits more often than the rest."""
    return SCENES[int(rng.integers(len(SCENES)))](rng, width, height)


def chart(width: int, height: int, cell: int) -> Picture:
    """A cell whose colours say where they are: blue the cell, green down, red across.

    Blue is 40 + 20·cell; red and green run from 20 to 235 over the cell, so that a crop can be
    placed from its corner pixels alone.
    """
    picture = np.empty((height, width, 3), np.float32)
    picture[:, :, 0] = 40 + 20 * (cell % 10)
    picture[:, :, 1] = np.linspace(20, 235, height)[:, None]
    picture[:, :, 2] = np.linspace(20, 235, width)[None, :]
    return _bytes(picture)
