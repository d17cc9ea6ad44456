"""Free words about a picture that judge it: whether they praise, complain, or only forbid."""

from __future__ import annotations

from studio.director.house.lexicon import covers, is_mark
from studio.director.house.orders import trimmed
from studio.director.house.tokens import Tokens
from studio.director.house.words import approval, changes, doubt

_MOST_STRANGE = 1


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
