"""Easings: how far through a clip to be at each moment of the cut.

An easing takes the share of time that has passed, 0 to 1, to the share of the clip that has been
shown. The CSS four and ``dramatic-swoop`` are cubic Béziers, by the definition of CSS Easing
Functions Level 1; the families are Robert Penner's, under the names that easings.net made usual.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

Easing = Callable[[float], float]

DRAMATIC_SWOOP = "dramatic-swoop"


@dataclass(frozen=True)
class CubicBezier:
    """The curve from (0, 0) to (1, 1) with control points (x1, y1) and (x2, y2).

    ``x1`` and ``x2`` are within 0 and 1, which makes x rise with the curve's parameter, so that
    each x has one y. ``y1`` and ``y2`` are any finite numbers: the curve may leave 0 to 1, and
    may turn back. Raises :class:`ValueError`.
    """

    x1: float
    y1: float
    x2: float
    y2: float

    def __post_init__(self) -> None:
        if not (0 <= self.x1 <= 1 and 0 <= self.x2 <= 1):
            raise ValueError(
                f"x1 = {self.x1:g} and x2 = {self.x2:g} must lie within 0 and 1, "
                "or one moment would have several places"
            )
        if not (math.isfinite(self.y1) and math.isfinite(self.y2)):
            raise ValueError(f"y1 = {self.y1:g} and y2 = {self.y2:g} must be finite numbers")

    def __call__(self, x: float) -> float:
        """The curve's y at ``x``; 0 before the curve begins and 1 after its end."""
        if x <= 0:
            return 0.0
        if x >= 1:
            return 1.0
        return _along(self.parameter(x), self.y1, self.y2)

    def parameter(self, x: float) -> float:
        """The parameter t, 0 to 1, at which the curve passes ``x``.

        Found by bisection: a tangent can be flat here, and then Newton's method, quicker by
        microseconds, loses its way.
        """
        low, high = 0.0, 1.0
        while True:
            middle = (low + high) / 2
            if middle in (low, high):
                return middle
            if _along(middle, self.x1, self.x2) < x:
                low = middle
            else:
                high = middle


def _along(t: float, first: float, second: float) -> float:
    """One coordinate of the curve at parameter ``t``."""
    rest = 1 - t
    return 3 * rest * rest * t * first + 3 * rest * t * t * second + t * t * t


def _sine(x: float) -> float:
    return 1.0 if x >= 1 else 1 - math.cos(x * math.pi / 2)


def _power(exponent: int) -> Easing:
    return lambda x: float(x**exponent)


def _expo(x: float) -> float:
    return 0.0 if x <= 0 else 2.0 ** (10 * x - 10)


def _out(ease_in: Easing) -> Easing:
    return lambda x: 1 - ease_in(1 - x)


def _in_out(ease_in: Easing) -> Easing:
    return lambda x: ease_in(2 * x) / 2 if x < 0.5 else 1 - ease_in(2 - 2 * x) / 2


def _linear(x: float) -> float:
    return x


FAMILIES: dict[str, Easing] = {
    "sine": _sine,
    "quad": _power(2),
    "cubic": _power(3),
    "quart": _power(4),
    "expo": _expo,
}

EASINGS: dict[str, Easing] = {
    DRAMATIC_SWOOP: CubicBezier(0.85, 0, 0.15, 1),
    "linear": _linear,
    "ease": CubicBezier(0.25, 0.1, 0.25, 1),
    "ease-in": CubicBezier(0.42, 0, 1, 1),
    "ease-out": CubicBezier(0, 0, 0.58, 1),
    "ease-in-out": CubicBezier(0.42, 0, 0.58, 1),
    **{f"ease-in-{name}": ease for name, ease in FAMILIES.items()},
    **{f"ease-out-{name}": _out(ease) for name, ease in FAMILIES.items()},
    **{f"ease-in-out-{name}": _in_out(ease) for name, ease in FAMILIES.items()},
}
"""Every easing by name."""


def named(name: str) -> Easing:
    """The easing called ``name``; ``easeInOutSine`` and ``sine-in-out`` are understood too.

    Raises :class:`ValueError`, listing the names.
    """
    wanted = _words(name)
    for known, easing in EASINGS.items():
        if wanted == _words(known):
            return easing
    raise ValueError(f"no easing is called {name!r}: use one of {', '.join(EASINGS)}")


def _words(name: str) -> frozenset[str]:
    words = frozenset(word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name))
    return words - {"ease"} if len(words) > 1 else words


def bezier(text: str) -> CubicBezier:
    """The curve that ``x1,y1,x2,y2`` describes, as in CSS. Raises :class:`ValueError`."""
    try:
        x1, y1, x2, y2 = (float(part) for part in text.split(","))
    except ValueError:
        raise ValueError(f"{text!r} is no curve: give four numbers, x1,y1,x2,y2") from None
    return CubicBezier(x1, y1, x2, y2)
