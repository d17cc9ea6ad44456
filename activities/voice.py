"""The director's voice: what it says goes onto the shoot's stream as it is said."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Literal

from temporalio import activity

from activities.publishing import Publisher, publishing
from studio.events import (
    AssistantMessage,
    MessageDiscarded,
    MessageTypeHint,
    Status,
    System,
    TextDelta,
    ToolData,
)
from studio.records import Records
from workflows.reading import StreamReader

BATCH = timedelta(milliseconds=50)
INTERRUPTED = "the director was interrupted, and starts over"


class StreamVoice:
    """Speaks one attempt of one turn. Message ids are ``turn-{turn}-{attempt}-{count}``."""

    def __init__(self, publisher: Publisher, turn: int, attempt: int) -> None:
        self._publisher = publisher
        self._prefix = f"turn-{turn}-{attempt}"
        self._count = 0
        self._tools = 0
        self._open: str | None = None
        self._kind: Literal["thinking", "response"] | None = None
        self._text: list[str] = []

    async def begin(self, kind: Literal["thinking", "response"] | None) -> None:
        """Open a message. A known kind is on the stream at once, an unknown one when it ends."""
        if self._open is not None:
            raise RuntimeError(f"message {self._open} must end before another begins")
        self._count += 1
        self._open = f"{self._prefix}-{self._count}"
        self._kind = kind
        self._text = []
        if kind is not None:
            self._hint(self._open, kind)

    async def say(self, text: str) -> None:
        """Add text to the open message."""
        if self._open is None:
            raise RuntimeError("text needs an open message: begin one first")
        if text:
            self._text.append(text)
            self._publisher.publish(TextDelta(message_id=self._open, text=text))

    async def end(self, kind: Literal["thinking", "response"] = "response") -> None:
        """Complete the open message with its whole text."""
        if self._open is None:
            raise RuntimeError("no message is open")
        if self._kind is None:
            self._hint(self._open, kind)
        whole = AssistantMessage(
            message_id=self._open, message_type=self._kind or kind, text="".join(self._text)
        )
        self._open = None
        self._publisher.publish(whole, at_once=True)

    def _hint(self, message_id: str, kind: Literal["thinking", "response"]) -> None:
        hint = MessageTypeHint(message_id=message_id, message_type=kind)
        self._publisher.publish(hint, at_once=True)

    def tell(self, message: str) -> None:
        """Say what the machinery does; not the director's own words."""
        self._publisher.publish(Status(message=message))

    async def tool(self, name: str, detail: str) -> Callable[[str], Awaitable[None]]:
        """Announce a tool; the result announces its end."""
        self._tools += 1
        run_id = f"{self._prefix}-tool-{self._tools}"
        start = ToolData(tool_name=name, detail=detail)
        self._publisher.publish(System(subtype="tool_start", tool=name, data=start, run_id=run_id))

        async def done(summary: str) -> None:
            data = ToolData(tool_name=name, summary=summary)
            self._publisher.publish(
                System(subtype="tool_done", tool=name, data=data, run_id=run_id)
            )

        return done


@asynccontextmanager
async def speaking(
    records: Records, shoot_id: str, turn: int, offset: int
) -> AsyncIterator[StreamVoice]:
    """A voice for this attempt. What an earlier attempt has said is first declared void."""
    attempt = activity.info().attempt
    async with publishing(BATCH) as publisher:
        if attempt > 1:
            reader = StreamReader(activity.client(), records, shoot_id)
            for message_id in await _void(reader, turn, offset):
                publisher.publish(MessageDiscarded(message_id=message_id, reason=INTERRUPTED))
            await publisher.flush()
        yield StreamVoice(publisher, turn, attempt)


async def _void(reader: StreamReader, turn: int, offset: int) -> list[str]:
    """The messages of this turn that stand on the stream and have not been discarded."""
    standing: dict[str, None] = {}
    due = offset
    while page := await reader.page(due):
        for event in page:
            body = json.loads(event.event)
            message_id = str(body.get("messageId", ""))
            if body["type"] == MessageDiscarded.model_fields["type"].default:
                standing.pop(message_id, None)
            elif message_id.startswith(f"turn-{turn}-"):
                standing[message_id] = None
        due = page[-1].offset + 1
    return list(standing)
