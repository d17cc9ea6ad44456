"""One streamed answer of Claude, told through the director's voice as it comes."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from anthropic import AsyncAnthropic
from anthropic.types import Message, Usage

from studio.director.interface import Voice

Done = Callable[[str], Awaitable[None]]
"""Says with a summary that the use of a tool has ended."""

CHARACTERS = 4
"""In a token, about."""

FINISHED = frozenset({"end_turn", "stop_sequence"})
"""Why an answer stops that is whole and meant for the person."""


@dataclass
class Spent:
    """What an answer has used so far; of one that broke off, as much as is known."""

    usage: Usage | None = None
    message_id: str = ""
    heard: int = 0
    """Characters that came, for the tokens that a broken stream does not count any more."""

    def see(self, event: Any) -> None:
        """Take what the stream brings."""
        if event.type == "message_start":
            self.usage, self.message_id = event.message.usage, event.message.id
        elif event.type == "message_delta" and self.usage is not None:
            self.usage.output_tokens = event.usage.output_tokens
        elif event.type == "content_block_delta":
            delta = event.delta
            words = (getattr(delta, name, "") for name in ("text", "thinking", "partial_json"))
            self.heard += sum(len(one or "") for one in words)

    @property
    def output(self) -> int:
        """Tokens that were produced, by the count or, where it did not come, by the characters."""
        return max(self.usage.output_tokens if self.usage else 0, self.heard // CHARACTERS)


class BrokenStreamError(Exception):
    """The stream ended before the message did."""


class Narrator:
    """Turns content blocks into messages of the voice.

    Thinking is known when it begins. Text is a response unless a tool call follows it in the same
    answer, which shows when that block begins.
    """

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._kind = ""
        self._open = False
        self._tool: tuple[str, list[str]] | None = None
        self.running: list[Done] = []

    async def hear(self, event: Any) -> None:
        """Take what the stream brings; kinds of events that are not known are passed over."""
        match event.type:
            case "content_block_start":
                await self.start(event.content_block)
            case "content_block_delta":
                await self.delta(event.delta)
            case "content_block_stop":
                await self.stop()
            case _:
                pass

    async def start(self, block: Any) -> None:
        """A content block begins."""
        self._kind = block.type
        if block.type in ("thinking", "redacted_thinking"):
            await self.close("thinking")
            await self._voice.begin("thinking")
            self._open = True
        elif block.type == "text":
            await self._say(block.text)
        elif block.type == "tool_use":
            await self.close("thinking")
            self._tool = (block.name, [])

    async def delta(self, delta: Any) -> None:
        """More of the block."""
        if delta.type == "text_delta":
            await self._say(delta.text)
        elif delta.type == "thinking_delta":
            await self._voice.say(delta.thinking)
        elif delta.type == "input_json_delta" and self._tool is not None:
            self._tool[1].append(delta.partial_json)

    async def stop(self) -> None:
        """The block is complete. Text stays open until it shows what it was."""
        if self._kind in ("thinking", "redacted_thinking"):
            await self.close("thinking")
        elif self._tool is not None:
            name, parts = self._tool
            self._tool = None
            self.running.append(await self._voice.tool(name, _readable("".join(parts))))

    async def close(self, kind: str) -> None:
        """End the open message, if there is one, as ``thinking`` or ``response``."""
        if self._open:
            self._open = False
            await self._voice.end("thinking" if kind == "thinking" else "response")

    async def interrupt(self) -> None:
        """End everything that was begun: half of an answer is no response."""
        await self.close("thinking")
        for done in self.running:
            await done("interrupted")

    async def _say(self, text: str) -> None:
        """Add words, and open a message for the first: blank space alone is no message."""
        if not self._open:
            text = text.lstrip()
            if not text:
                return
            await self._voice.begin(None)
            self._open = True
        await self._voice.say(text)


async def answer(
    client: AsyncAnthropic, request: dict[str, Any], voice: Voice, spent: Spent
) -> tuple[Message, list[Done]]:
    """Stream one answer. Returns it whole, and for each tool call how to say that it is done.

    ``spent`` is filled as the answer comes, so that one that breaks off is paid for, too.

    Raises the client's own errors, and :class:`BrokenStreamError` for a stream that ended early
    or could not be read. Whatever happens, every message that was begun is ended.
    """
    narrator = Narrator(voice)
    try:
        message = await _streamed(client, request, narrator, spent)
    except BaseException:
        await narrator.interrupt()
        raise
    await narrator.close("response" if message.stop_reason in FINISHED else "thinking")
    return message, narrator.running


async def _streamed(
    client: AsyncAnthropic, request: dict[str, Any], narrator: Narrator, spent: Spent
) -> Message:
    async with client.messages.stream(**request) as stream:
        try:
            async for event in stream:
                spent.see(event)
                await narrator.hear(event)
            message = stream.current_message_snapshot
        except (ValueError, AssertionError):  # the client asserts that a message has begun
            raise BrokenStreamError("Claude's answer is unreadable; it is tried again") from None
    if message.stop_reason is None:
        raise BrokenStreamError("Claude's answer broke off before its end; it is tried again")
    return message


def _readable(text: str) -> str:
    """A tool's input for a person: ``frames: 2, 4; instruction: …``."""
    try:
        fields = json.loads(text or "{}")
    except ValueError:
        return ""
    if not isinstance(fields, dict):
        return ""
    pairs = ((name, value) for name, value in fields.items() if value not in (None, "", []))
    return "; ".join(
        f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in pairs
    )[:300]
