"""The session API: every call of the existing front end."""

from __future__ import annotations

from gateway import sessions, uploads
from gateway.endpoints import Endpoint, Handler, Parameter
from gateway.sessionwire import (
    ContinueRequest,
    Session,
    SessionAssets,
    SessionCancelled,
    SessionList,
    SessionPipeline,
    TurnRequest,
    TurnResult,
)
from gateway.sse import MEDIA_TYPE
from gateway.wire import Uploaded

_ONE = "/api/sessions/{id}"
_LAST = Parameter("Last-Event-ID", "header", {"type": "string"}, "Resume behind it")


def session() -> list[Endpoint]:
    """The endpoints of the session API."""
    return [
        Endpoint(
            "POST",
            "/api/upload",
            uploads.create,
            "Upload references",
            {200: Uploaded},
            body="files",
            tag="session",
        ),
        _start("/api/generate-stream", sessions.generate_stream, MEDIA_TYPE),
        _start("/api/generate", sessions.generate, TurnResult),
        _continue("continue-stream", sessions.continue_stream, MEDIA_TYPE),
        _continue("continue", sessions.continue_once, TurnResult),
        Endpoint(
            "GET",
            "/api/sessions",
            sessions.listed,
            "The sessions, newest first",
            {200: SessionList},
            tag="session",
        ),
        _look("", sessions.get, "A session", Session),
        _look("/pipeline", sessions.stages, "How far it is", SessionPipeline),
        _look("/assets", sessions.assets, "Its results", SessionAssets),
        Endpoint(
            "GET",
            f"{_ONE}/stream",
            sessions.watch,
            "Its turn, live",
            {200: MEDIA_TYPE, 204: None},
            access="shoot",
            parameters=(_LAST,),
            tag="session",
            streams=True,
        ),
        Endpoint(
            "POST",
            f"{_ONE}/cancel",
            sessions.cancel,
            "End it",
            {200: SessionCancelled},
            access="shoot",
            problems=(409,),
            tag="session",
        ),
    ]


def _start(path: str, handler: Handler, answer: type[TurnResult] | str) -> Endpoint:
    words = "Start, continue or attach to a session"
    return Endpoint(
        "POST",
        path,
        handler,
        words,
        {200: answer},
        body=TurnRequest,
        problems=(404, 409),
        tag="session",
    )


def _continue(name: str, handler: Handler, answer: type[TurnResult] | str) -> Endpoint:
    return Endpoint(
        "POST",
        f"{_ONE}/{name}",
        handler,
        "Answer a session",
        {200: answer},
        access="shoot",
        body=ContinueRequest,
        problems=(409,),
        tag="session",
    )


def _look(
    part: str,
    handler: Handler,
    words: str,
    answer: type[Session | SessionPipeline | SessionAssets],
) -> Endpoint:
    return Endpoint(
        "GET", f"{_ONE}{part}", handler, words, {200: answer}, access="shoot", tag="session"
    )
