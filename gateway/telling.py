"""Telling a turn: native events in the order, the words and the rhythm the front end needs.

That front end loses text that arrives in one breath with the end of its message, shows a message
only when its ``assistant_message`` comes, draws late text above the checkpoint's card, and waits
for ``complete`` to be usable again. So: every message is ended, ends are held back, checkpoints
come last, and ``complete`` always comes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from gateway import pipeline
from gateway.context import Gateway
from gateway.messages import Messages, Told
from gateway.sse import Frame
from gateway.turns import Turn
from studio.checkpoints import Checkpoint
from studio.shoot import ShootState
from studio.stages import ShootStatus

HOLD_SECONDS = 0.2
FAILED, CANCELLED = 1, 3
_SPOKEN = ("message_type_hint", "text_delta")
_TOOLS = {"tool_start": "tool_call", "tool_done": "tool_result"}
_RESTARTING = "The studio is restarting. The shoot goes on by itself: say anything to see it again."
_CANCELLED = "The shoot was cancelled. What was made is kept."
_BROKEN = "The shoot was ended by hand, before its time. What was made is kept."
_FINISHED = "The film is finished. Say what to change, and it is cut again."


class Teller:
    """Tells one turn of one shoot."""

    def __init__(self, gateway: Gateway, turn: Turn, hold: float = HOLD_SECONDS) -> None:
        self._gateway = gateway
        self._turn = turn
        self._id = turn.shoot_id
        self._hold = hold
        self._messages = Messages(f"{turn.shoot_id}-{turn.due or 0}")
        self._touched: float | None = None
        self._complete = False

    async def tell(self) -> AsyncGenerator[Told, None]:
        """The whole turn, from ``session_init`` to ``complete``."""
        yield Told({"type": "session_init", "sessionId": self._id})
        if self._turn.note:
            yield Told({"type": "status", "message": self._turn.note})
        async for batch in self._batches():
            for told in batch:
                if told.held:
                    await self._breathe()
                if told.event["type"] in _SPOKEN:
                    self._touched = asyncio.get_running_loop().time()
                yield told
            if self._complete:
                return

    async def _breathe(self) -> None:
        """Let the front end draw what it has before what ends it."""
        if self._touched is not None:
            left = self._touched + self._hold - asyncio.get_running_loop().time()
            await asyncio.sleep(max(0.0, left))

    async def _batches(self) -> AsyncGenerator[list[Told], None]:
        hub = self._gateway.hub
        if self._turn.resting:
            yield self._rest(await hub.state(self._id))
            return
        due = self._turn.due
        if due is None:
            due = await hub.turn_start(self._id, self._turn.head)
        async for frames in hub.frames(self._id, due):
            for frame in frames:
                yield await self._event(frame)
                if self._complete:
                    return
        state = await self._gateway.prompt_state(self._id)
        state = state or await self._gateway.shoots.records.state(self._id)
        if state is not None:
            yield self._broken_off(state)

    # Events ------------------------------------------------------------------------------------

    async def _event(self, frame: Frame) -> list[Told]:
        event, offset = frame.event, frame.offset
        match event["type"]:
            case "message_type_hint" | "text_delta":
                return self._messages.heard(event, offset)
            case "assistant_message":
                return self._messages.ended(event, offset)
            case "message_discarded":
                return self._messages.discarded(event, offset)
            case "error":
                return self._messages.say(event["error"])
            case "checkpoint":
                return self._checkpoint(event, offset, await self._gateway.hub.state(self._id))
            case "complete":
                return self._over(event, await self._gateway.hub.state(self._id))
        return _machinery(event, offset)

    def _checkpoint(self, event: dict[str, Any], offset: int, state: ShootState) -> list[Told]:
        """The end of the turn, unless the checkpoint has been answered in the meantime."""
        opened = Checkpoint.model_validate(event["checkpoint"])
        if state.checkpoint is not None and state.checkpoint.id == opened.id:
            return self._wait_here(state, opened, offset)
        card = pipeline.card(opened)
        return [Told({**event, "checkpoint": card, "awaitingInput": False}, offset)]

    def _over(self, event: dict[str, Any], state: ShootState) -> list[Told]:
        """The shoot's own end: cancelled, or complete; not where it has been taken up again."""
        if event["exitCode"] == 0 and state.status is not ShootStatus.COMPLETE:
            return []
        return self._rest(state)

    # Ends --------------------------------------------------------------------------------------

    def _rest(self, state: ShootState) -> list[Told]:
        """Where a shoot stands that waits or is over."""
        opened = state.checkpoint
        if opened is not None and state.status is not ShootStatus.COMPLETE:
            return self._wait_here(state, opened, None)
        cancelled = state.status is ShootStatus.CANCELLED
        return [
            *self._messages.close(),
            *self._messages.say(_CANCELLED if cancelled else _FINISHED),
            *([self._card(state, opened)] if opened else []),
            self._end(state, CANCELLED if cancelled else 0, opened),
        ]

    def _wait_here(self, state: ShootState, opened: Checkpoint, offset: int | None) -> list[Told]:
        """The words, then the card, then the end of the turn."""
        failed = opened.status == "failed"
        told = self._messages.close()
        if failed or not self._messages.responded:
            told += self._messages.say(opened.message)
        return [
            *told,
            self._card(state, opened, offset),
            self._end(state, FAILED if failed else 0, opened),
        ]

    def _broken_off(self, state: ShootState) -> list[Told]:
        """The stream has ended under the turn: the gateway stops, or the shoot was terminated."""
        over = state.status is ShootStatus.COMPLETE
        words = _RESTARTING if self._gateway.hub.closing else _FINISHED if over else _BROKEN
        said = [*self._messages.close(), *self._messages.say(words)]
        return [*said, self._end(state, 0 if over else FAILED, None)]

    def _card(self, state: ShootState, opened: Checkpoint, offset: int | None = None) -> Told:
        event = {
            "type": "checkpoint",
            "checkpoint": pipeline.card(opened),
            "sessionId": self._id,
            "awaitingInput": state.status is not ShootStatus.COMPLETE,
        }
        return Told(event, offset)

    def _end(self, state: ShootState, code: int, opened: Checkpoint | None) -> Told:
        self._complete = True
        event = {
            "type": "complete",
            "sessionId": self._id,
            "exitCode": code,
            "awaitingInput": opened is not None and state.status is not ShootStatus.COMPLETE,
            "pipeline": pipeline.pipeline(state).model_dump(mode="json"),
            "sessionStats": pipeline.stats(state).model_dump(mode="json"),
        }
        if opened is not None:
            event["checkpoint"] = pipeline.card(opened)
        return Told(event, state.offset - 1, held=True)


def _machinery(event: dict[str, Any], offset: int) -> list[Told]:
    """What the machinery does: tools under the names that existing clients know, progress in words
    besides."""
    match event["type"]:
        case "system":
            return [Told(_tool(event), offset)]
        case "progress":
            return [Told(event, offset), Told({"type": "status", "message": _progress(event)})]
    return [Told(event, offset)]


def _tool(event: dict[str, Any]) -> dict[str, Any]:
    data = event["data"]
    strings = {name: str(data.get(name) or "") for name in ("detail", "summary")}
    told = {**data, **strings, "tool_name": str(data.get("tool_name") or event["tool"])}
    return {**event, "subtype": _TOOLS[event["subtype"]], "data": told}


def _progress(event: dict[str, Any]) -> str:
    total = float(event["total"])
    share = f" {100 * float(event['completed']) / total:.0f} %" if total > 0 else ""
    words = f": {event['message']}" if event.get("message") else ""
    return f"{str(event['item']).replace('-', ' ').capitalize()}{share}{words}"
