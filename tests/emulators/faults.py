"""Ways to misbehave, each for one request, and the queues in which they wait."""

from __future__ import annotations

import json
import threading
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "answer",
    "hang",
    "hang-after",
    "cut",
    "cut-after",
    "truncated",
    "short",
    "slow",
    "job",
    "broken-stream",
    "ended-stream",
    "error-in-stream",
    "silent-stream",
]


@dataclass(frozen=True)
class Fault:
    """One misdeed. Build it with the functions below."""

    kind: Kind
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    amount: float = 0.0


def answer(status: int, body: object = "", **headers: str) -> Fault:
    """Answer with this instead of handling the request; nothing is accepted.

    Header names are given with underscores: ``retry_after="7"``.
    """
    sent = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    kind = "text/plain" if isinstance(body, str) else "application/json"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fault("answer", status, {"content-type": kind, **named}, sent)


def hang() -> Fault:
    """Read the request and never answer; nothing is accepted."""
    return Fault("hang")


def hang_after() -> Fault:
    """Accept the request and never answer."""
    return Fault("hang-after")


def cut() -> Fault:
    """Break the connection once the request is read; nothing is accepted."""
    return Fault("cut")


def cut_after() -> Fault:
    """Accept the request, then break the connection instead of answering."""
    return Fault("cut-after")


def truncated(share: float = 0.5) -> Fault:
    """Announce the whole body, send a share of it, break off."""
    return Fault("truncated", amount=share)


def short(share: float = 0.5) -> Fault:
    """Send a share of the body as if it were all of it."""
    return Fault("short", amount=share)


def slow(bytes_per_second: float) -> Fault:
    """Send the body at this rate."""
    return Fault("slow", amount=bytes_per_second)


def expired() -> Fault:
    """A link that is not valid any more."""
    return answer(403, "<Error><Code>AccessDenied</Code><Message>Request has expired</Message>")


# ------------------------------------------------------------------------------------- fal


def fal_unauthorized() -> Fault:
    return answer(401, {"detail": "Cannot access application without a valid key"})


def fal_no_credit() -> Fault:
    words = "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard"
    return answer(403, {"detail": words})


def fal_busy(seconds: int | None = None) -> Fault:
    headers = {} if seconds is None else {"retry_after": str(seconds)}
    return answer(429, {"detail": "Too many concurrent requests"}, **headers)


def fal_error(
    type: str, message: str, *, status: int = 422, loc: str = "prompt", retryable: str | None = None
) -> Fault:
    """The accepted job fails with a model error; a fault for the route ``job``."""
    error = {"loc": ["body", loc], "msg": message, "type": type, "input": "…"}
    headers = {} if retryable is None else {"x-fal-retryable": retryable}
    sent = json.dumps({"detail": [error]}).encode()
    return Fault("job", status, {"content-type": "application/json", **headers}, sent)


def fal_policy() -> Fault:
    words = "The content could not be processed because it was flagged by a content checker."
    return fal_error("content_policy_violation", words, retryable="false")


# ----------------------------------------------------------------------------------- Kling


def kling_error(status: int, code: int, message: str, **headers: str) -> Fault:
    return answer(status, {"code": code, "message": message, "request_id": "emulated"}, **headers)


def kling_unauthorized() -> Fault:
    return kling_error(401, 1002, "Authorization is invalid")


def kling_no_credit() -> Fault:
    return kling_error(429, 1102, "Resource pack has been depleted or has expired")


def kling_busy() -> Fault:
    return kling_error(429, 1303, "parallel task over resource pack limit")


def kling_policy() -> Fault:
    return kling_error(400, 1301, "Input data contains sensitive content")


def kling_failed(message: str = "Failure to pass the risk control system") -> Fault:
    """The accepted task fails; a fault for the route ``task``."""
    return Fault("job", body=message.encode())


# ------------------------------------------------------------------------------- Anthropic


def anthropic_error(status: int, type: str, message: str, **headers: str) -> Fault:
    error = {"type": type, "message": message}
    return answer(status, {"type": "error", "error": error, "request_id": "req_1"}, **headers)


def anthropic_overloaded() -> Fault:
    return anthropic_error(529, "overloaded_error", "Overloaded")


def broken_stream(after: int) -> Fault:
    """Break the connection after so many events."""
    return Fault("broken-stream", amount=after)


def ended_stream(after: int) -> Fault:
    """End the body cleanly after so many events, without ``message_stop``."""
    return Fault("ended-stream", amount=after)


def error_in_stream(
    after: int, type: str = "overloaded_error", message: str = "Overloaded"
) -> Fault:
    """Send an ``error`` event after so many events."""
    error = {"type": "error", "error": {"type": type, "message": message}}
    return Fault("error-in-stream", body=json.dumps(error).encode(), amount=after)


def silent_stream(after: int) -> Fault:
    """Send so many events, then nothing, with the connection open."""
    return Fault("silent-stream", amount=after)


class Faults:
    """What shall go wrong next, by route. Safe to fill from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, deque[Fault | None]] = defaultdict(deque)

    def put(self, route: str, fault: Fault, times: int = 1, after: int = 0) -> None:
        """Let ``times`` requests to ``route`` suffer ``fault``, once ``after`` more were well."""
        with self._lock:
            self._waiting[route].extend([None] * after)
            self._waiting[route].extend([fault] * times)

    def take(self, route: str) -> Fault | None:
        """The fault for the next request to ``route``."""
        with self._lock:
            waiting = self._waiting[route]
            return waiting.popleft() if waiting else None

    def clear(self) -> None:
        """Misbehave no more."""
        with self._lock:
            self._waiting.clear()
