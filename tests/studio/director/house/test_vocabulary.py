"""The tables as a whole."""

from __future__ import annotations

from studio.director.house.tokens import fold
from studio.director.house.vocabulary import known_words
from studio.director.house.words import approval, doubt
from studio.director.house.words.spelling import MENDABLE, RIGHT


def test_words_are_folded_once_and_for_all() -> None:
    """What is compared has no case and no accents."""
    assert all(word == fold(word) for word in known_words() if word.isalpha())


def test_no_word_is_mended_and_left_alone() -> None:
    """A word is either a target of mending or protected from it."""
    assert known_words() >= MENDABLE & RIGHT


def test_going_on_and_doubting_do_not_overlap() -> None:
    """No phrase both approves and hesitates or refuses."""
    against = (doubt.HESITATION, doubt.STRONG_DOUBT, doubt.REFUSAL, doubt.SARCASM)
    for lexicon in (approval.GO, approval.VERDICT):
        assert not any(lexicon.phrases & other.phrases for other in against)
