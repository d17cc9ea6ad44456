"""The rules of the decisions: for each kind what can be offered, what speaks against it, and what
follows.

Offers, checks and execution all come from here (see :mod:`workflows.decide`), so that nothing is
offered that cannot be followed. Pure functions of a state and a pause.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from studio.decisions import (
    Approve,
    Cancel,
    Feedback,
    Modify,
    Regenerate,
    Resize,
    Retry,
    Revise,
    SetBrief,
    SetEdit,
    UseTake,
)
from studio.presets import ASPECT_RATIOS, FRAME_COUNT
from studio.shoot import ShootState
from studio.stages import Stage
from studio.takes import ClipsRecipe, FramesRecipe, HeroRecipe, Recipe, SheetRecipe, Slot, Take
from workflows import lengths, opening
from workflows.onward import (
    NotApplicableError,
    advance,
    first_recipe,
    highest_variation,
    latest_slots,
    make,
    use_take,
    wanted_slots,
)
from workflows.steps import End, Make, Pause, Step

D = TypeVar("D")
Onward = tuple[ShootState, Step]
WORDS = "differently"
"""What an offer that needs words is tried with."""


class Rule(ABC, Generic[D]):
    """One kind of decision."""

    @abstractmethod
    def choices(self, state: ShootState, pause: Pause) -> Iterable[D]:
        """The decisions of this kind that may be offered, where nothing speaks against them."""

    @abstractmethod
    def objection(self, state: ShootState, pause: Pause, decision: D) -> str | None:
        """Why ``decision`` cannot be followed here, and what can; ``None`` where it can."""

    @abstractmethod
    def follow(self, state: ShootState, pause: Pause, decision: D, more: bool) -> Onward:
        """What the shoot becomes and does. ``more``: others of the same message come after."""


class _Approve(Rule[Approve]):
    def choices(self, state: ShootState, pause: Pause) -> Iterable[Approve]:
        yield Approve()

    def objection(self, state: ShootState, pause: Pause, decision: Approve) -> str | None:
        if pause.reason is None:
            return None
        return (
            f"the {pause.stage.product} failed, so there is nothing to approve: "
            "retry, revise, use an earlier take, or cancel"
        )

    def follow(self, state: ShootState, pause: Pause, decision: Approve, more: bool) -> Onward:
        following = pause.stage.following
        return (state, End()) if following is None else advance(state, following)


class _Revise(Rule[Revise]):
    def choices(self, state: ShootState, pause: Pause) -> Iterable[Revise]:
        yield Revise(stage=Stage.HERO, instruction=WORDS)
        yield Revise(stage=Stage.CONTACT_SHEET, instruction=WORDS)

    def objection(self, state: ShootState, pause: Pause, decision: Revise) -> str | None:
        if reason := _not_reached(pause, decision.stage):
            return reason
        if opening.unsettled(state, pause) and decision.stage is Stage.HERO:
            return opening.objection(state, opening.revised(pause, decision, state.brief))
        recipe = _revised(state, pause, decision)
        if recipe is None:
            return f"the {decision.stage.product} cannot be revised: change the frames or clips"
        return None

    def follow(self, state: ShootState, pause: Pause, decision: Revise, more: bool) -> Onward:
        if opening.unsettled(state, pause) and decision.stage is Stage.HERO:
            return opening.reopened(state, opening.revised(pause, decision, state.brief))
        recipe = _revised(state, pause, decision)
        if recipe is None:
            raise NotApplicableError(f"the {decision.stage.product} cannot be revised")
        preceding = decision.stage.preceding
        return state, make(state, recipe, state.current.get(preceding) if preceding else None)


class _Modify(Rule[Modify]):
    def choices(self, state: ShootState, pause: Pause) -> Iterable[Modify]:
        for number in range(1, FRAME_COUNT + 1):
            yield Modify(frames=(number,), instruction=WORDS)

    def objection(self, state: ShootState, pause: Pause, decision: Modify) -> str | None:
        return _without_frames(state, pause)

    def follow(self, state: ShootState, pause: Pause, decision: Modify, more: bool) -> Onward:
        base = _frames(state)
        recipe = FramesRecipe(
            base=base.number,
            modify=decision.frames,
            instruction=decision.instruction,
            aspect_ratio=state.aspect_ratio,
        )
        return state, make(state, recipe, base.made_from)


class _Resize(Rule[Resize]):
    def choices(self, state: ShootState, pause: Pause) -> Iterable[Resize]:
        for ratio in ASPECT_RATIOS:
            yield Resize(aspect_ratio=ratio)

    def objection(self, state: ShootState, pause: Pause, decision: Resize) -> str | None:
        return _without_frames(state, pause)

    def follow(self, state: ShootState, pause: Pause, decision: Resize, more: bool) -> Onward:
        base = _frames(state)
        recipe = FramesRecipe(base=base.number, aspect_ratio=decision.aspect_ratio)
        state = state.model_copy(update={"aspect_ratio": decision.aspect_ratio})
        return state, make(state, recipe, base.made_from)


class _Regenerate(Rule[Regenerate]):
    def choices(self, state: ShootState, pause: Pause) -> Iterable[Regenerate]:
        for number in range(1, FRAME_COUNT + 1):
            yield Regenerate(clips=(number,))

    def objection(self, state: ShootState, pause: Pause, decision: Regenerate) -> str | None:
        count = len(asked_slots(state, pause))
        if not count or pause.stage.position < Stage.CLIPS.position:
            return "there are no clips yet: approve the frames first"
        missing = [number for number in decision.clips if number > count]
        if missing:
            loop = "" if count == FRAME_COUNT else "; with the loop on there would be six"
            return f"there is no clip {missing[0]}: there are {count}{loop}"
        anew = [s for s in _anew(state, pause, decision) if s.index in decision.clips]
        return lengths.clips(state, anew, decision.instruction)

    def follow(self, state: ShootState, pause: Pause, decision: Regenerate, more: bool) -> Onward:
        recipe = ClipsRecipe(slots=_anew(state, pause, decision))
        return state, make(state, recipe, state.current.get(Stage.FRAMES))


class _SetEdit(Rule[SetEdit]):
    def choices(self, state: ShootState, pause: Pause) -> Iterable[SetEdit]:
        yield SetEdit(pace=state.edit.pace)

    def objection(self, state: ShootState, pause: Pause, decision: SetEdit) -> str | None:
        if state.direction is None:
            return "the brief has not been read yet: set the edit in the brief's options"
        return None

    def follow(self, state: ShootState, pause: Pause, decision: SetEdit, more: bool) -> Onward:
        """Record the edit; where there are clips, cut the film by it, adding or dropping clip 6.

        Before the clips, and where they failed, it is only recorded: nobody asked for more.
        """
        named = decision.model_dump(include={"loop", "pace", "easing"}, exclude_none=True)
        state = state.model_copy(update={"edit": state.edit.model_copy(update=named)})
        if pause.stage.position < Stage.CLIPS.position:
            return state, pause
        slots = wanted_slots(state, asked_slots(state, pause))
        recipe = ClipsRecipe(slots=slots)
        if pause.stage is Stage.CLIPS and isinstance(pause.failed, Make):
            failed = make(state, recipe, pause.failed.made_from)
            return state, pause.model_copy(update={"failed": failed})
        clips = state.current_take(Stage.CLIPS)
        wait = more and pause.stage is Stage.CLIPS
        if clips is not None and len(clips.artifacts) == len(slots):
            return (state, pause) if wait else advance(state, Stage.COMPLETE)
        return state, make(state, recipe, state.current.get(Stage.FRAMES), go_on=not wait)


class _UseTake(Rule[UseTake]):
    def choices(self, state: ShootState, pause: Pause) -> Iterable[UseTake]:
        """Every take but the one that is shown; where something failed, that one too."""
        shown = state.current_take(pause.stage) if pause.reason is None else None
        for take in state.takes:
            chain = state.current_take(take.stage)
            if take is not shown and (pause.reason is not None or take is not chain):
                yield UseTake(stage=take.stage, take=take.number)

    def objection(self, state: ShootState, pause: Pause, decision: UseTake) -> str | None:
        if reason := _not_reached(pause, decision.stage):
            return reason
        if state.take(decision.stage, decision.take) is None:
            return (
                f"there is no take {decision.take} of the {decision.stage.product}: "
                f"it has {len(state.takes_of(decision.stage))}"
            )
        return None

    def follow(self, state: ShootState, pause: Pause, decision: UseTake, more: bool) -> Onward:
        return use_take(state, decision.stage, decision.take), Pause(stage=decision.stage)


class _SetBrief(Rule[SetBrief]):
    def choices(self, state: ShootState, pause: Pause) -> Iterable[SetBrief]:
        yield SetBrief(prompt=state.brief.prompt)

    def objection(self, state: ShootState, pause: Pause, decision: SetBrief) -> str | None:
        if not opening.failed(state, pause):
            return (
                "the brief is settled once the shoot has opened: revise the hero, or begin "
                "another shoot"
            )
        return opening.objection(state, opening.said(decision, state.brief))

    def follow(self, state: ShootState, pause: Pause, decision: SetBrief, more: bool) -> Onward:
        return opening.reopened(state, opening.said(decision, state.brief))


class _Retry(Rule[Retry]):
    def choices(self, state: ShootState, pause: Pause) -> Iterable[Retry]:
        yield Retry()

    def objection(self, state: ShootState, pause: Pause, decision: Retry) -> str | None:
        return None if pause.failed else "nothing failed, so there is nothing to retry"

    def follow(self, state: ShootState, pause: Pause, decision: Retry, more: bool) -> Onward:
        if pause.spending is not None:
            state = state.model_copy(update={"allowance": pause.spending})
        if pause.orders:
            state = state.model_copy(update={"agreed": (*state.agreed, *pause.orders)})
        return state, pause.failed or pause


class _Cancel(Rule[Cancel]):
    def choices(self, state: ShootState, pause: Pause) -> Iterable[Cancel]:
        yield Cancel()

    def objection(self, state: ShootState, pause: Pause, decision: Cancel) -> str | None:
        return None

    def follow(self, state: ShootState, pause: Pause, decision: Cancel, more: bool) -> Onward:
        return state, End(cancelled=True)


class _Feedback(Rule[Feedback]):
    """Words: the director hears them, and the shoot stays where it is until it has answered."""

    def choices(self, state: ShootState, pause: Pause) -> Iterable[Feedback]:
        yield Feedback(text=WORDS)

    def objection(self, state: ShootState, pause: Pause, decision: Feedback) -> str | None:
        return None

    def follow(self, state: ShootState, pause: Pause, decision: Feedback, more: bool) -> Onward:
        return state, pause


BY_TYPE: dict[type, Rule[Any]] = {
    Retry: _Retry(),
    Approve: _Approve(),
    SetBrief: _SetBrief(),
    Revise: _Revise(),
    Modify: _Modify(),
    Resize: _Resize(),
    Regenerate: _Regenerate(),
    SetEdit: _SetEdit(),
    UseTake: _UseTake(),
    Feedback: _Feedback(),
    Cancel: _Cancel(),
}
"""All rules by the decision they are of, in the order in which they are offered."""


def asked_slots(state: ShootState, pause: Pause) -> tuple[Slot, ...]:
    """The slots last asked for at this point: those that failed, or those in use."""
    if isinstance(pause.failed, Make) and isinstance(pause.failed.recipe, ClipsRecipe):
        return pause.failed.recipe.slots
    take = state.current_take(Stage.CLIPS)
    return take.recipe.slots if take and isinstance(take.recipe, ClipsRecipe) else ()


def _anew(state: ShootState, pause: Pause, decision: Regenerate) -> tuple[Slot, ...]:
    """The slots with the named ones asked for anew. Words that were refused are not said again."""
    settled = {slot.index: slot.notes for slot in latest_slots(state)}
    slots = []
    for slot in asked_slots(state, pause):
        if slot.index in decision.clips:
            refused = f"clip-{slot.index}" in pause.refused
            notes = settled.get(slot.index, ()) if refused else slot.notes
            notes = (*notes, decision.instruction) if decision.instruction else notes
            variation = highest_variation(state, slot.index) + 1
            slot = slot.model_copy(  # noqa: PLW2901
                update={"variation": variation, "notes": notes}
            )
        slots.append(slot)
    return tuple(slots)


def _revised(state: ShootState, pause: Pause, decision: Revise) -> HeroRecipe | SheetRecipe | None:
    """The recipe with what is said now: on that which just failed, that in use, or the first."""
    take = state.current_take(decision.stage)
    settled = _revisable(decision.stage, take.recipe if take else None)
    tried = pause.failed.recipe if isinstance(pause.failed, Make) else None
    first = first_recipe(state, decision.stage)
    base = _revisable(decision.stage, tried) or settled or _revisable(decision.stage, first)
    if base is None:
        return None
    refused = decision.stage is pause.stage and bool(pause.refused)
    notes = (settled.notes if settled else ()) if refused else base.notes
    changed: dict[str, object] = {"notes": notes}
    if decision.instruction:
        changed["notes"] = (*notes, decision.instruction)
    if decision.pose:
        changed["pose"] = decision.pose
    if decision.background:
        changed["background"] = decision.background
    return base.model_copy(update=changed)


def _revisable(stage: Stage, recipe: Recipe | None) -> HeroRecipe | SheetRecipe | None:
    fits = isinstance(recipe, HeroRecipe | SheetRecipe) and recipe.stage is stage
    return recipe if fits and isinstance(recipe, HeroRecipe | SheetRecipe) else None


def _frames(state: ShootState) -> Take:
    take = state.current_take(Stage.FRAMES)
    if take is None:
        raise NotApplicableError("there are no frames yet: approve the contact sheet first")
    return take


def _without_frames(state: ShootState, pause: Pause) -> str | None:
    if reason := _not_reached(pause, Stage.FRAMES):
        return reason
    return None if state.current_take(Stage.FRAMES) else "there is no frames yet"


def _not_reached(pause: Pause, stage: Stage) -> str | None:
    if stage.position <= pause.stage.position:
        return None
    return f"the {stage.product} comes after the {pause.stage.product}, which is open now"
