"""What every stand-in has in common: routes, recorded calls, checks, and faults on the wire."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from tests.emulators.faults import Fault, Faults

Handler = Callable[["Call"], Awaitable["Reply"]]
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
CHUNK = 64 * 1024


@dataclass
class Call:
    """One request as it came. ``route`` is the stand-in's own name for what it asks."""

    route: str
    method: str
    host: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    part: dict[str, str] = field(default_factory=dict)
    status: int | None = None

    @property
    def json(self) -> Any:
        """The body as JSON; raises ``ValueError`` if it is none."""
        return json.loads(self.body)


@dataclass
class Reply:
    """One answer; ``events`` instead of ``body`` for a stream of server-sent events."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    events: Sequence[bytes] | None = None


def _unchanged(answer: Reply) -> Reply:
    return answer


def reply(status: int, body: object, **headers: str) -> Reply:
    """An answer in JSON; header names are given with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, json.dumps(body).encode(), {"content-type": "application/json", **named})


@dataclass(frozen=True)
class Route:
    """``hosts`` and ``path`` are patterns; named groups of ``path`` reach the handler."""

    name: str
    method: str
    hosts: str
    path: str
    handler: Handler


class Provider(ABC):
    """One stand-in. ``calls`` is everything asked of it; ``complaints`` all that was not right."""

    hosts: tuple[str, ...] = ()

    def __init__(self, cut: Callable[[int], None]) -> None:
        self.faults = Faults()
        self.calls: list[Call] = []
        self.complaints: list[str] = []
        self._changes: dict[str, Callable[[Reply], Reply]] = {}
        self._cut = cut
        self._turn = threading.Condition()

    @abstractmethod
    def routes(self) -> list[Route]:
        """What can be asked."""

    def reset(self) -> None:
        """Forget all that happened."""
        self.faults.clear()
        self._changes.clear()
        self.calls.clear()
        self.complaints.clear()

    def fail_next(self, route: str, fault: Fault, times: int = 1, after: int = 0) -> None:
        """Let the next ``times`` requests to ``route`` go wrong, once ``after`` more went well."""
        self.faults.put(route, fault, times, after)

    def alter(self, route: str, change: Callable[[Reply], Reply]) -> None:
        """Let the answers of ``route`` come in another shape from now on, until it is reset."""
        self._changes[route] = change

    def asked(self, route: str) -> list[Call]:
        """The calls of one route so far."""
        return [call for call in self.calls if call.route == route]

    def await_calls(self, route: str | None = None, count: int = 1, within: float = 30) -> None:
        """Wait until there were ``count`` calls of ``route``, or of any; fails after a while."""
        with self._turn:
            reached = self._turn.wait_for(
                lambda: sum(route in (None, call.route) for call in self.calls) >= count, within
            )
        assert reached, f"fewer than {count} calls of {route or 'anything'} in {within} s"

    def complain(self, words: str) -> None:
        """Record that a request was not as the documents want it."""
        self.complaints.append(words)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call, handler = await self._read(scope, receive)
        with self._turn:
            self.calls.append(call)
            self._turn.notify_all()
        fault = self.faults.take(call.route)
        kind = fault.kind if fault else None
        port = scope["client"][1]
        if kind == "hang":
            return await _gone(receive)
        if kind == "cut":
            return self._cut(port)
        if kind == "answer" and fault:
            answer = Reply(fault.status, fault.body, dict(fault.headers))
        else:
            answer = self._changes.get(call.route, _unchanged)(await handler(call))
        call.status = answer.status
        if kind == "cut-after":
            return self._cut(port)
        if kind == "hang-after":
            return await _gone(receive)
        if answer.events is not None:
            return await _send_events(answer, fault, receive, send)
        return await _send_body(answer, fault, send)

    async def _read(self, scope: Scope, receive: Receive) -> tuple[Call, Handler]:
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "").partition(":")[0]
        query = {
            name: values[-1] for name, values in parse_qs(scope["query_string"].decode()).items()
        }
        body = b""
        while (message := await receive())["type"] == "http.request":
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        call = Call("unknown", scope["method"], host, scope["path"], query, headers, body)
        for route in self.routes():
            found = re.fullmatch(route.path, call.path)
            if found and route.method == call.method and re.fullmatch(route.hosts, host):
                call.route, call.part = route.name, found.groupdict()
                return call, route.handler
        return call, self._unknown

    async def _unknown(self, call: Call) -> Reply:
        self.complain(f"no such call: {call.method} https://{call.host}{call.path}")
        return reply(404, {"detail": "Not Found"})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


async def _send_body(answer: Reply, fault: Fault | None, send: Send) -> None:
    body = answer.body
    kind = fault.kind if fault else None
    share = round(len(body) * fault.amount) if fault else 0
    if kind == "short":
        body = body[:share]
    headers = {"content-length": str(len(body)), **answer.headers}
    await send(_start(answer.status, headers))
    if kind == "truncated":
        # Returning without the last part makes the server close the connection.
        return await send({"type": "http.response.body", "body": body[:share], "more_body": True})
    if kind == "slow" and fault:
        step = max(1, round(fault.amount / 20))
        for at in range(0, len(body), step):
            await send(
                {"type": "http.response.body", "body": body[at : at + step], "more_body": True}
            )
            await asyncio.sleep(0.05)
        body = b""
    return await send({"type": "http.response.body", "body": body})


async def _send_events(answer: Reply, fault: Fault | None, receive: Receive, send: Send) -> None:
    await send(_start(answer.status, {"content-type": "text/event-stream", **answer.headers}))
    events = list(answer.events or ())
    kind = fault.kind if fault else None
    if fault and kind in ("broken-stream", "ended-stream", "error-in-stream", "silent-stream"):
        events = events[: round(fault.amount)]
    for event in events:
        await send({"type": "http.response.body", "body": event, "more_body": True})
    if kind == "broken-stream":
        return None
    if kind == "silent-stream":
        return await _gone(receive)
    if kind == "error-in-stream" and fault:
        body = b"event: error\ndata: " + fault.body + b"\n\n"
        await send({"type": "http.response.body", "body": body, "more_body": True})
    return await send({"type": "http.response.body", "body": b""})


def _start(status: int, headers: dict[str, str]) -> dict[str, Any]:
    pairs = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    return {"type": "http.response.start", "status": status, "headers": pairs}
