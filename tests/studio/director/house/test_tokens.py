"""Text as tokens."""

from __future__ import annotations

import pytest

from studio.director.house.tokens import fold, norms, tokenise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't!", ("dont", "!")),
        ("l'image", ("l", "image")),
        ("easeInOut", ("ease", "in", "out")),
        ("contact_sheet", ("contact", "sheet")),
        ("re-render", ("re", "render")),
        ('{"loop": true}', ("loop", ":", "true")),
        ("weiß", ("weiss",)),
        ("Größe", ("grosse",)),
        ("…?", ("…", "?")),
    ],
)
def test_words_are_folded(text: str, expected: tuple[str, ...]) -> None:
    """Case, accents, apostrophes, humps and markup make no difference."""
    assert norms(text) == expected


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1.5x", 1.5, "x"),
        ("1,5x", 1.5, "x"),
        ("½x", 0.5, "x"),
        ("1½×", 1.5, "x"),
        ("150 %", 150, "%"),
        ("3rd", 3, "th"),
        ("2e", 2, "th"),
        ("7", 7, ""),
    ],
)
def test_numbers_have_values_and_units(text: str, value: float, unit: str) -> None:
    """As people write them."""
    (token,) = tokenise(text)
    assert (token.value, token.unit) == (value, unit)


def test_comma_lists_unless_a_unit_follows() -> None:
    """``2,4`` names two frames, ``Tempo 1,2`` one pace."""
    assert [token.value for token in tokenise("2,4")] == [2, None, 4]
    assert tokenise("Tempo 1,2")[-1].value == 1.2


@pytest.mark.parametrize("text", ["9:16", "9x16", "9 x 16", "9/16", "1080x1920", "9 : 16"])
def test_ratios_are_reduced(text: str) -> None:
    """One ratio in many spellings."""
    (token,) = tokenise(text)
    assert token.sides == (9, 16)


def test_tokens_know_their_place() -> None:
    """Offsets lead back to what was written."""
    text = "Öffne die Jacke, bitte"
    assert [text[t.start : t.end] for t in tokenise(text)] == [t.text for t in tokenise(text)]


def test_fold_keeps_letters() -> None:
    """Folding takes away marks alone."""
    assert fold("Éléphant d’Ângela") == "elephant dangela"
