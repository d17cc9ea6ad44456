"""A rule under the model: some words are never an approval, whatever a model makes of them."""

from __future__ import annotations

from studio.director.house.guard import QUESTION_MARKS
from studio.director.house.tokens import tokenise
from studio.director.house.words import doubt


def may_approve(words: str) -> bool:
    """Whether nothing in the words forbids an approval: no question, hesitation or condition."""
    tokens = tokenise(words)
    hesitant = doubt.HESITATION.within(tokens) or doubt.CONDITION.within(tokens)
    return not (QUESTION_MARKS & set(words)) and not hesitant
