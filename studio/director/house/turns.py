"""Words in the light of what was said just before: a bare yes, an answer to a question."""

from __future__ import annotations

import re

from studio.decisions import Modify, Regenerate
from studio.director.house.interpret import interpret
from studio.director.house.lexicon import Lexicon, covers
from studio.director.house.spelling import speller
from studio.director.house.tokens import tokenise
from studio.director.house.words import approval
from studio.director.interface import Reply, Situation
from studio.shoot import Message

_PROPOSED = re.compile(r"“([^“”]+)”")


def answer(words: str, situation: Situation, transcript: tuple[Message, ...]) -> Reply:
    """The reply to ``words``, read after ``transcript``, which may already end with them.

    A bare yes takes the one thing that the director proposed; where it had asked for a part of a
    wish (which frames, or what about them), the answer is joined to the wish.
    """
    before = _before(words, transcript)
    asked = _asked(before, situation)
    if not asked:
        return interpret(words, situation)
    if _is_bare(words, approval.YES):
        return _agreed(asked, situation)
    if _is_bare(words, approval.NO):
        return Reply(words="All right, I leave it as it is. What would you like instead?")
    reply = interpret(words, situation)
    joined = None if reply.decisions else _joined(words, before, situation)
    return joined or reply


def _before(words: str, transcript: tuple[Message, ...]) -> tuple[Message, ...]:
    """The transcript without the words themselves."""
    last = transcript[-1] if transcript else None
    repeated = last is not None and last.role == "person" and last.text.strip() == words.strip()
    return transcript[:-1] if repeated else transcript


def _asked(before: tuple[Message, ...], situation: Situation) -> str:
    """What the director asked last at this stage; empty where it did not ask."""
    last = before[-1] if before else None
    if last is None or last.role != "director" or last.stage is not situation.stage:
        return ""
    return last.text if "?" in last.text else ""


def _is_bare(words: str, lexicon: Lexicon) -> bool:
    tokens = speller().mend(tokenise(words))
    return bool(tokens) and "?" not in words and covers(tokens, lexicon)


def _agreed(asked: str, situation: Situation) -> Reply:
    proposed = _PROPOSED.findall(asked)
    if len(proposed) == 1:
        return interpret(proposed[0], situation)
    if not proposed:
        return Reply(
            words="Yes to what? Tell me in your words what should change, or say “continue”."
        )
    choices = ", or ".join(f"“{choice}”" for choice in proposed)
    return Reply(words=f"Which of them: {choices}?")


def _joined(words: str, before: tuple[Message, ...], situation: Situation) -> Reply | None:
    """The answer and the wish it completes, in whichever order they make one."""
    said = [message for message in before if message.role == "person"]
    if not said or said[-1].stage is not situation.stage:
        return None
    wish = said[-1].text
    for whole in (f"{words}: {wish}", f"{wish}: {words}"):
        reply = interpret(whole, situation)
        if reply.decisions and all(isinstance(d, Modify | Regenerate) for d in reply.decisions):
            return reply
    return None
