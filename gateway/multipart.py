"""Multipart bodies, parsed as they stream in: one file in memory at a time, never a large one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from gateway.problems import Problem

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks


_LONGEST_BOUNDARY = 70


@dataclass
class Part:
    """One file of a form. ``content`` is cut off at the limit where ``too_large`` is set."""

    name: str
    content: bytearray = field(default_factory=bytearray)
    size: int = 0
    too_large: bool = False


class _Collector:
    """Turns the parser's calls into parts."""

    def __init__(self, limit: int) -> None:
        self.finished: list[Part] = []
        self.parts = 0
        self.ended = False
        self._limit = limit
        self._part: Part | None = None
        self._name, self._value = bytearray(), bytearray()
        self._headers: dict[bytes, bytes] = {}

    def callbacks(self) -> MultipartCallbacks:
        """What the parser calls."""
        return {
            "on_part_begin": self.on_part_begin,
            "on_header_field": self.on_header_field,
            "on_header_value": self.on_header_value,
            "on_header_end": self.on_header_end,
            "on_headers_finished": self.on_headers_finished,
            "on_part_data": self.on_part_data,
            "on_part_end": self.on_part_end,
            "on_end": self.on_end,
        }

    def on_part_begin(self) -> None:
        self.parts += 1
        self._headers = {}
        self._part = None

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def on_header_end(self) -> None:
        self._headers[bytes(self._name).lower()] = bytes(self._value)
        self._name.clear()
        self._value.clear()

    def on_headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        if b"filename" in options:
            self._part = Part(options[b"filename"].decode(errors="replace"))

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        part = self._part
        if part is None:
            return
        part.size += end - start
        if part.size > self._limit:
            part.too_large = True
            part.content.clear()
        else:
            part.content += data[start:end]

    def on_part_end(self) -> None:
        if self._part is not None:
            self.finished.append(self._part)
        self._part = None

    def on_end(self) -> None:
        self.ended = True


async def files(
    request: Request, file_limit: int, body_limit: int, part_limit: int
) -> AsyncIterator[Part]:
    """The files of a form, each as soon as it is whole.

    Raises 400 for what is no such form or breaks off, 413 past ``body_limit`` bytes or
    ``part_limit`` parts in all, 415 for another media type.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data":
        raise Problem(415, "send the files as multipart/form-data")
    boundary = options.get(b"boundary", b"")
    if not 1 <= len(boundary) <= _LONGEST_BOUNDARY:
        raise Problem(
            400,
            f"the form's boundary has {len(boundary)} characters: 1 to {_LONGEST_BOUNDARY} "
            "are allowed (RFC 2046)",
            "not-a-form",
        )
    collector = _Collector(file_limit)
    parser = MultipartParser(boundary, collector.callbacks())
    seen = 0
    try:
        async for chunk in request.stream():
            seen += len(chunk)
            if seen > body_limit:
                raise Problem(413, f"an upload has at most {body_limit // 1024**2} MB in all")
            parser.write(chunk)
            if collector.parts > part_limit:
                raise Problem(413, f"a form has at most {part_limit} parts", "too-many")
            for part in collector.finished:
                yield part
            collector.finished.clear()
        parser.finalize()
    except FormParserError:
        raise Problem(400, "the form cannot be read", "not-a-form") from None
    except ClientDisconnect:
        raise Problem(400, "the upload broke off", "broken-off") from None
    if not collector.ended:
        raise Problem(400, "the upload broke off before its end", "broken-off")
