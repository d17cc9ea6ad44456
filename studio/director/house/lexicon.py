"""Tables of phrases, and how a text is held against them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

from studio.director.house.tokens import Token, Tokens, norms

T = TypeVar("T")
_LONGEST_PHRASE = 8


class Table(Generic[T]):
    """Phrases with a meaning each. The longest phrase that fits counts."""

    def __init__(self, meanings: Mapping[str, T]) -> None:
        """Take ``meanings`` by phrases, several to a key separated by commas."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrases, meaning in meanings.items():
            for phrase in phrases.split(","):
                words = norms(phrase)
                if words:
                    self._by_first.setdefault(words[0], []).append((words, meaning))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: len(entry[0]), reverse=True)

    def at(self, tokens: Tokens, index: int) -> tuple[T, int] | None:
        """The meaning of the longest phrase that begins at ``index``, and its length."""
        if index >= len(tokens):
            return None
        for words, meaning in self._by_first.get(tokens[index].norm, ()):
            if len(words) == 1 or _continues(tokens, index, words):
                return meaning, len(words)
        return None

    def first(self, tokens: Tokens) -> tuple[int, T, int] | None:
        """Where the first phrase begins, its meaning and its length."""
        for index in range(len(tokens)):
            found = self.at(tokens, index)
            if found is not None:
                return index, *found
        return None

    def all(self, tokens: Tokens) -> list[tuple[int, T, int]]:
        """Every phrase, from left to right, without overlaps."""
        found = []
        index = 0
        while index < len(tokens):
            entry = self.at(tokens, index)
            if entry is not None:
                found.append((index, *entry))
            index += entry[1] if entry else 1
        return found

    def length(self, tokens: Tokens, index: int) -> int:
        """How many tokens the longest phrase at ``index`` has; 0 where there is none."""
        found = self.at(tokens, index)
        return found[1] if found else 0

    def within(self, tokens: Tokens) -> bool:
        """Whether any phrase stands anywhere in ``tokens``."""
        return self.first(tokens) is not None

    @property
    def phrases(self) -> frozenset[tuple[str, ...]]:
        """Every phrase, as its folded words."""
        return frozenset(words for group in self._by_first.values() for words, _ in group)

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word of every phrase."""
        return frozenset(word for words in self.phrases for word in words)


class Lexicon(Table[bool]):
    """A set of phrases."""

    def __init__(self, *phrases: str) -> None:
        """Take phrases separated by commas, in any number of strings."""
        super().__init__(dict.fromkeys(phrases, True))

    def strip(self, tokens: Tokens) -> Tokens:
        """``tokens`` without the phrases and marks that they begin with."""
        start = 0
        while start < len(tokens):
            length = self.length(tokens, start) or is_mark(tokens[start])
            if not length:
                break
            start += length
        return tokens[start:]

    def strip_end(self, tokens: Tokens) -> Tokens:
        """``tokens`` without the phrases and marks that they end with."""
        end = len(tokens)
        while end:
            if is_mark(tokens[end - 1]):
                end -= 1
                continue
            near = tokens[max(0, end - _LONGEST_PHRASE) : end]
            length = next((n for n in range(len(near), 0, -1) if self._ends(near, n)), 0)
            if not length:
                break
            end -= length
        return tokens[:end]

    def _ends(self, tokens: Tokens, length: int) -> bool:
        return self.length(tokens, len(tokens) - length) == length


def covers(tokens: Tokens, *tables: Table[Any]) -> bool:
    """Whether ``tokens`` are phrases of ``tables`` and marks from end to end."""
    index = 0
    while index < len(tokens):
        length = max((table.length(tokens, index) for table in tables), default=0)
        length = length or is_mark(tokens[index])
        if not length:
            return False
        index += length
    return True


def is_mark(token: Token) -> bool:
    """Whether it is punctuation."""
    return token.kind == "mark"


def vocabulary(tables: Iterable[Table[T]]) -> frozenset[str]:
    """Every word of ``tables``."""
    return frozenset().union(*(table.vocabulary for table in tables))


def _continues(tokens: Tokens, index: int, words: tuple[str, ...]) -> bool:
    if index + len(words) > len(tokens):
        return False
    return all(tokens[index + step].norm == word for step, word in enumerate(words))
