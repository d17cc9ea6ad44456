"""Decoding in a process apart, for those that hold keys and tokens.

The process gets the picture through a pipe and nothing else: no environment, no files. A picture
that makes a decoder crash, or eat memory or time, costs that process alone.
"""

from __future__ import annotations

import asyncio
import json
import sys

from imaging.reading import SPOKEN
from imaging.storing import Kept, RefusedError
from imaging.thumbnails import UnfitError

PATIENCE = 60.0
"""Seconds, also on a busy machine."""


async def keep(content: bytes) -> Kept:
    """As :func:`imaging.storing.keep`. Raises :class:`RefusedError`."""
    answer = await _ask(content, "keep")
    if answer is None:
        raise RefusedError(f"not a readable {SPOKEN}: export it anew", "not-an-image")
    head, data = answer
    if "refused" in head:
        raise RefusedError(str(head["refused"]), str(head["code"]))
    return Kept(data, str(head["extension"]), int(str(head["width"])), int(str(head["height"])))


async def small(content: bytes, width: int) -> bytes:
    """As :func:`imaging.thumbnails.small`. Raises :class:`UnfitError`."""
    answer = await _ask(content, "small", str(width))
    if answer is None:
        raise UnfitError("not a picture that can be read")
    head, data = answer
    if "refused" in head:
        raise UnfitError(str(head["refused"]))
    return data


async def _ask(content: bytes, *arguments: str) -> tuple[dict[str, object], bytes] | None:
    """The answer's head and bytes; ``None`` where the process gave none."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-m", "imaging", *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
        cwd="/",
    )
    try:
        async with asyncio.timeout(PATIENCE):
            said, _ = await process.communicate(content)
    except TimeoutError:
        return None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        return None
    head, _, data = said.partition(b"\n")
    return json.loads(head), data
