"""A director at work with the stand-in for Claude, and a voice that checks what it is told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Literal

import pytest
from anthropic import AsyncAnthropic
from temporalio.exceptions import ApplicationError

from activities.claude.director import ClaudeDirector
from studio.decisions import Decision
from studio.director.interface import Reply, Situation
from studio.ledger import LedgerEntry
from studio.shoot import Brief, Message
from studio.stages import Stage
from tests.emulators.claude_mind import Block, Text, Tool, Turn
from tests.emulators.service import Emulators

MODEL = "claude-sonnet-5-5"
DIRECTION = {
    "pose": "street-walk",
    "background": "outdoor-urban",
    "styling": "a camel coat over black",
    "wardrobe": ["camel coat", "black boots"],
    "glasses": True,
}
SET = Tool("set_direction", DIRECTION)
WORDS = Text("We go out into the street — ça sera beau. 📷")
LONG = Text("A long answer that comes in very many pieces, one after the other, all of it.")
Kind = Literal["thinking", "response"]


class Recorder:
    """A voice that keeps what it is told, and holds the director to its contract."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        """Messages that were ended: kind and whole text."""
        self.known: list[str | None] = []
        """The kinds as they were when messages began."""
        self.tools: list[tuple[str, str, str]] = []
        """Tools that have ended: name, detail, summary."""
        self.running = 0
        self.text: list[str] | None = None

    async def begin(self, kind: Kind | None) -> None:
        assert self.text is None, "a message began inside another"
        self.text = []
        self.known.append(kind)

    async def say(self, text: str) -> None:
        assert self.text is not None, "words outside of a message"
        self.text.append(text)

    async def end(self, kind: Kind = "response") -> None:
        assert self.text is not None, "an end without a beginning"
        self.said.append((self.known[-1] or kind, "".join(self.text)))
        self.text = None

    async def tool(self, name: str, detail: str) -> Callable[[str], Awaitable[None]]:
        self.running += 1

        async def done(summary: str) -> None:
            self.running -= 1
            self.tools.append((name, detail, summary))

        return done

    @property
    def settled(self) -> bool:
        """Whether everything that was begun has ended."""
        return self.text is None and self.running == 0


class Studio:
    """A director at work: its client, voice and ledger, and the stand-in it talks to."""

    def __init__(self, client: AsyncAnthropic, providers: Emulators) -> None:
        self.client = client
        self.claude = providers.anthropic
        self.voice = Recorder()
        self.ledger: list[LedgerEntry] = []
        self.brief = Brief(prompt="A camel coat in the city.")
        self.pictures: Sequence[Any] = ()
        self.model = MODEL
        self.objection: Callable[[Sequence[Decision]], str | None] = lambda decisions: None

    def director(self) -> ClaudeDirector:
        return ClaudeDirector(
            client=self.client,
            model=self.model,
            book=self._book,
            mark="shoot-1.turn-1.1",
            brief=self.brief,
            pictures=self.pictures,
            objection=self.objection,
        )

    async def open(self, *turns: Turn) -> Any:
        self.claude.script(*turns)
        return await self.director().direct(self.brief, self.voice)

    async def hear(
        self, words: str, *turns: Turn, stage: Stage = Stage.FRAMES, before: Sequence[Message] = ()
    ) -> Reply:
        self.claude.script(*turns)
        situation = Situation(stage=stage, clips=5)
        return await self.director().hear(words, situation, tuple(before), self.voice)

    async def fails(self, words: str, *turns: Turn) -> ApplicationError:
        """The error in which hearing ``words`` ends."""
        with pytest.raises(ApplicationError) as caught:
            await self.hear(words, *turns)
        return caught.value

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """What Claude was asked."""
        return [one.body for one in self.claude.submissions]

    def results(self, request: int) -> list[dict[str, Any]]:
        """The tool results that request number ``request`` (from 0) brought."""
        content = self.bodies[request]["messages"][-1]["content"]
        return [block for block in content if block["type"] == "tool_result"]

    async def _book(self, entry: LedgerEntry) -> None:
        self.ledger.append(entry)


def turn(*blocks: Block, stop: str | None = None) -> Turn:
    return Turn(blocks, stop)


APPROVED = turn(Tool("approve"))
DONE = turn(Text("Done."))
