"""The house presets by name, and what each means to a proof: framing, and the light of a set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

POSES = (
    "confident-standing",
    "seated-editorial",
    "leaning-casual",
    "editorial-drama",
    "relaxed-natural",
    "street-walk",
    "urban-lean",
)

BACKGROUNDS = (
    "studio-grey",
    "studio-white",
    "studio-black",
    "industrial",
    "warm-daylight",
    "color-gel",
    "outdoor-urban",
)

SHOTS = (
    "beauty portrait",
    "high-angle three-quarter",
    "low-angle full body",
    "side-on profile",
    "intimate close portrait",
    "extreme detail",
)
"""The six shots of every contact sheet, in reading order."""

HERO_SIZE = (2528, 1696)


@dataclass(frozen=True)
class Framing:
    """How a pose puts the figure into the picture; lengths are fractions of the picture.

    ``height`` is the figure's height, ``x`` its centre, ``drop`` how much of a figure that its
    photo cuts off falls below the lower edge; ``tilt`` and ``roll`` are degrees (figure, camera);
    ``turn`` is a pseudo-rotation of the body in degrees; ``cards`` is the side that the further
    references take.
    """

    height: float
    x: float
    tilt: float = 0.0
    roll: float = 0.0
    turn: float = 0.0
    drop: float = 0.03
    prop: Literal["none", "table", "flat", "pillar"] = "none"
    echo: float = 0.0
    cards: Literal["left", "right"] = "right"


FRAMINGS = {
    "confident-standing": Framing(height=0.93, x=0.47, drop=0.04),
    "seated-editorial": Framing(height=0.86, x=0.40, tilt=-2.0, drop=0.02, prop="table"),
    "leaning-casual": Framing(
        height=0.98, x=0.60, tilt=6.5, turn=10, drop=0.12, prop="flat", cards="left"
    ),
    "editorial-drama": Framing(height=1.22, x=0.42, tilt=-5.0, roll=3.0, turn=-12, drop=0.28),
    "relaxed-natural": Framing(height=0.78, x=0.58, tilt=2.0, drop=0.03, cards="left"),
    "street-walk": Framing(
        height=0.94, x=0.40, tilt=-3.5, roll=-3.0, turn=14, drop=0.08, echo=0.16
    ),
    "urban-lean": Framing(
        height=0.96, x=0.36, tilt=-7.5, roll=2.0, turn=-10, drop=0.12, prop="pillar"
    ),
}


@dataclass(frozen=True)
class Lighting:
    """The light of a set, colours BGR: what tints the figure, and how hard the flash falls.

    ``rims`` are the coloured edges that lights behind the figure draw from the left and from the
    right; ``flash`` is the exposure at the centre, ``falloff`` how much is lost at the corners,
    ``shadow`` the depth of the hard shadow on the backdrop, ``saturation`` how far the film
    pushes colour, ``wrap`` how far the rims reach round the body.
    """

    ambient: tuple[float, float, float]
    rims: tuple[tuple[float, float, float], tuple[float, float, float]]
    flash: float
    falloff: float
    shadow: float
    saturation: float = 1.0
    wrap: float = 0.15


NEUTRAL = (0.5, 0.5, 0.5)

LIGHTINGS = {
    "studio-grey": Lighting((1.0, 1.0, 1.0), (NEUTRAL, NEUTRAL), 1.18, 0.55, 0.62, 0.85),
    "studio-white": Lighting((1.02, 1.0, 0.99), (NEUTRAL, NEUTRAL), 1.10, 0.30, 0.45, 0.8),
    "studio-black": Lighting(
        (0.96, 0.95, 0.96), ((1.5, 1.3, 1.1), (0.85, 0.85, 1.0)), 1.18, 0.62, 0.7, 0.85, 0.25
    ),
    "industrial": Lighting(
        (1.02, 1.0, 0.96), ((0.75, 0.70, 0.50), (0.25, 0.45, 0.75)), 1.16, 0.62, 0.7, 0.8
    ),
    "warm-daylight": Lighting(
        (0.86, 0.97, 1.05), ((0.35, 0.65, 1.0), (0.2, 0.3, 0.4)), 1.14, 0.40, 0.5, 0.75
    ),
    "color-gel": Lighting(
        (1.04, 0.92, 1.0), ((0.75, 0.1, 1.3), (1.4, 0.85, 0.05)), 1.10, 0.55, 0.55, 0.6, 0.6
    ),
    "outdoor-urban": Lighting(
        (1.05, 0.99, 0.97), ((0.25, 0.55, 1.0), (0.8, 0.35, 0.9)), 1.20, 0.60, 0.0, 0.85
    ),
}
