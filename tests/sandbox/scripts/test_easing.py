"""Easings: their ends, their shapes, and their names."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.scripts._easing import EASINGS, FAMILIES, CubicBezier, bezier, named

unit = st.floats(0, 1)
curves = st.builds(CubicBezier, unit, unit, unit, unit)


@pytest.mark.parametrize("name", EASINGS)
def test_begins_and_ends_exactly(name: str) -> None:
    """Every easing shows the first frame first and the last frame last."""
    assert (EASINGS[name](0.0), EASINGS[name](1.0)) == (0.0, 1.0)


@pytest.mark.parametrize("name", EASINGS)
def test_never_runs_backwards(name: str) -> None:
    """No easing that has a name turns back."""
    shares = [EASINGS[name](n / 500) for n in range(501)]
    assert all(later >= earlier - 1e-12 for earlier, later in pairwise(shares))


@given(curves, unit)
def test_bezier_inverts_its_x(curve: CubicBezier, x: float) -> None:
    """The parameter found for x leads back to x, also where the curve is steep or flat."""
    t = curve.parameter(x)
    along = 3 * (1 - t) ** 2 * t * curve.x1 + 3 * (1 - t) * t**2 * curve.x2 + t**3
    assert along == pytest.approx(x, abs=1e-9)


@given(curves, unit, unit)
def test_bezier_rises(curve: CubicBezier, a: float, b: float) -> None:
    """A curve whose control points lie within the square never falls."""
    low, high = sorted((a, b))
    assert curve(low) <= curve(high) + 1e-9


@given(st.floats(0, 0.9), unit, st.floats(0.01, 0.99))
def test_bezier_mirrors(x1: float, y1: float, x: float) -> None:
    """A curve that is its own mirror image has its halves mirrored."""
    curve = CubicBezier(x1, y1, 1 - x1, 1 - y1)
    assert curve(x) == pytest.approx(1 - curve(1 - x), abs=1e-6)


def test_bezier_on_the_diagonal_is_linear() -> None:
    """Control points on the diagonal ease nothing."""
    curve = CubicBezier(1 / 3, 1 / 3, 2 / 3, 2 / 3)
    assert [curve(n / 8) for n in range(9)] == pytest.approx([n / 8 for n in range(9)])


def test_bezier_overshoots() -> None:
    """A control point above the square takes the curve above it."""
    assert max(CubicBezier(0.3, 1.6, 0.6, 1)(n / 50) for n in range(51)) > 1.05


def test_ease_matches_a_browser() -> None:
    """The CSS ``ease`` at a half is what browsers compute."""
    assert EASINGS["ease"](0.5) == pytest.approx(0.802403, abs=1e-6)


def test_swoop_is_slow_at_both_ends() -> None:
    """The house's easing spends its first and last fifth on less than a thirtieth of the clip."""
    swoop = named("dramatic-swoop")
    assert swoop(0.2) < 1 / 30
    assert swoop(0.8) > 29 / 30


@pytest.mark.parametrize("family", FAMILIES)
def test_families_are_whole(family: str) -> None:
    """Out mirrors in, and in-out is in, then out, each at half size."""
    x = 0.3
    ease_in, ease_out = named(f"ease-in-{family}"), named(f"ease-out-{family}")
    both = named(f"ease-in-out-{family}")
    assert ease_out(x) == pytest.approx(1 - ease_in(1 - x))
    assert both(x / 2) == pytest.approx(ease_in(x) / 2)
    assert both(0.5 + x / 2) == pytest.approx(0.5 + ease_out(x) / 2)


@pytest.mark.parametrize("spelling", ["easeInOutSine", "ease_in_out_sine", "sine-in-out"])
def test_other_spellings_are_understood(spelling: str) -> None:
    """An easing is found under the spellings that other tools use."""
    assert named(spelling) is EASINGS["ease-in-out-sine"]


@pytest.mark.parametrize("name", ["", "bounce", "in-out-cubic-sine"])
def test_unknown_names_are_refused(name: str) -> None:
    """A wrong name is answered with the right ones."""
    with pytest.raises(ValueError, match="dramatic-swoop, linear"):
        named(name)


def test_reads_a_curve() -> None:
    """A curve is written as in CSS."""
    assert bezier("0.85, 0, .15,1") == CubicBezier(0.85, 0, 0.15, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0.1,0.2,0.3", "four numbers"),
        ("a,b,c,d", "four numbers"),
        ("1.2,0,0,1", "within 0 and 1"),
        ("0,0,-0.1,1", "within 0 and 1"),
        ("nan,0,0,1", "within 0 and 1"),
        ("0,inf,0,1", "finite"),
    ],
)
def test_impossible_curves_are_refused(text: str, said: str) -> None:
    """A curve that is none is refused with the rule that it breaks."""
    with pytest.raises(ValueError, match=said):
        bezier(text)


def test_outside_is_held() -> None:
    """Before the beginning nothing is shown, and after the end everything."""
    assert (EASINGS["ease"](-0.5), EASINGS["ease"](1.5)) == (0.0, 1.0)
