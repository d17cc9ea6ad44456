"""One picture, decoded in a process that holds nothing and can reach nothing.

``python -m imaging keep`` or ``python -m imaging small WIDTH``: the picture on standard input; one
line of JSON on standard output, then the bytes of the answer.
"""

from __future__ import annotations

import json
import resource
import sys
from contextlib import suppress

from imaging.reading import opened
from imaging.storing import RefusedError, keep
from imaging.thumbnails import UnfitError, small

MEMORY = 1_536 * 1024 * 1024
"""Bytes of address space: a picture of 64 megapixels and its copy, and the libraries."""

SECONDS = 30
"""Of computing; the slowest picture within the limits takes a fraction."""


def main(arguments: list[str]) -> int:
    """Answer one request; returns 0, also for a refusal."""
    _prepare()
    _confine()
    content = sys.stdin.buffer.read()
    head: dict[str, object]
    try:
        if arguments[0] == "keep":
            kept = keep(content)
            head = {"extension": kept.extension, "width": kept.width, "height": kept.height}
            data = kept.data
        else:
            head, data = {}, small(content, int(arguments[1]))
    except RefusedError as refused:
        head, data = {"refused": str(refused), "code": refused.code}, b""
    except UnfitError as unfit:
        head, data = {"refused": str(unfit), "code": "unfit"}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + data)
    sys.stdout.buffer.flush()
    return 0


def _prepare() -> None:
    """Load every decoder while files can still be opened."""
    with suppress(Exception), opened(b""):
        pass


def _confine() -> None:
    """Take away what a picture that takes a decoder over would want: memory, time, processes, and,
    where the kernel has Landlock, every file, TCP, and the memory of other processes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":
        import py_landlock  # noqa: PLC0415 - on Linux alone

        with suppress(py_landlock.LandlockError):
            py_landlock.Landlock(strict=False).apply()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
