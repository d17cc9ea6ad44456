"""The base of every value that crosses a boundary: strict about names, camelCase on the wire."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel


class Model(BaseModel):
    """An immutable value. Python names are snake_case, JSON names camelCase; both are read."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        extra="forbid",
        frozen=True,
    )


def in_words(error: ValidationError, most: int = 5) -> str:
    """What does not fit, field by field in one line, without repeating the input."""
    lines = []
    for item in error.errors(include_url=False, include_input=False)[:most]:
        place = [str(part) for part in item["loc"] if not str(part).startswith("function-")]
        lines.append(f"{'.'.join(place)}: {item['msg']}" if place else item["msg"])
    return "; ".join(lines)
