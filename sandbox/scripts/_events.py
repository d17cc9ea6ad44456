"""What a script says while it works: SSE frames on stdout, one JSON object each.

A frame is ``data: {json}`` and a blank line. The sandbox decodes them from any chunking and
passes them on; nothing else a script prints on stdout has a meaning.
"""

from __future__ import annotations

import errno
import json
import sys
from typing import Literal


def emit(type: str, **fields: object) -> None:
    """Write one event frame to stdout and flush it.

    ``None`` values are left out, so that optional fields need no branch at the call site. Raises
    ``BrokenPipeError`` when nobody reads stdout any more.
    """
    body = {"type": type, **{name: value for name, value in fields.items() if value is not None}}
    frame = f"data: {json.dumps(body, ensure_ascii=False, separators=(',', ':'))}\n\n"
    if sys.stdout is None:  # closed before the script began
        raise BrokenPipeError(errno.EPIPE, "standard output is closed")
    # Names of files need not be text: what is no Unicode becomes a question mark.
    sys.stdout.buffer.write(frame.encode(errors="replace"))
    sys.stdout.buffer.flush()


def status(message: str) -> None:
    """Say in words what the machinery does, or that it fell back to something."""
    emit("status", message=message)


def progress(completed: float, total: float, message: str | None = None) -> None:
    """Say how much of the work is done: ``completed`` of ``total``, in any unit."""
    emit("progress", completed=completed, total=total, message=message)


def artifact(
    path: str,
    kind: Literal["image", "video"],
    *,
    width: int | None = None,
    height: int | None = None,
    duration: float | None = None,
    provenance: dict[str, object] | None = None,
) -> None:
    """Announce one finished output file.

    ``path`` is relative to the output folder, sizes are pixels, ``duration`` is seconds.
    """
    emit(
        "artifact",
        path=path,
        artifactType=kind,
        width=width,
        height=height,
        duration=duration,
        provenance=provenance,
    )


def submission(
    state: Literal["intent", "accepted", "settled", "failed", "unknown", "cancelled", "lost"],
    *,
    provider: str,
    operation: str,
    key: str,
    endpoint: str | None = None,
    remote_id: str | None = None,
    latency_seconds: float | None = None,
    detail: str | None = None,
) -> None:
    """Say one step in the life of a paid call; the ledger and every retry lean on it.

    ``intent`` comes before a byte is sent, ``accepted`` with the remote id right after the
    provider's answer; then ``settled`` (done, charged), ``failed`` (not charged), ``unknown``
    (nobody can tell), ``cancelled`` (what had begun may be charged) or ``lost`` (charged, and the
    result is gone). ``key`` is the caller's idempotency key, the same in every step.
    """
    emit(
        "submission",
        state=state,
        provider=provider,
        operation=operation,
        key=key,
        endpoint=endpoint,
        remoteId=remote_id,
        latencySeconds=latency_seconds,
        detail=detail,
    )


def error(
    message: str, code: str, *, retryable: bool = False, retry_after: float | None = None
) -> None:
    """Say why the script gives up; exactly one, as the last frame.

    ``retry_after`` is in seconds: the same call cannot succeed sooner.
    """
    emit("error", error=message, code=code, retryable=retryable, retryAfter=retry_after)
