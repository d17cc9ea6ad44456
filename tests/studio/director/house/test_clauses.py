"""A text cut into clauses."""

from __future__ import annotations

import pytest

from studio.director.house.clauses import clauses
from studio.director.house.scope import Scope
from studio.director.house.spelling import speller
from studio.director.house.tokens import slice_of, tokenise
from studio.director.interface import Situation
from studio.stages import Stage


def split(text: str, stage: Stage = Stage.FRAMES) -> list[str]:
    """The clauses as they are written."""
    tokens = speller().mend(tokenise(text))
    return [slice_of(text, one.tokens) for one in clauses(tokens, Scope(Situation(stage=stage)))]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("darker and warmer", ["darker and warmer"]),
        ("darker and continue", ["darker", "continue"]),
        ("frames 2, 4 and 5: open", ["frames 2, 4 and 5: open"]),
        ("great, but darker", ["great", "but darker"]),
        ("all but 6: warmer", ["all but 6: warmer"]),
        ("frame 2 brighter and frame 5 darker", ["frame 2 brighter", "frame 5 darker"]),
        ("Frame 2: red Frame 4: blue", ["Frame 2: red", "Frame 4: blue"]),
        ("passe en 16:9", ["passe en 16:9"]),
        ("plus sombre, mais le chapeau", ["plus sombre", "mais le chapeau"]),
        ("um pouco mais escuro", ["um pouco mais escuro"]),
        ("no. 5: darker", ["no. 5: darker"]),
    ],
)
def test_text_is_split_between_acts(text: str, parts: list[str]) -> None:
    """Where one act ends and another begins, and nowhere within a list or a wish."""
    assert split(text) == parts


def test_question_mark_belongs_to_its_sentence() -> None:
    """What was asked is known of every clause of the sentence, and of no other."""
    tokens = tokenise("Is it good, really? Continue.")
    found = clauses(tokens, Scope(Situation(stage=Stage.HERO)))
    assert [one.asked for one in found] == [True, True, False]
