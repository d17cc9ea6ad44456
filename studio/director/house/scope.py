"""What there is to refer to: the situation, as the reading of words asks about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from studio.director.interface import Situation
from studio.presets import FRAME_COUNT
from studio.stages import Stage

Unit = Literal["frame", "clip"]


@dataclass(frozen=True, slots=True)
class Scope:
    """A situation, with answers about it.

    A situation that counts no takes and has not failed is one tried without a shoot: there every
    stage up to the present one is taken to have been made, twice at least.
    """

    situation: Situation

    @property
    def stage(self) -> Stage:
        """The stage whose checkpoint is open."""
        return self.situation.stage

    @property
    def tried(self) -> bool:
        """Whether the words are tried without a shoot."""
        return not self.situation.takes and not self.situation.failed

    @property
    def unit(self) -> Unit | None:
        """What a bare number counts here: frames, clips, or nothing certain."""
        if self.stage is Stage.FRAMES:
            return "frame"
        return "clip" if self.stage is Stage.CLIPS else None

    @property
    def numbered(self) -> bool:
        """Whether anything numbered has been made at this point."""
        return self.reached(Stage.FRAMES)

    @property
    def clips(self) -> int:
        """How many clips there are; 0 before the clips."""
        if self.situation.clips or not self.reached(Stage.CLIPS):
            return self.situation.clips
        return FRAME_COUNT if self.situation.edit.loop else FRAME_COUNT - 1

    def count(self, unit: Unit | None) -> int:
        """How many frames or clips there are; frames where it is uncertain."""
        return self.clips if unit == "clip" and self.clips else FRAME_COUNT

    def reached(self, stage: Stage) -> bool:
        """Whether the shoot is at ``stage`` or past it."""
        return stage.position <= self.stage.position

    def takes(self, stage: Stage) -> int | None:
        """How many takes of ``stage`` there are; ``None`` where nobody has counted."""
        if self.tried:
            return None
        return self.situation.takes.get(stage, 0)

    def current(self, stage: Stage) -> int | None:
        """The number of the take in use; ``None`` where nobody knows."""
        return self.situation.current.get(stage)
