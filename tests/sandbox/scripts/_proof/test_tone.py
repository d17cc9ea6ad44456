"""Tone: what words do to light, and reading it back from a picture."""

from __future__ import annotations

import numpy as np
import pytest

from sandbox.scripts._proof import grade
from sandbox.scripts._proof.raster import Light, to_picture
from sandbox.scripts._proof.retake import retake
from sandbox.scripts._proof.tone import difference, toned
from sandbox.scripts._proof.words import AS_IT_IS, Adjustment


@pytest.fixture
def light() -> Light:
    """Soft colours."""
    rng = np.random.default_rng(5)
    coarse = rng.uniform(0.1, 0.6, (8, 12, 3)).astype(np.float32)
    return np.asarray(np.kron(coarse, np.ones((12, 12, 1), np.float32)), np.float32)


def test_as_it_is(light: Light) -> None:
    """No adjustment changes nothing."""
    assert np.array_equal(toned(light, AS_IT_IS), light)


@pytest.mark.parametrize("stops", [-0.6, 0.5])
def test_exposure_is_read_back(light: Light, stops: float) -> None:
    """A picture's exposure is told from its unexposed twin."""
    changed = to_picture(light * np.float32(2**stops))
    assert difference(changed, to_picture(light)).exposure == pytest.approx(stops, abs=0.15)


def test_tint_is_read_back(light: Light) -> None:
    """So is the colour of its light, and that it has none."""
    plain = to_picture(light)
    red = difference(to_picture(toned(light, Adjustment(tint=(0.7, 0.9, 1.3)))), plain)
    grey = difference(to_picture(toned(light, Adjustment(mono=True))), plain)
    assert red.tint is not None
    assert red.tint[2] > red.tint[0]
    assert grey.mono


def test_twins_are_alike(light: Light) -> None:
    """Grain alone is no difference."""
    grainy = to_picture(grade.grain(light, np.random.default_rng(1)))
    assert difference(grainy, to_picture(light)) == AS_IT_IS


def test_slide_film(light: Light) -> None:
    """The film deepens blacks, keeps white, and pushes colour."""
    levels = np.repeat(np.array([0.04, 0.9], np.float32), 3).reshape(1, 2, 3)
    dark, bright = grade.velvia(levels)[0].mean(axis=1)
    assert dark < 0.04
    assert bright > 0.8
    assert np.ptp(grade.velvia(light), axis=2).mean() > 1.1 * np.ptp(light, axis=2).mean()


def test_negative_light_stays_dark() -> None:
    """Undershoot, as sharpening leaves, does not turn bright."""
    assert grade.velvia(np.full((4, 4, 3), -0.05, np.float32)).max() < 0.02


def test_wider_keeps_the_size(light: Light) -> None:
    """Stepping back surrounds the picture and keeps its size."""
    picture = to_picture(light)
    taken = retake(picture, Adjustment(zoom=0.8), np.random.default_rng(1))
    assert taken.shape == picture.shape
