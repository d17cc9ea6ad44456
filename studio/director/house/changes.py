"""Free words about a picture: whether they wish for something, praise, or complain."""

from __future__ import annotations

from studio.director.house.lexicon import covers, is_mark
from studio.director.house.presets import backgrounds_in, poses_in
from studio.director.house.tokens import Tokens
from studio.director.house.words import approval, changes, doubt

_LONGEST_FRAGMENT = 12
_MOST_STRANGE = 1


def wishes(tokens: Tokens) -> bool:
    """Whether the words ask for something to look different."""
    core = trimmed(tokens)
    if not core or praises(core):
        return False
    if changes.VERB.length(core, 0) and len(core) > changes.VERB.length(core, 0):
        return True
    if changes.WISH.within(core):
        return len(core) > 1
    if complains(core):
        return False
    if compares(core) or _fragment(core):
        return True
    if poses_in(core) or backgrounds_in(core):
        return True
    return _visual(core) or _placed(core)


def compares(tokens: Tokens) -> bool:
    """Whether a word says more or less of something."""
    if changes.COMPARATIVE.within(tokens):
        return True
    return any(
        changes.COMPARATIVE_ENDING.fullmatch(token.norm)
        and token.norm not in changes.NOT_COMPARATIVE
        for token in tokens
    )


def directs(tokens: Tokens) -> bool:
    """Whether more or less is asked for, and not merely how much too much there is."""
    return compares(tokens) and any(
        changes.COMPARATIVE.length(tokens, index) and not changes.DEGREE.length(tokens, index)
        for index in range(len(tokens))
    )


def complains(tokens: Tokens) -> bool:
    """Whether something is said to be wrong, and not what would be right."""
    return changes.COMPLAINT.within(tokens) and not directs(tokens)


def praises(tokens: Tokens) -> bool:
    """Whether it is praise of something in particular: no wish, and no verdict on the whole."""
    opening = max(lexicon.length(tokens, 0) for lexicon in (changes.ADMIRE, approval.NICETY))
    verdict = approval.VERDICT.length(tokens, 0)
    rest = tokens[max(opening, verdict) :]
    if not (opening or verdict) and not _ends_in_praise(tokens):
        return False
    if changes.VERB.length(rest, 0) or changes.WISH.within(rest) or complains(rest):
        return False
    return not compares(rest) and covers(rest, *_PRAISED)


def _ends_in_praise(tokens: Tokens) -> bool:
    praised = any(lexicon.within(tokens) for lexicon in (approval.VERDICT, changes.PRAISE))
    return praised and covers(tokens, *_PRAISED)


def admires(tokens: Tokens) -> bool:
    """Whether it is warm words about something, and no word in it takes them back."""
    against = (doubt.NEGATION, doubt.HESITATION, doubt.RESERVE, changes.COMPLAINT, changes.WISH)
    taken_back = any(lexicon.within(tokens) for lexicon in against) or compares(tokens)
    strange = [
        index
        for index in range(len(tokens))
        if not is_mark(tokens[index])
        and not any(lexicon.length(tokens, index) for lexicon in _PRAISED)
    ]
    return changes.PRAISE.within(tokens) and not taken_back and len(strange) <= _MOST_STRANGE


_PRAISED = (
    changes.PRAISE,
    changes.SEEN,
    changes.ADMIRE,
    approval.AROUND_APPROVAL,
    approval.VERDICT,
    approval.NICETY,
    changes.AROUND_PRAISE,
)


def constrains(tokens: Tokens) -> bool:
    """Whether it only says what must not happen."""
    core = trimmed(tokens)
    return bool(changes.DONT.length(core, 0)) and len(core) > 2


def trimmed(tokens: Tokens) -> Tokens:
    """The words without courtesy at either end, and without praise before a wish."""
    core = changes.POLITE.strip_end(changes.POLITE.strip(tokens))
    for lexicon in (approval.VERDICT, approval.NICETY):
        length = lexicon.length(core, 0)
        if length and changes.IMPERATIVE.length(core, length):
            return changes.POLITE.strip(core[length:])
    return core


def _fragment(core: Tokens) -> bool:
    """``without the hat``, ``no hat``, ``in front of a window``."""
    length = changes.FRAGMENT.length(core, 0)
    rest = core[length:]
    if not length or not rest or len(rest) > _LONGEST_FRAGMENT:
        return False
    return not covers(rest, approval.GO, approval.AROUND_APPROVAL, approval.VERDICT, doubt.NEGATION)


def _placed(core: Tokens) -> bool:
    """``hands on hips``, ``jacket over the shoulder``."""
    seen = changes.SEEN.length(core, 0)
    return bool(seen and changes.PLACED.length(core, seen) and len(core) > seen + 1)


def _visual(core: Tokens) -> bool:
    """``wet hair``, ``red lipstick``: something seen, and how."""
    if approval.VERDICT.within(core) or changes.ADMIRE.within(core):
        return False
    seen = {index for index, *_ in changes.SEEN.all(core)}
    looks = {index for index, *_ in changes.LOOKS.all(core)}
    return bool(seen and looks) and len(seen | looks) > 1
