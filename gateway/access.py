"""Access: who somebody is, by token or cookie, and how often one may guess.

A token names an owner. The cookie holds no token: it is the owner, an expiry, a number of its own
and a signature made with the owner's token, so that taking a token away ends its cookies too, on
every gateway alike. The number is what signing out ends.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from gateway.problems import Problem
from gateway.signouts import SignOuts
from studio.settings import Settings, SettingsError
from studio.shoot import OWNER_PATTERN

COOKIE = "shoot_session"
COOKIE_SECONDS = 30 * 24 * 3600
MIN_TOKEN = 16
_OWNER = re.compile(OWNER_PATTERN)


@dataclass(frozen=True)
class Person:
    """Who is asking. ``owner`` is ``None`` on a gateway that is open to this machine."""

    owner: str | None

    def may_see(self, owner: str | None) -> bool:
        """Whether what belongs to ``owner`` is this person's to see."""
        return self.owner is None or self.owner == owner


NOBODY_IN_PARTICULAR = Person(None)


class Throttle:
    """Counts failures by address: ``allowed`` in ``seconds``, then a pause. Bounded memory.

    It answers wrong tokens only. A right one is taken whatever others at the same address have
    tried, or anybody behind a shared proxy could lock the others out; what keeps a token from being
    guessed is its length.
    """

    def __init__(self, allowed: int = 5, seconds: float = 60.0, remembered: int = 10_000) -> None:
        self._allowed, self._seconds, self._remembered = allowed, seconds, remembered
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def check(self, address: str) -> None:
        """Raise 429 where this address has failed too often."""
        count, since = self._failures.get(address, (0, 0.0))
        left = since + self._seconds - time.monotonic()
        if count >= self._allowed and left > 0:
            raise Problem(
                429,
                f"too many wrong tokens from this address: try again in {left:.0f} seconds",
                headers={"Retry-After": str(max(1, round(left)))},
            )

    def failed(self, address: str) -> None:
        """Note a failure."""
        now = time.monotonic()
        count, since = self._failures.pop(address, (0, now))
        if now - since > self._seconds:
            count, since = 0, now
        self._failures[address] = (count + 1, since)
        while len(self._failures) > self._remembered:
            self._failures.popitem(last=False)


@dataclass(frozen=True)
class Access:
    """The tokens by owner; empty means open to this machine."""

    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)
    throttle: Throttle = field(default_factory=Throttle)
    signouts: SignOuts = field(default_factory=SignOuts)

    @classmethod
    def of(cls, settings: Settings, signouts: SignOuts | None = None) -> Access:
        """Read the tokens. Raises :class:`SettingsError` for bad ones, and for none in the open."""
        tokens = parse_tokens(settings.tokens.get_secret_value() if settings.tokens else "")
        if not tokens and not is_loopback(settings.host):
            raise SettingsError(
                f"SHOOT_HOST={settings.host}: other machines could reach the studio, and no token "
                "is set: set SHOOT_TOKENS to owner:token, or listen on 127.0.0.1"
            )
        return cls(tokens, signouts=signouts or SignOuts())

    @property
    def is_open(self) -> bool:
        """Whether nobody needs a token."""
        return not self.tokens

    def person(self, request: Request) -> Person | None:
        """Who sent ``request``; ``None`` where a token is needed and none is right."""
        if self.is_open:
            return NOBODY_IN_PARTICULAR
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            owner = self._checked(request, token.strip())
            return Person(owner) if owner else None
        owner = self.owner_of_cookie(request.cookies.get(COOKIE, ""), time.time())
        return Person(owner) if owner else None

    def _checked(self, request: Request, token: str) -> str | None:
        """Whose token it is; a wrong one counts against its address, and is a 429 in the end."""
        owner = self.owner_of(token)
        if owner is None:
            address = address_of(request)
            self.throttle.check(address)
            self.throttle.failed(address)
        return owner

    def owner_of(self, token: str) -> str | None:
        """Whose token it is. Takes as long for a wrong one as for a right one."""
        digest = hashlib.sha256(token.encode()).digest()
        found = None
        for owner, known in self.tokens.items():
            if hmac.compare_digest(digest, hashlib.sha256(known.encode()).digest()):
                found = owner
        return found

    def owner_of_cookie(self, value: str, now: float) -> str | None:
        """Whose cookie it is, where it is genuine, has not expired and was not signed out."""
        owner, expiry, number, signature = (value.split(".") + [""] * 4)[:4]
        token = self.tokens.get(owner)
        if token is None or not expiry.isdecimal() or len(expiry) > 12 or int(expiry) < now:
            return None
        expected = _sign(token, owner, expiry, number)
        if not hmac.compare_digest(signature.encode(), expected.encode()):
            return None
        return None if self.signouts.has(number) else owner

    def sign_in(self, request: Request, token: str, response: Response) -> str:
        """Set the cookie for a right token on ``response``. Raises 401 or 429."""
        owner = self._checked(request, token)
        if owner is None:
            raise Problem(401, "this token is not known here", "unknown-token")
        expiry, number = str(int(time.time()) + COOKIE_SECONDS), secrets.token_hex(16)
        response.set_cookie(
            COOKIE,
            f"{owner}.{expiry}.{number}.{_sign(self.tokens[owner], owner, expiry, number)}",
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return owner

    async def sign_out(self, request: Request) -> None:
        """End the session of the request's cookie, if it is one of ours, on every gateway."""
        value = request.cookies.get(COOKIE, "")
        if self.owner_of_cookie(value, time.time()):
            _, expiry, number, _ = value.split(".")
            await self.signouts.add(number, int(expiry))


def parse_tokens(text: str) -> dict[str, str]:
    """``owner:token`` pairs, separated by commas or white space. Never repeats a token."""
    tokens: dict[str, str] = {}
    for number, pair in enumerate(text.replace(",", " ").split(), start=1):
        owner, separator, token = pair.partition(":")
        if not separator or not _OWNER.fullmatch(owner):
            raise SettingsError(
                f"SHOOT_TOKENS: entry {number} is not owner:token, the owner being "
                "letters, digits, '-' or '_'"
            )
        if len(token) < MIN_TOKEN:
            raise SettingsError(
                f"SHOOT_TOKENS: the token of {owner} has {len(token)} characters; at least "
                f"{MIN_TOKEN} are needed"
            )
        if owner in tokens or token in tokens.values():
            raise SettingsError(f"SHOOT_TOKENS: entry {number} repeats an owner or a token")
        tokens[owner] = token
    return tokens


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine alone."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def address_of(request: Request) -> str:
    """The address a request came from."""
    return request.client.host if request.client else "unknown"


def _sign(token: str, owner: str, expiry: str, number: str) -> str:
    key = hashlib.sha256(b"shoot cookie\0" + token.encode()).digest()
    return hmac.new(key, f"{owner}.{expiry}.{number}".encode(), hashlib.sha256).hexdigest()
