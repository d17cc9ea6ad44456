"""Opening a shoot: the edit it begins with, and the brief said differently where it failed.

A brief may be changed until there is a hero to revise.
"""

from __future__ import annotations

from studio.brief import Brief, OptionsSaid, ShootOptions
from studio.decisions import Revise, SetBrief
from studio.edit import Edit
from studio.shoot import Direction, ShootState
from studio.stages import Stage
from studio.text import MAX_WORDS
from workflows.steps import Make, Open, Pause

_WHO = ("provider", "images", "clips")


def failed(state: ShootState, pause: Pause) -> bool:
    """Whether the shoot is stuck before its first hero: the brief may be changed."""
    return pause.failed is not None and pause.stage is Stage.HERO and not state.takes_of(Stage.HERO)


def unsettled(state: ShootState, pause: Pause) -> bool:
    """Whether a revision of the hero is one of the brief itself.

    So it is before the brief has been read, and where a first hero was refused: the words that
    were refused are the brief's.
    """
    if not failed(state, pause):
        return False
    return state.direction is None or isinstance(pause.failed, Open) or _brief_refused(pause)


def said(decision: SetBrief, brief: Brief) -> Brief:
    """The brief with what a decision names."""
    changed: dict[str, object] = {}
    if decision.prompt is not None:
        changed["prompt"] = decision.prompt
    if decision.references is not None:
        changed["references"] = decision.references
    if decision.options is not None:
        changed["options"] = _options(brief.options, decision.options)
    return brief.model_copy(update=changed)


def revised(pause: Pause, decision: Revise, brief: Brief) -> Brief:
    """The brief with a revision of the hero: refused words are replaced, others added to."""
    changed: dict[str, object] = {}
    if decision.instruction is not None:
        words = decision.instruction if pause.refused else f"{brief.prompt}\n{decision.instruction}"
        changed["prompt"] = words
    setup = OptionsSaid(pose=decision.pose, background=decision.background)
    changed["options"] = _options(brief.options, setup)
    return brief.model_copy(update=changed)


def objection(state: ShootState, brief: Brief) -> str | None:
    """Why the shoot cannot open with ``brief``; ``None`` where it can."""
    if len(brief.prompt) > MAX_WORDS:
        return (
            f"the brief would have {len(brief.prompt):,} characters; it may have {MAX_WORDS:,}: "
            "say it anew in fewer words"
        )
    return None


def reopened(state: ShootState, brief: Brief) -> tuple[ShootState, Open]:
    """Begin again with ``brief``: read it anew, choosing the providers again where that was said.

    A budget that is named counts from now on.
    """
    before = state.brief.options
    update: dict[str, object] = {"brief": brief, "direction": None}
    if any(getattr(before, name) != getattr(brief.options, name) for name in _WHO):
        update["providers"] = None
    if before.budget != brief.options.budget:
        update["allowance"] = brief.options.budget
    return state.model_copy(update=update), Open()


def _brief_refused(pause: Pause) -> bool:
    """Whether what was refused is the brief alone, with no words of a revision on it."""
    recipe = pause.failed.recipe if isinstance(pause.failed, Make) else None
    return bool(pause.refused) and not getattr(recipe, "notes", ())


def _options(options: ShootOptions, said: OptionsSaid) -> ShootOptions:
    named = said.model_dump(exclude_none=True, by_alias=False)
    return options.model_copy(update=named)


def edit(options: ShootOptions, direction: Direction) -> Edit:
    """The edit to begin with: the options' word, else what the brief implies, else the house's."""
    house = Edit()
    loop = options.loop if options.loop is not None else direction.loop
    return Edit(
        loop=house.loop if loop is None else loop,
        pace=options.pace or direction.pace or house.pace,
        easing=options.easing or house.easing,
    )
