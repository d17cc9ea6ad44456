"""What the Messages API refuses, and in which words."""

from __future__ import annotations

import base64
import binascii
import io
import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
from PIL import Image

MODELS = {
    "claude-fable-5-2",
    "claude-mythos-5-2",
    "claude-haiku-5-5",
    "claude-sonnet-5-5",
    "claude-fable-5-1",
    "claude-opus-5-5",
    "claude-mythos-5-1",
    "claude-sonnet-5",
    "claude-fable-5",
    "claude-mythos-5",
    "claude-opus-5",
    "claude-opus-4-8",
    "claude-opus-4-7",
    "claude-mythos-preview",
    "claude-opus-4-6",
    "claude-sonnet-4-6",
    "claude-haiku-4-5",
    "claude-opus-4-5",
    "claude-sonnet-4-5",
}
BEFORE_ADAPTIVE = {
    "claude-opus-4-6",
    "claude-sonnet-4-6",
    "claude-haiku-4-5",
    "claude-opus-4-5",
    "claude-sonnet-4-5",
}
UNFORCED = re.compile(r"claude-\w+-5-5|claude-fable-5-1")
FIELDS = {
    "cache_control",
    "container",
    "max_tokens",
    "messages",
    "metadata",
    "model",
    "output_config",
    "service_tier",
    "speed",
    "stop_sequences",
    "stream",
    "system",
    "thinking",
    "tool_choice",
    "tools",
}
UNSUPPORTED_WHEN_STRICT = {
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "maxItems",
    "uniqueItems",
    "oneOf",
    "not",
    "if",
}
MEDIA = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/webp": "WEBP"}
MAX_IMAGE = 10 * 1024 * 1024
MAX_SIDE = 8000
MAX_BREAKPOINTS = 4
Block = dict[str, Any]


class Invalid(Exception):
    """A request that is answered with 400, or with ``status`` and ``type``."""

    def __init__(
        self, message: str, status: int = 400, type: str = "invalid_request_error"
    ) -> None:
        super().__init__(message)
        self.status = status
        self.type = type


def check(body: Any, signatures: dict[str, str]) -> None:
    """Raise :class:`Invalid` unless ``body`` is a request that the API would take.

    ``signatures`` maps those of the thinking blocks that were given out to their text.
    """
    if not isinstance(body, dict):
        raise Invalid("the body must be an object")
    for name in ("temperature", "top_p", "top_k"):
        if name in body:
            raise Invalid(f"{name}: not supported by this API version")
    if extra := body.keys() - FIELDS:
        raise Invalid(f"{sorted(extra)[0]}: Extra inputs are not permitted")
    model = body.get("model")
    if model not in MODELS:
        raise Invalid(f"model: {model}", 404, "not_found_error")
    if not isinstance(body.get("max_tokens"), int) or body["max_tokens"] < 1:
        raise Invalid("max_tokens: a positive integer is required")
    _check_system(body.get("system", []))
    _check_thinking(body, str(model))
    _check_tools(body.get("tools", []))
    _check_choice(body, str(model))
    _check_messages(body.get("messages"), signatures)
    if sum("cache_control" in block for block in _blocks(body)) > MAX_BREAKPOINTS:
        raise Invalid(f"A maximum of {MAX_BREAKPOINTS} blocks with cache_control may be provided")


def _check_system(system: Any) -> None:
    if isinstance(system, str):
        return
    for block in system:
        if block.get("type") != "text" or not block.get("text"):
            raise Invalid("system: text content blocks must be non-empty")


def _check_thinking(body: dict[str, Any], model: str) -> None:
    thinking = body.get("thinking", {"type": "adaptive"})
    kind = thinking.get("type")
    if kind not in ("adaptive", "enabled", "disabled", "between_tools"):
        raise Invalid(f"thinking.type: {kind}")
    if kind == "enabled":
        if model not in BEFORE_ADAPTIVE:
            raise Invalid("thinking.type: enabled is not supported by this model; use adaptive")
        if not 1024 <= thinking.get("budget_tokens", 0) < body["max_tokens"]:
            raise Invalid("thinking.budget_tokens: at least 1024 and below max_tokens")
    if kind == "disabled" and model == "claude-opus-5-5":
        raise Invalid("thinking.type: disabled is not supported by this model")
    if thinking.get("display", "summarized") not in ("summarized", "omitted"):
        raise Invalid("thinking.display: summarized or omitted")
    effort = body.get("output_config", {}).get("effort", "high")
    if effort not in ("low", "medium", "high", "xhigh", "max"):
        raise Invalid(f"output_config.effort: {effort}")


def _check_choice(body: dict[str, Any], model: str) -> None:
    choice = body.get("tool_choice", {"type": "auto"})
    if choice.get("type") not in ("auto", "any", "tool", "none"):
        raise Invalid(f"tool_choice.type: {choice.get('type')}")
    if choice["type"] in ("any", "tool") and UNFORCED.fullmatch(model):
        raise Invalid("tool_choice: this model does not support forced tool use")
    names = {tool["name"] for tool in body.get("tools", [])}
    if choice["type"] == "tool" and choice.get("name") not in names:
        raise Invalid(f"tool_choice.name: no tool {choice.get('name')!r}")


def _check_tools(tools: list[Block]) -> None:
    names = [tool.get("name") for tool in tools]
    if len(set(names)) != len(names):
        raise Invalid("tools: Tool names must be unique")
    for tool in tools:
        name = tool.get("name", "")
        if not isinstance(name, str) or not re.fullmatch(r"[a-zA-Z0-9_-]{1,128}", name):
            raise Invalid(f"tools.{name}.name: must match ^[a-zA-Z0-9_-]{{1,128}}$")
        schema = tool.get("input_schema")
        if not isinstance(schema, dict) or schema.get("type") != "object":
            raise Invalid(f"tools.{name}.input_schema.type: must be object")
        if not jsonschema_rs.meta.is_valid(schema):
            raise Invalid(f"tools.{name}.input_schema: JSON schema is invalid")
        if tool.get("strict"):
            _check_strict(name, schema)


def _check_strict(name: str, schema: Any) -> None:
    if isinstance(schema, list):
        for part in schema:
            _check_strict(name, part)
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "object" and schema.get("additionalProperties") is not False:
        raise Invalid(f"tools.{name}: For 'object' type, additionalProperties must be false")
    if unsupported := UNSUPPORTED_WHEN_STRICT & schema.keys():
        raise Invalid(f"tools.{name}: {sorted(unsupported)[0]} is not supported in strict schemas")
    if schema.get("minItems", 0) not in (0, 1):
        raise Invalid(f"tools.{name}: minItems above 1 is not supported in strict schemas")
    for key, part in schema.items():
        if key in ("properties", "$defs"):
            for inner in part.values():
                _check_strict(name, inner)
        elif key in ("items", "anyOf", "allOf"):
            _check_strict(name, part)


def _check_messages(messages: Any, signatures: dict[str, str]) -> None:
    if not isinstance(messages, list) or not messages:
        raise Invalid("messages: at least one message is required")
    if messages[0].get("role") != "user":
        raise Invalid("messages: first message must use the user role")
    if messages[-1].get("role") != "user":
        raise Invalid("messages: this model does not support prefilled assistant messages")
    open_tools: list[str] = []
    for number, message in enumerate(messages):
        where = f"messages.{number}"
        content = message.get("content")
        blocks = [{"type": "text", "text": content}] if isinstance(content, str) else content
        if not isinstance(blocks, list) or not blocks:
            raise Invalid(f"{where}.content: must not be empty")
        if open_tools:
            _check_answers(where, message, blocks, open_tools)
        open_tools = []
        for block in blocks:
            _check_block(where, message["role"], block, signatures)
            if block["type"] == "tool_use":
                open_tools.append(block["id"])


def _check_answers(where: str, message: Block, blocks: list[Block], open_tools: list[str]) -> None:
    answered = [b.get("tool_use_id") for b in blocks[: len(open_tools)]]
    if message["role"] != "user" or set(answered) != set(open_tools):
        raise Invalid(
            f"{where}: `tool_use` ids were found without `tool_result` blocks immediately after: "
            f"{', '.join(open_tools)}"
        )


def _check_block(where: str, role: str, block: Block, signatures: dict[str, str]) -> None:
    kind = block.get("type")
    if kind == "text":
        if not block.get("text", "").strip():
            raise Invalid(f"{where}: text content blocks must be non-empty")
    elif kind == "image":
        _check_image(where, block.get("source", {}))
    elif kind == "thinking":
        if role != "assistant" or signatures.get(block.get("signature", "")) != block.get(
            "thinking"
        ):
            raise Invalid(f"{where}: thinking blocks cannot be modified; invalid signature")
    elif kind == "tool_use":
        if role != "assistant" or not isinstance(block.get("input"), dict):
            raise Invalid(f"{where}: tool_use needs an object as input and the assistant role")
    elif kind == "tool_result":
        if role != "user" or not block.get("tool_use_id"):
            raise Invalid(f"{where}: tool_result needs a tool_use_id and the user role")
    else:
        raise Invalid(f"{where}: unknown content block {kind}")


def _check_image(where: str, source: Block) -> None:
    if source.get("type") != "base64" or source.get("media_type") not in MEDIA:
        raise Invalid(f"{where}: image.source: base64 of {', '.join(MEDIA)}")
    try:
        data = base64.b64decode(source.get("data", ""), validate=True)
        with Image.open(io.BytesIO(data), formats=(MEDIA[source["media_type"]],)) as image:
            size = image.size
    except (binascii.Error, OSError, ValueError):
        raise Invalid(f"{where}: Could not process image") from None
    if len(data) > MAX_IMAGE or max(size) > MAX_SIDE:
        raise Invalid(f"{where}: image exceeds {MAX_IMAGE} bytes or {MAX_SIDE} pixels a side")


def _blocks(body: dict[str, Any]) -> Iterator[Block]:
    yield from body.get("tools", [])
    system = body.get("system", [])
    if isinstance(system, list):
        yield from system
    for message in body["messages"]:
        if isinstance(message["content"], list):
            yield from message["content"]
