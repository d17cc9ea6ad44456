"""Kling's own API for clips between two frames, and the links to what it made."""

from __future__ import annotations

import asyncio
import base64
import binascii
import io
import time
import uuid
from dataclasses import dataclass
from typing import Any

import jwt
from PIL import Image

from tests.emulators import media
from tests.emulators.fal import ranged
from tests.emulators.faults import Fault
from tests.emulators.wire import Call, Handler, Provider, Reply, Route, reply

API = r"api(-singapore|-beijing)?\.klingai\.com"
RESULTS = r"v16-kling-fdl\.klingai\.com"
PATH = "/v1/videos/image2video"

MODELS = (
    "kling-v1",
    "kling-v1-5",
    "kling-v1-6",
    "kling-v2-master",
    "kling-v2-1",
    "kling-v2-1-master",
    "kling-v2-5-turbo",
    "kling-v2-6",
    "kling-v3",
)
NO_TAIL = ("kling-v2-master", "kling-v2-1-master")
TAIL_IN_STD = ("kling-v1", "kling-v3")
SOUNDING = ("kling-v2-6", "kling-v3")
FIELDS = {
    "model_name",
    "image",
    "image_tail",
    "prompt",
    "negative_prompt",
    "mode",
    "duration",
    "cfg_scale",
    "sound",
    "voice_list",
    "static_mask",
    "dynamic_masks",
    "camera_control",
    "callback_url",
    "external_task_id",
}
LIFE = 1800
SKEW = 30


@dataclass
class Submission:
    """One accepted task and how it stands."""

    task_id: str
    external_task_id: str | None
    arguments: dict[str, Any]
    at: float
    created: int
    fault: Fault | None
    start: bytes
    end: bytes
    made: bytes | None = None
    forgotten: bool = False


class Wrong(Exception):
    """A request that Kling refuses: HTTP status, code, words."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class KlingEmulator(Provider):
    """``pace`` is seconds from order to clip; ``hold`` keeps every task unfinished; ``slots`` is
    how many tasks may run at once.

    ``submissions`` are the tasks taken, ``charged`` those that were made. Routes for faults:
    submit, query, list, media, and task (of a task taken).
    """

    hosts = (
        "api-singapore.klingai.com",
        "api-beijing.klingai.com",
        "api.klingai.com",
        "v16-kling-fdl.klingai.com",
    )

    def __init__(self, keys: tuple[str, str], cut: Any, pace: float, video_height: int) -> None:
        super().__init__(cut)
        self._access, self._secret = keys
        self._default_pace = pace
        self._height = video_height
        self.pace = pace
        self.hold = False
        self.slots = 5
        self.submissions: list[Submission] = []
        self.tokens: list[str] = []
        self._files: dict[str, bytes] = {}

    @property
    def charged(self) -> list[Submission]:
        """Tasks that were made: what a bill would list."""
        return [one for one in self.submissions if self._state(one) == "succeed"]

    def reset(self) -> None:
        super().reset()
        self.pace, self.hold, self.slots = self._default_pace, False, 5
        self.submissions.clear()
        self.tokens.clear()
        self._files.clear()

    def routes(self) -> list[Route]:
        return [
            Route("submit", "POST", API, PATH, self._guarded(self._submit)),
            Route("list", "GET", API, PATH, self._guarded(self._list)),
            Route("query", "GET", API, f"{PATH}/(?P<id>[^/]+)", self._guarded(self._query)),
            Route("media", "GET", RESULTS, "/bs2/(?P<name>.+)", self._media),
        ]

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(call: Call) -> Reply:
            try:
                self._authorize(call)
                return await handler(call)
            except Wrong as wrong:
                if wrong.code not in (1203, 1303):
                    self.complain(f"{call.route}: {wrong.code} {wrong}")
                body = {"code": wrong.code, "message": str(wrong), "request_id": uuid.uuid4().hex}
                return reply(wrong.status, body)

        return guarded

    # ------------------------------------------------------------------------------- keys

    def _authorize(self, call: Call) -> None:
        scheme, _, token = call.headers.get("authorization", "").partition(" ")
        if not token:
            raise Wrong(401, 1001, "Authorization is empty")
        if scheme != "Bearer":
            raise Wrong(401, 1000, "Authorization failed")
        now = time.time()
        try:
            head = jwt.get_unverified_header(token)
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=["HS256"],
                options={"require": ["iss", "exp", "nbf"]},
            )
        except jwt.ImmatureSignatureError:
            raise Wrong(401, 1003, "Authorization is not yet valid") from None
        except jwt.ExpiredSignatureError:
            raise Wrong(401, 1004, "Authorization has expired") from None
        except jwt.InvalidTokenError as error:
            raise Wrong(401, 1002, f"Authorization is invalid: {error}") from None
        if head != {"alg": "HS256", "typ": "JWT"} or claims["iss"] != self._access:
            raise Wrong(401, 1002, "Authorization is invalid: header or issuer")
        if claims["exp"] > now + LIFE + SKEW or claims["nbf"] > now:
            raise Wrong(401, 1002, "Authorization is invalid: its life is too long")
        self.tokens.append(token)

    # ------------------------------------------------------------------------------ tasks

    async def _submit(self, call: Call) -> Reply:
        try:
            given = call.json
        except ValueError:
            raise Wrong(400, 1200, "the body is not JSON") from None
        start, end = _check(given)
        external = given.get("external_task_id")
        if external and any(one.external_task_id == external for one in self.submissions):
            raise Wrong(400, 1201, f"external_task_id {external} already exists")
        running = [one for one in self.submissions if self._state(one) in _RUNNING]
        if len(running) >= self.slots:
            raise Wrong(429, 1303, "parallel task over resource pack limit")
        fault = self.faults.take("task")
        task_id = str(800_000_000_000_000_000 + len(self.submissions) + uuid.uuid4().int % 10**12)
        now = int(time.time() * 1000)
        one = Submission(task_id, external, given, time.monotonic(), now, fault, start, end)
        self.submissions.append(one)
        return _ok(self._report(one))

    async def _query(self, call: Call) -> Reply:
        wanted = call.part["id"]
        for one in self.submissions:
            if wanted in (one.task_id, one.external_task_id) and not one.forgotten:
                if self._state(one) == "succeed" and one.made is None:
                    seconds = int(one.arguments.get("duration", "5"))
                    one.made = await asyncio.to_thread(
                        media.film, one.start, one.end, seconds, self._height
                    )
                return _ok(self._report(one))
        raise Wrong(404, 1203, "The requested resource does not exist")

    async def _list(self, call: Call) -> Reply:
        page, size = int(call.query.get("pageNum", "1")), int(call.query.get("pageSize", "30"))
        if not (1 <= page <= 1000 and 1 <= size <= 500):
            raise Wrong(400, 1201, "pageNum or pageSize is out of range")
        newest = [one for one in reversed(self.submissions) if not one.forgotten]
        return _ok([self._report(one) for one in newest[(page - 1) * size : page * size]])

    def _state(self, one: Submission) -> str:
        age = 1.0 if self.pace == 0 else (time.monotonic() - one.at) / self.pace
        age = min(age, 0.9) if self.hold else age
        if age < 0.3:
            return "submitted"
        if age < 1:
            return "processing"
        return "failed" if one.fault else "succeed"

    def _report(self, one: Submission) -> dict[str, Any]:
        state = self._state(one)
        body: dict[str, Any] = {
            "task_id": one.task_id,
            "task_status": state,
            "task_status_msg": one.fault.body.decode() if one.fault and state == "failed" else "",
            "task_info": {"external_task_id": one.external_task_id},
            "created_at": one.created,
            "updated_at": int(time.time() * 1000),
        }
        if state == "succeed" and one.made is not None:
            name = f"upload-ylab-stunt-sgp/{uuid.uuid4().hex}.mp4"
            self._files[name] = one.made
            url = f"https://v16-kling-fdl.klingai.com/bs2/{name}?cacheKey=emulated"
            video = {"id": uuid.uuid4().hex, "url": url, "duration": "5.041"}
            body["task_result"] = {"videos": [video]}
        return body

    async def _media(self, call: Call) -> Reply:
        data = self._files.get(call.part["name"])
        return Reply(404, b"no such file") if data is None else ranged(call, data, "video/mp4")


_RUNNING = ("submitted", "processing")


def _ok(data: object) -> Reply:
    body = {"code": 0, "message": "SUCCEED", "request_id": uuid.uuid4().hex, "data": data}
    return reply(200, body)


def _check(given: Any) -> tuple[bytes, bytes]:
    """Refuse what Kling refuses; returns the pictures' bytes."""
    if not isinstance(given, dict):
        raise Wrong(400, 1200, "the body is not an object")
    if extra := given.keys() - FIELDS:
        raise Wrong(400, 1200, f"unknown fields: {sorted(extra)}")
    model = _among(given, "model_name", MODELS, "kling-v1")
    mode = _among(given, "mode", ("std", "pro"), "std")
    lengths = tuple(map(str, range(3, 16))) if model == "kling-v3" else ("5", "10")
    duration = _among(given, "duration", lengths, "5")
    for name in ("prompt", "negative_prompt"):
        if not isinstance(given.get(name, ""), str) or len(given.get(name, "")) > 2500:
            raise Wrong(400, 1201, f"{name}: a text of at most 2500 characters")
    if "cfg_scale" in given and model.startswith(("kling-v2", "kling-v3")):
        raise Wrong(400, 1201, f"cfg_scale: not supported by {model}")
    if "sound" in given and (model not in SOUNDING or given["sound"] not in ("on", "off")):
        raise Wrong(400, 1201, f"sound: not supported by {model}, or neither on nor off")
    if not given.get("image") and not given.get("image_tail"):
        raise Wrong(400, 1201, "image or image_tail is needed")
    if given.get("image_tail"):
        _check_tail(given, model, mode, duration)
    external = given.get("external_task_id")
    if external is not None and not (isinstance(external, str) and external):
        raise Wrong(400, 1201, "external_task_id: a text")
    start = _picture("image", given["image"])
    return start, _picture("image_tail", given.get("image_tail", given["image"]))


def _check_tail(given: dict[str, Any], model: str, mode: str, duration: str) -> None:
    if {"static_mask", "dynamic_masks", "camera_control"} & given.keys():
        raise Wrong(400, 1201, "image_tail excludes masks and camera_control")
    if model in NO_TAIL or (mode == "std" and model not in TAIL_IN_STD):
        raise Wrong(400, 1201, f"image_tail: not supported by {model} in mode {mode}")
    if model == "kling-v1" and duration != "5":
        raise Wrong(400, 1201, "image_tail: kling-v1 makes 5 s only")
    if model == "kling-v2-6" and given.get("sound") == "on":
        raise Wrong(400, 1201, "image_tail: kling-v2-6 makes no sound then")


def _among(given: dict[str, Any], name: str, allowed: tuple[str, ...], default: str) -> str:
    value = given.get(name, default)
    if not isinstance(value, str) or value not in allowed:
        raise Wrong(400, 1201, f"{name} {value!r}: one of {', '.join(allowed)}")
    return value


def _picture(name: str, value: object) -> bytes:
    if not isinstance(value, str) or value.startswith("data:"):
        raise Wrong(400, 1201, f"{name}: bare base64, without a data: prefix")
    try:
        data = base64.b64decode(value, validate=True)
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            width, height = image.size
            image.load()
    except (binascii.Error, OSError, ValueError):
        raise Wrong(400, 1201, f"{name}: no picture in base64") from None
    if len(data) > 10_000_000:
        raise Wrong(400, 1201, f"{name}: more than 10 MB")
    if min(width, height) < 300 or not 0.4 <= width / height <= 2.5:
        raise Wrong(400, 1201, f"{name}: {width}×{height} is out of range")
    return data
