"""Words to adjustments: what is understood, and that the rest asks for nothing."""

from __future__ import annotations

import pytest

from sandbox.scripts._proof.words import AS_IT_IS, Adjustment, both, tonal, understand


@pytest.mark.parametrize("text", ["", "open the jacket", "hands in pockets", "look at the camera"])
def test_unknown_words_ask_for_nothing(text: str) -> None:
    """What is not in the table changes nothing."""
    assert understand(text) == AS_IT_IS


@pytest.mark.parametrize(
    ("text", "field", "sign"),
    [
        ("make it darker", "exposure", -1),
        ("much brighter", "exposure", 1),
        ("less dark", "exposure", 1),
        ("too bright", "exposure", -1),
        ("warmer", "warmth", 1),
        ("a cooler grade", "warmth", -1),
        ("edgier", "contrast", 1),
        ("more vivid", "saturation", 1),
        ("muted colours", "saturation", -1),
    ],
)
def test_direction(text: str, field: str, sign: int) -> None:
    """Each word pushes its own way, and a negation the other."""
    assert getattr(understand(text), field) * sign > 0


def test_framing() -> None:
    """Closer enlarges, wider does not, and a flip flips."""
    assert understand("closer").zoom > 1 > understand("wider").zoom
    assert understand("mirror it").flip


def test_black_and_white() -> None:
    """All its spellings are monochrome."""
    assert all(understand(t).mono for t in ("black and white", "b&w", "in mono", "greyscale"))


def test_light_tints_more_than_things() -> None:
    """Red light tints the picture; a red scarf is only hinted at."""
    light, scarf = understand("red light").tint, understand("with a red scarf").tint
    assert light is not None
    assert scarf is not None
    assert light[2] / light[0] > scarf[2] / scarf[0] > 1


def test_tonal_leaves_the_framing() -> None:
    """Of an instruction for a hero only the tone is taken."""
    assert tonal(understand("closer, tilted, a red scarf")) == AS_IT_IS


def test_both_add_up() -> None:
    """Two adjustments sum; one that is monochrome makes both so."""
    joined = both(Adjustment(exposure=0.5, tint=(1, 1, 2)), Adjustment(exposure=-1, mono=True))
    assert (joined.exposure, joined.mono, joined.tint) == (-0.5, True, (1, 1, 2))
