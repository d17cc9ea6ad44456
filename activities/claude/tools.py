"""The director's tools: one for the direction, one for every decision that words can mean."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, get_args

from anthropic import transform_schema
from anthropic.types import ToolParam
from pydantic import BaseModel, ValidationError

from studio.decisions import DECISION, Decision
from studio.shoot import Direction

DIRECTION = "set_direction"
ABOUT = {
    "approve": "The person plainly approves the take: go on to the next stage.",
    "revise": "Make the hero or the contact sheet again, by the person's words, another pose or "
    "another background preset. The instruction says what to change, in full.",
    "modify": "Render some of the six frames again, each by the same words.",
    "resize": "Give all frames an aspect ratio, or their original one back.",
    "regenerate": "Render some of the clips again; an instruction is optional.",
    "edit": "Set how the film is cut: loop (adds or drops the clip from the last frame to the "
    "first), pace (0.5 to 2; 1 is 1.5 s a clip), easing. Leave out what was not spoken of.",
    "use-take": "Go back to an earlier take of a stage, by its number.",
    "brief": "Say the whole brief anew, before there is a hero: only where the shoot could not "
    "open or its first hero was refused, and the person says what to shoot instead.",
    "retry": "Try again what failed. Only after a failure, and only when asked for.",
    "cancel": "End the shoot for good. Only when the person plainly says so.",
}
_OURS = ("type", "checkpointId", "by")
_NEEDED = {"revise": ("instruction",), "brief": ("prompt",)}
"""Fields that a model must fill although a person's button may leave them out."""


class WrongInputError(ValueError):
    """A tool's input that our models refuse; the message is for the model to read."""


_UNSAID = ("references", "options")
"""Fields that words cannot fill."""


def direction_tool() -> ToolParam:
    """The tool that answers a brief."""
    return _tool(
        DIRECTION,
        "Set the direction of the shoot: call it exactly once, after looking at the brief and "
        "every reference. Leave out aspect ratio, pace and loop unless the brief implies them.",
        Direction.model_json_schema(),
    )


def decision_tools() -> list[ToolParam]:
    """A tool for each decision, in a fixed order so that the prompt can be cached."""
    models = get_args(get_args(Decision)[0])
    by_name = {model.model_fields["type"].default: model for model in models}
    return [
        _tool(_name(name), about, _fields(by_name[name], _NEEDED.get(name, ())))
        for name, about in ABOUT.items()
    ]


def direction_of(given: object) -> Direction:
    """The direction in a tool's input. Raises :class:`WrongInputError`."""
    try:
        return Direction.model_validate(given)
    except ValidationError as error:
        raise WrongInputError(_complaint(error)) from None


def decision_of(tool: str, given: object) -> Decision:
    """The decision in a tool's input. Raises :class:`WrongInputError`."""
    name = next((known for known in ABOUT if _name(known) == tool), None)
    if name is None:
        raise WrongInputError(f"there is no tool {tool!r}")
    fields = given if isinstance(given, Mapping) else {}
    said = {
        key: value
        for key, value in fields.items()
        if key not in (*_OURS, *_UNSAID) and value is not None
    }
    try:
        return DECISION.validate_python({**said, "type": name, "by": "director"})
    except ValidationError as error:
        raise WrongInputError(_complaint(error)) from None


def _name(decision: str) -> str:
    return decision.replace("-", "_")


def _fields(model: type[BaseModel], needed: Collection[str]) -> dict[str, Any]:
    schema = model.model_json_schema()
    left_out = (*_OURS, *_UNSAID)
    schema["properties"] = {k: v for k, v in schema["properties"].items() if k not in left_out}
    required = (*schema.get("required", []), *needed)
    schema["required"] = [name for name in required if name not in _OURS]
    for name in needed:  # what must be said cannot be null
        field = schema["properties"][name]
        if "anyOf" in field:
            field.update(next(part for part in field.pop("anyOf") if part.get("type") != "null"))
            field.pop("default", None)
    return schema


def _tool(name: str, about: str, schema: dict[str, Any]) -> ToolParam:
    strict = transform_schema({**schema, "description": about})
    strict.pop("description", None)
    return {"name": name, "description": about, "input_schema": _typed(strict), "strict": True}


def _typed(schema: Any) -> Any:
    """The schema with the type of every list of texts, which the client's own helper drops."""
    if isinstance(schema, list):
        return [_typed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    values = schema.get("enum")
    texts = isinstance(values, list) and all(isinstance(value, str) for value in values)
    named = {"type": "string"} if texts and "type" not in schema else {}
    return {**named, **{name: _typed(part) for name, part in schema.items()}}


def _complaint(error: ValidationError) -> str:
    lines = [
        f"{'.'.join(str(part) for part in item['loc'])}: {item['msg']}" for item in error.errors()
    ]
    return "; ".join(lines)
