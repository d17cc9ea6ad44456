"""One script from start to end: its events as they come, and one verdict when it is over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from datetime import timedelta

from sandbox.errors import ScriptFailed
from sandbox.frames import FrameDecoder
from sandbox.limits import Limits
from sandbox.process import Process
from sandbox.protocol import Error, ProtocolError, ScriptEvent, parse_event

_log = logging.getLogger(__name__)

TAIL = 16 * 1024
MAX_EVENTS = 100_000


class StderrTail:
    """The last ``TAIL`` bytes of a stream, read as fast as it comes so that it never blocks."""

    def __init__(self) -> None:
        self._kept = bytearray()
        self._cut = False

    async def drain(self, process: Process) -> None:
        while chunk := await process.stderr.read():
            self._kept += chunk
            if len(self._kept) > TAIL:
                del self._kept[:-TAIL]
                self._cut = True

    def text(self) -> str:
        """What was kept, in whole lines."""
        text = self._kept.decode(errors="replace")
        return text.partition("\n")[2] if self._cut else text


class Execution:
    """Follows one process. ``redact`` is applied to every text that a script wrote.

    The first reason to end it wins; whatever follows is only its consequence.
    """

    def __init__(
        self,
        script: str,
        process: Process,
        *,
        timeout: timedelta,
        limits: Limits,
        redact: Callable[[str], str],
    ) -> None:
        self._script = script
        self._process = process
        self._timeout = timeout
        self._limits = limits
        self._redact = redact
        self._tail = StderrTail()
        self._verdict: ScriptFailed | None = None

    async def events(self) -> AsyncGenerator[ScriptEvent, None]:
        """The script's events; raises ``ScriptFailed`` at the end unless it ended well.

        Leaving early, in whatever way, ends the whole process tree before this returns.
        """
        helpers = [
            asyncio.create_task(self._tail.drain(self._process)),
            asyncio.create_task(self._watch_time()),
        ]
        try:
            async for event in self._decode():
                yield event
            status = await self._process.wait()
            await helpers[0]
            self._conclude(status)
        finally:
            await self._process.stop()
            for helper in helpers:
                helper.cancel()
            await asyncio.gather(*helpers, return_exceptions=True)
            self._process.close()

    async def end(self, verdict: ScriptFailed) -> None:
        """End the script for the reason given, unless there is one already."""
        self._verdict = self._verdict or verdict
        await self._process.stop()

    async def _watch_time(self) -> None:
        await asyncio.sleep(self._timeout.total_seconds())
        seconds = f"{self._timeout.total_seconds():g} s"
        await self.end(
            ScriptFailed("timeout", f"{self._script} took longer than {seconds}", retryable=True)
        )

    async def _decode(self) -> AsyncGenerator[ScriptEvent, None]:
        decoder = FrameDecoder(max_total=self._limits.stdout)
        count = 0
        try:
            while chunk := await self._process.stdout.read():
                for frame in decoder.feed(chunk):
                    event = parse_event(self._redact(frame))
                    count += 1
                    if count > MAX_EVENTS:
                        raise ProtocolError(f"more than {MAX_EVENTS} events")
                    if isinstance(event, Error):
                        self._gave_up(event)
                    else:
                        yield event
            decoder.close()
        except ProtocolError as error:
            if self._verdict is None and self._process.alive:
                self._process.kill()
            broken = f"{self._script} broke the event protocol: {error}"
            self._verdict = self._verdict or ScriptFailed("protocol", broken)

    def _gave_up(self, event: Error) -> None:
        self._verdict = self._verdict or ScriptFailed(
            event.code, event.error, retryable=event.retryable, retry_after=event.wait
        )

    def _conclude(self, status: int) -> None:
        """Raise the verdict, or make one from the exit status and the last words on stderr."""
        said = self._redact(self._tail.text()).strip()
        if status or self._verdict:
            _log.info("%s ended with status %s: %s", self._script, status, said)
        if self._verdict is not None:
            if self._verdict.exit_status is None:
                self._verdict.exit_status = status
            raise self._verdict
        if status:
            raise _crashed(self._script, status, said)


def _crashed(script: str, status: int, said: str) -> ScriptFailed:
    last = said.splitlines()[-1] if said else "it said nothing on stderr"
    message = f"{script} crashed with exit status {status}: {last[:500]}"
    return ScriptFailed("crashed", message, retryable=True, exit_status=status)
