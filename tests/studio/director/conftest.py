"""Helpers for the director's tests: words in, plain decisions out; and a voice that is recorded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from studio.director.house import interpret
from studio.director.interface import Situation
from studio.stages import Stage

Decide = Callable[..., list[dict[str, Any]]]


class RecordedVoice:
    """A voice that keeps what was said through it, in order."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []

    async def begin(self, kind: str) -> None:
        self.said.append(("begin", kind))

    async def say(self, text: str) -> None:
        self.said.append(("say", text))

    async def end(self) -> None:
        self.said.append(("end", ""))

    async def tool(self, name: str, detail: str) -> Callable[[str], Awaitable[None]]:
        self.said.append(("tool", name))

        async def done(summary: str) -> None:
            self.said.append(("done", summary))

        return done

    @property
    def words(self) -> str:
        """All the text that was said."""
        return "".join(text for what, text in self.said if what == "say")


@pytest.fixture
def voice() -> RecordedVoice:
    """A recorded voice."""
    return RecordedVoice()


@pytest.fixture
def decide() -> Decide:
    """Words at a stage, as the decisions taken: plain, without what is not set."""

    def decided(words: str, stage: str = "hero", **situation: Any) -> list[dict[str, Any]]:
        reply = interpret(words, Situation(stage=Stage(stage), **situation))
        return [one.model_dump(mode="json", exclude_none=True) for one in reply.decisions]

    return decided


@pytest.fixture
def answer() -> Callable[..., str]:
    """Words at a stage, as what the director says to them."""

    def answered(words: str, stage: str = "hero", **situation: Any) -> str:
        return interpret(words, Situation(stage=Stage(stage), **situation)).words

    return answered
