"""What a script may say: the events on its stdout, typed and bounded.

The JSON on the wire is camelCase. Every text has a length limit, because a script's words are
untrusted and end up on a stream, in a workflow's history and on a page.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Literal

import pydantic_core
from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

Text = Annotated[str, Field(max_length=4_000)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Pixels = Annotated[int, Field(ge=1, le=32_768)]
Amount = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]


class _Event(BaseModel):
    model_config = ConfigDict(
        frozen=True, alias_generator=to_camel, populate_by_name=True, extra="ignore"
    )


class Status(_Event):
    """In words, what the machinery does."""

    type: Literal["status"] = "status"
    message: Text


class Progress(_Event):
    """``completed`` of ``total``, in any unit."""

    type: Literal["progress"] = "progress"
    completed: Amount
    total: Amount
    message: Text | None = None


class Artifact(_Event):
    """A finished output file: what the script *claims*; ``Run.outputs`` measures it.

    ``path`` is relative to the output folder, sizes are pixels, ``duration`` is seconds.
    """

    type: Literal["artifact"] = "artifact"
    path: Name
    artifact_type: Literal["image", "video"]
    width: Pixels | None = None
    height: Pixels | None = None
    duration: Amount | None = None
    frames: Annotated[int, Field(ge=1, le=10_000_000)] | None = None
    provenance: dict[str, JsonValue] | None = None


class Error(_Event):
    """Why the script gives up. ``retry_after`` is seconds."""

    type: Literal["error"] = "error"
    error: Text
    code: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    retryable: bool = False
    retry_after: Annotated[float, Field(ge=0, le=86_400)] | None = None

    @property
    def wait(self) -> timedelta | None:
        """``retry_after`` as a duration."""
        return None if self.retry_after is None else timedelta(seconds=self.retry_after)


class Submission(_Event):
    """One step in the life of a paid call; the ledger and the retry both lean on it.

    ``intent`` is written before anything is sent, ``accepted`` with the remote id as soon as the
    provider has answered, and at the end ``settled``, ``failed`` (not charged), ``unknown`` (the
    answer was lost), ``cancelled`` (what had begun may be charged) or ``lost`` (charged, and its
    result is gone). ``key`` is the idempotency key of the call, the same in every step and in every
    retry.
    """

    type: Literal["submission"] = "submission"
    provider: Name
    operation: Name
    key: Name
    state: Literal["intent", "accepted", "settled", "failed", "unknown", "cancelled", "lost"]
    remote_id: Name | None = None
    endpoint: Name | None = None
    latency_seconds: Amount | None = None
    detail: Text | None = None


class ToolLog(_Event):
    """A line of a tool's own log, for whoever looks closer; never shown as progress."""

    type: Literal["tool_log"] = "tool_log"
    message: Text
    level: Literal["debug", "info", "warning"] = "info"


class EgressRefused(_Event):
    """A connection that the egress proxy refused. Made by the sandbox, never by a script."""

    type: Literal["egress_refused"] = "egress_refused"
    target: Text
    reason: Text


ScriptEvent = Status | Progress | Artifact | Submission | ToolLog | EgressRefused
"""What ``Run.exec`` yields. ``Error`` is not among them: it becomes ``ScriptFailed``."""

_FROM_SCRIPT: TypeAdapter[Status | Progress | Artifact | Error | Submission | ToolLog] = (
    TypeAdapter(
        Annotated[
            Status | Progress | Artifact | Error | Submission | ToolLog, Field(discriminator="type")
        ]
    )
)


class ProtocolError(Exception):
    """A script's output that is not the protocol; the message says what and where."""


def parse_event(
    payload: str, clean: Callable[[JsonValue], JsonValue] = lambda value: value
) -> Status | Progress | Artifact | Error | Submission | ToolLog:
    """The event in one frame's JSON text, after ``clean`` has seen its content.

    Raises ``ProtocolError`` naming the first field that is wrong, without quoting its value.
    """
    try:
        content = pydantic_core.from_json(payload, allow_inf_nan=False)
    except ValueError:
        raise ProtocolError("a frame is not JSON") from None
    try:
        return _FROM_SCRIPT.validate_python(clean(content))
    except ValidationError as invalid:
        first = invalid.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "frame"
        what = f"an event is not valid at {where}: {first['msg']}"
        raise ProtocolError(what[:300]) from None
