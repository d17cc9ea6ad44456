"""A brief, read into a direction."""

from __future__ import annotations

import pytest

from studio.director.house import read_brief
from studio.shoot import ShootOptions


@pytest.mark.parametrize(
    ("words", "pose", "background"),
    [
        ("edgy", "editorial-drama", "studio-black"),
        ("dramatic", "editorial-drama", "studio-black"),
        ("bold", "editorial-drama", "studio-black"),
        ("casual", "relaxed-natural", "studio-grey"),
        ("relaxed", "relaxed-natural", "studio-grey"),
        ("street", "street-walk", "outdoor-urban"),
        ("urban", "street-walk", "outdoor-urban"),
        ("professional", "confident-standing", "studio-white"),
        ("clean", "confident-standing", "studio-white"),
        ("industrial", "leaning-casual", "industrial"),
        ("raw", "leaning-casual", "industrial"),
        ("warm", "seated-editorial", "warm-daylight"),
        ("soft", "seated-editorial", "warm-daylight"),
        ("colourful", "editorial-drama", "color-gel"),
        ("vibrant", "editorial-drama", "color-gel"),
        ("new collection", "confident-standing", "studio-grey"),
    ],
)
def test_moods_bring_their_customary_pairing(words: str, pose: str, background: str) -> None:
    """A mood sets both, and without one the defaults hold."""
    direction = read_brief(f"A {words} editorial")
    assert (direction.pose, direction.background) == (pose, background)


@pytest.mark.parametrize(
    ("brief", "pose", "background"),
    [
        ("Edgy editorial in an industrial mood", "editorial-drama", "industrial"),
        ("a relaxed shoot on a white cyc", "relaxed-natural", "studio-white"),
        ("dramatic, but seated at golden hour", "seated-editorial", "warm-daylight"),
        ("walking at night, neon everywhere", "street-walk", "color-gel"),
        ("leaning on a car in the city", "urban-lean", "outdoor-urban"),
        ("leaning against raw concrete", "leaning-casual", "industrial"),
        ("street-walk, studio-black", "street-walk", "studio-black"),
        ("Dramatisches Editorial vor weißem Hintergrund", "editorial-drama", "studio-white"),
        ("Ambiance urbaine, assise", "seated-editorial", "outdoor-urban"),
        ("aire relajado, fondo negro", "relaxed-natural", "studio-black"),
    ],
)
def test_names_win_over_moods(brief: str, pose: str, background: str) -> None:
    """What is named is meant; the mood fills in the rest."""
    direction = read_brief(brief)
    assert (direction.pose, direction.background) == (pose, background)


def test_options_win_over_words() -> None:
    """What was set explicitly stands."""
    options = ShootOptions(pose="street-walk", background="studio-grey", pace=0.5, loop=False)
    direction = read_brief("edgy, on black, fast-paced seamless loop", options)
    assert direction.pose == "street-walk"
    assert direction.background == "studio-grey"
    assert (direction.pace, direction.loop) == (0.5, False)


@pytest.mark.parametrize(
    "brief", ["nothing too dramatic", "not edgy, please", "without any neon", "no concrete"]
)
def test_refused_mood_does_not_count(brief: str) -> None:
    """What is not wanted leaves the defaults."""
    direction = read_brief(brief)
    assert (direction.pose, direction.background) == ("confident-standing", "studio-grey")


@pytest.mark.parametrize(
    "brief", ["raw denim jeans", "a soft wool sweater", "walking boots", "a neon jacket"]
)
def test_garment_is_no_mood(brief: str) -> None:
    """How a garment is made says nothing about the place."""
    direction = read_brief(brief)
    assert (direction.pose, direction.background) == ("confident-standing", "studio-grey")


def test_wardrobe_is_kept_with_its_descriptions() -> None:
    """Garments are listed as the brief has them; what is not to be worn is not."""
    brief = "A black leather jacket, wide-leg trousers and silver rings; no hat"
    expected = ("black leather jacket", "wide-leg trousers", "silver rings")
    assert read_brief(brief).wardrobe == expected


@pytest.mark.parametrize(
    ("brief", "glasses"),
    [
        ("round sunglasses", True),
        ("mit Brille", True),
        ("lunettes de soleil", True),
        ("no glasses", False),
        ("two glasses of wine", False),
        ("a glass house", False),
    ],
)
def test_glasses_are_those_worn(brief: str, glasses: bool) -> None:
    """Glasses on the face, not on the table."""
    assert read_brief(brief).glasses is glasses


@pytest.mark.parametrize(
    ("brief", "ratio"),
    [
        ("vertical for reels", "9:16"),
        ("portrait format", "9:16"),
        ("a film for YouTube", "16:9"),
        ("square crop", "1:1"),
        ("4 by 3", "4:3"),
        ("hochkant", "9:16"),
        ("a portrait of a dancer", None),
        ("desert landscape", None),
        ("vertical stripes", None),
    ],
)
def test_ratio_is_implied_by_format(brief: str, ratio: str | None) -> None:
    """A format sets the ratio; a subject or a pattern does not."""
    assert read_brief(brief).aspect_ratio == ratio


@pytest.mark.parametrize(
    ("brief", "pace"),
    [
        ("slow and dreamy", 0.75),
        ("fast-paced", 1.5),
        ("slow motion", 0.5),
        ("cut at 1.25x", 1.25),
        ("slow fashion", None),
        ("fast car", None),
        ("not too fast", None),
        ("at 9x", None),
    ],
)
def test_pace_is_implied_by_tempo(brief: str, pace: float | None) -> None:
    """Slow and fast are about the cut, unless they are about something else."""
    assert read_brief(brief).pace == pace


@pytest.mark.parametrize(
    ("brief", "loop"), [("seamless loop", True), ("no loop", False), ("belt loop", None)]
)
def test_loop_is_taken_as_said(brief: str, loop: bool | None) -> None:
    """With, without, or not a word about it."""
    assert read_brief(brief).loop is loop
