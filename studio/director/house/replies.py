"""What the house director says: what it does, or what it would like to know.

“Double quotes” stand around what a person may say next, and around nothing else, so that a bare
yes can be understood as the one thing proposed; ‘single quotes’ stand around what was said.
"""

from __future__ import annotations

from studio.decisions import (
    Approve,
    Cancel,
    Decision,
    Modify,
    Regenerate,
    Resize,
    Retry,
    Revise,
    SetEdit,
    UseTake,
)
from studio.director.house.answers import NEXT, answer, possibilities
from studio.director.house.assembly import Assembled
from studio.director.house.lexicon import covers
from studio.director.house.results import Item, Kind
from studio.director.house.scope import Scope
from studio.director.house.tokens import Tokens
from studio.director.house.words import acts, approval, doubt
from studio.director.house.words import answers as words
from studio.presets import BACKGROUND_WORDS, FRAME_COUNT, POSE_WORDS
from studio.stages import Stage

_LONGEST_ECHO = 160


def reply_words(
    text: str,
    items: tuple[Item, ...],
    result: Assembled,
    decisions: list[Decision],
    scope: Scope,
    *,
    approving: bool,
) -> str:
    """The reply in words: one sentence a decision, then what is open."""
    said = [describe(decision, scope) for decision in decisions]
    said += [*result.refusals, *result.asks]
    if result.unknown and (decisions or said):
        said.append(f"This I did not understand: {_echo(', '.join(result.unknown))}.")
    kinds = {item.kind for item in items}
    if decisions and Kind.GO in kinds and not any(isinstance(d, Approve) for d in decisions):
        said.append("I stay at this checkpoint; say “continue” when it is right.")
    if not said:
        said.append(_open(text, items, kinds, result, scope, approving=approving))
    elif Kind.QUESTION in kinds and decisions:
        said.append(_answers(items, scope))
    return " ".join(said)


def describe(decision: Decision, scope: Scope) -> str:
    """One decision as a sentence."""
    match decision:
        case Approve():
            following = NEXT[scope.stage]
            return f"Good: {following}."
        case Revise():
            return _revision(decision)
        case Modify(frames=frames, instruction=instruction):
            rest = "" if len(frames) == FRAME_COUNT else " The others stay as they are."
            named = f"{'Frame' if len(frames) == 1 else 'Frames'} {listed(frames)}"
            return f"{named}: {_echo(instruction)}.{rest}"
        case Resize(aspect_ratio="original"):
            return "All frames go back to their original ratio; nothing was lost."
        case Resize(aspect_ratio=ratio):
            return f"All six frames go to {ratio}; the originals are kept."
        case Regenerate(clips=clips, instruction=instruction):
            named = f"{'clip' if len(clips) == 1 else 'clips'} {listed(clips)}"
            how = f": {_echo(instruction)}" if instruction else ""
            return f"I render {named} again{how}. The others stay as they are."
        case SetEdit():
            return _settings(decision, scope)
        case UseTake(stage=stage, take=take):
            return f"Back to take {take} of the {stage.product}."
        case Retry():
            return f"I try the {scope.stage.product} again."
        case Cancel():
            return "I end the shoot here; everything made so far is kept."
        case _:
            return ""


def _revision(decision: Revise) -> str:
    stage = Stage(decision.stage)
    said = f"I shoot the {stage.product} again"
    if decision.instruction:
        said += f": {_echo(decision.instruction)}"
    set_up = [
        f"the pose is now {POSE_WORDS[decision.pose]}" if decision.pose else "",
        f"the set {BACKGROUND_WORDS[decision.background]}" if decision.background else "",
    ]
    named = ", ".join(part for part in set_up if part)
    return f"{said}. {named[0].upper()}{named[1:]}." if named else f"{said}."


def _settings(decision: SetEdit, scope: Scope) -> str:
    parts = []
    if decision.pace is not None:
        parts.append(f"the pace is {decision.pace:g}x")
    if decision.loop is not None:
        parts.append("the film loops" if decision.loop else "the film does not loop")
    if decision.easing is not None:
        parts.append(f"the easing is {decision.easing}")
    noted = "Noted for the film" if not scope.reached(Stage.CLIPS) else "For the cut"
    return f"{noted}: {listed(parts)}."


def _open(
    text: str,
    items: tuple[Item, ...],
    kinds: set[Kind],
    result: Assembled,
    scope: Scope,
    *,
    approving: bool,
) -> str:
    """Where nothing is decided and nothing else was said: an answer, or a question."""
    if Kind.QUESTION in kinds:
        return _answers(items, scope)
    if approving and scope.situation.failed:
        return (
            f"The {scope.stage.product} failed, so there is nothing to approve: say “try again”, "
            "tell me what to change, name an earlier take, or “cancel”."
        )
    for kind, standing in _STANDING:
        if kind in kinds:
            return standing
    if Kind.GO in kinds or Kind.VERDICT in kinds:
        return "I hear a reservation there. What should change? If nothing, say “continue”."
    if Kind.NICETY in kinds:
        return "Glad to hear it. Shall I “continue”?"
    unknown = ", ".join(result.unknown)
    if words.HELP.within(tokens_of(items)):
        return possibilities(scope)
    if acts.BACK.within(tokens_of(items)) and covers(tokens_of(items), acts.BACK, acts.AROUND_TAKE):
        return (
            f"Back to which take of the {scope.stage.product}? Name its number, as in “use take "
            "1”, or say “previous one”."
        )
    if unknown and not scope.numbered and not _command_like(tokens_of(items)):
        return (
            f"I am not sure what to make of {_echo(unknown)}. Shall I “revise the "
            f"{scope.stage.product}: {_cut(unknown)}”?"
        )
    heard = f"I am not sure what to make of {_echo(text)}. " if text else "I did not catch that. "
    return heard + possibilities(scope)


def tokens_of(items: tuple[Item, ...]) -> Tokens:
    """The words of all items."""
    return tuple(token for item in items for token in item.tokens)


def _command_like(tokens: Tokens) -> bool:
    """Whether a word of command is in it: then it is hardly a wish for the picture."""
    commands = (
        approval.GO,
        approval.VERDICT,
        doubt.NEGATION,
        acts.CANCEL,
        acts.SKIP,
        doubt.INTERROGATIVE,
    )
    return any(lexicon.within(tokens) for lexicon in commands)


_STANDING = (
    (Kind.SARCASM, "I cannot tell whether you mean that. What should be different?"),
    (Kind.CONDITION, "I cannot check that for you, so I wait: have a look, then say “continue” or "
                     "tell me what to change."),
    (Kind.DOUBT, "No hurry: nothing happens until you say so. What gives you pause?"),
    (Kind.HESITATION, "Take your time. If it is right, say “continue”; if not, what is amiss?"),
    (Kind.NEGATION, "Then I stay where I am. What should be different?"),
    (Kind.COMPLAINT, "What should it be instead?"),
)  # fmt: skip


def _answers(items: tuple[Item, ...], scope: Scope) -> str:
    tokens = tuple(token for item in items if item.kind is Kind.QUESTION for token in item.tokens)
    return answer(tokens, scope)


def _echo(said: str) -> str:
    return f"‘{_cut(said)}’"


def _cut(said: str) -> str:
    plain = " ".join(said.translate(_NO_QUOTES).split())
    return plain if len(plain) <= _LONGEST_ECHO else f"{plain[:_LONGEST_ECHO].rstrip()}…"


_NO_QUOTES = str.maketrans({"“": "", "”": ""})


def listed(things: tuple[object, ...] | list[str]) -> str:
    """``2``, ``2 and 4``, ``2, 3 and 5``."""
    words = [str(thing) for thing in things]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
