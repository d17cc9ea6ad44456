"""Prompt templates: everything that was said is in them, nothing else varies."""

from __future__ import annotations

import pytest

from studio.presets import BACKGROUND_WORDS, BACKGROUNDS, LOOK, POSE_WORDS, POSES, SHOTS
from studio.prompts import clip_prompt, frame_prompt, hero_prompt, sheet_prompt

KLING_LIMIT = 2_500


@pytest.mark.parametrize("pose", POSES)
@pytest.mark.parametrize("background", BACKGROUNDS)
def test_hero_names_its_set_up(pose, background):
    """Brief, pose, background, notes and look are all in the hero's prompt."""
    prompt = hero_prompt("Late sun", pose, background, notes=["edgier", "no hat"], references=2)
    for part in ("Late sun.", POSE_WORDS[pose], BACKGROUND_WORDS[background], "no hat.", LOOK):
        assert part in prompt


def test_hero_without_references_keeps_nobody():
    """Without a photo there is no person to keep."""
    assert "reference" not in hero_prompt("x", "street-walk", "studio-grey")


def test_sheet_lists_the_six_shots_in_order():
    """The sheet's prompt has the six shots in reading order."""
    prompt = sheet_prompt("street-walk", None)
    places = [prompt.index(shot) for shot in SHOTS]
    assert places == sorted(places)


def test_glasses_reflect_only_where_they_are_worn():
    """Reflections on glasses are asked for only when the subject wears them."""
    assert "glasses" in sheet_prompt(None, None, glasses=True)
    assert "glasses" not in sheet_prompt(None, None)


@pytest.mark.parametrize("index", range(1, 7))
def test_clips_lead_from_shot_to_shot(index):
    """A clip's prompt names where it begins and ends, and fits the strictest limit."""
    prompt = clip_prompt(index, ["slower"] * 5)
    assert prompt.index(SHOTS[index - 1]) < prompt.index(SHOTS[index % 6])
    assert len(prompt) <= KLING_LIMIT


@pytest.mark.parametrize("index", [0, 7])
def test_there_are_six_frames(index):
    """A frame that does not exist has no prompt."""
    with pytest.raises(ValueError, match="numbered 1 to 6"):
        frame_prompt(index, "x")
