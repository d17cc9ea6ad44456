"""Events: the typed messages on a shoot's stream, one SSE frame each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue, TypeAdapter

from studio.checkpoints import Checkpoint
from studio.decisions import Decision
from studio.ledger import LedgerTotals
from studio.model import Model
from studio.stages import Stage

MessageType = Literal["thinking", "response"]


class Status(Model):
    """What the machinery is doing, for a person."""

    type: Literal["status"] = "status"
    message: str
    code: Literal["not-followed"] | None = None
    """``not-followed``: a decision, or words for one, came to nothing; the message says why."""


class MessageTypeHint(Model):
    """A message has begun, and this is its kind."""

    type: Literal["message_type_hint"] = "message_type_hint"
    message_id: str
    message_type: MessageType


class TextDelta(Model):
    """More text of the current message."""

    type: Literal["text_delta"] = "text_delta"
    message_id: str
    text: str


class AssistantMessage(Model):
    """A message is complete; ``text`` is whole."""

    type: Literal["assistant_message"] = "assistant_message"
    message_id: str
    message_type: MessageType
    text: str


class MessageDiscarded(Model):
    """What was streamed under this id is void; a new id follows."""

    type: Literal["message_discarded"] = "message_discarded"
    message_id: str
    reason: str


class ToolData(Model):
    """Which tool, and a line about what it does (start) or did (done)."""

    tool_name: str = Field(alias="tool_name")
    """Not camelCase: existing front ends read it by this name."""
    detail: str | None = None
    summary: str | None = None


class System(Model):
    """A script or a director's tool starts or ends."""

    type: Literal["system"] = "system"
    subtype: Literal["tool_start", "tool_done"]
    tool: str
    data: ToolData
    run_id: str


class Progress(Model):
    """How far a script is: ``completed`` of ``total``, any unit; ``item`` as in ``clip-3``."""

    type: Literal["progress"] = "progress"
    stage: Stage
    item: str
    completed: float
    total: float
    message: str = ""


class ArtifactLanded(Model):
    """One artifact is in the store; the path is ``outputs/{id}/…``."""

    type: Literal["artifact"] = "artifact"
    stage: Stage
    take: int
    artifact: str
    artifact_type: Literal["image", "video"]
    provenance: dict[str, JsonValue] = Field(default_factory=dict)


class CheckpointOpened(Model):
    """The shoot waits for a decision."""

    type: Literal["checkpoint"] = "checkpoint"
    checkpoint: Checkpoint
    session_id: str
    awaiting_input: bool = True


class DecisionTaken(Model):
    """A decision was accepted, from wherever it came."""

    type: Literal["decision"] = "decision"
    checkpoint_id: str | None
    decision: Decision
    by: str | None = None


class Cost(Model):
    """The ledger's totals after a paid call."""

    type: Literal["cost"] = "cost"
    totals: LedgerTotals


class Complete(Model):
    """The shoot has ended: ``exit_code`` 0 when whole, 3 when cancelled."""

    type: Literal["complete"] = "complete"
    session_id: str
    exit_code: int
    checkpoint: Checkpoint | None = None
    awaiting_input: bool = False


class Failure(Model):
    """Something went wrong, in words that a person can act on."""

    type: Literal["error"] = "error"
    error: str
    code: str
    retryable: bool = False


Event = Annotated[
    Status
    | MessageTypeHint
    | TextDelta
    | AssistantMessage
    | MessageDiscarded
    | System
    | Progress
    | ArtifactLanded
    | CheckpointOpened
    | DecisionTaken
    | Cost
    | Complete
    | Failure,
    Field(discriminator="type"),
]
EVENT: TypeAdapter[Event] = TypeAdapter(Event)
TOPIC = "events"
"""The one topic of a shoot's stream."""
