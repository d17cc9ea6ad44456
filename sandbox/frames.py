"""SSE frames from bytes in any chunking, in bounded memory.

A frame is one or more ``data:`` lines and a blank line. Lines that begin otherwise (comments,
other SSE fields, what a library prints on stdout) mean nothing and are dropped as they come, but
count towards the total. Only complete ``data:`` lines are ever held, and at most ``max_frame``
bytes of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.protocol import ProtocolError

MAX_FRAME = 256 * 1024
MAX_TOTAL = 64 * 1024 * 1024

_PREFIX = b"data:"


class FrameDecoder:
    """Feed it chunks, get each frame's text. One decoder reads one stream.

    Memory is bounded by ``max_frame`` plus the chunk that is being fed. ``ProtocolError`` is
    raised for a line or frame above ``max_frame`` bytes, a stream above ``max_total`` bytes, and
    text that is not UTF-8; the decoder is of no further use after that.
    """

    def __init__(self, *, max_frame: int = MAX_FRAME, max_total: int = MAX_TOTAL) -> None:
        self._max_frame = max_frame
        self._max_total = max_total
        self._total = 0
        self._line = bytearray()
        self._dropping = False
        self._data: list[bytes] = []
        self._held = 0

    def feed(self, chunk: bytes) -> Iterator[str]:
        """The frames that ``chunk`` completes, in order; lazily, so consume them all."""
        self._total += len(chunk)
        if self._total > self._max_total:
            raise ProtocolError(f"more than {self._max_total} bytes on stdout")
        start = 0
        while (end := chunk.find(b"\n", start)) >= 0:
            self._extend(chunk[start:end])
            start = end + 1
            frame = self._end_line()
            if frame is not None:
                yield frame
        self._extend(chunk[start:])

    def close(self) -> None:
        """Say that the stream has ended; raises ``ProtocolError`` if it ended within a frame."""
        if self._data or (self._line and not self._dropping):
            raise ProtocolError("the output ends in the middle of a frame")

    def _extend(self, piece: bytes) -> None:
        if self._dropping or not piece:
            return
        self._line += piece
        known = min(len(self._line), len(_PREFIX))
        if self._line[:known] != _PREFIX[:known] and self._line != b"\r":
            self._dropping = True
            self._line.clear()
        elif self._held + len(self._line) > self._max_frame:
            raise ProtocolError(f"a frame is longer than {self._max_frame} bytes")

    def _end_line(self) -> str | None:
        line, dropped = bytes(self._line), self._dropping
        self._line.clear()
        self._dropping = False
        if dropped:
            return None
        if line in (b"", b"\r"):
            return self._end_frame()
        if not line.startswith(_PREFIX):
            return None
        value = line[len(_PREFIX) :].removesuffix(b"\r").removeprefix(b" ")
        self._data.append(value)
        self._held += len(value) + 1
        return None

    def _end_frame(self) -> str | None:
        if not self._data:
            return None
        body = b"\n".join(self._data)
        self._data.clear()
        self._held = 0
        try:
            return body.decode()
        except UnicodeDecodeError as error:
            raise ProtocolError(f"a frame is not UTF-8 at byte {error.start}") from None
