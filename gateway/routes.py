"""The native API: every call, who may make it, and what may come back."""

from __future__ import annotations

from gateway import events, health, interpreting, listing, options, outputs, shoots, signin, uploads
from gateway.endpoints import Endpoint, Parameter
from gateway.wire import (
    Cancelling,
    DecisionRequest,
    Health,
    NewShoot,
    OptionsDocument,
    Readiness,
    Saying,
    ShootPage,
    SignedIn,
    SignIn,
    Understood,
    Uploaded,
)
from studio.decisions import Receipt
from studio.shoot import ShootState
from studio.stages import ShootStatus, Stage

KEY = Parameter(
    "Idempotency-Key",
    "header",
    {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
    "The same key again has the same effect once",
)
_WIDTH = Parameter(
    "width", "query", {"enum": ["160", "320", "640", "1280"]}, "Scale a picture down, as WebP"
)
_DOWNLOAD = Parameter("download", "query", {"enum": ["1"]}, "Make the browser save it")
_RANGE = Parameter("Range", "header", {"type": "string"}, "One range of bytes")
_AFTER = Parameter(
    "after", "query", {"type": "integer", "minimum": -1, "maximum": 10**14}, "Resume behind it"
)
_LAST = Parameter("Last-Event-ID", "header", {"type": "string"}, "Resume behind it")
_MEDIA = "application/octet-stream"


def native() -> list[Endpoint]:
    """The endpoints of the native API."""
    return [*_system(), *_sign_in(), *_shoots(), *_media()]


def _system() -> list[Endpoint]:
    return [
        Endpoint("GET", "/api/health", health.health, "It lives", {200: Health}, access="open"),
        Endpoint(
            "GET",
            "/api/ready",
            health.ready,
            "What it needs is within reach",
            {200: Readiness, 503: Readiness},
            access="open",
        ),
        Endpoint("GET", "/metrics", health.metrics, "For Prometheus", {200: "text/plain"}),
        Endpoint("GET", "/api/options", options.get, "Presets and limits", {200: OptionsDocument}),
    ]


def _sign_in() -> list[Endpoint]:
    return [
        Endpoint(
            "POST",
            "/api/sign-in",
            signin.sign_in,
            "Exchange a token for a cookie",
            {200: SignedIn},
            access="open",
            body=SignIn,
            problems=(401, 429),
        ),
        Endpoint(
            "POST",
            "/api/sign-out",
            signin.sign_out,
            "Forget the cookie",
            {200: SignedIn},
            access="open",
        ),
    ]


def _shoots() -> list[Endpoint]:
    one = "/api/shoots/{id}"
    return [
        Endpoint(
            "POST",
            "/api/shoots",
            shoots.create,
            "Begin a shoot",
            {201: ShootState, 200: ShootState},
            body=NewShoot,
            parameters=(KEY,),
            problems=(404,),
        ),
        Endpoint(
            "GET",
            "/api/shoots",
            listing.page,
            "The shoots, newest first",
            {200: ShootPage},
            parameters=(
                Parameter("status", "query", {"enum": list(ShootStatus)}, "Only these"),
                Parameter("stage", "query", {"enum": list(Stage)}, "Only these"),
                Parameter("limit", "query", {"type": "integer", "minimum": 1, "maximum": 100}),
                Parameter("cursor", "query", {"type": "string"}, "Where the last page ended"),
            ),
        ),
        Endpoint("GET", one, shoots.get, "A shoot", {200: ShootState}, access="shoot"),
        Endpoint(
            "GET",
            f"{one}/events",
            events.watch,
            "Its events, live and replayed",
            {200: "text/event-stream", 204: None},
            access="shoot",
            parameters=(_AFTER, _LAST),
            streams=True,
        ),
        Endpoint(
            "POST",
            f"{one}/decisions",
            shoots.decide,
            "Answer a checkpoint",
            {202: Receipt},
            access="shoot",
            body=DecisionRequest,
            parameters=(KEY,),
            problems=(409,),
        ),
        Endpoint(
            "POST",
            f"{one}/interpret",
            interpreting.interpret,
            "What words would be taken for, and cost",
            {200: Understood},
            access="shoot",
            body=Saying,
            problems=(409,),
        ),
        Endpoint(
            "POST",
            f"{one}/cancel",
            shoots.cancel,
            "End it",
            {202: Cancelling},
            access="shoot",
            problems=(409,),
        ),
        Endpoint(
            "GET",
            f"{one}/export",
            shoots.export,
            "The takes in use, as a zip",
            {200: "application/zip"},
            access="shoot",
            streams=True,
        ),
    ]


def _media() -> list[Endpoint]:
    sent = {200: _MEDIA, 206: _MEDIA, 304: None}
    return [
        Endpoint(
            "POST",
            "/api/uploads",
            uploads.create,
            "Upload references",
            {200: Uploaded},
            body="files",
        ),
        Endpoint(
            "GET",
            "/outputs/{id}/{path:path}",
            outputs.output,
            "An artifact",
            sent,
            access="shoot",
            parameters=(_WIDTH, _DOWNLOAD, _RANGE),
            problems=(416,),
            parts={"path": "The artifact's name, or takes/{stage}/{number}/{name}"},
            tag="media",
        ),
        Endpoint(
            "GET",
            "/uploads/{name}",
            outputs.upload,
            "A reference",
            sent,
            parameters=(_WIDTH, _DOWNLOAD, _RANGE),
            problems=(404, 416),
            parts={"name": "Its file name"},
            tag="media",
        ),
    ]
