"""Clauses that are commands from end to end: going on, praise, the edit, the ratio.

Such a clause is understood only where every word of it is known; one that is not leaves the whole
to the other readers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from studio.director.house.lexicon import is_mark
from studio.director.house.scope import Scope
from studio.director.house.settings import Cut, Ratio, easing_at, loop_at, pace_at, ratio_at
from studio.director.house.tokens import Token, Tokens
from studio.director.house.words import acts, approval, settings, units
from studio.stages import Stage


@dataclass(slots=True)
class Commands:
    """What the words of a clause come to."""

    cuts: list[Cut] = field(default_factory=list)
    ratios: list[Ratio] = field(default_factory=list)
    goes: list[str] = field(default_factory=list)
    firm: Stage | None = None
    verdict: bool = False
    praise: bool = False
    nicety: bool = False
    produce: bool = False
    surely: bool = False
    assembles: bool = False
    stages: list[Stage] = field(default_factory=list)
    plain: bool = True
    """Nothing but words that may stand around an approval, or are atoms."""

    @property
    def sets(self) -> bool:
        """Whether a setting is made, or nearly."""
        return bool(self.cuts or self.ratios)

    @property
    def acts(self) -> bool:
        """Whether it sets something definite, or goes on."""
        definite = any(not cut.hint for cut in self.cuts) or bool(self.ratios)
        return definite or self.go_on

    @property
    def go_on(self) -> bool:
        """Whether it says to go on, in words that hold beside settings where there are any."""
        if self.firm is not None:
            return True
        return bool(self.goes) and (not self.sets or "firm" in self.goes)


T = TypeVar("T")
Reader = Callable[[Tokens, int, Scope, Commands], int]


def read_commands(tokens: Tokens, scope: Scope) -> Commands | None:
    """The commands of a clause, or ``None`` where a word is no part of any."""
    words: Tokens = tuple(token for token in tokens if not is_mark(token))
    if not words:
        return None
    commands = Commands()
    index = 0
    while index < len(words):
        length = next((n for read in _READERS if (n := read(words, index, scope, commands))), 0)
        if not length:
            return None
        index += length
    if not commands.sets and not commands.plain:
        return None
    if commands.assembles and commands.firm is None:
        commands.firm = _assembled(commands.stages)
        if commands.firm is None and not commands.sets:
            return None
    return commands if _says_something(commands) else None


def _assembled(stages: list[Stage]) -> Stage | None:
    """What is made by cutting or joining the things named."""
    if Stage.COMPLETE in stages or Stage.CLIPS in stages:
        return Stage.COMPLETE
    return Stage.FRAMES if Stage.FRAMES in stages else None


def substantial(tokens: Tokens, scope: Scope) -> bool:
    """Whether a clause of these words would act by itself."""
    commands = read_commands(tokens, scope)
    return commands is not None and commands.acts


def _says_something(commands: Commands) -> bool:
    says = (commands.goes, commands.firm, commands.verdict, commands.nicety, commands.sets)
    return any(says) or (commands.produce and bool(commands.stages))


def _loop(words: Tokens, index: int, scope: Scope, commands: Commands) -> int:
    found = loop_at(words, index)
    return _take(commands.cuts, found)


def _easing(words: Tokens, index: int, scope: Scope, commands: Commands) -> int:
    return _take(commands.cuts, easing_at(words, index))


def _pace(words: Tokens, index: int, scope: Scope, commands: Commands) -> int:
    return _take(commands.cuts, pace_at(words, index, scope.situation.edit.pace))


def _ratio(words: Tokens, index: int, scope: Scope, commands: Commands) -> int:
    return _take(commands.ratios, ratio_at(words, index, scope))


def _take(into: list[T], found: tuple[T, int] | None) -> int:
    if found is None:
        return 0
    value, length = found
    into.append(value)
    return length


def _firm(words: Tokens, index: int, scope: Scope, commands: Commands) -> int:
    found = acts.PRODUCE_FIRMLY.at(words, index)
    if found is None:
        return 0
    commands.firm = found[0]
    return found[1]


def _go(words: Tokens, index: int, scope: Scope, commands: Commands) -> int:
    with_settings = approval.GO_WITH.length(words, index)
    length = approval.GO.length(words, index)
    if length:
        commands.goes.append("firm" if with_settings == length else "go")
    return length


def _verdict(words: Tokens, index: int, scope: Scope, commands: Commands) -> int:
    length = approval.VERDICT.length(words, index)
    bare = length == 1 and index > 0 and words[index].norm in approval.BARE
    if bare and words[index - 1].norm not in approval.BEFORE_BARE:
        return 0
    if length and approval.AROUND_APPROVAL.length(words, index) <= length:
        commands.verdict = True
        commands.praise = commands.praise or not approval.YES.length(words, index)
        return length
    return 0


def _nicety(words: Tokens, index: int, scope: Scope, commands: Commands) -> int:
    length = approval.NICETY.length(words, index)
    commands.nicety = commands.nicety or bool(length)
    return length


def _stage(words: Tokens, index: int, scope: Scope, commands: Commands) -> int:
    found = units.STAGE.at(words, index)
    if found is None:
        return 0
    commands.stages.append(found[0])
    return found[1]


def _filler(words: Tokens, index: int, scope: Scope, commands: Commands) -> int:
    length = approval.AROUND_APPROVAL.length(words, index)
    if length:
        return length
    assembling = acts.ASSEMBLE.length(words, index)
    if assembling:
        commands.assembles = True
        return assembling
    producing = acts.PRODUCE.length(words, index)
    if producing:
        commands.produce = True
        commands.surely = commands.surely or bool(acts.PRODUCE_SURELY.length(words, index))
        return producing
    length = settings.AROUND_SETTINGS.length(words, index) or settings.RATIO_NOUN.length(
        words, index
    )
    length = length or settings.RESIZE_VERB.length(words, index)
    length = length or settings.PACE_NOUN.length(words, index)
    length = length or settings.EASING_NOUN.length(words, index)
    if length:
        commands.plain = False
    return length


_READERS: tuple[Reader, ...] = (
    _loop, _easing, _pace, _firm, _ratio, _verdict, _go, _nicety, _stage, _filler,
)  # fmt: skip


def without_marks(tokens: Tokens) -> tuple[Token, ...]:
    """The words alone."""
    return tuple(token for token in tokens if not is_mark(token))
