"""A brief read: pose and background by name or by mood, what is worn, how the film is to be."""

from __future__ import annotations

from studio.director.house.lexicon import Lexicon
from studio.director.house.presets import backgrounds_in, moods_in, poses_in, wanted
from studio.director.house.scope import Scope
from studio.director.house.settings import pace_at, ratio_at
from studio.director.house.spelling import speller
from studio.director.house.tokens import Tokens, tokenise
from studio.director.house.words import brief as words
from studio.director.house.words import settings
from studio.director.house.words.presets import Mood
from studio.director.interface import Situation
from studio.presets import (
    DEFAULT_BACKGROUND,
    DEFAULT_POSE,
    MAX_PACE,
    MIN_PACE,
    AspectRatio,
    Background,
    Pose,
)
from studio.shoot import Direction, ShootOptions
from studio.stages import Stage

_MOST_GARMENTS = 12
_MOST_DESCRIBING = 4
_NORMAL = 1.0


def read_brief(prompt: str, options: ShootOptions | None = None) -> Direction:
    """What a brief asks for. Options win over words, names over moods, moods over the default.

    Aspect ratio, pace and loop are ``None`` where neither the options nor the words imply them.
    """
    given = options or ShootOptions()
    tokens = speller().mend(tokenise(prompt))
    moods = moods_in(tokens)
    background = given.background or _background(tokens, moods)
    wardrobe = garments(prompt, tokens)
    return Direction(
        pose=given.pose or _pose(tokens, moods, background),
        background=background,
        styling=_styling(moods, wardrobe),
        wardrobe=wardrobe,
        glasses=_glasses(tokens) is not None,
        aspect_ratio=given.aspect_ratio or _aspect_ratio(tokens),
        pace=given.pace if given.pace is not None else _pace(tokens),
        loop=given.loop if given.loop is not None else _loop(tokens),
    )


def names_a_preset(prompt: str) -> bool:
    """Whether a pose or a background is named, and not only implied by a mood."""
    tokens = speller().mend(tokenise(prompt))
    return bool(poses_in(tokens) or backgrounds_in(tokens))


def mood_names(prompt: str) -> tuple[str, ...]:
    """The moods a brief speaks of, in its order, without repeats."""
    moods = moods_in(speller().mend(tokenise(prompt)))
    return tuple(dict.fromkeys(mood.name for mood in moods))


def _pose(tokens: Tokens, moods: list[Mood], background: Background) -> Pose:
    """By name; else by the first mood that is no place; else by the first place."""
    named = poses_in(tokens)
    if named:
        in_street = named[0] == "leaning-casual" and background == "outdoor-urban"
        return "urban-lean" if in_street else named[0]
    leading = [mood for mood in moods if not mood.place] or moods
    return leading[0].pose if leading else DEFAULT_POSE


def _background(tokens: Tokens, moods: list[Mood]) -> Background:
    """By name; else by the first mood that is a place; else by the first mood."""
    named = backgrounds_in(tokens)
    if named:
        return named[0]
    leading = [mood for mood in moods if mood.place] or moods
    return leading[0].background if leading else DEFAULT_BACKGROUND


def _styling(moods: list[Mood], wardrobe: tuple[str, ...]) -> str:
    mood = ", ".join(dict.fromkeys(mood.name for mood in moods))
    worn = f"wearing {', '.join(wardrobe)}" if wardrobe else ""
    return "; ".join(part for part in (mood, worn) if part)


def garments(prompt: str, tokens: Tokens) -> tuple[str, ...]:
    """What is worn, each with the words that describe it, as the brief has them."""
    found: list[str] = []
    taken = 0
    for index, _, length in words.GARMENT.all(tokens):
        if index < taken:
            continue
        end = index + length
        while more := words.GARMENT.length(tokens, end):
            end += more
        start = _described_from(tokens, index, taken)
        while more := words.MATERIAL_AFTER.length(tokens, end):
            end += more
        if _worn(tokens, start, index):
            found.append(prompt[tokens[start].start : tokens[end - 1].end])
        taken = end
    glasses = _glasses(tokens)
    if glasses is not None:
        start = _described_from(tokens, glasses[0], 0)
        found.append(prompt[tokens[start].start : tokens[glasses[1] - 1].end])
    plain = (" ".join(phrase.split()) for phrase in found)
    return tuple(dict.fromkeys(plain))[:_MOST_GARMENTS]


def _described_from(tokens: Tokens, index: int, earliest: int) -> int:
    """Where the words that describe the garment at ``index`` begin."""
    start = index
    while index - start < _MOST_DESCRIBING:
        lengths = (n for n in (2, 1) if start - n >= earliest)
        length = next((n for n in lengths if words.DESCRIBES.length(tokens, start - n) == n), 0)
        if not length:
            break
        start -= length
    return start


def _worn(tokens: Tokens, start: int, index: int) -> bool:
    if not wanted(tokens, start):
        return False
    if tokens[index].norm not in words.LOOSE or start < index:
        return True
    return start > 0 and bool(words.BEFORE_GARMENT.length(tokens, start - 1))


def _glasses(tokens: Tokens) -> tuple[int, int] | None:
    """Where glasses are named that are worn, from and to."""
    for index, _, length in words.GLASSES.all(tokens):
        end = index + length
        near = (index - 1, end, end + 1)
        drinking = any(at >= 0 and words.DRINKING.length(tokens, at) for at in near)
        if wanted(tokens, index) and not drinking:
            return index, end
    return None


def _aspect_ratio(tokens: Tokens) -> AspectRatio | None:
    scope = Scope(Situation(stage=Stage.HERO))
    for index, token in enumerate(tokens):
        if token.sides is not None or token.kind == "number":
            ratio = ratio_at(tokens, index, scope)
            if ratio is not None and ratio[0].name is not None:
                return ratio[0].name
    return _shape(tokens)


def _shape(tokens: Tokens) -> AspectRatio | None:
    """``vertical``, ``portrait format``, ``for reels``; never a mere portrait or landscape."""
    for index, name, length in settings.FORMAT.all(tokens):
        end = index + length
        shaped = bool(words.PLAINLY_FORMAT.length(tokens, index)) or length > 1
        beside = _is(words.BRIEF_FORMAT, tokens, end) or _is(words.BRIEF_FORMAT, tokens, index - 1)
        other = _is(words.PATTERN, tokens, end) or _is(words.GARMENT, tokens, end)
        if (shaped or beside) and not other and wanted(tokens, index):
            return name
    if words.ELSEWHERE.within(tokens):
        return "9:16"
    for index, platform, _ in settings.PLATFORM.all(tokens):
        if _is(words.FOR, tokens, index - 1):
            return platform
    return None


def _is(lexicon: Lexicon, tokens: Tokens, index: int) -> bool:
    return 0 <= index < len(tokens) and bool(lexicon.length(tokens, index))


def _pace(tokens: Tokens) -> float | None:
    """A factor or seconds a clip where given; else what slow and fast imply."""
    for index, token in enumerate(tokens):
        if token.unit == "x" or settings.PACE_NOUN.length(tokens, index) or token.kind == "number":
            found = pace_at(tokens, index, _NORMAL)
            pace = found[0].pace if found else None
            sure = (
                token.kind != "number" or token.unit == "x" or (found is not None and found[1] > 1)
            )
            if pace is not None and sure and MIN_PACE <= pace <= MAX_PACE:
                return pace
    for index, pace, length in words.PACE.all(tokens):
        end = index + length
        other = _is(words.NOT_PACE_BEFORE, tokens, end) or _is(words.GARMENT, tokens, end)
        if not other and wanted(tokens, index):
            return pace
    return None


def _loop(tokens: Tokens) -> bool | None:
    for index, _, length in words.LOOP.all(tokens):
        spans = range(max(0, index - 1), index + length)
        if any(words.NOT_LOOP.length(tokens, at) for at in spans):
            continue
        return wanted(tokens, index)
    return None
