"""Clauses that act: cancel, retry, go on, settings; each with its rule about the moment."""

from __future__ import annotations

from dataclasses import replace

from studio.decisions import Cancel, Decision, Resize, Retry, SetEdit
from studio.director.house.commands import Commands, read_commands, without_marks
from studio.director.house.lexicon import covers
from studio.director.house.results import Item, Kind
from studio.director.house.scope import Scope
from studio.director.house.settings import Cut, easing_fits, suggested_pace
from studio.director.house.tokens import Tokens
from studio.director.house.words import acts, approval, changes, orders, settings, units
from studio.presets import ASPECT_RATIOS, EASINGS, MAX_PACE, MIN_PACE, AspectRatio
from studio.stages import Stage


def read_act(tokens: Tokens, scope: Scope) -> Item | None:
    """What a clause does that is a command from end to end; ``None`` where it is none."""
    words = without_marks(tokens)
    if not words:
        return Item(Kind.NOTHING, tokens)
    if _leaves(words, scope):
        return Item(Kind.REFUSE, tokens, words=_finished(scope))
    if acts.CANCEL.within(words) and covers(
        words, acts.CANCEL, acts.AROUND_CANCEL, approval.NICETY
    ):
        return Item(Kind.DECIDE, tokens, (Cancel(),))
    again = acts.AGAIN.within(words) and covers(words, acts.TRY, acts.AGAIN, changes.POLITE)
    retry = acts.RETRY.within(words) and covers(words, acts.RETRY, changes.POLITE, approval.NICETY)
    if again or retry:
        return _retried(tokens, words, scope)
    if acts.SKIP.length(changes.POLITE.strip(words), 0) and units.STAGE.within(words):
        return Item(Kind.REFUSE, tokens, words=_NO_SKIPPING)
    commands = read_commands(tokens, scope)
    if commands is None:
        return _incomplete(tokens, words)
    return _commanded(commands, tokens, scope)


def _leaves(words: Tokens, scope: Scope) -> bool:
    """Whether somebody is done with it, which may mean an end or content; or ends a done film."""
    done = scope.stage is Stage.COMPLETE
    if done and covers(words, approval.GO, approval.AROUND_APPROVAL, approval.NICETY):
        return False
    leaving = orders.LEAVING.within(words) or (done and acts.CANCEL.within(words))
    around = (orders.AROUND_LEAVING, changes.POLITE, approval.NICETY)
    ends = (acts.CANCEL, acts.AROUND_CANCEL) if done else ()
    return leaving and covers(words, orders.LEAVING, *around, *ends)


def _finished(scope: Scope) -> str:
    if scope.stage is Stage.COMPLETE:
        return "The film is finished and kept as it is. Say “done” to close the shoot with it."
    return "Shall it go on or end here? To go on say “continue”; to end the shoot, “cancel”."


def _incomplete(tokens: Tokens, words: Tokens) -> Item | None:
    """A setting that is named without its value."""
    around = (settings.RESIZE_VERB, settings.RATIO_NOUN, settings.AROUND_SETTINGS, units.STAGE)
    if settings.TO_RATIO.within(words) and covers(words, *around):
        known = ", ".join(ASPECT_RATIOS[1:])
        return Item(Kind.REFUSE, tokens, words=f"To which ratio? There are {known}.")
    if settings.EASING_WORD.within(words) and len(words) < 6:
        named = ", ".join(EASINGS)
        return Item(Kind.REFUSE, tokens, words=f"Which easing shall it be? There are {named}.")
    return None


_NO_SKIPPING = (
    "Every stage is made from the one before it, so none can be left out; with autopilot on I "
    "would not stop in between. Say “continue” for the next one."
)


def _retried(tokens: Tokens, words: Tokens, scope: Scope) -> Item | None:
    """Where something failed, its retry; elsewhere the same words ask for another version."""
    plainly = not covers(words, acts.REDO_ONLY, acts.AGAIN, changes.POLITE, approval.NICETY)
    if scope.situation.failed or (scope.tried and plainly):
        return Item(Kind.DECIDE, tokens, (Retry(),))
    return Item(Kind.REDO, tokens)


def _commanded(commands: Commands, tokens: Tokens, scope: Scope) -> Item | None:
    if commands.sets and _remarks(commands, tokens):
        return Item(Kind.GO if commands.go_on else Kind.NICETY, tokens)
    if commands.sets:
        return read_settings(commands, tokens, scope)
    if commands.verdict and not (commands.goes or commands.firm or commands.produce):
        return _praised(commands, tokens, scope)
    target = commands.firm or (
        commands.stages[-1] if commands.produce and commands.stages else None
    )
    if target is not None:
        return _produced(target, commands, tokens, scope)
    if commands.goes:
        backwards = any(stage.position < scope.stage.position for stage in commands.stages)
        return None if backwards else Item(Kind.GO, tokens)
    return Item(Kind.NICETY, tokens) if commands.nicety else None


def _remarks(commands: Commands, tokens: Tokens) -> bool:
    """Whether a setting is only spoken of: ``the loop is lovely``, ``great story``."""
    if changes.IMPERATIVE.length(tokens, 0):
        return False
    tokens = changes.POLITE.strip_end(tokens)
    if commands.praise or orders.STATES.within(tokens) or changes.PRAISE.within(tokens):
        return not settings.MAY_BE.within(tokens)
    return False


def _praised(commands: Commands, tokens: Tokens, scope: Scope) -> Item:
    """A verdict on what is shown; praise of something earlier decides nothing."""
    shown = {scope.stage, Stage.COMPLETE} if scope.stage is Stage.CLIPS else {scope.stage}
    about = set(commands.stages) <= shown
    return Item(Kind.VERDICT if about else Kind.NICETY, tokens)


def _produced(target: Stage, commands: Commands, tokens: Tokens, scope: Scope) -> Item | None:
    """``make the clips``: goes on where the clips are next."""
    following = scope.stage.following
    if target is following or (commands.goes and target.position > scope.stage.position):
        return Item(Kind.GO, tokens)
    if target.position > scope.stage.position and following is not None:
        words = f"The {target.product} comes later; next after the {scope.stage.product} "
        verb = "are" if following.product.endswith("s") else "is"
        return Item(Kind.REFUSE, tokens, words=f"{words}{verb} the {following.product}.")
    return None


def read_settings(commands: Commands, tokens: Tokens, scope: Scope) -> Item:
    """Settings, and going on where that was said beside them."""
    decisions: list[Decision] = []
    for setting in (_resize(commands, scope), _edit(commands.cuts, scope)):
        if isinstance(setting, Item):
            return replace(setting, tokens=tokens)
        if setting is not None:
            decisions.append(setting)
    following = scope.stage.following
    produced = commands.surely and following is not None and following in commands.stages
    go = (commands.go_on or produced) and following is not None
    if commands.firm is not None:
        go = go and commands.firm is following
    return Item(Kind.DECIDE, tokens, tuple(decisions), go=go)


def _resize(commands: Commands, scope: Scope) -> Resize | Item | None:
    if not commands.ratios:
        return None
    strong = [ratio for ratio in commands.ratios if not ratio.weak] or commands.ratios
    known = ", ".join(ASPECT_RATIOS[1:])
    unknown = next((ratio.unknown for ratio in strong if ratio.unknown), "")
    if unknown:
        return _refuse(f"{unknown} is no ratio I can give; there are {known}, and the original.")
    names: list[AspectRatio] = list(dict.fromkeys(r.name for r in strong if r.name is not None))
    if len(names) > 1:
        return _refuse(f"Which ratio shall it be: {' or '.join(names)}?")
    if not scope.numbered:
        return _refuse(
            "The frames are not cut yet, so there is nothing to resize. "
            f"Say “resize to {names[0]}” once they are."
        )
    return Resize(aspect_ratio=names[0])


def _edit(cuts: list[Cut], scope: Scope) -> SetEdit | Item | None:
    if not cuts:
        return None
    loop = next((cut.loop for cut in reversed(cuts) if cut.loop is not None), None)
    easings = list(dict.fromkeys(cut.easing for cut in cuts if cut.easing))
    easing = easings[0] if easings else None
    paces = list(dict.fromkeys(cut.pace for cut in cuts if cut.pace is not None))
    hint = next((cut.hint for cut in cuts if cut.hint), "")
    if len(easings) > 1:
        named = ", ".join(EASINGS)
        return _refuse(f"Which easing: {' or '.join(easings)}? There are {named}.")
    if len(paces) > 1:
        return _refuse(f"Which pace shall it be: {' or '.join(f'{pace:g}x' for pace in paces)}?")
    if paces and not MIN_PACE <= paces[0] <= MAX_PACE:
        return _refuse(
            f"{paces[0]:g}x is outside the range: the pace goes from {MIN_PACE:g}x to "
            f"{MAX_PACE:g}x, where 1x gives each clip 1.5 seconds."
        )
    if hint and not paces:
        pace = suggested_pace(hint, scope.situation.edit.pace)
        words = f"How much {hint}? The film is cut at {scope.situation.edit.pace:g}x now"
        return Item(Kind.HINT, words=f"{words}; shall it be “{pace:g}x”?")
    if easing and not easing_fits(easing):
        named = ", ".join(EASINGS)
        return _refuse(
            f"{easing} is no easing: both x must lie from 0 to 1. By name there are {named}."
        )
    return SetEdit(loop=loop, pace=paces[0] if paces else None, easing=easing)


def _refuse(words: str) -> Item:
    return Item(Kind.REFUSE, words=words)
