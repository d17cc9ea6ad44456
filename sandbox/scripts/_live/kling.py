"""Kling's own API: one clip between two frames, never ordered twice.

Kling lets the caller name a task (``external_task_id``), unique per account. Ours is the order's
key, so an order is always looked for by its key before it is placed, and again when its answer
is lost. Kling documents no way to cancel a video task: what has been taken is made and charged.
"""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx
import jwt

from providers.kling import MODELS
from sandbox.scripts import _events
from sandbox.scripts._live import signals
from sandbox.scripts._live.exchange import ANSWERS, Answered, OneTry, Unanswered
from sandbox.scripts._live.failure import Failure
from sandbox.scripts._live.order import Ended, Order
from sandbox.scripts._live.waiting import Cadence, Pace
from sandbox.scripts._outcomes import Code, Outcome, clip, failed_task, kling

HOSTS = ("api-singapore.klingai.com", "api-beijing.klingai.com", "api.klingai.com")
"""Outside China, in China, and the former name of the first."""

LISTED = 100
MISSING_FOR = 20.0
"""Seconds for which a task that Kling does not know may still be one it is about to know."""

_ENDS = {"succeed": "succeed", "succeeded": "succeed", "success": "succeed", "failed": "failed"}
_NOT_FOUND = re.compile(r'"code"\s*:\s*"?1203\b')
LIFE = 1800
_PATH = "/v1/videos/image2video"

Tell = Callable[["Task", float], None]


class Unreadable(Failure):
    """An answer that is called a success and that Kling cannot have written."""


@dataclass(frozen=True)
class Task:
    """A task as Kling reports it. ``status`` is submitted, processing, succeed or failed, any word
    that Kling does not document counting as processing: whatever has an id was bought. ``url`` and
    ``duration`` (as Kling writes it) once done."""

    task_id: str
    external_id: str | None
    status: str
    message: str
    url: str = ""
    duration: str = ""


@dataclass(frozen=True)
class Clip:
    """What is ordered: two frames as JPEG bytes, words, whole seconds."""

    start: bytes
    end: bytes
    prompt: str
    model: str
    mode: str
    seconds: int

    def body(self, key: str) -> dict[str, Any]:
        """The request as Kling wants it: bare base64, the duration as a string."""
        body = {
            "model_name": self.model,
            "mode": self.mode,
            "duration": str(self.seconds),
            "image": base64.b64encode(self.start).decode(),
            "image_tail": base64.b64encode(self.end).decode(),
            "prompt": self.prompt,
            "external_task_id": key,
        }
        if MODELS[self.model].sound:
            body["sound"] = "off"
        return body


class Kling:
    """One account at Kling, by its access key and secret key."""

    def __init__(self, keys: tuple[str, str], host: str, pace: Pace) -> None:
        self._keys = keys
        self._host = host
        self._pace = pace

    def buy(self, clip: Clip, order: Order) -> str:
        """Order ``clip`` unless an order under this key exists; returns Kling's task id."""
        known = self.find(order.key)
        if known is not None:
            order.accepted(known.task_id, "found by its key; nothing was ordered again")
            return known.task_id
        order.intend()
        with signals.held() as stops:
            return self._submit(clip, order, stops)

    def find(self, key: str) -> Task | None:
        """The task that was ordered under ``key``, or ``None`` if Kling knows of none.

        Kling answers for a task by our key as by its own id. When it does not find one, or its
        answer is unclear, the newest tasks of the account are looked through as well: only what
        neither knows counts as never ordered. Raises :class:`Failure` when Kling cannot say.
        """
        unclear: Failure | None = None
        try:
            task = _task(self._call("GET", f"{_PATH}/{quote(key, safe='')}"))
            if task is not None and (task.external_id in (None, key) or task.task_id == key):
                return task
        except Answered as answer:
            if answer.status >= 500:
                unclear = answer
            elif answer.outcome.code is not Code.DEFECT:
                raise
        except Unreadable as odd:
            unclear = odd
        try:
            listed = self._call("GET", f"{_PATH}?pageNum=1&pageSize={LISTED}")
        except Answered as answer:
            if answer.outcome.code is Code.DEFECT and unclear is None:
                return None
            raise (unclear or answer) from answer
        tasks = (_parsed(item) for item in _items(listed))
        return next((task for task in tasks if task and task.external_id == key), None)

    def wait(self, task_id: str, tell: Tell) -> Task:
        """Follow the task to its end and return it, done.

        Raises :class:`Ended` when it failed, was refused or is gone, and :class:`Failure` with
        ``RESUME`` when waiting has no point for now.
        """
        missing: float | None = None
        for _ in (cadence := Cadence(self._pace, f"Kling's task {task_id}")):
            try:
                task = self.task(task_id)
            except Answered as answer:
                if not _unknown(answer):
                    cadence.stumbled(answer)
                    continue
            except Failure as failure:
                cadence.stumbled(failure)
                continue
            else:
                cadence.recovered()
                tell(task, cadence.elapsed)
                if task.status == "failed":
                    raise Ended(failed_task("Kling", task.message))
                if task.url:
                    return task
                if task.status != "succeed":
                    missing = None
                    continue
            missing = missing or time.monotonic()
            if time.monotonic() - missing > min(MISSING_FOR, self._pace.patience):
                raise Ended(_lost(task_id))
        raise AssertionError("a cadence ends by raising")

    def task(self, task_id: str) -> Task:
        """The task as it stands."""
        task = _task(self._call("GET", f"{_PATH}/{quote(task_id, safe='')}"))
        if task is None:
            raise Failure(Outcome(Code.RETRY, f"Kling's answer on task {task_id} cannot be read"))
        return task

    def _submit(self, clip: Clip, order: Order, stops: list[int]) -> str:
        try:
            task = _task(self._call("POST", _PATH, clip.body(order.key)))
        except Unanswered as broken:
            if not broken.sent:
                order.failed(f"nothing was sent: {broken}")
                raise
            return self._look_for(order, stops, str(broken))
        except Unreadable as odd:
            return self._look_for(order, stops, str(odd))
        except Answered as answer:
            if answer.status >= 500 or answer.status == 408:
                return self._look_for(order, stops, str(answer))
            if answer.status == 400 and (there := self._quietly(order.key)):
                order.accepted(there.task_id, "Kling had it already under this key")
                return there.task_id
            order.failed(str(answer))
            raise
        if task is None:
            return self._look_for(order, stops, "Kling's answer cannot be read")
        order.accepted(task.task_id)
        return task.task_id

    def _look_for(self, order: Order, stops: list[int], why: str) -> str:
        """After a lost answer: ask by our key until Kling knows the order or the patience ends."""
        _events.status("Kling's answer was lost; looking for the order by its key")
        pause, until = self._pace.first, time.monotonic() + self._pace.patience / 8
        sure = True
        while True:
            try:
                task = self.find(order.key)
                sure = True
            except Failure as failure:
                task, sure, why = None, False, str(failure)
            if task is not None:
                order.accepted(task.task_id, "the answer was lost; found by its key")
                return task.task_id
            if stops or time.monotonic() + pause > until:
                break
            time.sleep(pause)
            pause *= 2
        if sure:
            order.failed(f"Kling does not know the order, nothing was bought: {why}")
            raise Failure(Outcome(Code.RETRY, f"Kling did not take the order: {why}"))
        order.unknown(why)
        raise Failure(
            Outcome(
                Code.RETRY,
                "It is not known yet whether Kling took the order; it is asked by its key before "
                f"anything is ordered: {why}",
            )
        )

    def _quietly(self, key: str) -> Task | None:
        try:
            return self.find(key)
        except Failure:
            return None

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """One call with a fresh token; returns the body of a success."""
        headers = {"Authorization": f"Bearer {self._token()}"}
        timeout = self._pace.timeout
        total = ANSWERS * timeout if method == "POST" else None
        with OneTry("Kling", kling, headers=headers, timeout=timeout, total=total) as client:
            answer = client.request(method, f"https://{self._host}{path}", json=body)
        parsed = _json(answer)
        if answer.status_code < 300 and "code" not in parsed and "data" not in parsed:
            raise Unreadable(Outcome(Code.RETRY, "Kling's answer cannot be read"))
        if answer.status_code < 300 and str(parsed.get("code") or 0) == "0":
            return parsed
        raise Answered(kling(400, answer.headers, answer.text), 400, answer.text)

    def _token(self) -> str:
        access, secret = self._keys
        now = int(time.time())
        claims = {"iss": access, "exp": now + LIFE, "nbf": now - 5}
        return jwt.encode(claims, secret, algorithm="HS256")


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        parsed = answer.json()
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _unknown(answer: Answered) -> bool:
    """Whether Kling says that it does not know the task, in whichever of its two ways."""
    return answer.status == 404 or bool(_NOT_FOUND.search(answer.text))


def _items(body: dict[str, Any]) -> list[Any]:
    data = body.get("data")
    return data if isinstance(data, list) else []


def _task(body: dict[str, Any]) -> Task | None:
    return _parsed(body.get("data"))


def _parsed(data: object) -> Task | None:
    if not isinstance(data, dict) or not data.get("task_id"):
        return None
    state = str(data.get("task_status") or "submitted").lower()
    status = "submitted" if state == "submitted" else _ENDS.get(state, "processing")
    info = data.get("task_info")
    result = data.get("task_result")
    videos = result.get("videos") if isinstance(result, dict) else None
    video = videos[0] if isinstance(videos, list) and videos else None
    video = video if isinstance(video, dict) else {}
    return Task(
        str(data["task_id"]),
        info.get("external_task_id") if isinstance(info, dict) else None,
        status,
        clip(data.get("task_status_msg") or ""),
        str(video.get("url") or "") if status == "succeed" else "",
        str(video.get("duration") or ""),
    )


def _lost(task_id: str) -> Outcome:
    return Outcome(
        Code.LOST,
        f"Kling does not have the clip of task {task_id} any more; it was bought and its result "
        "is gone: order it again if you want it",
    )
