"""What a photographer's plain words ask of a picture: a table from words to adjustments."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Adjustment:
    """Changes to a picture; the default changes nothing.

    ``exposure`` is in stops, ``warmth`` and ``saturation`` are −1 to 1, ``contrast`` likewise;
    ``zoom`` above 1 comes closer; ``shift`` moves the frame (fractions); ``tilt`` is degrees;
    ``tint`` is a BGR colour that lights the picture.
    """

    exposure: float = 0.0
    warmth: float = 0.0
    saturation: float = 0.0
    contrast: float = 0.0
    zoom: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)
    tilt: float = 0.0
    soft: float = 0.0
    grain: float = 1.0
    flip: bool = False
    mono: bool = False
    tint: Colour | None = None


AS_IT_IS = Adjustment()

RULES: tuple[tuple[str, dict[str, float | bool]], ...] = (
    (
        r"dark(er)?|mood(y|ier)|low.?key|dim(mer)?|shadow(s|y)?",
        {"exposure": -0.75, "contrast": 0.2},
    ),
    (r"bright(er)?|lighter|more light|high.?key|airy", {"exposure": 0.6}),
    (r"warm(er)?|golden|sun(ny|set)|amber", {"warmth": 0.55}),
    (r"cool(er)?|cold(er)?|icy|steel", {"warmth": -0.55}),
    (
        r"black.?(and|&|n).?white|b\s?&\s?w|mono(chrome)?|gr[ea]yscale",
        {"mono": True, "contrast": 0.25},
    ),
    (r"close(r|.?up)?|tight(er)?|zoom in|nearer|macro", {"zoom": 1.32}),
    (r"wid(e|er)|further|farther|step back|zoom out|looser|full.?length", {"zoom": 0.85}),
    (r"flip(ped)?|mirror(ed)?|other (side|way)|opposite|turn (a)?round", {"flip": True}),
    (r"satura\w+|vivid|vibrant|colou?rful|punch(y|ier)", {"saturation": 0.45}),
    (r"desaturated?|muted|faded|pastel|washed", {"saturation": -0.5, "contrast": -0.2}),
    (
        r"contrast(y|ier)?|edg(y|ier)|drama(tic)?|hard(er)?|bold(er)?|gritt(y|ier)",
        {"contrast": 0.4, "exposure": -0.2},
    ),
    (r"soft(er)?|dreamy|gentle|romantic|flat(ter)?", {"contrast": -0.25, "soft": 0.5}),
    (r"grain(y|ier)?", {"grain": 1.6}),
    (r"blur(red|ry)?|motion", {"soft": 1.0}),
    (r"tilt(ed)?|dutch|angled?|slant(ed)?", {"tilt": 7.0}),
)

TINTS: dict[str, Colour] = {
    "red": (0.45, 0.50, 1.35),
    "blue": (1.40, 0.85, 0.55),
    "green": (0.65, 1.25, 0.65),
    "pink": (1.05, 0.72, 1.28),
    "magenta": (1.15, 0.60, 1.25),
    "purple": (1.30, 0.66, 1.05),
    "violet": (1.35, 0.64, 0.98),
    "cyan": (1.25, 1.10, 0.55),
    "teal": (1.10, 1.08, 0.60),
    "turquoise": (1.15, 1.12, 0.60),
    "yellow": (0.45, 1.10, 1.18),
    "orange": (0.48, 0.88, 1.30),
    "gold": (0.52, 0.95, 1.22),
}


LIT = r"(light|lit|gels?|tint(ed)?|tones?|wash|cast|glow|mood|grade|look)"


def understand(text: str) -> Adjustment:
    """The sum of what the known words in ``text`` ask for; unknown words ask for nothing.

    A colour tints the picture when it names light ("red light", "blue tones"); of anything else
    ("a red scarf") only a hint of it is seen.
    """
    said = text.lower()
    asked = Adjustment()
    for pattern, change in RULES:
        # "Less dark" asks for the opposite of "dark".
        found = re.search(rf"(\b(?:less|not (?:so|as)|too)\s+)?\b(?:{pattern})\b", said)
        if found:
            asked = _with(asked, change, -1.0 if found[1] else 1.0)
    for name, tint in TINTS.items():
        found = re.search(rf"\b{name}(?:dish|ish)?\b(?:\W+(?:\w+\W+)?{LIT}\b)?", said)
        if found:
            strength = 1.0 if found[1] else 0.35
            asked = replace(asked, tint=_weaker(tint, strength))
    return asked


def tonal(asked: Adjustment) -> Adjustment:
    """``asked`` without what reframes the picture, and without hints of colour."""
    strong = asked.tint is not None and max(abs(c - 1) for c in asked.tint) > 0.2
    return Adjustment(
        exposure=0.6 * asked.exposure,
        warmth=0.8 * asked.warmth,
        saturation=asked.saturation,
        contrast=0.45 * asked.contrast,
        mono=asked.mono,
        tint=asked.tint if strong else None,
    )


def _weaker(tint: Colour, strength: float) -> Colour:
    blue, green, red = (1 + (c - 1) * strength for c in tint)
    return blue, green, red


def _with(asked: Adjustment, change: dict[str, float | bool], sign: float) -> Adjustment:
    values: dict[str, float | bool] = {}
    for name, amount in change.items():
        if isinstance(amount, bool):
            values[name] = amount and sign > 0
        elif name in ("zoom", "grain"):
            values[name] = float(getattr(asked, name)) * amount**sign
        else:
            values[name] = float(getattr(asked, name)) + sign * amount
    return replace(asked, **values)  # type: ignore[arg-type]


def varied(asked: Adjustment, rng: np.random.Generator) -> Adjustment:
    """``asked``, framed and lit a little differently, so that a new take is visibly new."""
    side = 1.0 if rng.random() < 0.5 else -1.0
    zoom = asked.zoom if asked.zoom != 1 else float(rng.uniform(1.10, 1.20))
    return replace(
        asked,
        zoom=zoom,
        shift=(side * float(rng.uniform(0.02, 0.05)), float(rng.uniform(-0.03, 0.03))),
        tilt=asked.tilt or side * float(rng.uniform(1.5, 3.5)),
        exposure=asked.exposure + (0.0 if asked.exposure else float(rng.uniform(-0.12, 0.15))),
    )


def both(first: Adjustment, second: Adjustment) -> Adjustment:
    """``first`` and then ``second``."""
    tint = first.tint or second.tint
    if first.tint and second.tint:
        blue, green, red = (a * b for a, b in zip(first.tint, second.tint, strict=True))
        tint = blue, green, red
    return replace(
        second,
        exposure=first.exposure + second.exposure,
        warmth=first.warmth + second.warmth,
        saturation=first.saturation + second.saturation,
        contrast=first.contrast + second.contrast,
        mono=first.mono or second.mono,
        tint=tint,
    )
