"""The shoot's rules: which decisions fit the moment, and what follows from each.

Pure functions from a state and a decision to a state and a step, so that the rules can be read and
tested without a workflow.
"""

from __future__ import annotations

from studio.decisions import (
    Approve,
    Cancel,
    Decision,
    Feedback,
    Modify,
    Regenerate,
    Resize,
    Retry,
    Revise,
    SetEdit,
    UseTake,
)
from studio.presets import DEFAULT_BACKGROUND, DEFAULT_POSE, FRAME_COUNT
from studio.shoot import ShootState
from studio.stages import Stage
from studio.takes import (
    ClipsRecipe,
    FilmRecipe,
    FramesRecipe,
    HeroRecipe,
    Recipe,
    SheetRecipe,
    Slot,
    Take,
)
from workflows.steps import End, Make, Pause, Step


class NotApplicableError(ValueError):
    """The decision does not fit the moment; the message says why and what would."""


MAX_STATE = 1_400_000
"""Bytes of a state that may still grow. Temporal carries 2 MB, and beside the state a run hands
over words that wait and a step under way."""


def full(state: ShootState) -> bool:
    """Whether a shoot is so large that it can only be finished."""
    return len(state.model_dump_json().encode()) > MAX_STATE


def check(state: ShootState, pause: Pause, decision: Decision) -> None:
    """Raise :class:`NotApplicableError` where ``decision`` cannot follow at ``pause``."""
    if isinstance(decision, Revise | Modify | Resize | Regenerate) and full(state):
        raise NotApplicableError(
            f"this shoot holds {len(state.takes)} takes and is as large as a shoot can be: go on "
            "with what it has, or start another with its pictures as references"
        )
    match decision:
        case Approve() if pause.reason is not None:
            raise NotApplicableError(
                f"the {pause.stage.product} failed, so there is nothing to approve: "
                "retry, revise, use an earlier take, or cancel"
            )
        case Retry() if pause.failed is None:
            raise NotApplicableError("nothing failed, so there is nothing to retry")
        case Revise():
            _require_reached(pause, decision.stage)
        case Modify() | Resize():
            _require_take(state, Stage.FRAMES, pause)
        case Regenerate():
            _require_clips(_clip_count(state, pause), decision.clips)
        case UseTake():
            _require_reached(pause, decision.stage)
            if state.take(decision.stage, decision.take) is None:
                raise NotApplicableError(
                    f"there is no take {decision.take} of the {decision.stage.product}: "
                    f"it has {len(state.takes_of(decision.stage))}"
                )
        case _:
            return


def follow(
    state: ShootState, pause: Pause, decision: Decision, *, more: bool = False
) -> tuple[ShootState, Step]:
    """What the shoot becomes and does after ``decision``, which :func:`check` has let pass.

    ``more`` says that other decisions of the same message follow: then nothing runs ahead.
    """
    match decision:
        case Approve():
            following = pause.stage.following
            return (state, End()) if following is None else advance(state, following)
        case Revise():
            return state, _revise(state, pause, decision)
        case Modify() | Resize():
            return _rework_frames(state, decision)
        case Regenerate(clips=clips, instruction=instruction):
            return state, _regenerate(state, pause, clips, instruction)
        case SetEdit():
            return _set_edit(state, pause, decision, more=more)
        case UseTake(stage=stage, take=number):
            return use_take(state, stage, number), Pause(stage=stage)
        case Retry():
            if pause.spending is not None:
                state = state.model_copy(update={"allowance": pause.spending})
            if pause.orders:
                state = state.model_copy(update={"agreed": (*state.agreed, *pause.orders)})
            return state, pause.failed or pause
        case Cancel():
            return state, End(cancelled=True)
        case Feedback():
            raise NotApplicableError("words are for the director, who turns them into decisions")


def advance(state: ShootState, stage: Stage) -> tuple[ShootState, Step]:
    """Go on to ``stage``: show a take that already follows from what is in use, or make one."""
    parent = state.current.get(stage.preceding) if stage.preceding else None
    recipe = first_recipe(state, stage)
    for take in reversed(state.takes_of(stage)):
        if take.made_from == parent and _still_wanted(take.recipe, recipe):
            return use_take(state, stage, take.number), Pause(stage=stage)
    return state, _make(state, recipe, parent)


def first_recipe(state: ShootState, stage: Stage) -> Recipe:
    """How ``stage`` is made when nobody has said anything about it."""
    match stage:
        case Stage.HERO:
            direction = state.direction
            return HeroRecipe(
                pose=direction.pose if direction else DEFAULT_POSE,
                background=direction.background if direction else DEFAULT_BACKGROUND,
            )
        case Stage.CONTACT_SHEET:
            return SheetRecipe()
        case Stage.FRAMES:
            return FramesRecipe(aspect_ratio=state.aspect_ratio)
        case Stage.CLIPS:
            return ClipsRecipe(slots=_slots(state, _latest_slots(state)))
        case Stage.COMPLETE:
            return FilmRecipe(edit=state.edit)


def use_take(state: ShootState, stage: Stage, number: int) -> ShootState:
    """The state with that take in use, the takes it was made from too, and nothing after it."""
    take = state.take(stage, number)
    if take is None:
        raise NotApplicableError(f"there is no take {number} of the {stage.product}")
    current: dict[Stage, int] = {}
    update: dict[str, object] = {"current": current}
    link: Take | None = take
    while link is not None:
        current[link.stage] = link.number
        match link.recipe:
            case FramesRecipe(aspect_ratio=ratio):
                update["aspect_ratio"] = ratio
            case ClipsRecipe(slots=slots) if "edit" not in update:
                loop = len(slots) == FRAME_COUNT
                update["edit"] = state.edit.model_copy(update={"loop": loop})
            case FilmRecipe(edit=edit):
                update["edit"] = edit
        parent = link.stage.preceding
        made_from = link.made_from
        link = state.take(parent, made_from) if parent and made_from else None
    update["current"] = dict(sorted(current.items(), key=lambda item: item[0].position))
    return state.model_copy(update=update)


def _still_wanted(existing: Recipe, wanted: Recipe) -> bool:
    """Whether a take by ``existing`` serves where ``wanted`` would be made."""
    match existing, wanted:
        case FilmRecipe(edit=has), FilmRecipe(edit=needs):
            return has == needs
        case ClipsRecipe(slots=has), ClipsRecipe(slots=needs):
            return len(has) == len(needs)
        case _:
            return True


def _make(state: ShootState, recipe: Recipe, parent: int | None, *, go_on: bool = False) -> Make:
    """A step for the next number. Numbers of failed takes are not used again for other recipes."""
    number = state.numbered.get(recipe.stage, 0) + 1
    return Make(recipe=recipe, number=number, made_from=parent, go_on=go_on)


def _rework_frames(state: ShootState, decision: Modify | Resize) -> tuple[ShootState, Make]:
    base = _frames(state)
    if isinstance(decision, Resize):
        state = state.model_copy(update={"aspect_ratio": decision.aspect_ratio})
        recipe = FramesRecipe(base=base.number, aspect_ratio=decision.aspect_ratio)
    else:
        recipe = FramesRecipe(
            base=base.number,
            modify=decision.frames,
            instruction=decision.instruction,
            aspect_ratio=state.aspect_ratio,
        )
    return state, _make(state, recipe, base.made_from)


def _revise(state: ShootState, pause: Pause, decision: Revise) -> Make:
    base = _revisable(state, pause, decision.stage)
    changed: dict[str, object] = {}
    if decision.instruction:
        changed["notes"] = (*base.notes, decision.instruction)
    if decision.pose:
        changed["pose"] = decision.pose
    if decision.background:
        changed["background"] = decision.background
    preceding = decision.stage.preceding
    parent = state.current.get(preceding) if preceding else None
    return _make(state, base.model_copy(update=changed), parent)


def _revisable(state: ShootState, pause: Pause, stage: Stage) -> HeroRecipe | SheetRecipe:
    """The recipe a revision starts from: the one that just failed, the one in use, or the first."""
    tried = pause.failed.recipe if isinstance(pause.failed, Make) else None
    take = state.current_take(stage)
    for recipe in (tried, take.recipe if take else None, first_recipe(state, stage)):
        if isinstance(recipe, HeroRecipe | SheetRecipe) and recipe.stage is stage:
            return recipe
    raise NotApplicableError(f"the {stage.product} cannot be revised: change the frames or clips")


def _regenerate(
    state: ShootState, pause: Pause, clips: tuple[int, ...], instruction: str | None
) -> Make:
    slots = []
    for slot in _asked_slots(state, pause):
        if slot.index in clips:
            notes = (*slot.notes, instruction) if instruction else slot.notes
            slot = slot.model_copy(  # noqa: PLW2901
                update={"variation": _highest_variation(state, slot.index) + 1, "notes": notes}
            )
        slots.append(slot)
    return _make(state, ClipsRecipe(slots=tuple(slots)), state.current.get(Stage.FRAMES))


def _set_edit(
    state: ShootState, pause: Pause, decision: SetEdit, *, more: bool
) -> tuple[ShootState, Step]:
    """Record the edit; where there are clips, cut the film by it, adding or dropping clip 6.

    Before the clips, and where they failed, the edit is only recorded: nobody asked for more.
    """
    named = decision.model_dump(include={"loop", "pace", "easing"}, exclude_none=True)
    state = state.model_copy(update={"edit": state.edit.model_copy(update=named)})
    if pause.stage.position < Stage.CLIPS.position:
        return state, pause
    slots = _slots(state, _asked_slots(state, pause))
    recipe = ClipsRecipe(slots=slots)
    if pause.stage is Stage.CLIPS and isinstance(pause.failed, Make):
        failed = _make(state, recipe, pause.failed.made_from)
        return state, pause.model_copy(update={"failed": failed})
    clips = state.current_take(Stage.CLIPS)
    wait = more and pause.stage is Stage.CLIPS
    if clips is not None and len(clips.artifacts) == len(slots):
        return (state, pause) if wait else advance(state, Stage.COMPLETE)
    return state, _make(state, recipe, state.current.get(Stage.FRAMES), go_on=not wait)


def _slots(state: ShootState, known: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """A slot for every clip the edit needs, keeping what was said about each."""
    count = FRAME_COUNT if state.edit.loop else FRAME_COUNT - 1
    by_index = {slot.index: slot for slot in (*_latest_slots(state), *known)}
    return tuple(by_index.get(index, Slot(index=index)) for index in range(1, count + 1))


def _asked_slots(state: ShootState, pause: Pause) -> tuple[Slot, ...]:
    """The slots last asked for at this point: those that failed, or those in use."""
    if isinstance(pause.failed, Make) and isinstance(pause.failed.recipe, ClipsRecipe):
        return pause.failed.recipe.slots
    take = state.current_take(Stage.CLIPS)
    return take.recipe.slots if take and isinstance(take.recipe, ClipsRecipe) else ()


def _latest_slots(state: ShootState) -> tuple[Slot, ...]:
    """The newest slot known of each clip, over all takes."""
    newest: dict[int, Slot] = {}
    for take in state.takes_of(Stage.CLIPS):
        if isinstance(take.recipe, ClipsRecipe):
            newest.update({slot.index: slot for slot in take.recipe.slots})
    return tuple(newest.values())


def _highest_variation(state: ShootState, index: int) -> int:
    recipes = [take.recipe for take in state.takes_of(Stage.CLIPS)]
    slots = [slot for recipe in recipes if isinstance(recipe, ClipsRecipe) for slot in recipe.slots]
    return max((slot.variation for slot in slots if slot.index == index), default=1)


def _clip_count(state: ShootState, pause: Pause) -> int:
    return len(_asked_slots(state, pause))


def _frames(state: ShootState) -> Take:
    take = state.current_take(Stage.FRAMES)
    if take is None:
        raise NotApplicableError("there are no frames yet: approve the contact sheet first")
    return take


def _require_reached(pause: Pause, stage: Stage) -> None:
    if stage.position > pause.stage.position:
        raise NotApplicableError(
            f"the {stage.product} comes after the {pause.stage.product}, which is open now"
        )


def _require_take(state: ShootState, stage: Stage, pause: Pause) -> None:
    _require_reached(pause, stage)
    if state.current_take(stage) is None:
        raise NotApplicableError(f"there is no {stage.product} yet")


def _require_clips(count: int, clips: tuple[int, ...]) -> None:
    if not count:
        raise NotApplicableError("there are no clips yet: approve the frames first")
    missing = [number for number in clips if number > count]
    if missing:
        raise NotApplicableError(
            f"there is no clip {missing[0]}: there are {count}"
            + ("" if count == FRAME_COUNT else "; with the loop on there would be six")
        )
