"""Anthropic's Messages API: streamed turns with thinking, text and tools."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.emulators.claude_mind import Block, Text, Thinking, Tool, Turn, house_mind
from tests.emulators.claude_rules import Invalid, check
from tests.emulators.wire import Call, Provider, Reply, Route, reply

VERSIONS = ("2026-10-21", "2023-06-01")
MAX_REQUEST = 32 * 1024 * 1024
PIECE = 9
"""Characters in one delta: small, so that words and surrogates are split."""

Mind = Callable[[dict[str, Any]], Turn]


@dataclass
class Submission:
    """One answered request: what was asked, and what was said."""

    body: dict[str, Any]
    turn: Turn
    streamed: bool


class AnthropicEmulator(Provider):
    """``script`` queues turns; without one, ``mind`` makes them up from the request's tools.

    ``submissions`` are the requests that were taken. The only route for faults: messages.
    """

    hosts = ("api.anthropic.com",)

    def __init__(self, key: str, cut: Any) -> None:
        super().__init__(cut)
        self._key = key
        self.mind: Mind = house_mind
        self.submissions: list[Submission] = []
        self._script: deque[Turn] = deque()
        self._signatures: dict[str, str] = {}
        self._cached: set[str] = set()

    def reset(self) -> None:
        super().reset()
        self.mind = house_mind
        self.submissions.clear()
        self._script.clear()
        self._signatures.clear()
        self._cached.clear()

    def script(self, *turns: Turn) -> None:
        """Say these next, one for each request."""
        self._script.extend(turns)

    def routes(self) -> list[Route]:
        host = r"api\.anthropic\.com"
        return [Route("messages", "POST", host, "/v1/messages", self._messages)]

    async def _messages(self, call: Call) -> Reply:
        try:
            self._authorize(call)
            body = call.json
            check(body, self._signatures)
        except Invalid as invalid:
            self.complain(str(invalid))
            return _error(invalid.status, invalid.type, str(invalid))
        except ValueError:
            self.complain("the body is not JSON")
            return _error(400, "invalid_request_error", "The request body is not valid JSON")
        turn = self._script.popleft() if self._script else self.mind(body)
        streamed = bool(body.get("stream"))
        self.submissions.append(Submission(body, turn, streamed))
        message = self._message(body, turn)
        if not streamed:
            return reply(200, message, request_id="req_emulated")
        return Reply(200, headers={"request-id": "req_emulated"}, events=list(_events(message)))

    def _authorize(self, call: Call) -> None:
        bearer = call.headers.get("authorization", "").removeprefix("Bearer ")
        if self._key not in (bearer, call.headers.get("x-api-key")):
            raise Invalid("invalid x-api-key", 401, "authentication_error")
        if call.headers.get("anthropic-version") not in VERSIONS:
            raise Invalid(f"anthropic-version: {call.headers.get('anthropic-version')}")
        if len(call.body) > MAX_REQUEST:
            raise Invalid("Request exceeds the maximum size", 413, "request_too_large")

    def _message(self, body: dict[str, Any], turn: Turn) -> dict[str, Any]:
        shown = body.get("thinking", {}).get("display") == "summarized"
        content = [self._block(block, shown) for block in turn.blocks]
        used_tool = any(isinstance(block, Tool) for block in turn.blocks)
        return {
            "id": f"msg_{uuid.uuid4().hex[:24]}",
            "type": "message",
            "role": "assistant",
            "model": body["model"],
            "content": content,
            "stop_reason": turn.stop_reason or ("tool_use" if used_tool else "end_turn"),
            "stop_sequence": None,
            "usage": self._usage(body, turn.blocks),
        }

    def _block(self, block: Block, shown: bool) -> dict[str, Any]:
        if isinstance(block, Text):
            return {"type": "text", "text": block.text}
        if isinstance(block, Tool):
            tool_id = f"toolu_{uuid.uuid4().hex[:24]}"
            return {"type": "tool_use", "id": tool_id, "name": block.name, "input": block.input}
        words = block.text if shown else ""
        signature = hashlib.sha256(f"{block.text}{uuid.uuid4()}".encode()).hexdigest()
        self._signatures[signature] = words
        return {"type": "thinking", "thinking": words, "signature": signature}

    def _usage(self, body: dict[str, Any], blocks: Sequence[Block]) -> dict[str, Any]:
        fixed = json.dumps([body.get("tools"), body.get("system")])
        size = len(fixed) // 4 if "cache_control" in fixed else 0
        known = fixed in self._cached
        self._cached.add(fixed)
        thought = sum(len(block.text) for block in blocks if isinstance(block, Thinking)) // 4
        written = sum(len(str(block)) for block in blocks) // 4 + 1
        return {
            "input_tokens": max(1, len(json.dumps(body["messages"])) // 4),
            "cache_creation_input_tokens": 0 if known else size,
            "cache_read_input_tokens": size if known else 0,
            "output_tokens": written,
            "output_tokens_details": {"thinking_tokens": min(thought, written)},
        }


def _error(status: int, type: str, message: str) -> Reply:
    error = {"type": type, "message": message}
    return reply(status, {"type": "error", "error": error, "request_id": "req_emulated"})


def _events(message: dict[str, Any]) -> Iterator[bytes]:
    usage = message["usage"]
    opening = {**usage, "output_tokens": 1}
    del opening["output_tokens_details"]
    begun = {**message, "content": [], "stop_reason": None, "usage": opening}
    yield event("message_start", message=begun)
    for index, block in enumerate(message["content"]):
        yield from _block_events(index, block)
        if index == 0:
            yield event("ping")
    delta = {"stop_reason": message["stop_reason"], "stop_sequence": None}
    yield event("message_delta", delta=delta, usage=usage)
    yield event("message_stop")


def _block_events(index: int, block: dict[str, Any]) -> Iterator[bytes]:
    kind = block["type"]
    empty = {"text": {"text": ""}, "thinking": {"thinking": "", "signature": ""}}
    begun = {**block, **empty.get(kind, {"input": {}})}
    yield event("content_block_start", index=index, content_block=begun)
    for delta in _deltas(block):
        yield event("content_block_delta", index=index, delta=delta)
    yield event("content_block_stop", index=index)


def _deltas(block: dict[str, Any]) -> Iterator[dict[str, str]]:
    if block["type"] == "text":
        for piece in _pieces(block["text"]):
            yield {"type": "text_delta", "text": piece}
    elif block["type"] == "thinking":
        for piece in _pieces(block["thinking"]):
            yield {"type": "thinking_delta", "thinking": piece}
        yield {"type": "signature_delta", "signature": block["signature"]}
    else:
        yield {"type": "input_json_delta", "partial_json": ""}
        for piece in _pieces(json.dumps(block["input"], ensure_ascii=False)):
            yield {"type": "input_json_delta", "partial_json": piece}


def _pieces(words: str) -> Iterator[str]:
    for at in range(0, len(words), PIECE):
        yield words[at : at + PIECE]


def event(type: str, **fields: Any) -> bytes:
    """One event of the stream, as it is sent."""
    body = json.dumps({"type": type, **fields}, ensure_ascii=False)
    return f"event: {type}\ndata: {body}\n\n".encode()
