"""What the stand-in for Claude says: turns by script, or made up from the tools it is given."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

SYNONYMS = {
    "approve": "continue approve approved ok okay yes good perfect go next love ship",
    "cancel": "cancel stop abort",
    "resize": "resize ratio crop 16:9 9:16 4:3 3:4 1:1 3:2 2:3",
    "modify": "change modify frame frames",
    "regenerate": "redo again clip clips regenerate",
    "revise": "make edgier darker background pose revise instead",
}


@dataclass(frozen=True)
class Text:
    """Words to the person."""

    text: str


@dataclass(frozen=True)
class Thinking:
    """Thoughts, shown only if the request asks for them."""

    text: str


@dataclass(frozen=True)
class Tool:
    """A call of a tool."""

    name: str
    input: dict[str, Any] = field(default_factory=dict)


Block = Text | Thinking | Tool


@dataclass(frozen=True)
class Turn:
    """One answer. ``stop_reason`` ``None``: the one that follows from the blocks."""

    blocks: Sequence[Block]
    stop_reason: str | None = None


def house_mind(body: dict[str, Any]) -> Turn:
    """Think, then call the tool that fits the last words best, with an input that fits its schema;
    after a tool's result, or without tools, say two sentences."""
    tools = body.get("tools", [])
    blocks = _last_blocks(body)
    if not tools or any(block.get("type") == "tool_result" for block in blocks):
        return Turn([Text("So wird es gemacht — ça va être très beau. 📷 I begin now.")])
    words = " ".join(block.get("text", "") for block in blocks)
    tool = max(tools, key=lambda one: _fit(one, words))
    thought = f"They say “{words[:60]}”; that is {tool['name']}."
    schema = tool["input_schema"]
    return Turn([Thinking(thought), Tool(tool["name"], example(schema, schema, words))])


def _last_blocks(body: dict[str, Any]) -> list[dict[str, Any]]:
    content = body["messages"][-1]["content"]
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


def _fit(tool: dict[str, Any], words: str) -> int:
    spoken = set(re.findall(r"[\w:]+", words.lower()))
    offered = set(re.findall(r"[\w:]+", json.dumps(tool).lower().replace("_", " ")))
    for stem, others in SYNONYMS.items():
        if stem in tool["name"].lower():
            offered |= set(others.split())
            return 10 * len(spoken & set(others.split())) + len(spoken & offered)
    return len(spoken & offered)


def example(schema: dict[str, Any], root: dict[str, Any], words: str) -> Any:
    """A value that ``schema`` allows; texts are the person's ``words``."""
    if "$ref" in schema:
        target: Any = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        return example(target, root, words)
    for key in ("const", "default"):
        if key in schema:
            return schema[key]
    if "enum" in schema:
        spoken = [value for value in schema["enum"] if str(value).lower() in words.lower()]
        return (spoken or schema["enum"])[0]
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            choices = [part for part in schema[key] if part.get("type") != "null"]
            return example(choices[0], root, words)
    kind = schema.get("type", "object")
    if kind == "object":
        names = schema.get("required", [])
        properties = schema.get("properties", {})
        return {name: example(properties[name], root, words) for name in names}
    if kind == "array":
        count = max(1, schema.get("minItems", 1))
        return [example(schema.get("items", {"type": "string"}), root, words)] * count
    numbers = re.findall(r"\d+", words)
    plain: dict[str, Any] = {
        "string": words[:200] or "as briefed",
        "integer": int(numbers[0]) if numbers else schema.get("minimum", 1),
        "number": schema.get("minimum", 1.0),
        "boolean": False,
    }
    return plain.get(kind)
