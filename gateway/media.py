"""Media: bytes with a validator, answered whole, in part, or not at all."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email.utils import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from gateway.problems import Problem
from studio.store import ArtifactStore, MissingArtifactError

IMMUTABLE = "private, max-age=31536000, immutable"
REVALIDATE = "private, no-cache"
TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "json": "application/json",
}
_CHUNK = 1024 * 1024
_RANGE = re.compile(r"bytes=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*")


@dataclass(frozen=True)
class Medium:
    """Something to be sent: ``size`` bytes whose content ``etag`` names for ever."""

    size: int
    etag: str
    name: str
    cache: str
    content: bytes | None = None
    store: ArtifactStore | None = field(default=None, repr=False)
    key: str = ""

    @property
    def media_type(self) -> str:
        """By the name's ending."""
        return TYPES.get(self.name.rpartition(".")[2], "application/octet-stream")

    async def read(self, start: int, end: int) -> AsyncIterator[bytes]:
        """Bytes ``start`` to ``end`` (exclusive), in chunks of at most about a megabyte."""
        if self.content is not None or self.store is None:
            yield (self.content or b"")[start:end]
            return
        if (start, end) == (0, self.size):
            async for chunk in self.store.stream(self.key):
                yield chunk
            return
        for begin in range(start, end, _CHUNK):
            yield await self.store.get_range(self.key, begin, min(begin + _CHUNK, end))


async def send(request: Request, medium: Medium) -> Response:
    """Answer a GET or HEAD for ``medium``: 200, 206, 304 or 416."""
    headers = {
        "ETag": medium.etag,
        "Cache-Control": medium.cache,
        "Accept-Ranges": "bytes",
        "Content-Type": medium.media_type,
    }
    if request.query_params.get("download"):
        name = quote(medium.name.rpartition("/")[2])
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    if _matches(request.headers.get("if-none-match", ""), medium.etag):
        return Response(status_code=304, headers=headers)
    span = _span(request, medium)
    start, end = span or (0, medium.size)
    headers["Content-Length"] = str(end - start)
    if span is not None:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{medium.size}"
    status = 200 if span is None else 206
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    return StreamingResponse(await _begun(medium.read(start, end)), status, headers)


def _span(request: Request, medium: Medium) -> tuple[int, int] | None:
    """The one range that was asked for, end exclusive; ``None`` to send everything.

    Several ranges, and units other than bytes, are ignored, as RFC 9110 allows. Raises 416.
    """
    match = _RANGE.fullmatch(request.headers.get("range", ""))
    condition = request.headers.get("if-range")
    if match is None or (condition is not None and condition != medium.etag):
        return None
    first, last = match.groups()
    if not first and not last:
        return None
    if first:
        start = int(first)
        end = min(int(last) + 1, medium.size) if last else medium.size
        if last and int(last) < start:
            return None
    else:
        start, end = max(0, medium.size - int(last)), medium.size
    if start >= end:
        raise Problem(
            416,
            f"the file has {medium.size} bytes, and none of those that were asked for",
            headers={"Content-Range": f"bytes */{medium.size}"},
        )
    return start, end


def _matches(header: str, etag: str) -> bool:
    """Whether an ``If-None-Match`` header names ``etag`` (weakly, as it should)."""
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return header.strip() == "*" or etag in tags


async def _begun(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same chunks, the first of them at hand, so that what is missing is a plain 404."""
    try:
        first = await anext(chunks, b"")
    except MissingArtifactError:
        raise Problem(404, "this file is not in the store any more") from None

    async def all_of_them() -> AsyncIterator[bytes]:
        yield first
        async for chunk in chunks:
            yield chunk

    return all_of_them()
