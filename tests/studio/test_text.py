"""Text from outside is made fit to be kept and passed on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from studio.decisions import Feedback, Revise
from studio.shoot import Brief, ShootOptions
from studio.stages import Stage
from studio.text import printable


@given(st.text(st.characters()))
def test_printable_text_can_be_written_and_passed_on(text):
    """Whatever was typed, the rest can be UTF-8, an argument and a file's content."""
    kept = printable(text)
    assert "\0" not in kept.encode().decode()
    assert printable(kept) == kept


def test_what_people_mean_is_kept():
    """Letters of all scripts, emoji, line breaks and tabs stay as they are."""
    text = "Größe\tمرحبا\nनमस्ते 👩🏽‍🎤 “so”"
    assert printable(text) == text


def test_words_lose_their_control_characters():
    """The words of briefs and decisions are cleaned where they come in."""
    assert Brief(prompt="a\0 brief\x1b").prompt == "a brief"
    assert Revise(stage=Stage.HERO, instruction="dark\0er").instruction == "darker"


@pytest.mark.parametrize("text", ["", "  ", "\0", "\x1b \ud800"])
def test_words_of_nothing_are_refused(text):
    """What holds no character to read is no words."""
    with pytest.raises(ValidationError):
        Feedback(text=text)


@pytest.mark.parametrize("budget", [float("inf"), float("nan"), 0, -1])
def test_budget_is_a_sum(budget):
    """A budget is a number of dollars that can be reached."""
    with pytest.raises(ValidationError):
        ShootOptions(budget=budget)
