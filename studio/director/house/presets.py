"""Poses and backgrounds named in words, and the moods that bring both."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from typing import TypeVar

from studio.director.house.lexicon import Lexicon, Table, is_mark
from studio.director.house.tokens import Tokens
from studio.director.house.words import brief, presets
from studio.director.house.words.presets import Mood
from studio.presets import Background, Pose

_CLOSE = 5
_COLOUR_REACH = 4


T = TypeVar("T")


def poses_in(tokens: Tokens) -> list[Pose]:
    """Every pose named and wanted, in order."""
    return _named(presets.POSE, _words(tokens))


def backgrounds_in(tokens: Tokens) -> list[Background]:
    """Every background named and wanted, in order; a colour of the backdrop stands alone."""
    words = _words(tokens)
    coloured = _coloured(words)
    if coloured is not None:
        return [coloured]
    posed = {at for i, _, n in presets.POSE.all(words) for at in range(i, i + n)}
    return _named(presets.BACKGROUND, words, posed)


def _named(table: Table[T], words: Tokens, taken: Collection[int] = ()) -> list[T]:
    """What is named and wanted, and describes no garment (``walking boots``, ``neon jacket``)."""
    return [
        value
        for index, value, length in table.all(words)
        if index not in taken
        and wanted(words, index)
        and not (length == 1 and brief.GARMENT.length(words, index + 1))
        and not _patterned(words, index + length)
    ]


def _patterned(words: Tokens, end: int) -> bool:
    """``concrete wall texture``: only how something else is made to look."""
    return bool(brief.PATTERN.length(words, end + presets.BACKDROP.length(words, end)))


def moods_in(tokens: Tokens) -> list[Mood]:
    """The moods wanted, in order; words that only say what a garment is made like are none."""
    words = _words(tokens)
    return [
        mood
        for index, mood, length in presets.MOOD.all(words)
        if wanted(words, index) and not _of_garment(words, index, index + length)
    ]


def _of_garment(words: Tokens, index: int, end: int) -> bool:
    garment = any(brief.GARMENT.length(words, at) for at in (end, end + 1))
    return garment and bool(presets.MATERIAL.length(words, index))


def wanted(words: Tokens, index: int) -> bool:
    """Whether nothing right before ``index``, in its clause, turns what is named there away."""
    after = tuple(itertools.takewhile(lambda token: not is_mark(token), words[index + 1 :]))
    left_behind = presets.TURN.within(after)
    for at in range(index - 1, max(-1, index - 1 - _CLOSE), -1):
        if is_mark(words[at]):
            return True
        if _reaches(presets.AGAINST, presets.BUT, words, at, index):
            return False
        if left_behind and _reaches(presets.AWAY_FROM, presets.TURN, words, at, index):
            return False
    return True


def _reaches(refusal: Lexicon, pardon: Lexicon, words: Tokens, at: int, index: int) -> bool:
    """Whether a refusal at ``at`` is still in force at ``index``."""
    length = refusal.length(words, at)
    return bool(length) and at + length <= index and not pardon.within(words[at + length : index])


def _coloured(words: Tokens) -> Background | None:
    """A colour said of the backdrop: ``background to black``, ``white seamless wall``."""
    found: list[Background] = []
    for index, length in ((i, n) for i, _, n in presets.BACKDROP.all(words)):
        after = list(range(index + length, min(len(words), index + length + _COLOUR_REACH)))
        marks = [at for at in after if is_mark(words[at])]
        near = (
            *range(max(0, index - 2), index),
            *(after[: after.index(marks[0])] if marks else after),
        )
        for at in near:
            colour = presets.COLOUR.at(words, at)
            if colour is not None and wanted(words, at) and not _colours_garment(words, at):
                found.append(colour[0])
    return only(found)


def _colours_garment(words: Tokens, index: int) -> bool:
    """``wall, in a grey wool coat``: the colour is the coat's."""
    return any(brief.GARMENT.length(words, at) for at in range(index + 1, index + _CLOSE - 1))


def only(found: list[T]) -> T | None:
    """The one thing in a list, however often; ``None`` where there is none, or more than one."""
    distinct = list(dict.fromkeys(found))
    return distinct[0] if len(distinct) == 1 else None


def _words(tokens: Tokens) -> Tokens:
    """All but the colons: other marks end what a refusal reaches."""
    return tuple(token for token in tokens if token.norm != ":")
