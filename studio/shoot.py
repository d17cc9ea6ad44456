"""The shoot itself: what it was asked, and everything that is true of it now."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from studio.brief import MAX_REFERENCES, Brief, Reference, ShootOptions
from studio.checkpoints import Checkpoint
from studio.edit import Edit, Pace
from studio.ledger import LedgerEntry
from studio.model import Model
from studio.notes import bounded, named, packed, unpacked
from studio.presets import AspectRatio, Background, Pose
from studio.stages import ShootStatus, Stage
from studio.takes import Artifact, Recipe, Take

__all__ = [
    "MAX_REFERENCES",
    "OWNER_PATTERN",
    "SHOOT_ID_PATTERN",
    "WORKFLOW_ID_PATTERN",
    "Brief",
    "Direction",
    "Message",
    "Providers",
    "Reference",
    "Running",
    "ShootId",
    "ShootOptions",
    "ShootState",
]

SHOOT_ID_PATTERN = r"[A-Za-z0-9_-]{1,64}"
"""The ids that the studio gives, and that a client may make up."""
WORKFLOW_ID_PATTERN = r"[A-Za-z0-9_-][A-Za-z0-9_.:-]{0,127}"
"""The ids that a shoot may have. Whoever starts the workflow itself chooses more freely: a Temporal
schedule adds the time, as in ``nightly-2026-11-28T10:00:00Z``."""

OWNER_PATTERN = r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}"

ShootId = Annotated[str, StringConstraints(pattern=f"^{WORKFLOW_ID_PATTERN}$")]


class Direction(Model):
    """The director's reading of a brief. ``None`` means the brief does not imply it."""

    pose: Pose
    background: Background
    styling: str = ""
    wardrobe: tuple[str, ...] = ()
    glasses: bool = False
    aspect_ratio: AspectRatio | None = None
    pace: Pace | None = None
    loop: bool | None = None


class Providers(Model):
    """Who does which work; chosen once, before anything is paid for.

    Prices are US dollars, ``None`` where none is known; ``turn_usd`` is what a turn of the
    director usually costs.
    """

    images: Literal["proof", "fal"] = "proof"
    clips: Literal["proof", "kling", "fal"] = "proof"
    direction: Literal["house", "claude"] = "house"
    image_usd: float | None = 0.0
    clip_usd: float | None = 0.0
    turn_usd: float | None = 0.0


class Message(Model):
    """One thing said: by the person, or by the director."""

    id: str
    role: Literal["person", "director"]
    text: str
    stage: Stage
    at: datetime


class Running(Model):
    """A script or director turn under way."""

    run_id: str
    tool: str
    detail: str


class ShootState(Model):
    """Everything a page needs to draw a shoot from nothing."""

    id: ShootId
    owner: str | None = None
    brief: Brief
    direction: Direction | None = None
    stage: Stage = Stage.HERO
    status: ShootStatus = ShootStatus.RUNNING
    providers: Providers | None = None
    checkpoint: Checkpoint | None = None
    takes: tuple[Take, ...] = ()
    """Without the words of their recipes, which are in ``notes``; the methods below add them."""
    notes: dict[str, str] = Field(default_factory=dict)
    """What was said of the takes, each text once, by the marks that the recipes name."""
    current: dict[Stage, int] = Field(default_factory=dict)
    numbered: dict[Stage, int] = Field(default_factory=dict)
    """The highest take number given out for each stage, failed takes included."""
    edit: Edit = Edit()
    aspect_ratio: AspectRatio = "original"
    spare: tuple[Artifact, ...] = ()
    """Finished work whose take is not whole yet, kept so that nothing is made twice."""
    transcript: tuple[Message, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    allowance: float | None = None
    """What may be spent without asking, in US dollars: the budget."""
    agreed: tuple[str, ...] = ()
    """The keys of the orders that a person has agreed to beside the budget."""
    running: tuple[Running, ...] = ()
    turns: int = 0
    checkpoints: int = 0
    """How many turns the director has had, and how many checkpoints were opened."""
    created_at: datetime
    updated_at: datetime
    offset: int = 0
    """The stream offset this state is true at: every event before it is contained in it."""

    def takes_of(self, stage: Stage) -> tuple[Take, ...]:
        """All takes of ``stage``, oldest first."""
        return tuple(self._worded(take) for take in self.takes if take.stage is stage)

    def take(self, stage: Stage, number: int) -> Take | None:
        """Take ``number`` of ``stage``, or ``None``."""
        found = (take for take in self.takes if take.stage is stage and take.number == number)
        return next(map(self._worded, found), None)

    def current_take(self, stage: Stage) -> Take | None:
        """The take of ``stage`` in use, or ``None`` before there is one."""
        number = self.current.get(stage)
        return None if number is None else self.take(stage, number)

    def made(self, *fingerprints: str) -> Artifact | None:
        """The newest artifact with one of these fingerprints, in a take or spare, or ``None``."""
        held = [*self.spare]
        for take in self.takes:
            held += [*take.masters, *take.artifacts]
        return next((a for a in reversed(held) if a.fingerprint in fingerprints), None)

    def with_take(self, take: Take) -> ShootState:
        """The state with one more take, whose notes are kept once."""
        return self.model_copy(update={"takes": (*self.takes, take)}).packed()

    def packed(self, *recipes: Recipe) -> ShootState:
        """The state with the notes of all takes kept once, and those of ``recipes`` beside them.

        Notes that nothing names any more are dropped, and the oldest shortened where they are too
        many. What clips and the takes in use were asked stays whole: by it they are recognized.
        """
        texts = dict(self.notes)
        takes = []
        for take in self.takes:
            recipe, found = packed(take.recipe)
            texts.update(found)
            takes.append(take if recipe is take.recipe else _with_recipe(take, recipe))
        for recipe in recipes:
            texts.update(packed(recipe)[1])
        mine = [mark for recipe in recipes for mark in named(packed(recipe)[0])]
        used = {mark for take in takes for mark in named(take.recipe)}.union(mine)
        whole = {mark for take in takes if self._stays(take) for mark in named(take.recipe)}
        kept = {mark: text for mark, text in texts.items() if mark in used}
        update = {"takes": tuple(takes), "notes": bounded(kept, whole.union(mine))}
        return self.model_copy(update=update)

    def _stays(self, take: Take) -> bool:
        return take.stage is Stage.CLIPS or self.current.get(take.stage) == take.number

    def _worded(self, take: Take) -> Take:
        """The take with the words of its recipe."""
        recipe = unpacked(take.recipe, self.notes)
        return take if recipe is take.recipe else _with_recipe(take, recipe)


def _with_recipe(take: Take, recipe: Recipe) -> Take:
    return take.model_copy(update={"recipe": recipe})
