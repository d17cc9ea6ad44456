"""Problems: errors as ``application/problem+json`` (RFC 9457), in words a person can act on."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from pydantic import Field, JsonValue, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from temporalio.service import RPCError, RPCStatusCode

from studio.model import Model, in_words
from studio.store import StoreAwayError
from workflows import contract
from workflows.client import NoSuchShootError, RejectedError

logger = logging.getLogger(__name__)

_CONFLICTS = {contract.NOT_WAITING: "not-waiting", contract.STALE_CHECKPOINT: "stale-checkpoint"}
_AWAY = "Temporal or its workers are out of reach; what was started goes on. Try again shortly"
_STORE_AWAY = "The artifact store is out of reach; nothing that was made is lost. Try again shortly"


class ProblemDocument(Model):
    """An error as it is sent. ``detail``, ``error`` and ``message`` are one sentence."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    success: bool = False
    error: str
    message: str
    errors: list[JsonValue] = Field(default_factory=list)
    """One entry a file, where files were refused."""
    checkpoint: JsonValue = None
    """The checkpoint that is open now, where a decision came too late."""


class Problem(Exception):
    """An answer that says what is wrong. Raise it anywhere below a handler."""

    def __init__(
        self,
        status: int,
        detail: str,
        code: str | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.code = code or HTTPStatus(status).phrase.lower().replace(" ", "-")
        self.headers = dict(headers or {})
        self.more = more

    def response(self) -> JSONResponse:
        """The problem as an answer."""
        document = ProblemDocument(
            title=HTTPStatus(self.status).phrase,
            status=self.status,
            code=self.code,
            detail=self.detail,
            error=self.detail,
            message=self.detail,
            **self.more,
        )
        return JSONResponse(
            document.model_dump(mode="json", exclude_defaults=True)
            | {"type": document.type, "success": False},
            self.status,
            self.headers,
            media_type="application/problem+json",
        )


def invalid(error: ValidationError, status: int = 422) -> Problem:
    """What does not fit in a request, field by field, without repeating the input."""
    return Problem(status, in_words(error), "invalid")


def rejected(error: RejectedError, checkpoint: JsonValue = None) -> Problem:
    """A decision that was not taken: 409 when it came at the wrong moment, else 422."""
    if error.code in _CONFLICTS:
        return Problem(409, str(error), _CONFLICTS[error.code], checkpoint=checkpoint)
    return Problem(422, str(error), "not-applicable")


def translate(error: Exception) -> Problem:
    """Any exception as a problem; the unforeseen ones are logged and told without details."""
    match error:
        case Problem():
            return error
        case HTTPException(status_code=status, detail=detail):
            return Problem(status, _sentence(status, detail), headers=error.headers)
        case NoSuchShootError():
            return Problem(404, str(error))
        case RejectedError():
            return rejected(error)
        case ValidationError():
            return invalid(error)
        case RPCError() if error.status is not RPCStatusCode.INVALID_ARGUMENT:
            return Problem(503, _AWAY, "temporal-away", headers={"Retry-After": "2"})
        case StoreAwayError():
            logger.warning("a request waits for the store: %s", error)
            return Problem(503, _STORE_AWAY, "store-away", headers={"Retry-After": "5"})
        case _:
            logger.error("a request failed", exc_info=error)
            return Problem(500, "Something broke here; the log says what. Try again")


TRANSLATED: tuple[type[Exception], ...] = (
    HTTPException,
    Problem,
    NoSuchShootError,
    RejectedError,
    ValidationError,
    RPCError,
    StoreAwayError,
)
"""What handlers let through, by type; everything else is a fault of ours."""


async def answer(request: Request, error: Exception) -> JSONResponse:
    """Starlette's exception handler."""
    return translate(error).response()


def _sentence(status: int, detail: str) -> str:
    match status:
        case 404:
            return "there is nothing at this address"
        case 405:
            return "this address does not take that method"
        case _:
            return detail
