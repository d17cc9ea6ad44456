"""Origins: which pages may talk to the gateway, judged by the Host and Origin headers.

A browser sends requests for any page that asks it to. On an open gateway the Host header keeps out
pages whose name was re-pointed at this machine (DNS rebinding); everywhere the Origin header keeps
other sites from changing anything with a signed-in person's cookie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from starlette.requests import Request

from gateway.access import is_loopback
from gateway.problems import Problem
from studio.settings import Settings, SettingsError

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Origins:
    """The gateway's rules. ``named`` are further origins, such as ``https://studio.example``."""

    loopback: bool
    open: bool
    named: Sequence[str] = ()

    @classmethod
    def of(cls, settings: Settings, is_open: bool) -> Origins:
        """From the settings. Raises :class:`SettingsError` for what is no origin."""
        named = tuple(settings.origins.replace(",", " ").split())
        for origin in named:
            parts = _split(origin)
            if parts is None or parts.scheme not in ("http", "https") or parts.path:
                raise SettingsError(
                    f"SHOOT_ORIGINS={origin}: an origin is like https://studio.example, "
                    "without a path"
                )
        return cls(is_loopback(settings.host), is_open, named)

    def check(self, request: Request) -> None:
        """Raise 403 for a host or an origin that may not talk to this gateway."""
        if self.open:
            self._check_host(request.headers.get("host", ""))
        if request.method not in SAFE_METHODS:
            self._check_origin(request)

    def _check_host(self, host: str) -> None:
        name = _name(host)
        known = {_name(origin.partition("://")[2]) for origin in self.named}
        if not is_loopback(name) and name not in known:
            raise Problem(
                403,
                "this gateway answers to localhost only: without a token it is open to this "
                "machine, and to no other name",
                "foreign-host",
            )

    def _check_origin(self, request: Request) -> None:
        origin = request.headers.get("origin")
        if origin is None:
            if request.headers.get("sec-fetch-site", "none") in ("cross-site", "same-site"):
                raise _foreign()
            return
        parts = _split(origin)
        own = request.headers.get("host", "")
        if parts is not None and parts.netloc and parts.netloc.lower() == own.lower():
            return
        if origin in self.named:
            return
        if self.loopback and parts is not None and is_loopback(parts.hostname or ""):
            return
        raise _foreign()


def _foreign() -> Problem:
    return Problem(
        403,
        "this request came from a page of another site: name its origin in SHOOT_ORIGINS if it "
        "may change things here",
        "foreign-origin",
    )


def _split(origin: str) -> SplitResult | None:
    try:
        parts = urlsplit(origin)
        return parts if parts.hostname is not None else None
    except ValueError:
        return None


def _name(host: str) -> str:
    """The name of a Host header, without its port."""
    parts = _split(f"//{host}")
    return (parts.hostname or "").lower() if parts else ""
