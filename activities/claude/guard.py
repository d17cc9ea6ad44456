"""A rule under the model: some words are never an approval, whatever a model makes of them."""

from __future__ import annotations

from studio.director.house.clauses import reserves
from studio.director.house.guard import QUESTION_MARKS
from studio.director.house.spelling import speller
from studio.director.house.tokens import Tokens, tokenise
from studio.director.house.words import doubt

_NEVER = (doubt.HESITATION, doubt.STRONG_DOUBT, doubt.CONDITION, doubt.SARCASM, doubt.REFUSAL)
_GO_AHEAD = frozenset({("ga", "maar"), ("doe", "maar")})
"""Dutch go-aheads, in which "maar" does not mean "but"."""


def may_approve(words: str) -> bool:
    """Whether nothing in the words forbids an approval.

    Forbidden by a question (also one without its mark), a hesitation, a condition, a refusal,
    irony, and a "but" or "except" that takes back part of the praise.
    """
    tokens = speller().mend(tokenise(words))
    if QUESTION_MARKS & set(words) or doubt.INTERROGATIVE.length(tokens, 0):
        return False
    if any(lexicon.within(tokens) for lexicon in _NEVER):
        return False
    return not any(_takes_back(tokens, index) for index in range(len(tokens)))


def _takes_back(tokens: Tokens, index: int) -> bool:
    pair = (tokens[index - 1].norm, tokens[index].norm) if index else None
    return pair not in _GO_AHEAD and reserves(tokens, index)
