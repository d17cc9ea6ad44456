"""The OpenAPI 3.1 description, made from the endpoints and the models they name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from gateway.endpoints import Answer, Endpoint, Parameter
from gateway.problems import ProblemDocument
from studio.shoot import WORKFLOW_ID_PATTERN

_REF = "#/components/schemas/{model}"
_WORDS = {
    400: "The request cannot be read, or lacks something",
    401: "No token, or a wrong one",
    403: "Not from this host or origin",
    404: "No such thing, or somebody else's",
    409: "Not at this moment",
    413: "Too large",
    415: "Wrong media type",
    416: "No such bytes",
    422: "Understood, but impossible",
    429: "Too many wrong tokens",
    503: "Temporal is out of reach",
}
_STATUS_WORDS = {200: "Done", 201: "Made", 202: "Accepted", 204: "Nothing left", 206: "A part"}
_FILES = {
    "type": "object",
    "required": ["images"],
    "properties": {
        "images": {
            "type": "array",
            "minItems": 1,
            "maxItems": 10,
            "items": {"type": "string", "format": "binary"},
        }
    },
}
_SHOOT_ID = Parameter(
    "id", "path", {"type": "string", "pattern": f"^{WORKFLOW_ID_PATTERN}$"}, "The shoot's id"
)


def describe(endpoints: Sequence[Endpoint], version: str) -> dict[str, Any]:
    """The whole description."""
    modes = [(model, mode) for one in endpoints for model, mode in _models(one)]
    modes.append((ProblemDocument, "serialization"))
    refs, schemas = models_json_schema(list(dict.fromkeys(modes)), ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for one in endpoints:
        operation = _operation(one, refs)
        methods = paths.setdefault(one.described_path, {})
        methods[one.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "shoot", "version": version, "description": "AI fashion shoots"},
        "paths": paths,
        "components": {
            "schemas": schemas.get("$defs", {}),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "shoot_session"},
            },
        },
    }


def _models(one: Endpoint) -> list[tuple[type[BaseModel], JsonSchemaMode]]:
    found: list[tuple[type[BaseModel], JsonSchemaMode]] = []
    if isinstance(one.body, type):
        found.append((one.body, "validation"))
    for answer in one.answers.values():
        if isinstance(answer, type):
            found.append((answer, "serialization"))
    return found


def _operation(one: Endpoint, refs: dict[tuple[Any, JsonSchemaMode], Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": one.summary,
        "operationId": f"{one.method.lower()}_{one.handler.__module__}_{one.handler.__name__}"
        + ("" if one.tag == "native" else f"_{one.tag}")
        + f"_{one.described_path.strip('/').replace('/', '_').replace('{', '').replace('}', '')}",
        "tags": [one.tag],
        "security": [] if one.access == "open" else [{"token": []}, {"cookie": []}],
        "parameters": [_parameter(parameter) for parameter in _parameters(one)],
        "responses": {
            **{
                str(status): _answer(status, answer, refs) for status, answer in one.answers.items()
            },
            **{str(status): _problem(status, refs) for status in _problems(one)},
        },
    }
    if one.body == "files":
        operation["requestBody"] = _body("multipart/form-data", _FILES)
    elif one.body is not None:
        operation["requestBody"] = _body("application/json", refs[one.body, "validation"])
    return operation


def _parameters(one: Endpoint) -> list[Parameter]:
    parts = [
        Parameter(name, "path", {"type": "string", "minLength": 1}, words)
        for name, words in one.parts.items()
    ]
    return [*([_SHOOT_ID] if one.access == "shoot" else []), *parts, *one.parameters]


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.where,
        "required": parameter.where == "path",
        "description": parameter.words,
        "schema": dict(parameter.schema),
    }


def _problems(one: Endpoint) -> list[int]:
    found = {403, *one.problems}
    if one.access != "open":
        found |= {401, 429, 503}
    if one.access == "shoot":
        found.add(404)
    if one.body is not None:
        found |= {400, 413, 415, 422}
    if one.parameters:
        found |= {400, 422}
    return sorted(found - one.answers.keys())


def _answer(status: int, answer: Answer, refs: dict[Any, Any]) -> dict[str, Any]:
    content: dict[str, Any] = {"description": _STATUS_WORDS.get(status, "Not ready")}
    if isinstance(answer, str):
        content["content"] = {answer: {}}
    elif answer is not None:
        content["content"] = {"application/json": {"schema": refs[answer, "serialization"]}}
    return content


def _problem(status: int, refs: dict[Any, Any]) -> dict[str, Any]:
    schema = refs[ProblemDocument, "serialization"]
    return {
        "description": _WORDS.get(status, "A problem"),
        "content": {"application/problem+json": {"schema": schema}},
    }


def _body(media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {media_type: {"schema": schema}}}
