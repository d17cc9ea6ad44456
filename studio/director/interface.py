"""What every director is given and gives back, whoever does the thinking."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Literal, Protocol

from pydantic import Field

from studio.decisions import Decision
from studio.edit import Edit
from studio.ledger import LedgerEntry
from studio.model import Model
from studio.presets import AspectRatio, Background, Pose
from studio.shoot import Brief, Direction, Message
from studio.stages import Stage


class Situation(Model):
    """Where a shoot stands when somebody speaks: all that the words can refer to.

    ``takes`` counts the takes of each stage that has any; ``current`` is the one in use.
    ``clips`` is how many clips there are (0 before the clips, 6 with a loop).
    """

    stage: Stage
    failed: bool = False
    takes: dict[Stage, int] = Field(default_factory=dict)
    current: dict[Stage, int] = Field(default_factory=dict)
    clips: int = 0
    edit: Edit = Edit()
    aspect_ratio: AspectRatio = "original"
    pose: Pose | None = None
    background: Background | None = None


class Reply(Model):
    """The director's answer to feedback: what it says, and what it will do about it, in order.

    No decisions means words alone: a question answered, or a doubt asked back.
    """

    words: str
    decisions: tuple[Decision, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()


class Opening(Model):
    """The director's answer to a brief."""

    direction: Direction
    words: str
    ledger: tuple[LedgerEntry, ...] = ()


class Voice(Protocol):
    """Where a director speaks while it works: messages as they form, tools as they are used."""

    async def begin(self, kind: Literal["thinking", "response"] | None) -> None:
        """Open a message; the one before it must have ended. ``None``: it will show which kind."""

    async def say(self, text: str) -> None:
        """Add text to the open message."""

    async def end(self, kind: Literal["thinking", "response"] = "response") -> None:
        """Complete the open message. ``kind`` counts where it began without one."""

    async def tool(self, name: str, detail: str) -> Callable[[str], Awaitable[None]]:
        """Announce the use of a tool; call the result with a summary when it is done."""
        ...


class Director(Protocol):
    """Turns words into structure. Implementations are stateless: all they know is passed in."""

    async def direct(self, brief: Brief, voice: Voice) -> Opening:
        """Read a brief and say in two or three sentences what will be shot."""
        ...

    async def hear(
        self, words: str, situation: Situation, transcript: tuple[Message, ...], voice: Voice
    ) -> Reply:
        """Answer what a person said at a checkpoint."""
        ...
