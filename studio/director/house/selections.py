"""Which frames or clips are meant: numbers, ranges, ordinals, first and last, all but some."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.director.house.lexicon import Lexicon
from studio.director.house.scope import Scope, Unit
from studio.director.house.tokens import Tokens
from studio.director.house.words import acts, changes, doubt, settings, units

_FARTHEST = 20
_LONGEST_LEAD = 4
_LONGEST_LIST = 2 * _FARTHEST
_SEPARATORS = frozenset({",", "/", "&", "+"})
_FOLLOW_BARE = frozenset({":", ",", "-"})


@dataclass(frozen=True, slots=True)
class Selection:
    """Frames or clips by number, as said (maybe out of range), and the tokens that say so.

    ``unit`` is ``None`` where the words leave it to the stage. ``named`` means that the word was
    frame or clip itself rather than picture, shot or a bare number.
    """

    numbers: tuple[int, ...]
    unit: Unit | None
    start: int
    end: int
    named: bool = False
    everything: bool = False
    rest: bool = False


@dataclass(frozen=True, slots=True)
class _Noun:
    unit: Unit | None
    named: bool
    length: int


class Selector:
    """Finds selections in one clause, for one scope."""

    def __init__(self, tokens: Tokens, scope: Scope) -> None:
        """Take the clause's tokens and what there is to select from."""
        self.tokens = tokens
        self.scope = scope
        self._opening = self._opens()

    def find(self) -> Selection | None:
        """The first selection of the clause; bare numbers only where a target may stand."""
        for index in range(len(self.tokens)):
            found = self.at(index) or (self.bare(index) if self.scope.numbered else None)
            if found is not None:
                return found
        return None

    def at_start(self) -> bool:
        """Whether the clause begins with a selection, and not with a count."""
        found = self.at(0) or self.bare(0)
        return found is not None and found.start == 0

    def at(self, index: int) -> Selection | None:
        """The selection that begins at ``index``, bare numbers excepted."""
        start = self._skip(self._skip(index, units.FROM), units.ARTICLE)
        for read in (self._all, self._parity, self._rest, self._span, self._listed, self._ordinals):
            found = read(start)
            if found is not None:
                return self._without(replace(self._joined(found), start=index))
        return None

    # Each reader below takes the index of its first token.

    def _all(self, index: int) -> Selection | None:
        length = units.EVERYTHING.length(self.tokens, index)
        end = index + length
        if not length:
            length = units.ALL.length(self.tokens, index)
            if not length:
                return None
            end = self._skip(index + length, units.ARTICLE)
            if self._number(end) in (5, 6):
                end += 1
        noun = self._noun(end)
        ones = units.ONES.length(self.tokens, end)
        if noun is None and not ones and not units.EVERYTHING.length(self.tokens, index):
            excepted = units.BUT.length(self.tokens, end) and self._part(
                end + units.BUT.length(self.tokens, end)
            )
            if not (excepted or self._closes(end)):
                return None
        if noun is None and not self.scope.numbered:
            return None
        unit = self._unit(noun)
        every = tuple(range(1, self.scope.count(unit) + 1))
        end += noun.length if noun else ones
        return Selection(every, unit, index, end, bool(noun and noun.named), everything=True)

    def _parity(self, index: int) -> Selection | None:
        for lexicon, first in ((units.ODD, 1), (units.EVEN, 2)):
            length = lexicon.length(self.tokens, index)
            if length:
                noun = self._noun(index + length)
                ones = units.ONES.length(self.tokens, index + length)
                marked = units.NUMBER_MARK.length(self.tokens, index + length)
                if noun is None and not ones and not marked:
                    continue
                unit = self._unit(noun)
                numbers = tuple(range(first, self.scope.count(unit) + 1, 2))
                end = index + length + (noun.length if noun else ones or marked)
                return Selection(numbers, unit, index, end, bool(noun and noun.named))
        return self._parity_after_noun(index)

    def _parity_after_noun(self, index: int) -> Selection | None:
        noun = self._noun(index)
        if noun is None:
            return None
        for lexicon, first in ((units.ODD, 1), (units.EVEN, 2)):
            length = lexicon.length(self.tokens, index + noun.length)
            if length:
                unit = self._unit(noun)
                numbers = tuple(range(first, self.scope.count(unit) + 1, 2))
                return Selection(numbers, unit, index, index + noun.length + length, noun.named)
        return None

    def _rest(self, index: int) -> Selection | None:
        length = units.REST.length(self.tokens, index)
        if not length or not self.scope.numbered:
            return None
        noun = self._noun(index + length)
        end = (
            index
            + length
            + (noun.length if noun else units.ONES.length(self.tokens, index + length))
        )
        return Selection((), self._unit(noun), index, end, bool(noun and noun.named), rest=True)

    def _span(self, index: int) -> Selection | None:
        """``first three``, ``last two frames``, ``les deux dernières``."""
        for place in (units.FIRST, units.LAST, units.MIDDLE):
            length = place.length(self.tokens, index)
            how_many, end = self._count(index + length), index + length + 1
            if not length:
                how_many, end = self._count(index), index + 1
                length = place.length(self.tokens, end) if how_many else 0
                end += length
            if not length or not how_many or how_many < 2:
                continue
            noun = self._noun(end)
            if noun is None and not self.scope.numbered:
                return None
            unit = self._unit(noun)
            count = self.scope.count(unit)
            first = {units.FIRST: 1, units.LAST: count - how_many + 1}.get(
                place, (count - how_many) // 2 + 1
            )
            numbers = tuple(range(first, first + how_many))
            end += noun.length if noun else units.ONES.length(self.tokens, end)
            return Selection(numbers, unit, index, end, bool(noun and noun.named))
        return None

    def _listed(self, index: int) -> Selection | None:
        """``frames 2, 4 and 5``, ``clip #3``."""
        noun = self._noun(index)
        if noun is None:
            return None
        start = index + noun.length
        if self._norm(start) == ":":
            start += 1
        unit = self._unit(noun)
        numbers, end = self._numbers(start, unit, noun)
        return Selection(numbers, unit, index, end, noun.named) if numbers else None

    def _ordinals(self, index: int) -> Selection | None:
        """``the third frame``, ``first and last``, ``der zweite``."""
        if self._ordinal(index, None) is None:
            return None
        numbers, end = self._numbers(index, self.scope.unit, None)
        noun = self._noun(end)
        if noun is None and not self.scope.numbered:
            return None
        ones = 0 if noun else units.ONES.length(self.tokens, end)
        if noun is None and not ones and not self._closes(end, or_wish=True):
            return None
        unit = self._unit(noun)
        numbers, _ = self._numbers(index, unit, None)
        end += noun.length if noun else ones
        return Selection(numbers, unit, index, end, bool(noun and noun.named))

    def _part(self, index: int) -> Selection | None:
        """What may be excepted: anything but everything."""
        index = self._skip(index, units.ARTICLE)
        for read in (self._span, self._listed, self._ordinals):
            found = read(index)
            if found is not None:
                return found
        numbers, end = self._numbers(index, self.scope.unit, None)
        return Selection(numbers, None, index, end) if numbers else None

    def bare(self, index: int) -> Selection | None:
        """Numbers alone, where a target may stand: first, after a verb, or after ``in``."""
        marked = units.NUMBER_MARK.length(self.tokens, index)
        opening = index <= self._opening
        before = self.tokens[max(0, index - _LONGEST_LEAD) : index]
        verb = self._after(before, changes.HEAD, changes.LEAVE, changes.ADMIRE, acts.REDO)
        placed = self._after(before, units.IN)
        share = index > 1 and units.OUT_OF.length(self.tokens, index - 1)
        if share and self._number(index - 2) is not None:
            return None
        start = self._skip(index, units.FROM)
        digits = marked or self._norm(start).isdecimal()
        numbers, end = self._numbers(start, self.scope.unit, None)
        changed = digits and self._closes(end) and self._after(before, changes.IMPERATIVE)
        if not (opening or verb or placed or marked or changed):
            return None
        if not numbers or self._counts_something(end):
            return None
        if (
            not digits
            and not (verb and self._closes(end))
            and not (len(numbers) > 1 and self._norm(end) in _FOLLOW_BARE)
        ):
            return None
        if placed and not (opening or index <= 2) and not self._closes(end):
            return None
        return self._without(Selection(numbers, None, index, end))

    def _joined(self, found: Selection) -> Selection:
        """``first two and last one``: what is listed on after it, of the same kind."""
        at = self._after_separator(found.end)
        more = None if at == found.end or found.everything else self._part(at)
        if more is None or more.unit not in (None, found.unit):
            return found
        numbers = tuple(dict.fromkeys((*found.numbers, *more.numbers)))
        return replace(found, numbers=numbers, end=more.end)

    def _opens(self) -> int:
        """Up to where there is nothing but courtesy, articles and refusals."""
        index = 0
        while index < len(self.tokens):
            openers = (changes.POLITE, doubt.NEGATION, units.ARTICLE)
            length = max(lexicon.length(self.tokens, index) for lexicon in openers)
            if not length:
                break
            index += length
        return index

    @staticmethod
    def _after(before: Tokens, *lexicons: Lexicon) -> bool:
        """Whether a phrase of ``lexicons`` ends right here."""
        count = len(before)
        return any(
            lexicon.length(before, at) == count - at for lexicon in lexicons for at in range(count)
        )

    def _without(self, found: Selection) -> Selection:
        """Take away what is excepted right after it."""
        several = found.everything or len(found.numbers) > 1
        length = units.BUT.length(self.tokens, found.end) if several else 0
        excepted = self._part(found.end + length) if length else None
        if excepted is None:
            return found
        beyond = [n for n in excepted.numbers if not 1 <= n <= self.scope.count(found.unit)]
        kept = tuple(n for n in found.numbers if n not in excepted.numbers)
        unit = found.unit or excepted.unit
        numbers = tuple(beyond) or kept
        return replace(found, numbers=numbers, unit=unit, end=excepted.end, everything=False)

    def _numbers(
        self, index: int, unit: Unit | None, noun: _Noun | None
    ) -> tuple[tuple[int, ...], int]:
        """The list of numbers at ``index``, and where it ends; empty where there is none."""
        numbers: list[int] = []
        end = index
        at = index
        while len(numbers) < _LONGEST_LIST:
            item = self._item(at, unit, first=noun is not None and not numbers)
            if item is None:
                break
            number, end = item
            numbers.append(number)
            reach = units.RANGE.length(self.tokens, end)
            upper = self._item(end + reach, unit, first=False) if reach else None
            if upper is not None and number < upper[0] <= _FARTHEST:
                numbers.extend(range(number + 1, upper[0] + 1))
                end = upper[1]
            elif upper is not None and reach and upper[0] > _FARTHEST:
                numbers.append(upper[0])
                end = upper[1]
            at = self._after_separator(end)
            if at == end and not self._plain_digit(at):
                break
        return tuple(dict.fromkeys(numbers)), end

    def _plain_digit(self, index: int) -> bool:
        """``frames 1 3 5``: numbers in a row after their noun."""
        return self._norm(index).isdecimal() and self._norm(index + 1) != "%"

    def _after_separator(self, index: int) -> int:
        at = index
        while self._norm(at) in _SEPARATORS:
            at += 1
        return at + units.AND.length(self.tokens, at)

    def _item(self, index: int, unit: Unit | None, *, first: bool) -> tuple[int, int] | None:
        at = self._skip(self._skip(index, units.ARTICLE), units.NUMBER_MARK)
        noun = self._noun(at)
        if noun is not None and noun.unit in (unit, None):
            at = self._skip(at + noun.length, units.NUMBER_MARK)
            first = True
        if self._norm(at) == "#":
            at += 1
        number = self._number(at)
        if number is not None and (self._norm(at) not in units.ARTICLES or first):
            counts = self._counts_something(at + 1, alone=not first)
            return None if counts else (number, at + 1)
        ordinal = self._ordinal(at, unit)
        return (ordinal, at + 1) if ordinal is not None else None

    def _number(self, index: int) -> int | None:
        if index >= len(self.tokens):
            return None
        token = self.tokens[index]
        if token.kind == "number":
            return token.whole if token.unit in ("", "th") else None
        found = units.NUMBERS.at(self.tokens, index)
        return found[0] if found else None

    def _count(self, index: int) -> int | None:
        """A number that counts; articles do not."""
        return None if self._norm(index) in units.ARTICLES else self._number(index)

    def _ordinal(self, index: int, unit: Unit | None) -> int | None:
        if index >= len(self.tokens):
            return None
        token = self.tokens[index]
        if token.kind == "number":
            return token.whole if token.unit == "th" else None
        if units.LAST.length(self.tokens, index):
            return self.scope.count(unit)
        found = units.ORDINALS.at(self.tokens, index)
        return found[0] if found else None

    def _noun(self, index: int) -> _Noun | None:
        for lexicon, unit, named in _NOUNS:
            length = lexicon.length(self.tokens, index)
            if length:
                return _Noun(unit, named, length)
        return None

    def _unit(self, noun: _Noun | None) -> Unit | None:
        return noun.unit if noun and noun.unit else self.scope.unit

    def _closes(self, index: int, *, or_wish: bool = False) -> bool:
        """Whether the clause, or its target, ends here."""
        if index >= len(self.tokens) or self._norm(index) in _FOLLOW_BARE:
            return True
        if not or_wish:
            return bool(changes.COMPARATIVE.length(self.tokens, index))
        follows = (changes.COMPARATIVE, changes.WISH, changes.FRAGMENT, changes.REDO_OR_BE)
        return any(lexicon.length(self.tokens, index) for lexicon in follows)

    def _counts_something(self, index: int, *, alone: bool = True) -> bool:
        """``2 seconds``, ``2 more``: a count. After a noun, ``clip 5 more dramatic`` is none."""
        if units.OUT_OF.length(self.tokens, index) and self._number(index + 1) is not None:
            return True
        counted = [settings.SECONDS, settings.TIMES, settings.PACE_NOUN]
        if alone:
            counted.append(units.MORE)
        return any(lexicon.length(self.tokens, index) for lexicon in counted)

    def _skip(self, index: int, lexicon: Lexicon) -> int:
        return index + lexicon.length(self.tokens, index)

    def _norm(self, index: int) -> str:
        return self.tokens[index].norm if index < len(self.tokens) else ""


_NOUNS: tuple[tuple[Lexicon, Unit | None, bool], ...] = (
    (units.FRAME, "frame", True),
    (units.CLIP, "clip", True),
    (units.PICTURE, "frame", False),
    (units.CELL, None, False),
)


def select(tokens: Tokens, scope: Scope) -> Selection | None:
    """The first selection of the clause."""
    return Selector(tokens, scope).find()
