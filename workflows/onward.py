"""Going on: which take follows from what is in use, and by which recipe a new one is made.

Pure functions of the state, shared by the rules of all decisions.
"""

from __future__ import annotations

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
from workflows.steps import Make, Pause, Step


class NotApplicableError(ValueError):
    """The decision does not fit the moment; the message says why and what would."""


def advance(state: ShootState, stage: Stage) -> tuple[ShootState, Step]:
    """Go on to ``stage``: show a take that already follows from what is in use, or make one."""
    parent = state.current.get(stage.preceding) if stage.preceding else None
    recipe = first_recipe(state, stage)
    for take in reversed(state.takes_of(stage)):
        if take.made_from == parent and _still_wanted(take.recipe, recipe):
            return use_take(state, stage, take.number), Pause(stage=stage)
    return state, make(state, recipe, parent)


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
            return ClipsRecipe(slots=wanted_slots(state, latest_slots(state)))
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


def make(state: ShootState, recipe: Recipe, parent: int | None, *, go_on: bool = False) -> Make:
    """A step for the next number. Numbers of failed takes are not used again for other recipes."""
    number = state.numbered.get(recipe.stage, 0) + 1
    return Make(recipe=recipe, number=number, made_from=parent, go_on=go_on)


def wanted_slots(state: ShootState, known: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """A slot for every clip the edit needs, keeping what was said about each."""
    count = FRAME_COUNT if state.edit.loop else FRAME_COUNT - 1
    by_index = {slot.index: slot for slot in (*latest_slots(state), *known)}
    return tuple(by_index.get(index, Slot(index=index)) for index in range(1, count + 1))


def latest_slots(state: ShootState) -> tuple[Slot, ...]:
    """The newest slot known of each clip, over all takes."""
    newest: dict[int, Slot] = {}
    for take in state.takes_of(Stage.CLIPS):
        if isinstance(take.recipe, ClipsRecipe):
            newest.update({slot.index: slot for slot in take.recipe.slots})
    return tuple(newest.values())


def highest_variation(state: ShootState, index: int) -> int:
    """How often clip ``index`` has been asked for anew, over all takes; 1 at first."""
    recipes = [take.recipe for take in state.takes_of(Stage.CLIPS)]
    slots = [slot for recipe in recipes if isinstance(recipe, ClipsRecipe) for slot in recipe.slots]
    return max((slot.variation for slot in slots if slot.index == index), default=1)
