"""Camera moves: what relates two frames, and the ways from one to the other."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from sandbox.scripts import _images
from sandbox.scripts._images import Picture
from sandbox.scripts._proof.align import Similarity, related
from sandbox.scripts._proof.figure import similarity
from sandbox.scripts._proof.morph import Morph
from sandbox.scripts._proof.moves import find_move, frames
from sandbox.scripts._proof.raster import size_of
from sandbox.scripts._proof.whip import Whip

EXAMPLES = Path(__file__).parents[4] / "examples"
RNG = np.random.default_rng


@pytest.fixture(scope="module")
def photo() -> Picture:
    """A photo with much in it."""
    picture = _images.read(EXAMPLES / "portrait.png")
    return np.asarray(cv2.resize(picture, (320, 320), interpolation=cv2.INTER_AREA), np.uint8)


@pytest.fixture(scope="module")
def other() -> Picture:
    """A photo of something else."""
    picture = _images.read(EXAMPLES / "accessory-cup.png")[:, 100:500]
    return np.asarray(cv2.resize(picture, (320, 320), interpolation=cv2.INTER_AREA), np.uint8)


def moved(photo: Picture, zoom: float, degrees: float, to: tuple[float, float]) -> Picture:
    """``photo`` as another camera sees it."""
    matrix = similarity((160, 160), zoom, degrees, to)
    seen = cv2.warpAffine(photo, matrix, size_of(photo), borderMode=cv2.BORDER_REFLECT)
    return np.asarray(seen, np.uint8)


@pytest.mark.parametrize(("zoom", "degrees"), [(1.0, 0), (1.8, 6), (0.6, -8)])
def test_related_frames(photo: Picture, zoom: float, degrees: float) -> None:
    """The camera's move is recovered from the two pictures alone."""
    found = related(photo, moved(photo, zoom, degrees, (170, 150)))
    assert found is not None
    assert found.zoom == pytest.approx(zoom, rel=0.03)
    assert np.rad2deg(found.turn) == pytest.approx(degrees, abs=1.5)


def test_unrelated_frames(photo: Picture, other: Picture) -> None:
    """Pictures of different things are not related."""
    assert related(photo, other) is None
    assert related(photo, np.full_like(photo, 127)) is None


def test_move_begins_at_rest_and_ends_there() -> None:
    """None of a move is the identity; all of it puts the pivot where it belongs."""
    move = Similarity(1.7, 0.2, (50, 60), (90, 40))
    assert np.allclose(move.at(0), np.eye(3))
    assert np.allclose(move.at(1) @ [50, 60, 1], [90, 40, 1])


def test_morph_ends_exactly(photo: Picture) -> None:
    """At 0 and 1 a morph is its two frames."""
    end = moved(photo, 1.4, 3, (150, 170))
    morph = Morph(photo, end, Similarity(1.4, 0.05, (160, 160), (150, 170)))
    assert np.array_equal(morph.frame(0), photo)
    assert np.array_equal(morph.frame(1), end)


def test_morph_follows_the_camera(photo: Picture) -> None:
    """Half-way through a pan, the picture is panned half-way, where a fade would show two."""
    end = moved(photo, 1.0, 0, (190, 160))
    move, name = find_move(photo, end, RNG(1))
    truth = moved(photo, 1.0, 0, (175, 160)).astype(int)
    fade = photo // 2 + end // 2
    inner = (slice(40, 280), slice(60, 260))
    error = np.abs(move.frame(0.5).astype(int) - truth)[inner].mean()
    assert name == "morph"
    assert error < 0.5 * np.abs(fade.astype(int) - truth)[inner].mean()


@pytest.mark.parametrize("leftwards", [True, False])
def test_whip_ends_exactly(photo: Picture, other: Picture, leftwards: bool) -> None:
    """At 0 and 1 a whip pan is its two frames, and near them it is close."""
    whip = Whip(photo, other, leftwards=leftwards)
    assert np.array_equal(whip.frame(0), photo)
    assert np.array_equal(whip.frame(1), other)
    assert np.abs(whip.frame(0.004).astype(int) - photo).mean() < 8
    assert np.abs(whip.frame(0.996).astype(int) - other).mean() < 8


def test_frames_are_counted(photo: Picture, other: Picture) -> None:
    """As many frames as asked, the first and last without added grain."""
    move, name = find_move(photo, other, RNG(2))
    seen = list(frames(move, 7, RNG(3)))
    assert name == "whip pan"
    assert len(seen) == 7
    assert np.array_equal(seen[0], photo)
    assert np.array_equal(seen[-1], other)
