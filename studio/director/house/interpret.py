"""From words to a reply: normalise, split, read, assemble, guard, answer.

The pipeline is pure: the same words in the same situation always get the same reply.
"""

from __future__ import annotations

from studio.decisions import MAX_WORDS, Approve, Cancel, Decision, Retry, UseTake
from studio.director.house.answers import possibilities
from studio.director.house.assembly import Assembler
from studio.director.house.clauses import clauses
from studio.director.house.guard import asks_back, may_approve, may_cancel, stopped
from studio.director.house.reading import read_all
from studio.director.house.replies import reply_words
from studio.director.house.results import Item, Kind
from studio.director.house.scope import Scope
from studio.director.house.scripts import unread_script
from studio.director.house.spelling import speller
from studio.director.house.tokens import tokenise
from studio.director.interface import Reply, Situation
from studio.stages import Stage


def interpret(words: str, situation: Situation) -> Reply:
    """What the house director answers to ``words``: what it says, and the decisions it takes.

    Where it does not understand, it takes none and asks. It approves only on clear words, never
    on a question, a doubt, a condition, a refusal or a mixed message.
    """
    scope = Scope(situation)
    text = words.strip()[:MAX_WORDS]
    if script := unread_script(text):
        said = f"I cannot read {script} letters without a key for Claude, so I change nothing. "
        return Reply(words=said + possibilities(scope))
    tokens = speller().mend(tokenise(text))
    found = clauses(tokens, scope)
    items = read_all(found, scope)
    result = Assembler(text, scope).assemble(items)
    held = stopped(items) or asks_back(items) or result.refusals or result.unknown
    decisions = [] if held else result.decisions
    if len(decisions) > 1:  # a change makes the thing again by itself
        decisions = [decision for decision in decisions if not isinstance(decision, Retry)]
    free = may_approve(text, tokens, found, items) and not (held or result.asks)
    approving = free and _approves(items, decisions, scope)
    if approving and not situation.failed:
        decisions = [*decisions, Approve()]
    if _contradicts(decisions, items):
        result.asks.append(
            "Do you want to end the shoot, or to go on with it? To end it, say “cancel”."
        )
        decisions = []
    said = reply_words(text, items, result, decisions, scope, approving=approving)
    return Reply(words=said, decisions=tuple(decisions))


def _approves(items: tuple[Item, ...], decisions: list[Decision], scope: Scope) -> bool:
    """Whether it was said to go on: outright, after every change; or by praise and nothing else.

    The finished film is approved alone: who changes it wants to see it first.
    """
    goes = [i for i, item in enumerate(items) if item.kind is Kind.GO or item.go]
    if not goes:
        return not decisions and any(item.kind is Kind.VERDICT for item in items)
    if decisions and scope.stage is Stage.COMPLETE:
        return False
    if any(isinstance(decision, Cancel | Retry) for decision in decisions):
        return False
    changed = [i for i, item in enumerate(items) if _changes(item)]
    return not changed or goes[-1] > changed[-1]


def _changes(item: Item) -> bool:
    taken = any(isinstance(decision, UseTake) for decision in item.decisions)
    return taken or item.kind in (Kind.CHANGE, Kind.REDO)


def _contradicts(decisions: list[Decision], items: tuple[Item, ...]) -> bool:
    """Whether the shoot is to end, and something else is said that denies it."""
    cancels = any(isinstance(decision, Cancel) for decision in decisions)
    return cancels and (len(decisions) > 1 or not may_cancel(items))
