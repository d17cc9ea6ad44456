"""What the session API is given and gives back: the front end's words for our things."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints

from gateway.wire import UploadedFile
from studio.decisions import Words
from studio.model import Model
from studio.shoot import MAX_REFERENCES, SHOOT_ID_PATTERN, ShootOptions

SessionId = Annotated[str, StringConstraints(pattern=f"^{SHOOT_ID_PATTERN}$")]


class ContinueRequest(Model):
    """Words for a session. What else a client sends along is not looked at."""

    model_config = ConfigDict(extra="ignore")

    prompt: Words


class TurnRequest(ContinueRequest):
    """Words that start a session, continue it, or attach to it, by the state of the shoot."""

    session_id: SessionId | None = None
    input_images: Annotated[tuple[str, ...], Field(max_length=MAX_REFERENCES)] | None = None
    options: ShootOptions | None = None


class Assets(Model):
    """Where the results in use are, relative to the root; ``None`` for what is not there yet."""

    hero: str | None = None
    contact_sheet: str | None = None
    frames: tuple[str, ...] = ()
    videos: tuple[str, ...] = ()
    final_video: str | None = None


class Pipeline(Model):
    """How far a session is; ``progress`` is 0 to 100."""

    stage: str
    progress: int
    assets: Assets


class SessionStats(Model):
    """What a session took so far."""

    turns: int
    checkpoints: int
    takes: int
    paid_calls: int
    cost_usd: float
    duration_ms: int


class Instrumentation(Model):
    """What one turn took."""

    events: int
    tool_calls: int
    duration_ms: int


class TurnResult(Model):
    """A turn, answered once at its end."""

    success: bool
    session_id: str
    exit_code: int
    response: str
    checkpoint: dict[str, Any] | None
    awaiting_input: bool
    pipeline: Pipeline
    session_stats: SessionStats
    instrumentation: Instrumentation


class SessionLine(Model):
    """A session in a list."""

    id: str
    session_id: str
    title: str
    status: str
    stage: str
    created_at: datetime


class SessionList(Model):
    """All sessions, newest first."""

    success: bool = True
    count: int
    sessions: tuple[SessionLine, ...]


class SessionMessage(Model):
    """One thing said."""

    id: str
    role: str
    content: str
    timestamp: datetime


class Session(Model):
    """A session as it is now."""

    success: bool = True
    id: str
    session_id: str
    prompt: str
    status: str
    stage: str
    awaiting_input: bool
    checkpoint: dict[str, Any] | None
    pipeline: Pipeline
    session_stats: SessionStats
    messages: tuple[SessionMessage, ...]
    input_images: tuple[UploadedFile, ...]
    created_at: datetime
    updated_at: datetime


class SessionPipeline(Pipeline):
    """The pipeline of one session."""

    success: bool = True
    session_id: str


class SessionAssets(Model):
    """The assets of one session."""

    success: bool = True
    session_id: str
    assets: Assets


class SessionCancelled(Model):
    """The session will end."""

    success: bool = True
    session_id: str
    message: str
