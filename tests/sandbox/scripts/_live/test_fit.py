"""Frames are brought within a model's limits, and left alone when they are."""

from __future__ import annotations

import math

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.scripts._images import Picture
from sandbox.scripts._live import fit
from sandbox.scripts._live.fit import KLING, Limits


def _noise(width: int, height: int) -> Picture:
    return np.random.default_rng(1).integers(0, 256, (height, width, 3), dtype=np.uint8)


def _decoded(fitted: fit.Fitted) -> tuple[int, int]:
    pixels = cv2.imdecode(np.frombuffer(fitted.data, np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None
    return pixels.shape[1], pixels.shape[0]


@settings(max_examples=60, deadline=None)
@given(width=st.integers(1, 1600), height=st.integers(1, 1600))
def test_any_size_fits(width: int, height: int) -> None:
    """Every frame ends within side, ratio and bytes, and says its true size."""
    fitted = fit.fitted(np.full((height, width, 3), 90, np.uint8))
    assert _decoded(fitted) == (fitted.width, fitted.height)
    assert KLING.least_side <= min(fitted.width, fitted.height)
    assert max(fitted.width, fitted.height) <= KLING.most_side
    assert KLING.least_ratio <= fitted.width / fitted.height <= KLING.most_ratio
    assert len(fitted.data) <= KLING.most_bytes


@settings(max_examples=30, deadline=None)
@given(height=st.integers(300, 900), ratio=st.floats(0.4, 2.5))
def test_what_fits_is_not_changed(height: int, ratio: float) -> None:
    """A frame within the limits keeps its size, and nothing is said of it."""
    width = min(max(300, math.ceil(height * ratio)), int(height * 2.5))
    fitted = fit.fitted(np.full((height, width, 3), 90, np.uint8))
    assert (fitted.width, fitted.height, fitted.changes) == (width, height, ())


def test_a_long_frame_is_extended_not_cropped() -> None:
    """Nothing of a panorama is lost: its edges go on above and below."""
    wide = _noise(1200, 300)
    fitted = fit.fitted(wide)
    assert (fitted.width, fitted.height) == (1200, 480)
    shown = cv2.imdecode(np.frombuffer(fitted.data, np.uint8), cv2.IMREAD_COLOR)
    assert shown is not None
    middle = shown[90:390].astype(int)
    assert np.abs(middle - wide).mean() < 8


def test_a_heavy_frame_is_made_lighter() -> None:
    """Bytes are saved by compression first, by size then."""
    limits = Limits(most_bytes=60_000)
    fitted = fit.fitted(_noise(700, 500), limits)
    assert len(fitted.data) <= 60_000
    assert any("smaller" in change for change in fitted.changes)


def test_a_large_frame_is_scaled() -> None:
    """More pixels than a model takes are scaled down in proportion."""
    fitted = fit.fitted(np.zeros((3000, 4500, 3), np.uint8))
    assert (fitted.width, fitted.height) == (4096, 2731)
