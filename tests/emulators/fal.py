"""fal: its queue, its storage, and the links to what its models made."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.emulators import media
from tests.emulators.fal_models import MODELS, Checked, Model, check
from tests.emulators.faults import Fault
from tests.emulators.wire import Call, Provider, Reply, Route, reply

QUEUE = r"queue\.(fal\.run|falrun\.com)"
REST = r"rest\.fal\.ai"
CDN = r"v3\.fal\.media"
RESULTS = r"v3b\.fal\.media"
LOGS = ("Preparing the request", "Asking the model", "Storing the result")


@dataclass
class Submission:
    """One accepted order: what ``request_id`` was asked of ``app``, and how it stands."""

    request_id: str
    app: str
    arguments: dict[str, Any]
    at: float
    checked: Checked
    fault: Fault | None
    cancelled: bool = False
    forgotten: bool = False
    result: dict[str, Any] | None = None
    made: list[bytes] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether it will not bring a result."""
        return bool(self.checked.errors) or self.fault is not None or self.cancelled


class FalEmulator(Provider):
    """``pace`` is seconds from order to result; ``hold`` keeps every job unfinished.

    ``submissions`` are the orders taken, ``charged`` those that were made and cost money. Routes
    for faults: token, upload, submit, status, result, cancel, media, and job (of an order taken).
    """

    hosts = (
        "queue.fal.run",
        "queue.falrun.com",
        "fal.run",
        "rest.fal.ai",
        "v3.fal.media",
        "v3b.fal.media",
    )

    def __init__(self, key: str, cut: Any, pace: float, video_height: int) -> None:
        super().__init__(cut)
        self._key = key
        self._default_pace = pace
        self._height = video_height
        self.pace = pace
        self.hold = False
        self.submissions: list[Submission] = []
        self.uploads: dict[str, bytes] = {}
        self.lifetimes: dict[str, int | None] = {}
        self._files: dict[str, tuple[bytes, str]] = {}
        self._tokens: set[str] = set()

    @property
    def charged(self) -> list[Submission]:
        """Orders that were made: what a bill would list."""
        return [one for one in self.submissions if not one.failed and one.made]

    def reset(self) -> None:
        super().reset()
        self.pace, self.hold = self._default_pace, False
        self.submissions.clear()
        self.uploads.clear()
        self.lifetimes.clear()
        self._files.clear()
        self._tokens.clear()

    def forget_uploads(self) -> None:
        """Lose every uploaded file, as if its time had run out."""
        self.uploads.clear()

    def routes(self) -> list[Route]:
        request = r"/(?P<owner>[^/]+)/(?P<alias>[^/]+)/requests/(?P<id>[^/]+)"
        return [
            Route("token", "POST", REST, "/storage/auth/token", self._token),
            Route("upload", "POST", CDN, "/files/upload", self._upload),
            Route("status", "GET", QUEUE, f"{request}/status", self._status),
            Route("cancel", "PUT", QUEUE, f"{request}/cancel", self._cancel),
            Route("result", "GET", QUEUE, request, self._result),
            Route("submit", "POST", QUEUE, r"/(?P<app>.+)", self._submit),
            Route("media", "GET", RESULTS, r"/files/b/(?P<name>.+)", self._media),
        ]

    # ------------------------------------------------------------------------------ queue

    def _stranger(self, call: Call) -> Reply | None:
        if call.headers.get("authorization") == f"Key {self._key}":
            return None
        return reply(401, {"detail": "Cannot access application: invalid or missing key"})

    async def _submit(self, call: Call) -> Reply:
        if refused := self._stranger(call):
            return refused
        model = MODELS.get(call.part["app"])
        if model is None:
            return reply(404, {"detail": f"Application {call.part['app']!r} not found"})
        if not call.headers.get("content-type", "").startswith("application/json"):
            self.complain(f"submit with content-type {call.headers.get('content-type')}")
        try:
            arguments = call.json
        except ValueError:
            return reply(422, {"detail": "the body is not JSON"})
        checked = check(model, arguments, self._download)
        for error in checked.errors:
            self.complain(f"{call.part['app']}: {error['loc'][-1]}: {error['msg']}")
        one = Submission(
            str(uuid.uuid4()),
            call.part["app"],
            arguments,
            time.monotonic(),
            checked,
            self.faults.take("job"),
        )
        self.submissions.append(one)
        base = f"https://queue.fal.run/{'/'.join(one.app.split('/')[:2])}/requests/{one.request_id}"
        links = {"status_url": f"{base}/status", "cancel_url": f"{base}/cancel"}
        accepted = {"status": "IN_QUEUE", "request_id": one.request_id, "queue_position": 0}
        return reply(200, {**accepted, "response_url": base, **links})

    def _download(self, link: str) -> bytes | None:
        return self.uploads.get(link)

    def _find(self, call: Call) -> Submission | None:
        alias = f"{call.part['owner']}/{call.part['alias']}"
        for one in self.submissions:
            if one.request_id == call.part["id"] and not one.forgotten:
                if one.app.startswith(f"{alias}/") or one.app == alias:
                    return one
                self.complain(f"{call.path}: the request belongs to {one.app}")
        return None

    def _age(self, one: Submission) -> float:
        """How far a job is: below 0.3 in the queue, below 1 in the making."""
        if one.cancelled:
            return 1.0
        age = 1.0 if self.pace == 0 else (time.monotonic() - one.at) / self.pace
        return min(age, 0.9) if self.hold else age

    async def _status(self, call: Call) -> Reply:
        if refused := self._stranger(call):
            return refused
        one = self._find(call)
        if one is None:
            return reply(404, {"detail": "Request not found"})
        age = self._age(one)
        logs = _logs(age) if call.query.get("logs") in ("1", "true", "True") else None
        base = {"request_id": one.request_id, "response_url": f"https://queue.fal.run{call.path}"}
        if age < 0.3:
            return reply(202, {**base, "status": "IN_QUEUE", "queue_position": 0})
        if age < 1:
            return reply(202, {**base, "status": "IN_PROGRESS", "logs": logs})
        done = {**base, "status": "COMPLETED", "logs": logs, "metrics": {"inference_time": 0.1}}
        if one.failed:
            done |= {"error": "The request failed", "error_type": "model_error"}
        return reply(200, done)

    async def _result(self, call: Call) -> Reply:
        if refused := self._stranger(call):
            return refused
        one = self._find(call)
        if one is None:
            return reply(404, {"detail": "Request not found"})
        if self._age(one) < 1:
            return reply(400, {"detail": "Request is still in progress"})
        if one.cancelled:
            return reply(422, {"detail": "Request was cancelled"})
        if one.checked.errors:
            return reply(422, {"detail": one.checked.errors}, x_fal_retryable="false")
        if one.fault:
            return Reply(one.fault.status, one.fault.body, dict(one.fault.headers))
        if not one.made:
            one.made = await asyncio.to_thread(self._make, one, MODELS[one.app])
        return reply(200, self._links(one, MODELS[one.app]))

    async def _cancel(self, call: Call) -> Reply:
        if refused := self._stranger(call):
            return refused
        one = self._find(call)
        if one is None:
            return reply(404, {"status": "NOT_FOUND"})
        if self._age(one) >= 1:
            return reply(400, {"status": "ALREADY_COMPLETED"})
        one.cancelled = True
        return reply(202, {"status": "CANCELLATION_REQUESTED"})

    # ---------------------------------------------------------------------------- results

    def _make(self, one: Submission, model: Model) -> list[bytes]:
        given, pictures = one.arguments, one.checked.pictures
        if model.makes == "video":
            first = pictures[model.start][0]
            last = pictures.get(model.end, [first])[0]
            return [media.film(first, last, int(given.get("duration", "5")), self._height)]
        references = tuple(pictures.get("image_urls", ()))
        ratio = given.get("aspect_ratio", "1:1").replace("auto", "1:1")
        width, height = media.size(ratio, given.get("resolution", "1K"))
        kind = given.get("output_format", "png")
        count = given.get("num_images", 1)
        return [media.picture(given["prompt"], references, width, height, kind)] * count

    def _links(self, one: Submission, model: Model) -> dict[str, Any]:
        files = []
        for data in one.made:
            kind = "video/mp4" if model.makes == "video" else "image/png"
            name = f"{uuid.uuid4().hex}/output.{kind.rpartition('/')[2]}"
            self._files[name] = (data, kind)
            url = f"https://v3b.fal.media/files/b/{name}"
            size = {"file_name": name.rpartition("/")[2], "file_size": len(data)}
            files.append({"url": url, "content_type": kind, **size})
        if model.makes == "video":
            return {"video": files[0]}
        return {"images": files, "description": ""}

    async def _media(self, call: Call) -> Reply:
        data, kind = self._files.get(call.part["name"], (None, ""))
        if data is None:
            return Reply(404, b"no such file")
        return ranged(call, data, kind)

    # ---------------------------------------------------------------------------- storage

    async def _token(self, call: Call) -> Reply:
        if refused := self._stranger(call):
            return refused
        if call.query.get("storage_type") != "fal-cdn-v3" or call.json != {}:
            self.complain(f"storage token asked for with {call.query} {call.body!r}")
        token = uuid.uuid4().hex
        self._tokens.add(token)
        until = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
        bearer = {"token": token, "token_type": "Bearer", "expires_at": until}
        return reply(200, {**bearer, "base_url": "https://v3.fal.media"})

    async def _upload(self, call: Call) -> Reply:
        scheme, _, token = call.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or token not in self._tokens:
            return reply(401, {"detail": "Invalid upload token"})
        if not call.headers.get("content-type", "").startswith("image/"):
            self.complain(f"upload of {call.headers.get('content-type')}")
        name = call.headers.get("x-fal-file-name", "upload.bin")
        link = f"https://v3.fal.media/files/emulated/{uuid.uuid4().hex}_{name}"
        self.uploads[link] = call.body
        wish = json.loads(call.headers.get("x-fal-object-lifecycle", "{}"))
        self.lifetimes[link] = wish.get("expiration_duration_seconds")
        return reply(200, {"access_url": link})


def _logs(age: float) -> list[dict[str, str]]:
    count = 1 if age < 0.6 else 2 if age < 1 else 3
    now = datetime.now(UTC).isoformat()
    return [
        {"timestamp": now, "level": "INFO", "source": "RUNNER", "message": line}
        for line in LOGS[:count]
    ]


def ranged(call: Call, data: bytes, kind: str) -> Reply:
    """A file, or the part of it that ``Range`` asks for, with a strong tag."""
    tag = f'"{len(data):x}-{hash(data) & 0xFFFFFFFF:x}"'
    headers = {"content-type": kind, "accept-ranges": "bytes", "etag": tag}
    wish = call.headers.get("range", "")
    if not wish.startswith("bytes=") or call.headers.get("if-range", tag) != tag:
        return Reply(200, data, headers)
    first, _, last = wish.removeprefix("bytes=").partition("-")
    begin, end = int(first), min(int(last or len(data) - 1), len(data) - 1)
    if begin >= len(data):
        return Reply(416, b"", {"content-range": f"bytes */{len(data)}"})
    span = {"content-range": f"bytes {begin}-{end}/{len(data)}"}
    return Reply(206, data[begin : end + 1], {**headers, **span})
