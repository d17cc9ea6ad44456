"""Whether words are an order: a wish for change, in the imperative or as a lack, read as such.

Anything else is none, whatever words of change are in it: praise, comparison, report, supposition.
A verb that could begin anything (``make``, ``give``, ``want``) must name something that one sees.
"""

from __future__ import annotations

from typing import Any

from studio.director.house.lexicon import Table, covers
from studio.director.house.presets import backgrounds_in, poses_in
from studio.director.house.tokens import Tokens
from studio.director.house.words import (
    acts,
    approval,
    brief,
    changes,
    doubt,
    presets,
    settings,
    units,
)
from studio.director.house.words import orders as words

_LONGEST_SUBJECT = 8
_SHORT = 2

_LOOKS: tuple[Table[Any], ...] = (
    changes.LOOKS, words.FAULT, brief.DESCRIBES, presets.COLOUR, presets.MOOD, brief.MATERIAL_AFTER,
    settings.FASTER, settings.SLOWER, settings.PACE,
)  # fmt: skip
_THINGS: tuple[Table[Any], ...] = (
    changes.SEEN, words.MOTION, brief.GARMENT, brief.GLASSES, presets.BACKDROP,
)  # fmt: skip
_SETUPS: tuple[Table[Any], ...] = (presets.POSE, presets.BACKGROUND)
_VISIBLE = (*_LOOKS, *_THINGS, *_SETUPS)
_SUBJECT = (words.COPULA, words.SUBJECT, units.ALL, units.NUMBERS, units.ORDINALS, units.CELL,
            units.PICTURE, units.STAGE)  # fmt: skip
_AROUND = (
    words.INSTEAD,
    words.QUANTITY,
    words.SUBJECT,
    units.NUMBERS,
    changes.PLACED,
    changes.FRAGMENT,
    changes.POLITE,
    units.ARTICLE,
    units.BEFORE_TARGET,
)
_NO_OBJECT = (acts.AROUND_CANCEL, units.STAGE, units.ARTICLE, units.BEFORE_TARGET, changes.POLITE,
              words.ORDER, words.SUBJECT)  # fmt: skip


def orders(tokens: Tokens, *, named: bool = False) -> bool:
    """Whether ``tokens`` order a change. ``named``: of frames or clips, no longer among them."""
    core = trimmed(tokens)
    if not core or any(lexicon.within(core) for lexicon in _NEVER):
        return False
    if any(lexicon.length(core, 0) for lexicon in _NEVER_FIRST):
        return False
    if _imperative(core, named=named) or _lacks(core):
        return True
    come_about = words.REPORT.within(tokens[-2:]) or words.SO_MUCH.within(tokens[:2])
    return not come_about and terse(core, named=named)


_NEVER = (doubt.HESITATION, words.LATER, words.NOTHING, words.OR, words.OWN, words.BEYOND)
_NEVER_FIRST = (words.KEEP, words.LOOK_FIRST, words.VOTE, words.SUFFICES)


def _imperative(core: Tokens, *, named: bool) -> bool:
    """``open the jacket``, ``make it darker``: a verb, and what it changes."""
    if words.ALONE.length(core, 0):
        return True
    sure = words.CHANGES.length(core, 0)
    if sure and named and not covers(core[sure:], *_NO_OBJECT):
        return True
    if changes.VERB.length(core, len(core) - 1) and covers(
        core[:-1], changes.COMPARATIVE, *_VISIBLE, *_AROUND
    ):
        return shows(core[:-1])
    length = sure or changes.VERB.length(core, 0)
    rest = core[length:]
    elsewhere = words.FILM.within(rest) or words.USE.within(rest)
    nothing = words.THIS.length(rest, 0) or doubt.NEGATION.length(rest, 0)
    return bool(length) and shows(rest) and not (elsewhere or nothing)


def _lacks(core: Tokens) -> bool:
    """``too dark``, ``the hat should be red``, ``needs more light``: said of what is seen."""
    for start in range(min(len(core), _LONGEST_SUBJECT)):
        lack = words.TOO.length(core, start)
        if not lack:
            continue
        subject, rest = core[:start], core[start + lack :]
        if any(lexicon.within(subject) for lexicon in (doubt.NEGATION, words.SPEAKER)):
            return False
        if words.USE.within(rest) or doubt.NEGATION.length(rest, 0):
            return False
        return covers(subject, *_SUBJECT, *_VISIBLE, *_AROUND) and shows(rest)
    return False


def terse(core: Tokens, *, named: bool = False) -> bool:
    """``darker``, ``more light``, ``no hat``, ``wet hair``: no verb at all, and nothing beside."""
    if words.SPEAKER.within(core):
        return False
    article = units.ARTICLE.length(core, 0)
    core = core[article:] if words.QUANTITY.length(core, article) else core
    start = words.QUANTITY.length(core, 0)
    degree = start + changes.DEGREE.length(core, start)
    if quality_at(core, degree):
        return not _compares(core[degree + 1 :])
    if start and named and 0 < len(core) - start <= _SHORT:
        return not changes.PRAISE.within(core)
    if start:
        while start < len(core) and _around_noun(core, start):
            start += _around_noun(core, start)
        return shows(core[start - 1 : start + 1]) and not _compares(core[start:])
    fragment = changes.FRAGMENT.length(core, 0)
    if fragment:
        rest = tuple(t for t in core[fragment:] if not words.EVALUATES.length((t,), 0))
        less = doubt.NEGATION.length(core, 0) and quality_at(rest, 0)  # "no darker"
        return shows(rest) and not (less or _compares(rest) or words.USE.within(rest))
    return covers(core, *_VISIBLE, *_AROUND) and _pictures(core)


def hinted(tokens: Tokens) -> bool:
    """Whether an order is one by a bare phrase: beside praise, ``another grey wall`` is none."""
    core = trimmed(tokens)
    firm = _imperative(core, named=False) or _lacks(core)
    return not firm and not any(quality_at(core, index) for index in range(len(core)))


def _pictures(core: Tokens) -> bool:
    """Of words for what is seen alone: whether they say how it shall look, and praise nothing."""
    if words.THE.length(core, 0) and not words.INSTEAD.within(core):
        return False
    if poses_in(core) or backgrounds_in(core):
        return True
    seen = {i for table in _THINGS for i, *_ in table.all(core)}
    looks = [core[i : i + n] for table in _LOOKS for i, _, n in table.all(core) if i not in seen]
    if changes.PLACED.length(core, len(core) - 2) and changes.PLACED.length(core, len(core) - 1):
        return False  # "zoom in on" what?
    placed = any(changes.PLACED.length(core, at) for at in range(1, len(core) - 1))
    physical = bool(looks) and not any(words.EVALUATES.within(look) for look in looks)
    return bool(seen) and (placed or physical)


def _around_noun(core: Tokens, index: int) -> int:
    """``of the``, ``fel``: what stands between more or less and what there is to be more of."""
    tables = (units.BEFORE_TARGET, units.ARTICLE, *_LOOKS)
    return max(table.length(core, index) for table in tables)


def _compares(rest: Tokens) -> bool:
    """Whether it goes on to say than what, or what is so."""
    return (
        words.THAN.within(rest)
        or words.PAST.within(rest)
        or any(
            words.COPULA.length(rest, index)
            and not changes.DEGREE.length(rest, index)
            and not words.QUANTITY.length(rest, index)
            for index in range(len(rest))
        )
    )


def shows(tokens: Tokens) -> bool:
    """Whether it names something that one sees, or how it looks."""
    return any(
        quality_at(tokens, index)
        or (
            any(table.length(tokens, index) for table in _VISIBLE)
            and not words.PARTICLE.length(tokens, index)
        )
        for index in range(len(tokens))
    )


def quality_at(tokens: Tokens, index: int) -> bool:
    """Whether a comparative that says of what stands at ``index``: ``darker``, not ``more``."""
    if index >= len(tokens):
        return False
    ending = changes.COMPARATIVE_ENDING.fullmatch(tokens[index].norm)
    if ending and tokens[index].norm not in changes.NOT_COMPARATIVE:
        return True
    if settings.SLOWER.length(tokens, index) or settings.FASTER.length(tokens, index):
        return True
    length = changes.COMPARATIVE.length(tokens, index)
    mere = (words.QUANTITY, words.TOO, changes.DEGREE)
    return bool(length) and not any(table.length(tokens, index) >= length for table in mere)


def trimmed(tokens: Tokens) -> Tokens:
    """The words without courtesy at either end, and without praise before a wish."""
    core = changes.POLITE.strip_end(changes.POLITE.strip(tokens))
    core = words.LETS.strip(core)
    for lexicon in (approval.VERDICT, approval.NICETY):
        length = lexicon.length(core, 0)
        if length and changes.IMPERATIVE.length(core, length):
            return changes.POLITE.strip(core[length:])
    return core
