"""One HTTP exchange, tried once: bounded in time and size, and knowing whether it was sent.

Libraries that repeat requests by themselves know nothing of money. This client raises what is
not in their lists of things to repeat, so that every failure reaches us at once. Proxies and the
certificate authority come from the environment, as everywhere (``HTTPS_PROXY``,
``SSL_CERT_FILE``).
"""

from __future__ import annotations

import functools
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from sandbox.scripts._live.failure import Failure
from sandbox.scripts._outcomes import Outcome, broken

MAX_ANSWER = 16 * 1024 * 1024
CONNECT = 15.0
ANSWERS = 3
"""How many timeouts long the answer to an order may trickle: without it nobody knows the id."""

_FRAMING = {"content-encoding", "content-length", "transfer-encoding"}

Judge = Callable[[int, httpx.Headers, str], Outcome]


@functools.cache
def trust() -> ssl.SSLContext:
    """Whom to trust, by the environment; read once, because reading it takes a while."""
    return httpx.create_ssl_context()


class Answered(Failure):
    """The other side answered, and not with what was asked for."""

    def __init__(self, outcome: Outcome, status: int, text: str = "") -> None:
        super().__init__(outcome)
        self.status = status
        self.text = text


class Unanswered(Failure):
    """The connection failed. ``sent``: a part of the request may have reached the other side."""

    def __init__(self, outcome: Outcome, cause: Exception, sent: bool) -> None:
        super().__init__(outcome)
        self.cause = cause
        self.sent = sent


class TooLong(httpx.RequestError):
    """An answer that took longer, or was larger, than an answer may be."""


class OneTry(httpx.Client):
    """An httpx client whose failures are :class:`Answered` or :class:`Unanswered`, at once.

    ``timeout`` is seconds for a whole exchange, not for a single read, so that an answer that
    trickles ends too; ``total`` gives the whole more than its parts, where an answer is worth it.
    ``judge`` turns an answer of 400 and above into its outcome. Timeouts that a library passes
    along with a request count only where they are shorter.
    """

    def __init__(
        self,
        who: str,
        judge: Judge,
        *,
        headers: dict[str, str],
        timeout: float,
        total: float | None = None,
        **more: Any,
    ) -> None:
        limits = httpx.Timeout(timeout, connect=min(CONNECT, timeout))
        super().__init__(headers=headers, timeout=limits, verify=trust(), **more)
        self._who = who
        self._judge = judge
        self._total = total or timeout
        self._limits = limits

    def send(self, request: httpx.Request, **more: Any) -> httpx.Response:
        """Send ``request`` once and return its whole answer, if that is a success."""
        sent = _Sent()
        request.extensions = {
            **request.extensions,
            "timeout": self._limits.as_dict(),
            "trace": sent,
        }
        try:
            answer = self._whole(request, **{**more, "stream": True})
        except httpx.RequestError as error:
            raise Unanswered(broken(self._who, error), error, sent.sent) from error
        if answer.status_code >= 400:
            status, text = answer.status_code, answer.text
            raise Answered(self._judge(status, answer.headers, text), status, text)
        return answer

    def _whole(self, request: httpx.Request, **more: Any) -> httpx.Response:
        deadline = time.monotonic() + self._total
        streamed = super().send(request, **more)
        body = bytearray()
        with closing(streamed):
            for chunk in streamed.iter_bytes():
                body += chunk
                if len(body) > MAX_ANSWER:
                    raise TooLong(f"an answer of more than {MAX_ANSWER} bytes", request=request)
                if time.monotonic() > deadline:
                    raise TooLong(f"no whole answer in {self._total:g} s", request=request)
        kept = [pair for pair in streamed.headers.multi_items() if pair[0] not in _FRAMING]
        return httpx.Response(
            streamed.status_code, headers=kept, content=bytes(body), request=request
        )


@contextmanager
def closing(response: httpx.Response) -> Iterator[None]:
    """Close ``response`` at the end of the block, however that comes."""
    try:
        yield
    finally:
        response.close()


class _Sent:
    """Told by httpcore how far a request came; the proxy's own CONNECT does not count."""

    def __init__(self) -> None:
        self.sent = False

    def __call__(self, event: str, details: dict[str, Any]) -> None:
        if event.endswith("send_request_headers.started"):
            self.sent = self.sent or details["request"].method != b"CONNECT"
