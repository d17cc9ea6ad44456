"""Going back: which earlier take is meant, if the clause speaks of one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from studio.decisions import UseTake
from studio.director.house.commands import without_marks
from studio.director.house.lexicon import Lexicon, covers
from studio.director.house.results import Item, Kind
from studio.director.house.scope import Scope
from studio.director.house.tokens import Tokens
from studio.director.house.words import acts, approval, changes, settings, units
from studio.stages import Stage


@dataclass(slots=True)
class _Said:
    """What the words of a clause say about takes."""

    numbers: list[int] = field(default_factory=list)
    ordinals: list[int] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    take: bool = False
    back: bool = False
    previous: bool = False
    latest: bool = False
    last: bool = False
    original: bool = False


def read_take(tokens: Tokens, scope: Scope) -> Item | None:
    """The take a clause asks for, or why there is none such; ``None`` where it asks for no take."""
    words = without_marks(tokens)
    if covers(words, acts.REVERT, changes.POLITE) and acts.REVERT.within(words):
        words = (replace(words[0], norm="undo"),)
    said = _listen(words)
    if said is None:
        return None
    stage = said.stages[0] if said.stages else scope.stage
    wanted = _number(said, stage, scope)
    if wanted is None:
        return None
    if not scope.reached(stage):
        return _refuse(f"The {stage.product} comes later, so it has no takes yet.", tokens)
    if isinstance(wanted, str):
        return _refuse(wanted, tokens)
    return _checked(stage, wanted, scope, tokens)


def _listen(words: Tokens) -> _Said | None:
    """Every word, or nothing: a clause with a word of another kind is not about takes."""
    said = _Said()
    index = 0
    while index < len(words):
        length = _hear(words, index, said)
        if not length:
            return None
        index += length
    return said


def _hear(words: Tokens, index: int, said: _Said) -> int:
    for lexicon, name in _FLAGS:
        length = lexicon.length(words, index)
        if length and not (name == "take" and _verb(words, index)):
            setattr(said, name, True)
            return length
    number = _digit(words, index)
    if number is not None:
        said.numbers.append(number)
        return 1
    ordinal = units.ORDINALS.at(words, index)
    if ordinal is not None:
        said.ordinals.append(ordinal[0])
        return ordinal[1]
    stage = units.STAGE.at(words, index)
    if stage is not None:
        said.stages.append(stage[0])
        return stage[1]
    fillers = (acts.AROUND_TAKE, approval.VERDICT, approval.NICETY)
    return max(lexicon.length(words, index) for lexicon in fillers)


_FLAGS: tuple[tuple[Lexicon, str], ...] = (
    (acts.PREVIOUS, "previous"),
    (acts.LATEST, "latest"),
    (acts.TAKE, "take"),
    (acts.BACK, "back"),
    (units.LAST, "last"),
    (settings.ORIGINAL, "original"),
)


def _verb(words: Tokens, index: int) -> bool:
    """``take that``, ``take the first``: the verb, not the noun."""
    word, after = words[index].norm, words[index + 1 : index + 2]
    return word in ("take", "toma", "try") and not (
        not after
        or _digit(words, index + 1) is not None
        or after[0].norm in ("number", "no", "of")
        or (index > 0 and units.ORDINALS.length(words, index - 1))
    )


def _digit(words: Tokens, index: int) -> int | None:
    if index >= len(words):
        return None
    token = words[index]
    if token.kind == "number":
        return token.whole if token.unit in ("", "th") else None
    found = units.NUMBERS.at(words, index)
    follows_take = index > 0 and acts.TAKE.length(words, index - 1)
    return found[0] if found and follows_take else None


def _number(said: _Said, stage: Stage, scope: Scope) -> int | str | None:
    """The number wanted, a refusal in words, or ``None``."""
    pointed = said.take or said.back or bool(said.stages)
    if said.previous and not (said.numbers or said.ordinals or said.last):
        return _before(stage, scope)
    if said.latest and pointed:
        return scope.takes(stage) or "I cannot tell which take is the latest; give me its number."
    if said.numbers and (said.take or (said.back and _unnumbered(said, scope))):
        return said.numbers[0]
    if said.ordinals and (said.take or (said.back and _unnumbered(said, scope))):
        return said.ordinals[0]
    if said.last and pointed and (said.take or _unnumbered(said, scope)):
        return _last(stage, scope)
    if said.original and said.back and not scope.numbered:
        return 1
    return None


def _unnumbered(said: _Said, scope: Scope) -> bool:
    """Whether a bare number can only mean a take: the stage meant shows nothing by number."""
    stage = said.stages[0] if said.stages else scope.stage
    return stage in units.SHEET_ONLY or (bool(said.stages) and stage is Stage.COMPLETE)


def _before(stage: Stage, scope: Scope) -> int | str:
    current = scope.current(stage) or scope.takes(stage) or (2 if scope.tried else 1)
    if current <= 1:
        return f"There is no take of the {stage.product} before this one."
    return current - 1


def _last(stage: Stage, scope: Scope) -> int | str:
    """``the last take`` is the one before where the newest is in use; else it is uncertain."""
    takes, current = scope.takes(stage), scope.current(stage)
    if takes is not None and current is not None and current != takes:
        return f"Do you mean the latest take, {takes}, or the one before this, {current - 1}?"
    return _before(stage, scope)


def _checked(stage: Stage, number: int, scope: Scope, tokens: Tokens) -> Item:
    takes = scope.takes(stage)
    if number < 1 or (takes is not None and number > takes):
        has = "no takes yet" if not takes else f"{takes} {'take' if takes == 1 else 'takes'}"
        return _refuse(f"There is no take {number} of the {stage.product}: it has {has}.", tokens)
    if number == scope.current(stage) and stage is scope.stage:
        return _refuse(f"Take {number} of the {stage.product} is the one in use already.", tokens)
    return Item(Kind.DECIDE, tokens, (UseTake(stage=stage, take=number),))


def _refuse(words: str, tokens: Tokens) -> Item:
    return Item(Kind.REFUSE, tokens, words=words)
