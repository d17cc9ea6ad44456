"""Tables of phrases."""

from __future__ import annotations

from studio.director.house.lexicon import Lexicon, Table, covers
from studio.director.house.tokens import tokenise

GREETINGS = Lexicon("good, good morning, hello")


def test_longest_phrase_counts() -> None:
    """``good morning`` is not ``good``."""
    assert GREETINGS.length(tokenise("Good morning all"), 0) == 2


def test_phrases_are_found_anywhere() -> None:
    """From left to right, without overlaps."""
    found = GREETINGS.all(tokenise("hello, good morning"))
    assert [(index, length) for index, _, length in found] == [(0, 1), (2, 2)]


def test_table_gives_meanings() -> None:
    """A phrase stands for its value."""
    table = Table({"one, eins": 1, "two": 2})
    assert table.at(tokenise("EINS"), 0) == (1, 1)


def test_strip_takes_from_either_end() -> None:
    """Phrases and marks at the ends go; those within stay."""
    tokens = tokenise("hello, my good friend, good morning!")
    stripped = GREETINGS.strip_end(GREETINGS.strip(tokens))
    assert [token.norm for token in stripped] == ["my", "good", "friend"]


def test_covers_needs_every_word() -> None:
    """One word of another kind is enough to say no."""
    assert covers(tokenise("hello, hello!"), GREETINGS)
    assert not covers(tokenise("hello you"), GREETINGS)
