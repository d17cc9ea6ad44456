"""Mends typing errors in the few words that decisions hang on.

A word nobody knows becomes the one command word within one slip of it (two in long words): a
letter too many, too few, wrong, or two changed over, the first letter being right. Where two
command words are as near, it stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from studio.director.house.tokens import Tokens, fold
from studio.director.house.vocabulary import known_words
from studio.director.house.words.spelling import MENDABLE, MISSPELT, RIGHT

_SHORTEST, _LONG = 4, 8


class Speller:
    """Mends tokens, given every word that is right as it is."""

    def __init__(self, known: Iterable[str]) -> None:
        """Take the words that are never mended."""
        self._mendable = tuple(sorted({fold(word) for word in MENDABLE}))
        self._known = frozenset(known) | {fold(word) for word in RIGHT} | set(self._mendable)
        self._mended = lru_cache(maxsize=4096)(self._find)

    def mend(self, tokens: Tokens) -> Tokens:
        """The tokens, with ``norm`` mended where it was mistyped."""
        return tuple(
            replace(token, norm=self._mended(token.norm)) if token.kind == "word" else token
            for token in tokens
        )

    def _find(self, word: str) -> str:
        if len(word) < _SHORTEST or len(word) > 20 or word in self._known:
            return word
        if word in MISSPELT:
            return MISSPELT[word]
        allowed = 2 if len(word) >= _LONG else 1
        near: dict[int, list[str]] = {}
        for candidate in self._mendable:
            if candidate[0] != word[0] or abs(len(candidate) - len(word)) > allowed:
                continue
            slips = distance(word, candidate)
            if slips <= allowed and not _risky(word, candidate):
                near.setdefault(slips, []).append(candidate)
        best = near.get(min(near)) if near else None
        return best[0] if best and len(best) == 1 else word


def _risky(word: str, candidate: str) -> bool:
    """In words of four letters a wrong letter makes another word too easily."""
    same = len(word) == len(candidate)
    return len(word) == _SHORTEST and same and sorted(word) != sorted(candidate)


def distance(first: str, second: str) -> int:
    """Slips between two words: Damerau's, in the restricted form (optimal string alignment)."""
    older: list[int] = []
    above = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        row = [i]
        for j, other in enumerate(second, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        older, above = above, row
    return above[-1]


@lru_cache(maxsize=1)
def speller() -> Speller:
    """The speller that knows every word of the tables."""
    return Speller(known_words())
