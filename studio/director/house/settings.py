"""Settings in words: the loop, the pace, the easing, the ratio, each read at one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from studio.director.house.scope import Scope
from studio.director.house.tokens import Token, Tokens
from studio.director.house.words import settings, units
from studio.edit import bezier_of
from studio.presets import (
    ASPECT_RATIOS,
    MAX_PACE,
    MIN_PACE,
    SECONDS_PER_CLIP,
    AspectRatio,
)

_LONGEST_GAP = 3
_STEP = 0.25
_SURE_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Cut:
    """One setting of the edit. ``hint`` is a wish for faster or slower without a number."""

    loop: bool | None = None
    pace: float | None = None
    easing: str | None = None
    hint: Literal["", "faster", "slower"] = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio by name; ``unknown`` quotes one there is none of. A ``weak`` one gives way."""

    name: AspectRatio | None = None
    unknown: str = ""
    weak: bool = False


def loop_at(words: Tokens, index: int) -> tuple[Cut, int] | None:
    """The loop switched on or off by the words at ``index``."""
    for lexicon, value in ((settings.LOOP_OFF, False), (settings.LOOP_ON, True)):
        length = lexicon.length(words, index)
        if not length:
            continue
        at = index + length
        gap = _LONGEST_GAP if value is False else 1
        while gap and at < len(words) and not settings.LOOP.length(words, at):
            if not settings.IN_LOOP_GAP.length(words, at):
                break
            at, gap = at + 1, gap - 1
        loop = settings.LOOP.length(words, at)
        if loop:
            return Cut(loop=value), at + loop - index
    length = settings.LOOP.length(words, index)
    return _loop_state(words, index, index + length) if length else None


def _loop_state(words: Tokens, start: int, end: int) -> tuple[Cut, int]:
    """``loop: off``, ``loop is enabled``, or the loop alone, which is on."""
    at = end
    while settings.BEFORE_STATE.length(words, at):
        at += settings.BEFORE_STATE.length(words, at)
    for lexicon, value in ((settings.STATE_OFF, False), (settings.STATE_ON, True)):
        length = lexicon.length(words, at)
        if length:
            return Cut(loop=value), at + length - start
    return Cut(loop=True), end - start


def easing_at(words: Tokens, index: int) -> tuple[Cut, int] | None:
    """The easing named at ``index``."""
    token = words[index]
    if token.kind == "bezier":
        numbers = token.text[token.text.index("(") :].replace(" ", "")
        return Cut(easing=f"cubic-bezier{numbers}"), 1
    noun = settings.EASING_WORD.length(words, index)
    named = settings.EASING.at(words, index + noun) if noun else None
    if named is not None and named[1] > 1:
        return Cut(easing=named[0]), noun + named[1]
    found = settings.EASING.at(words, index)
    return (Cut(easing=found[0]), found[1]) if found else None


def easing_fits(easing: str) -> bool:
    """Whether a bezier is one; names always are."""
    return not easing.startswith("cubic-bezier") or bezier_of(easing) is not None


def pace_at(words: Tokens, index: int, current: float) -> tuple[Cut, int] | None:
    """The pace at ``index``: a factor, a percentage, a name, seconds a clip, or merely faster."""
    named = settings.PACE.at(words, index)
    if named is not None:
        return Cut(pace=named[0]), named[1]
    multiple = settings.MULTIPLE.at(words, index)
    if multiple is not None:
        return _multiple(words, index, *multiple)
    if (noun := settings.PACE_NOUN.length(words, index)) and noun >= settings.FASTER.length(
        words, index
    ):
        return _after_noun(words, index)
    if words[index].norm == "x" and (number := _number(words, index + 1)) is not None:
        return Cut(pace=number), 2
    if (number := _number(words, index)) is not None:
        return _from_number(words, index, number, current)
    if settings.PER_CLIP.length(words, index):
        at = index + settings.PER_CLIP.length(words, index)
        number = _number(words, at)
        seconds = settings.SECONDS.length(words, at + 1) if number else 0
        if number and seconds:
            return _seconds(number), at + 1 + seconds - index
    return _comparative(words, index, current)


def _multiple(words: Tokens, index: int, multiple: float, length: int) -> tuple[Cut, int] | None:
    """``double the speed``, ``la metà della velocità``: the number, some articles, the noun."""
    at = index + length
    while settings.IN_MULTIPLE.length(words, at):
        at += settings.IN_MULTIPLE.length(words, at)
    noun = settings.PACE_NOUN.length(words, at) or settings.FAST.length(words, at)
    return (Cut(pace=multiple), at + noun - index) if noun else None


def _after_noun(words: Tokens, index: int) -> tuple[Cut, int] | None:
    """``speed 1.5``, ``pace to 2x``, ``Tempo auf 1,2``; without a number, merely the noun."""
    at = index + settings.PACE_NOUN.length(words, index)
    for _ in range(_LONGEST_GAP):
        number = _number(words, at)
        if number is not None:
            unit = words[at].unit
            value = number / 100 if unit == "%" else number
            return Cut(pace=_rounded(value)), at + 1 - index
        length = settings.BEFORE_STATE.length(words, at)
        if not length:
            return None
        at += length
    return None


def _from_number(
    words: Tokens, index: int, number: float, current: float
) -> tuple[Cut, int] | None:
    unit = words[index].unit
    after = index + 1
    if settings.SECONDS.length(words, after):
        after += settings.SECONDS.length(words, after)
        per_clip = settings.PER_CLIP.length(words, after)
        return (_seconds(number), after + per_clip - index) if per_clip and number else None
    times = 0 if unit else settings.TIMES.length(words, after)
    faster = settings.FASTER.length(words, after + times)
    slower = settings.SLOWER.length(words, after + times)
    if unit == "%":
        share = number / 100
        if slower and share > _SURE_SHARE:  # by half: half the pace, or half as long again
            return Cut(hint="slower"), 1 + slower
        change = 1 + share if faster else 1 - share if slower else None
        if change is None and not settings.PACE_NOUN.length(words, after) and index == 0:
            return None  # "100%" is a compliment as well
        pace = share if change is None else current * change
        return Cut(pace=_rounded(pace)), 1 + (faster or slower)
    noun = settings.PACE_NOUN.length(words, after)
    if unit == "x" or times:
        pace = current / number if slower and number else number
        return Cut(pace=_rounded(pace)), 1 + times + (faster or slower)
    if noun or not number.is_integer():
        return Cut(pace=number), 1 + noun
    return None


def _comparative(words: Tokens, index: int, current: float) -> tuple[Cut, int] | None:
    """``faster``; ``slower by 20%`` has its number after it."""
    for lexicon, sign in ((settings.FASTER, 1), (settings.SLOWER, -1)):
        length = lexicon.length(words, index)
        if not length:
            continue
        at = index + length
        at += settings.BY.length(words, at)
        share = _number(words, at)
        if share is not None and words[at].unit == "%":
            pace = current * (1 + sign * share / 100)
            return Cut(pace=_rounded(pace)), at + 1 - index
        return Cut(hint="faster" if sign > 0 else "slower"), length
    return None


def suggested_pace(hint: str, current: float) -> float:
    """A step from ``current`` in the direction of ``hint``, within the range."""
    step = _STEP if hint == "faster" else -_STEP
    return min(MAX_PACE, max(MIN_PACE, _rounded(current + step)))


def _seconds(number: float) -> Cut:
    return Cut(pace=_rounded(SECONDS_PER_CLIP / number))


def _number(words: Tokens, index: int) -> float | None:
    if index >= len(words) or words[index].kind != "number" or words[index].unit == "th":
        return None
    return words[index].value


def _rounded(pace: float) -> float:
    return round(pace, 2)


def ratio_at(words: Tokens, index: int, scope: Scope) -> tuple[Ratio, int] | None:
    """The ratio at ``index``: in figures, in words, by shape, by medium, the original."""
    token = words[index]
    if token.sides is not None:
        return _of(token.sides, token.text), 1
    spoken = _spoken(words, index)
    if spoken is not None:
        return spoken
    undone = settings.UNDO_RESIZE.length(words, index)
    if undone:
        return Ratio("original"), undone
    original = settings.ORIGINAL.length(words, index)
    if original and scope.numbered and len(words) > original:
        noun = settings.RATIO_NOUN.length(words, index + original)
        return Ratio("original"), original + noun
    shape = settings.FORMAT.at(words, index)
    if shape is not None:
        return Ratio(shape[0]), shape[1]
    platform = settings.PLATFORM.at(words, index)
    if platform is not None and not settings.FOR.within(words):
        return None
    return (Ratio(platform[0], weak=True), platform[1]) if platform else None


def _spoken(words: Tokens, index: int) -> tuple[Ratio, int] | None:
    """``9 by 16``, ``nine by sixteen``; with words that also mean "up to", known ratios alone."""
    width = _side(words, index)
    by = settings.RATIO_BY.length(words, index + 1) if width else 0
    height = _side(words, index + 1 + by) if by else None
    if width is None or height is None:
        return None
    ratio = _of((width, height), f"{width:g}:{height:g}")
    sure = words[index + 1].norm in settings.SURE_BY or max(width, height) > 6 or width == height
    return (ratio, 2 + by) if sure else None


def _side(words: Tokens, index: int) -> float | None:
    number = _number(words, index)
    if number is not None:
        return number if not words[index].unit else None
    found = units.NUMBERS.at(words, index)
    return float(found[0]) if found else None


def _of(sides: tuple[float, float], quoted: str) -> Ratio:
    width, height = sides
    for name in ASPECT_RATIOS:
        first, colon, second = name.partition(":")
        if colon and abs(width * float(second) - height * float(first)) < 1e-6 * max(sides):
            return Ratio(name) if width and height else Ratio(unknown=quoted)
    return Ratio(unknown=quoted)


def is_ratio(token: Token) -> bool:
    """Whether it is a ratio in figures."""
    return token.sides is not None
