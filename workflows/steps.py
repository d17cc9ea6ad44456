"""What a shoot does next: one step at a time, each a value that survives continue-as-new."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from studio import notes
from studio.model import Model
from studio.shoot import ShootState
from studio.stages import Stage
from studio.takes import Recipe


class Open(Model):
    """Choose the providers and let the director read the brief."""

    step: Literal["open"] = "open"


class Make(Model):
    """Make take ``number`` by ``recipe``. With ``go_on`` the next stage follows without a pause."""

    step: Literal["make"] = "make"
    recipe: Recipe
    number: int
    made_from: int | None
    go_on: bool = False


class Pause(Model):
    """Open the checkpoint of ``stage`` and wait. ``reason`` and ``code`` are set after a failure;
    ``failed`` is then the step to retry. Where money is the matter, ``orders`` names what a retry
    agrees to buy; ``spending`` is the sum instead (US dollars) in shoots from before there were
    agreements to single orders."""

    step: Literal["pause"] = "pause"
    stage: Stage
    reason: str | None = None
    code: str | None = None
    spending: float | None = None
    orders: tuple[str, ...] = ()
    failed: Open | Make | None = None
    missing: tuple[str, ...] = ()
    """The items that failed, where several were made at once (``clip-3``)."""
    refused: tuple[str, ...] = ()
    """The items (of a single one: the stage) that failed by what was asked for: those words go."""
    landed: tuple[str, ...] = ()
    """The names of the artifacts that came out well beside what failed."""


class End(Model):
    """The shoot is over."""

    step: Literal["end"] = "end"
    cancelled: bool = False


Step = Annotated[Open | Make | Pause | End, Field(discriminator="step")]


def packed(step: Step, state: ShootState) -> tuple[ShootState, Step]:
    """The state and the step as they are carried: with every note once, in the state."""
    made = _making(step)
    if made is None:
        return state, step
    state = state.packed(made.recipe)
    return state, _with_recipe(step, notes.packed(made.recipe)[0])


def worded(step: Step, state: ShootState) -> Step:
    """A carried step with the words of its recipe."""
    made = _making(step)
    return step if made is None else _with_recipe(step, notes.unpacked(made.recipe, state.notes))


def _making(step: Step) -> Make | None:
    tried = step.failed if isinstance(step, Pause) else step
    return tried if isinstance(tried, Make) else None


def _with_recipe(step: Step, recipe: Recipe) -> Step:
    if isinstance(step, Pause) and isinstance(step.failed, Make):
        return step.model_copy(update={"failed": _with_recipe(step.failed, recipe)})
    return step.model_copy(update={"recipe": recipe})
