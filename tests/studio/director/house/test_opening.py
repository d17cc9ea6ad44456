"""What is said to a brief."""

from __future__ import annotations

import re

import pytest

from studio.director.house.opening import open_shoot
from studio.shoot import Brief, ShootOptions

BRIEFS = (
    "Edgy editorial in an industrial mood",
    "black coat and sunglasses, seated, on white, vertical, loop",
    "make something of these",
)


@pytest.mark.parametrize("prompt", BRIEFS)
def test_opening_is_two_or_three_sentences(prompt: str) -> None:
    """It says what will be shot, and no more."""
    words = open_shoot(Brief(prompt=prompt)).words
    assert 2 <= len(re.findall(r"[.!?](?:\s|$)", words)) <= 3


def test_pose_and_place_are_in_words() -> None:
    """The choice is said as a person would say it, not by the preset's name."""
    words = open_shoot(Brief(prompt="edgy")).words
    assert "sculptural, angular pose" in words
    assert "deep black studio" in words


def test_named_wardrobe_is_said_back() -> None:
    """What the brief names is acknowledged."""
    assert "a red coat" not in (words := open_shoot(Brief(prompt="a red coat")).words)
    assert "red coat" in words


def test_glasses_glare() -> None:
    """The look promises hard reflections on glasses."""
    assert "glare off the glasses" in open_shoot(Brief(prompt="sunglasses")).words


def test_autopilot_is_announced() -> None:
    """Nobody waits at a checkpoint that will not come."""
    brief = Brief(prompt="edgy", options=ShootOptions(autopilot=True))
    assert "straight through" in open_shoot(brief).words


def test_film_settings_are_announced() -> None:
    """What the brief implies for the film is said."""
    words = open_shoot(Brief(prompt="fast-paced, vertical, seamless loop")).words
    assert "upright, 9:16, cut at 1.5x and looping" in words
