"""The application: the gateway's parts put together."""

from __future__ import annotations

from importlib.metadata import version

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from gateway import openapi, pages, problems, routes, sessionroutes
from gateway.access import Access
from gateway.catalogue import Catalogue
from gateway.context import Gateway
from gateway.door import Door
from gateway.endpoints import ROUTE, Endpoint
from gateway.hub import Hub, HubPolicy
from gateway.metrics import Metrics
from gateway.origins import Origins
from gateway.photos import Photos
from gateway.pictures import Pictures
from gateway.signouts import SignOuts
from studio.settings import Settings
from studio.shoot import Providers
from workflows.client import Shoots

DESCRIPTION = "/api/openapi.json"


def build(
    shoots: Shoots,
    settings: Settings,
    providers: Providers | None = None,
    hub_policy: HubPolicy | None = None,
) -> Gateway:
    """The gateway's parts. Raises ``SettingsError`` where it must not be started like this."""
    access = Access.of(settings, SignOuts(shoots.records.store))
    metrics = Metrics()
    hub = Hub(shoots, hub_policy, metrics.gaps.inc)
    metrics.watch(lambda: hub.viewers, lambda: hub.channels)
    store = shoots.records.store
    return Gateway(
        shoots=shoots,
        settings=settings,
        access=access,
        origins=Origins.of(settings, access.is_open),
        hub=hub,
        catalogue=Catalogue(shoots),
        photos=Photos(store),
        pictures=Pictures(store, settings.home / "cache" / "pictures"),
        metrics=metrics,
        providers=providers or Providers(),
    )


def endpoints() -> list[Endpoint]:
    """Every call there is."""
    return [*routes.native(), *sessionroutes.session()]


def application(gateway: Gateway) -> Starlette:
    """The ASGI application."""
    described = endpoints()
    document = openapi.describe(described, version("shoot-studio"))

    async def description(request: Request) -> JSONResponse:
        request.scope[ROUTE] = DESCRIPTION
        return JSONResponse(document, headers={"Cache-Control": "no-cache"})

    middleware = [Middleware(Door, gateway=gateway)]
    if gateway.origins.named:
        middleware.insert(0, _cors(gateway.origins))
    own: list[BaseRoute] = [one.route(gateway) for one in described]
    return Starlette(
        routes=[*own, Route(DESCRIPTION, description), *pages.routes(gateway)],
        middleware=middleware,
        exception_handlers=dict.fromkeys(problems.TRANSLATED, problems.answer),
    )


def _cors(origins: Origins) -> Middleware:
    return Middleware(
        CORSMiddleware,
        allow_origins=list(origins.named),
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID"],
        allow_credentials=True,
        expose_headers=["Location", "ETag", "Content-Range"],
    )
