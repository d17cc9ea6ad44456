"""The door: what is checked, added and counted on every request, whatever it asks for."""

from __future__ import annotations

import time

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.context import Gateway
from gateway.endpoints import ROUTE
from gateway.problems import translate

PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""For the studio's page. No inline scripts, no inline styles, nothing from elsewhere."""
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


class Door:
    """ASGI middleware in front of everything."""

    def __init__(self, app: ASGIApp, gateway: Gateway) -> None:
        self._app = app
        self._gateway = gateway
        shared = "cross-origin" if gateway.origins.named else "same-site"
        self._headers = {
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": shared,
            "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._dress(MutableHeaders(scope=message))
                self._count(scope, int(message["status"]), time.perf_counter() - began)
            await send(message)

        try:
            self._gateway.origins.check(Request(scope))
            await self._app(scope, receive, sending)
        except Exception as error:
            problem = translate(error)
            if not started:
                await problem.response()(scope, receive, sending)

    def _dress(self, headers: MutableHeaders) -> None:
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        headers.setdefault("Cache-Control", "no-store")
        page = headers.get("content-type", "").startswith(("text/html", "text/css"))
        headers.setdefault("Content-Security-Policy", PAGE_POLICY if page else DATA_POLICY)

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        route = scope.get(ROUTE, "page")
        self._gateway.metrics.requests.labels(route, scope["method"], status).inc()
        self._gateway.metrics.seconds.labels(route).observe(seconds)
