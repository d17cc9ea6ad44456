"""Words in scripts that the rules cannot read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from studio.director.house.opening import open_shoot
from studio.director.house.scripts import unread_script
from studio.shoot import Brief
from studio.stages import ORDER
from tests.studio.director.conftest import Decide

WORDS = {
    "Cyrillic": "кадр 3 темнее",
    "Arabic": "الإطار 3 أغمق",
    "Devanagari": "फ्रेम 3 गहरा",
    "Chinese or Japanese": "第3张暗一点",
    "Korean": "3번 더 어둡게",
    "Greek": "το 3 πιο σκούρο",
    "Hebrew": "תמונה 3 כהה יותר",
    "Thai": "ภาพ 3 มืดลง",
}


@pytest.mark.parametrize("script", WORDS)
def test_script_is_named(script: str) -> None:
    """So that a person knows which of the words could not be read."""
    assert unread_script(WORDS[script]) == script


@pytest.mark.parametrize("text", ["Ärmel, ñandú, œuvre, ß 3ª", "½× 🙂 ✅ — “…” $2 µm", ""])
def test_latin_letters_are_read(text: str) -> None:
    """Accents, signs and emojis are no other script."""
    assert unread_script(text) == ""


@pytest.mark.parametrize("script", WORDS)
@pytest.mark.parametrize("stage", ORDER)
def test_unread_feedback_is_answered(
    script: str, stage: str, decide: Decide, answer: Callable[..., str]
) -> None:
    """Digits in it are no order, and neither is a Latin word beside it."""
    assert decide(WORDS[script], stage) == []
    assert decide(f"continue {WORDS[script]}", stage) == []
    assert f"cannot read {script}" in answer(WORDS[script], stage)


@pytest.mark.parametrize("script", WORDS)
def test_unread_brief_is_said(script: str) -> None:
    """The set and the pose are named, instead of silently being the usual ones."""
    words = open_shoot(Brief(prompt=WORDS[script])).words
    assert f"cannot read {script} letters" in words
    assert "standing tall" in words and "mid-grey" in words
