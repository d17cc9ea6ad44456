"""The five stages of a shoot, in order, and the states a shoot can be in."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """A stage makes takes of one thing; ``complete`` makes the film."""

    HERO = "hero"
    CONTACT_SHEET = "contact-sheet"
    FRAMES = "frames"
    CLIPS = "clips"
    COMPLETE = "complete"

    @property
    def position(self) -> int:
        """0 for the hero, 4 for the film."""
        return ORDER.index(self)

    @property
    def following(self) -> Stage | None:
        """The stage after this one; ``None`` after the film."""
        return ORDER[self.position + 1] if self.position + 1 < len(ORDER) else None

    @property
    def preceding(self) -> Stage | None:
        """The stage whose take this one is made from; ``None`` for the hero."""
        return ORDER[self.position - 1] if self.position else None

    @property
    def product(self) -> str:
        """The stage's product in words a person reads."""
        return PRODUCTS[self]


ORDER = (Stage.HERO, Stage.CONTACT_SHEET, Stage.FRAMES, Stage.CLIPS, Stage.COMPLETE)
PRODUCTS = {
    Stage.HERO: "hero",
    Stage.CONTACT_SHEET: "contact sheet",
    Stage.FRAMES: "frames",
    Stage.CLIPS: "clips",
    Stage.COMPLETE: "film",
}


class ShootStatus(StrEnum):
    """What a shoot is doing; the value of the search attribute ``ShootStatus``."""

    RUNNING = "running"
    AWAITING_INPUT = "awaiting-input"
    PAUSED = "paused"
    COMPLETE = "complete"
    CANCELLED = "cancelled"
