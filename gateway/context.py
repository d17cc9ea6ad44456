"""The gateway's own things, and one call made to it."""

from __future__ import annotations

import asyncio
import json
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request
from temporalio.service import RPCError

from gateway.access import Access, Person
from gateway.catalogue import Catalogue
from gateway.hub import Hub
from gateway.metrics import Metrics
from gateway.origins import Origins
from gateway.photos import Photos
from gateway.pictures import Pictures
from gateway.problems import Problem, invalid
from gateway.sse import EventStream
from studio.settings import Settings
from studio.shoot import Providers, ShootState
from studio.store import ArtifactStore
from workflows.client import NoSuchShootError, Shoots

MAX_JSON = 256 * 1024
_PROMPT_SECONDS = 5.0
_OWNERS_REMEMBERED = 20_000
M = TypeVar("M", bound=BaseModel)


@dataclass
class Gateway:
    """What every handler works with. One a process."""

    shoots: Shoots
    settings: Settings
    access: Access
    origins: Origins
    hub: Hub
    catalogue: Catalogue
    photos: Photos
    pictures: Pictures
    metrics: Metrics
    providers: Providers
    """Who would render by default, and at what price, by the keys of this machine."""
    _owners: OrderedDict[str, str | None] = field(default_factory=OrderedDict)
    _streams: Counter[str] = field(default_factory=Counter)

    @property
    def store(self) -> ArtifactStore:
        """Where the artifacts are."""
        return self.shoots.records.store

    async def admit(self, person: Person, shoot_id: str) -> None:
        """Raise :class:`NoSuchShootError` where there is no such shoot for ``person``.

        A shoot never changes its owner, so who it is is asked once.
        """
        if shoot_id not in self._owners:
            self._owners[shoot_id] = await self.shoots.owner(shoot_id)
            if len(self._owners) > _OWNERS_REMEMBERED:
                self._owners.popitem(last=False)
        if not person.may_see(self._owners[shoot_id]):
            raise NoSuchShootError(f"no shoot is called {shoot_id!r}")

    def enter_stream(self, person: Person) -> Callable[[], None]:
        """Count one more stream of ``person``; returns what takes it off the count again.

        A gateway without tokens is open to one machine alone and counts nobody.
        """
        owner, most = person.owner, self.settings.streams_per_owner
        if owner is None:
            return lambda: None
        if self._streams[owner] >= most:
            raise Problem(
                429,
                f"{most} event streams are open for {owner}, which is the most one may have "
                "(SHOOT_STREAMS_PER_OWNER): close one and try again",
                "too-many-streams",
                headers={"Retry-After": "5"},
            )
        self._streams[owner] += 1
        return lambda: self._streams.subtract((owner,))

    async def prompt_state(self, shoot_id: str) -> ShootState | None:
        """The shoot as it is now, or ``None`` where the workers do not answer promptly."""
        try:
            async with asyncio.timeout(_PROMPT_SECONDS):
                return await self.shoots.state(shoot_id)
        except (RPCError, TimeoutError):
            return None

    async def state(self, person: Person, shoot_id: str) -> ShootState:
        """The shoot as it is now, for those who may see it. Raises :class:`NoSuchShootError`."""
        await self.admit(person, shoot_id)
        return await self.shoots.state(shoot_id)


@dataclass(frozen=True)
class Call:
    """One request, and who made it. ``shoot_id`` has been checked to be theirs."""

    request: Request
    gateway: Gateway
    person: Person
    shoot_id: str = ""

    async def state(self) -> ShootState:
        """The shoot that the address names."""
        return await self.gateway.shoots.state(self.shoot_id)

    async def json(self, model: type[M]) -> M:
        """The body as ``model``; 400 where it is no object or lacks something, 422 for the rest."""
        kind = self.request.headers.get("content-type", "application/json").partition(";")[0]
        if kind.strip().lower() != "application/json":
            raise Problem(415, f"{kind[:80]}: send application/json")
        try:
            content = json.loads(await self.body(MAX_JSON))
        except (ValueError, RecursionError):
            raise Problem(400, "the body is not JSON", "not-json") from None
        if not isinstance(content, dict):
            raise Problem(400, "the body must be a JSON object", "not-json")
        try:
            return model.model_validate_json(json.dumps(content))
        except ValidationError as error:
            raise invalid(error, 400 if _lacking(error) else 422) from None

    async def body(self, limit: int) -> bytes:
        """The whole body, up to ``limit`` bytes."""
        held = bytearray()
        try:
            async for chunk in self.request.stream():
                held += chunk
                if len(held) > limit:
                    raise Problem(413, f"the body has more than {limit // 1024} KB")
        except ClientDisconnect:
            raise Problem(400, "the request broke off") from None
        return bytes(held)

    def stream(self, chunks: AsyncIterator[bytes], lifetime: float | None = None) -> EventStream:
        """An answer that streams ``chunks`` of server-sent events.

        Raises 429 where the person has as many open as one may have.
        """
        gateway = self.gateway
        beat = gateway.hub.policy.heartbeat
        leave = gateway.enter_stream(self.person)
        return EventStream(chunks, gateway.metrics.cuts.inc, beat, lifetime, on_end=leave)

    def header(self, name: str, longest: int = 200) -> str | None:
        """A header's value, if it was sent. 400 where it is empty, too long or not printable."""
        value = self.request.headers.get(name)
        if value is None:
            return None
        if not 1 <= len(value) <= longest or not value.isprintable():
            raise Problem(400, f"{name}: 1 to {longest} printable characters")
        return value

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number from the query."""
        text = self.request.query_params.get(name)
        if text is None:
            return default
        digits = text.removeprefix("-")
        if not digits.isascii() or not digits.isdecimal() or len(digits) > 18:
            raise Problem(422, f"{name}: a whole number from {least} to {most}", "invalid")
        if not least <= int(text) <= most:
            raise Problem(422, f"{name}={text}: a whole number from {least} to {most}", "invalid")
        return int(text)


def _lacking(error: ValidationError) -> bool:
    """Whether something needed is missing or empty, and not only odd."""
    missing: list[Any] = [item for item in error.errors() if item["type"] == "missing"]
    prompt = [item for item in error.errors() if item["loc"] == ("prompt",)]
    return bool(missing or [p for p in prompt if p["type"] != "string_too_long"])
