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
    come_about = terse(core, named=named) and words.REPORT.within(tokens[-2:])
    if not core or come_about or doubt.HESITATION.within(core) or words.KEEP.length(core, 0):
        return False
    return _imperative(core) or _lacks(core) or terse(core, named=named)


def _imperative(core: Tokens) -> bool:
    """``open the jacket``, ``make it darker``: a verb, and what it changes."""
    if words.ALONE.length(core, 0):
        return True
    sure = words.CHANGES.length(core, 0)
    if sure and not covers(core[sure:], *_NO_OBJECT):
        return True
    if changes.VERB.length(core, len(core) - 1) and covers(
        core[:-1], changes.COMPARATIVE, *_VISIBLE, *_AROUND
    ):
        return _shows(core[:-1])
    rest = core[changes.VERB.length(core, 0) :]
    about_another = words.OWN.within(rest) or words.FILM.within(rest)
    return len(rest) < len(core) and _shows(rest) and not about_another


def _lacks(core: Tokens) -> bool:
    """``too dark``, ``the hat should be red``, ``needs more light``: said of what is seen."""
    for start in range(min(len(core), _LONGEST_SUBJECT)):
        lack = words.TOO.length(core, start)
        if not lack:
            continue
        subject, rest = core[:start], core[start + lack :]
        said = covers(subject, *_SUBJECT, *_VISIBLE, *_AROUND)
        return said and _shows(rest) and not words.OWN.within(rest)
    return False


def terse(core: Tokens, *, named: bool = False) -> bool:
    """``darker``, ``more light``, ``no hat``, ``wet hair``: no verb at all, and nothing beside."""
    if words.OWN.within(core) or words.VOTE.length(core, 0):
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
        return _shows(core[start - 1 : start + 1]) and not _compares(core[start:])
    fragment = changes.FRAGMENT.length(core, 0)
    if fragment:
        return _shows(core[fragment:]) and not _compares(core[fragment:])
    if not covers(core, *_VISIBLE, *_AROUND):
        return False
    if poses_in(core) or backgrounds_in(core):
        return True
    seen = {i for table in _THINGS for i, *_ in table.all(core)}
    looks = [core[i : i + n] for table in _LOOKS for i, _, n in table.all(core) if i not in seen]
    placed = any(changes.PLACED.length(core, index) for index in range(1, len(core) - 1))
    return bool(seen) and (placed or any(not words.EVALUATES.within(look) for look in looks))


def _around_noun(core: Tokens, index: int) -> int:
    """``of the``, ``fel``: what stands between more or less and what there is to be more of."""
    tables = (units.BEFORE_TARGET, units.ARTICLE, *_LOOKS)
    return max(table.length(core, index) for table in tables)


def _compares(rest: Tokens) -> bool:
    """Whether it goes on to say than what, or what is so."""
    return words.THAN.within(rest) or any(
        words.COPULA.length(rest, index)
        and not changes.DEGREE.length(rest, index)
        and not words.QUANTITY.length(rest, index)
        for index in range(len(rest))
    )


def _shows(tokens: Tokens) -> bool:
    """Whether it names something that one sees, or how it looks."""
    return any(table.within(tokens) for table in _VISIBLE) or any(
        quality_at(tokens, index) for index in range(len(tokens))
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
