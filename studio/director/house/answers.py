"""Answers to questions: about the way a shoot goes and what it stands at, never about a picture."""

from __future__ import annotations

from collections.abc import Callable

from studio.director.house.lexicon import Lexicon
from studio.director.house.scope import Scope
from studio.director.house.tokens import Tokens
from studio.director.house.words import answers as words
from studio.presets import ASPECT_RATIOS, BACKGROUND_WORDS, MAX_PACE, MIN_PACE, POSE_WORDS
from studio.stages import Stage

NEXT = {
    Stage.HERO: "I lay out the contact sheet next: six shots of this look",
    Stage.CONTACT_SHEET: "I cut the sheet into its six frames next",
    Stage.FRAMES: "I make the clips next: each moves from one frame to the one after it",
    Stage.CLIPS: "I cut the clips into the film next",
    Stage.COMPLETE: "the shoot is finished, and everything made is kept",
}


def answer(tokens: Tokens, scope: Scope) -> str:
    """An answer to the question, or that it is not for this director to say."""
    if scope.situation.failed and words.FAILED.within(tokens):
        return f"The reason stands at the checkpoint, as far as it is known. {_choices(scope)}"
    if words.HELP.within(tokens):
        return possibilities(scope)
    for lexicon, say in _ANSWERS:
        if lexicon.within(tokens):
            return say(scope)
    return (
        f"I work by the book and do not judge pictures, so that is for your eye. {_choices(scope)}"
    )


def possibilities(scope: Scope) -> str:
    """What can be said at this point, with examples."""
    if scope.situation.failed:
        return "You can say “try again”, tell me what to change, name an earlier take, or “cancel”."
    return _POSSIBLE[scope.stage]


_POSSIBLE = {
    Stage.HERO: (
        "You can say “continue”, or what to change, such as “softer light” or “seated, on black”; "
        "or “use take 1” once there are several."
    ),
    Stage.CONTACT_SHEET: (
        "You can say “continue”, or what the sheet needs, such as “tighter crops”; or “hero: "
        "softer light” to go back a step."
    ),
    Stage.FRAMES: (
        "You can say “continue”, “frames 2 and 4: open the jacket”, “resize to 9:16”, or “back to "
        "the original”."
    ),
    Stage.CLIPS: "You can say “continue”, “redo clip 3”, “clip 2: slower”, or “1.5x with loop”.",
    Stage.COMPLETE: (
        "You can say “done”, set the cut with “1.5x with loop”, or go back to a “clip 3: slower” "
        "or a “frame 2: open the jacket”."
    ),
}


def _choices(scope: Scope) -> str:
    if scope.situation.failed:
        return "You can say “try again”, tell me what to change, or “cancel”."
    return "Say “continue” to go on, or tell me what to change."


def _next(scope: Scope) -> str:
    if scope.situation.failed:
        return f"The {scope.stage.product} failed, so there is no going on yet. {_choices(scope)}"
    following = NEXT[scope.stage]
    return f"If you approve, {following}. {_choices(scope)}"


def _pace(scope: Scope) -> str:
    edit = scope.situation.edit
    count = 6 if edit.loop else 5
    seconds = count * edit.clip_seconds
    loop = "with the loop" if edit.loop else "without the loop"
    return (
        f"The film is set to {edit.pace:g}x {loop}: {count} clips of "
        f"{edit.clip_seconds:.3g} seconds, {seconds:.3g} seconds in all. "
        f"The pace can be {MIN_PACE:g}x to {MAX_PACE:g}x."
    )


def _ratio(scope: Scope) -> str:
    known = ", ".join(ASPECT_RATIOS[1:])
    return (
        f"The frames are at {scope.situation.aspect_ratio}; they can be {known}, or the original."
    )


def _takes(scope: Scope) -> str:
    count = scope.takes(scope.stage)
    if not count:
        return "I have not counted any takes here. Every take is kept; name one by its number."
    current = scope.current(scope.stage)
    using = f", and take {current} is in use" if current else ""
    return (
        f"There {'is' if count == 1 else 'are'} {count} of the {scope.stage.product}{using}. "
        "Every take is kept."
    )


def _set_up(scope: Scope) -> str:
    pose, background = scope.situation.pose, scope.situation.background
    said = [
        f"the pose: {POSE_WORDS[pose]}" if pose else "",
        f"the background: {BACKGROUND_WORDS[background]}" if background else "",
    ]
    known = "; ".join(part for part in said if part)
    return (
        f"As directed, {known}." if known else f"Nothing is settled about that. {_choices(scope)}"
    )


def _cost(scope: Scope) -> str:
    return f"The estimate stands at the checkpoint and in the ledger. {_choices(scope)}"


_ANSWERS: tuple[tuple[Lexicon, Callable[[Scope], str]], ...] = (
    (words.COST, _cost),
    (words.NEXT, _next),
    (words.TAKES, _takes),
    (words.PACE, _pace),
    (words.RATIO, _ratio),
    (words.SET_UP, _set_up),
)
