"""Messages as the front end needs them: every one that begins is ended, whatever happens."""

from __future__ import annotations

from typing import Any, NamedTuple


class Told(NamedTuple):
    """One event for the front end.

    One that is ``held`` must not follow the text before it in one breath: the front end would lose
    that text.
    """

    event: dict[str, Any]
    offset: int | None = None
    held: bool = False


class Messages:
    """The messages of one turn. ``prefix`` makes the ids of our own ones unique."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._said = 0
        self._open: dict[str, tuple[str | None, str]] = {}
        """What is being said: its kind, where it is known, and its text."""
        self.responded = False
        """Whether the person has been told something in this turn."""

    def heard(self, event: dict[str, Any], offset: int) -> list[Told]:
        """A hint or a delta."""
        kind, text = self._open.get(event["messageId"], (None, ""))
        kind = event.get("messageType", kind)
        self._open[event["messageId"]] = (kind, text + event.get("text", ""))
        return [Told(event, offset)]

    def ended(self, event: dict[str, Any], offset: int) -> list[Told]:
        """A message is complete."""
        self._open.pop(event["messageId"], None)
        self.responded = self.responded or event["messageType"] == "response"
        return [Told(event, offset, held=True)]

    def discarded(self, event: dict[str, Any], offset: int) -> list[Told]:
        """A void message ends as a collapsed one, so that the next begins in its own bubble."""
        told = [Told(event, offset)]
        message_id = event["messageId"]
        if message_id not in self._open:
            return told
        kind, text = self._open.pop(message_id)
        if kind != "thinking":
            told.append(Told(_hint(message_id, "thinking")))
        return [*told, _end(message_id, "thinking", text)]

    def close(self) -> list[Told]:
        """End what was never ended: a turn that broke off in the middle of a sentence."""
        told = [_end(one, kind or "response", text) for one, (kind, text) in self._open.items()]
        self._open.clear()
        return told

    def say(self, text: str) -> list[Told]:
        """Words of the gateway's own, as a message of the director's."""
        self._said += 1
        message_id = f"{self._prefix}-said-{self._said}"
        self.responded = True
        delta = {"type": "text_delta", "messageId": message_id, "text": text}
        return [
            Told(_hint(message_id, "response")),
            Told(delta),
            _end(message_id, "response", text),
        ]


def _hint(message_id: str, kind: str) -> dict[str, Any]:
    return {"type": "message_type_hint", "messageId": message_id, "messageType": kind}


def _end(message_id: str, kind: str, text: str) -> Told:
    event = {
        "type": "assistant_message",
        "messageId": message_id,
        "messageType": kind,
        "text": text,
    }
    return Told(event, held=True)
