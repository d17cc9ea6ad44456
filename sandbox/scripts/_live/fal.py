"""fal's queue: an order sent exactly once, then followed by fal's own client.

``fal_client`` repeats a submission by itself on timeouts, broken connections and 408/409/429, up
to ten times, and fal knows no idempotency key: a lost answer would be paid for twice. So the
submission is a single plain POST with the address and headers that the client would use, and
from its request id on everything else goes through the client's request handle, on a connection
of ours whose failures it does not repeat behind our back.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import fal_client
import httpx
from fal_client.auth import FAL_QUEUE_RUN_HOST
from fal_client.client import USER_AGENT

from sandbox.scripts._live import signals
from sandbox.scripts._live.exchange import ANSWERS, Answered, Judge, OneTry, Unanswered
from sandbox.scripts._live.failure import Failure
from sandbox.scripts._live.order import Ended, Order
from sandbox.scripts._live.waiting import Cadence, Pace
from sandbox.scripts._outcomes import (
    Code,
    Outcome,
    clip,
    fal,
    fal_submission,
    fals_own,
    lost_answer,
)

MISSING_FOR = 20.0
"""Seconds for which a request that fal does not know may still be one it is about to know."""

CANCEL_WITHIN = 4.0
"""Seconds; whoever stops a script does not wait longer for it to end."""

_DEAD = frozenset({"FAILED", "ERROR", "CANCELLED", "CANCELED", "TIMEOUT", "TIMED_OUT"})
"""States that fal does not document; its result then says what happened, like that of a failure."""

_RESULT = frozenset({"images", "image", "video", "description", "detail", "error"})
"""Of a model's result, one at least; what has none of them was written by something in between."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,127}")

Tell = Callable[[fal_client.Status, float], None]
Result = dict[str, Any]


class Fal:
    """One account at fal. ``key`` is its key as fal prints it, ``id:secret``."""

    def __init__(self, key: str, pace: Pace) -> None:
        self._headers = {"Authorization": f"Key {key}", "User-Agent": USER_AGENT}
        self._pace = pace

    def submit(self, app: str, arguments: dict[str, Any], order: Order) -> str:
        """Order one run of ``app``, once, and return its request id.

        Raises :class:`Failure`: ``UNKNOWN`` when the order was sent and the answer did not come,
        anything else when nothing was bought. The ledger is told in every case.
        """
        order.intend()
        with signals.held(), self._ordering() as client:
            try:
                answer = client.post(f"https://{FAL_QUEUE_RUN_HOST}/{app}", json=arguments)
            except Unanswered as broken:
                if not broken.sent:
                    order.failed(f"nothing was sent: {broken}")
                    raise
                outcome = lost_answer("fal", broken.cause)
            except Answered as refusal:
                outcome = refusal.outcome
            else:
                request_id = _request_id(answer) if answer.status_code < 300 else None
                if request_id:
                    order.accepted(request_id)
                    return request_id
                outcome = fal_submission(answer.status_code, answer.headers, answer.text)
            if outcome.code is Code.UNKNOWN:
                order.unknown(outcome.message)
            else:
                order.failed(outcome.message)
            raise Failure(outcome)

    def job(self, app: str, request_id: str) -> Job:
        """The job ``request_id`` of ``app``, ordered now or long ago."""
        return Job(app, request_id, self._client, self._pace)

    def _ordering(self) -> OneTry:
        total = ANSWERS * self._pace.timeout
        return self._client(fal_submission, follow_redirects=False, total=total)

    def _client(self, judge: Judge, **more: Any) -> OneTry:
        more = {"follow_redirects": True, "timeout": self._pace.timeout, **more}
        return OneTry("fal", judge, headers=self._headers, **more)


class Job:
    """One job in fal's queue, followed by fal's own request handle."""

    def __init__(
        self, app: str, request_id: str, client: Callable[..., OneTry], pace: Pace
    ) -> None:
        self.app = app
        self.request_id = request_id
        self._client = client
        self._pace = pace

    def wait(self, tell: Tell) -> Result:
        """Follow the job to its end and return its result.

        Raises :class:`Ended` when the job failed, was refused or is gone, and :class:`Failure`
        with ``RESUME`` when waiting has no point for now.
        """
        cadence = Cadence(self._pace, f"fal's job {self.request_id}")
        missing: float | None = None
        with self._client(fal) as client:
            handle = self._handle(client)
            for _ in cadence:
                try:
                    status = handle.status(with_logs=True)
                except Answered as answer:
                    if answer.status == 404:
                        missing = missing or time.monotonic()
                        self._not_lost(missing)
                        continue
                    if answer.outcome.final:
                        raise Ended(answer.outcome) from answer
                    cadence.stumbled(answer)
                except Unanswered as broken:
                    cadence.stumbled(broken)
                except (KeyError, TypeError, ValueError) as odd:
                    cadence.stumbled(_unreadable(odd))
                else:
                    cadence.recovered()
                    tell(status, cadence.elapsed)
                    if isinstance(status, fal_client.Completed):
                        return self._result(handle, failed=status.error is not None)
        raise AssertionError("a cadence ends by raising")

    def result(self) -> Result:
        """Read the result of the finished job again, for fresh links."""
        with self._client(fal) as client:
            return self._result(self._handle(client), failed=False)

    def cancel(self) -> tuple[bool, str]:
        """Ask fal to stop the job, once, quickly; whether it will, and what came of it in words."""
        with self._client(fal, timeout=min(CANCEL_WITHIN, self._pace.timeout)) as client:
            try:
                self._handle(client).cancel()
            except Answered as answer:
                if answer.status == 400:
                    return False, "it was already done and is charged"
                return False, f"fal did not cancel it: {answer}"
            except Unanswered as broken:
                return False, f"fal could not be asked to cancel it: {broken}"
        return True, "fal was asked to cancel it; what had begun may be charged"

    def _result(self, handle: fal_client.SyncRequestHandle, *, failed: bool) -> Result:
        cadence = Cadence(self._pace, f"fal's result {self.request_id}")
        begun = time.monotonic()
        for _ in cadence:
            try:
                result = handle.client.get(handle.response_url).json()
            except Answered as answer:
                if answer.status == 404:
                    self._not_lost(begun)
                    continue
                if _final(answer, failed):
                    raise Ended(answer.outcome) from answer
                cadence.stumbled(answer)
            except Unanswered as broken:
                cadence.stumbled(broken)
            except ValueError as odd:
                cadence.stumbled(_unreadable(odd))
            else:
                if isinstance(result, dict) and result.keys() & _RESULT:
                    return result
                cadence.stumbled(_unreadable(TypeError(f"{type(result).__name__}, no result")))
        raise AssertionError("a cadence ends by raising")

    def _handle(self, client: OneTry) -> fal_client.SyncRequestHandle:
        return _Handle.from_request_id(client, self.app, self.request_id)

    def _not_lost(self, since: float) -> None:
        if time.monotonic() - since > min(MISSING_FOR, self._pace.patience):
            raise Ended(
                Outcome(
                    Code.LOST,
                    f"fal does not know the job {self.request_id} any more; it was bought and its "
                    "result is gone: order it again if you want it",
                )
            )


class _Handle(fal_client.SyncRequestHandle):
    """fal's request handle, for answers that leave out what its client insists on."""

    def _parse_status(self, data: Any) -> fal_client.Status:
        state = str(data["status"]).upper()
        if state in _DEAD:
            return fal_client.Completed(
                logs=None, metrics={}, error=clip(data.get("error") or state)
            )
        whole = {"logs": None, "queue_position": 0, **data, "status": state}
        return super()._parse_status(whole)


def checked_id(request_id: str) -> str:
    """``request_id`` if it can be one of fal's; it becomes part of an address."""
    if not _ID.fullmatch(request_id):
        raise Failure(
            Outcome(Code.DEFECT, f"{request_id!r} is no request id of fal: letters, digits, . _ -")
        )
    return request_id


def _request_id(answer: httpx.Response) -> str | None:
    try:
        found = answer.json()["request_id"]
    except (KeyError, TypeError, ValueError):
        return None
    return found if isinstance(found, str) and _ID.fullmatch(found) else None


def _final(answer: Answered, failed: bool) -> bool:
    """Whether an error at the result is the job's own end, not trouble on the way to it."""
    if answer.outcome.final:
        return True
    if answer.status in (401, 402, 403, 408, 425, 429) or not fals_own(answer.text):
        return False
    return failed or not answer.outcome.retryable


def _unreadable(odd: Exception) -> Failure:
    return Failure(
        Outcome(Code.RETRY, f"fal's answer cannot be read ({type(odd).__name__}: {odd})")
    )
