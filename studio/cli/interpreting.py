"""``shoot interpret``: what the director would decide on words, without a shoot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Literal

from studio.director.house import HouseDirector
from studio.director.interface import Director, Reply, Situation
from studio.ledger import LedgerEntry
from studio.presets import FRAME_COUNT
from studio.settings import Settings
from studio.shoot import Brief
from studio.stages import ORDER, Stage


class Silence:
    """A voice that nobody hears."""

    async def begin(self, kind: Literal["thinking", "response"] | None) -> None:
        """Begin nothing."""

    async def say(self, text: str) -> None:
        """Say nothing."""

    async def end(self, kind: Literal["thinking", "response"] = "response") -> None:
        """End nothing."""

    async def tool(self, name: str, detail: str) -> Callable[[str], Awaitable[None]]:
        """Announce nothing."""

        async def done(summary: str) -> None:
            return None

        return done


def situation(stage: Stage, *, failed: bool = False, loop: bool = False) -> Situation:
    """A shoot that has just reached ``stage``, with two takes of its hero and one of the rest."""
    reached = [one for one in ORDER if one.position <= stage.position]
    takes = {one: 2 if one is Stage.HERO else 1 for one in reached}
    clips = FRAME_COUNT if loop else FRAME_COUNT - 1
    given = Situation(
        stage=stage,
        failed=failed,
        takes=takes,
        current=takes,
        clips=clips if stage.position >= Stage.CLIPS.position else 0,
    )
    return given.model_copy(update={"edit": given.edit.model_copy(update={"loop": loop})})


async def interpret(
    words: str, given: Situation, director: Literal["auto", "house", "claude"], settings: Settings
) -> tuple[str, Reply]:
    """Which director answered, and its reply. ``auto`` is Claude where there is a key."""
    key = settings.anthropic_api_key
    if director == "house" or (director == "auto" and key is None):
        return "house", await _hear(HouseDirector(), words, given)
    if key is None:
        raise ValueError("--director claude needs ANTHROPIC_API_KEY")
    from anthropic import AsyncAnthropic  # noqa: PLC0415 - loads only when it is used

    from activities.claude.director import ClaudeDirector  # noqa: PLC0415 - same

    async def unbooked(entry: LedgerEntry) -> None:
        return None

    async with AsyncAnthropic(api_key=key.get_secret_value(), max_retries=0) as client:
        claude = ClaudeDirector(
            client=client,
            model=settings.director_model,
            book=unbooked,
            mark="interpret",
            brief=Brief(prompt="A fashion shoot."),
        )
        return "claude", await _hear(claude, words, given)


async def _hear(director: Director, words: str, given: Situation) -> Reply:
    return await director.hear(words, given, (), Silence())
