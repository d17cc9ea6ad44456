"""The studio's page: static files at the root, and the page itself for every address of its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from gateway import signin
from gateway.context import Call, Gateway
from gateway.endpoints import STRANGER, Handler

FOLDER = Path(__file__).parent / "static"
_CACHE = {"Cache-Control": "no-cache"}


class Files(StaticFiles):
    """Static files that browsers keep and ask about: a new version shows at once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One file."""
        response = await super().get_response(path, scope)
        response.headers.setdefault("Cache-Control", _CACHE["Cache-Control"])
        return response


def routes(gateway: Gateway, folder: Path = FOLDER) -> list[BaseRoute]:
    """The page, the sign-in page, and their files. They go last: the files' address is the root."""

    async def page(request: Request) -> Response:
        if gateway.access.person(request) is None:
            return RedirectResponse("/sign-in", 303)
        if not (folder / "index.html").is_file():
            raise HTTPException(404)
        return FileResponse(folder / "index.html", headers=_CACHE)

    own: Mapping[str, Any] = {"/": page, "/new": page, "/shoots": page, "/shoots/{id}": page}
    return [
        *(Route(path, handler) for path, handler in own.items()),
        Route("/sign-in", _open(gateway, signin.page)),
        Route("/sign-in.css", _open(gateway, signin.style)),
        Mount("/", Files(directory=folder, check_dir=False)),
    ]


def _open(gateway: Gateway, handler: Handler) -> Any:
    async def endpoint(request: Request) -> Response:
        return await handler(Call(request, gateway, STRANGER))

    return endpoint
