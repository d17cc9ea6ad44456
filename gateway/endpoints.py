"""Endpoints: what can be called, declared once; the routes and the description follow from it.

Whoever adds a call says who may make it; nothing is open that does not say so, and an address that
names a shoot reaches its handler only for those who may see that shoot.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.access import COOKIE, Person
from gateway.context import Call, Gateway
from gateway.problems import Problem
from studio.shoot import WORKFLOW_ID_PATTERN
from workflows.client import NoSuchShootError

Handler = Callable[[Call], Awaitable[Response]]
Answer = type[BaseModel] | str | None
"""What comes back with a status: a model as JSON, another media type, or nothing."""

ROUTE = "shoot.route"
STRANGER = Person("")
"""Who calls what is open to everybody: nothing is theirs."""
_ID = re.compile(WORKFLOW_ID_PATTERN)


@dataclass(frozen=True)
class Parameter:
    """A parameter in the query, a header or the path."""

    name: str
    where: Literal["query", "header", "path"]
    schema: Mapping[str, Any]
    words: str = ""


@dataclass(frozen=True)
class Endpoint:
    """One call: how it is made, who may make it, what may come back."""

    method: Literal["GET", "POST"]
    path: str
    handler: Handler
    summary: str
    answers: Mapping[int, Answer]
    access: Literal["open", "person", "shoot"] = "person"
    body: type[BaseModel] | Literal["files"] | None = None
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[int, ...] = ()
    """Further errors than those that follow from the rest."""
    tag: str = "native"
    streams: bool = False
    parts: Mapping[str, str] = field(default_factory=dict)
    """Path parameters that are no shoot's id, and what they are."""

    @property
    def described_path(self) -> str:
        """The path as OpenAPI writes it."""
        return re.sub(r":\w+}", "}", self.path)

    def route(self, gateway: Gateway) -> Route:
        """The route, with its checks in front of the handler."""

        async def endpoint(request: Request) -> Response:
            request.scope[ROUTE] = self.described_path
            call = await self._admit(request, gateway)
            if self.streams and request.method == "HEAD":
                return Response(media_type=next(a for a in self.answers.values() if a))  # type: ignore[arg-type]
            return await self.handler(call)

        return Route(self.path, endpoint, methods=[self.method])

    async def _admit(self, request: Request, gateway: Gateway) -> Call:
        if self.access == "open":
            return Call(request, gateway, STRANGER)
        if COOKIE in request.cookies:
            await gateway.access.signouts.refresh()
        person = gateway.access.person(request)
        if person is None:
            raise Problem(
                401,
                "sign in, or send a token as 'Authorization: Bearer …'",
                headers={"WWW-Authenticate": "Bearer"},
            )
        if self.access == "person":
            return Call(request, gateway, person)
        shoot_id = str(request.path_params["id"])
        if not _ID.fullmatch(shoot_id):
            raise NoSuchShootError(f"no shoot is called {shoot_id[:64]!r}")
        await gateway.admit(person, shoot_id)
        return Call(request, gateway, person, shoot_id)
