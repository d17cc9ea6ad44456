"""One script from start to end: its events as they come, and one verdict when it is over."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import AsyncGenerator, Coroutine, Iterator
from contextlib import aclosing, suppress
from datetime import timedelta

from sandbox.budget import Budget
from sandbox.egress import EgressProxy
from sandbox.errors import ScriptFailed
from sandbox.frames import FrameDecoder
from sandbox.limits import Limits
from sandbox.process import Process
from sandbox.protocol import Error, ProtocolError, ScriptEvent, parse_event
from sandbox.redact import Redactor
from sandbox.verdict import crashed
from sandbox.watchdog import Watchdog

_log = logging.getLogger(__name__)

TAIL = 16 * 1024
MAX_EVENTS = 100_000


class StderrTail:
    """The last ``TAIL`` bytes of a stream, read as fast as they come."""

    def __init__(self) -> None:
        self._kept = bytearray()
        self._cut = False

    async def drain(self, process: Process) -> None:
        """Read up to the end, so that the script never waits for us."""
        while chunk := await process.stderr.read():
            self._kept += chunk
            if len(self._kept) > TAIL:
                del self._kept[:-TAIL]
                self._cut = True

    def text(self) -> str:
        """What was kept, in whole lines: the rest of a line may be half a secret."""
        text = self._kept.decode(errors="replace")
        return text.partition("\n")[2] if self._cut else text


class Execution:
    """Follows one process. Every text that the script wrote is masked by ``redact``.

    The first reason to end it wins; whatever follows is only its consequence.
    """

    def __init__(
        self,
        script: str,
        process: Process,
        *,
        limit: timedelta,
        limits: Limits,
        redact: Redactor,
        watchdog: Watchdog,
        proxy: EgressProxy | None = None,
    ) -> None:
        self._script = script
        self._process = process
        self._limit = limit
        self._limits = limits
        self._redact = redact
        self._watchdog = watchdog
        self._proxy = proxy
        self._budget = Budget(script, limits)
        self._tail = StderrTail()
        self._verdict: ScriptFailed | None = None

    async def events(self) -> AsyncGenerator[ScriptEvent, None]:
        """The script's events; raises ``ScriptFailed`` at the end unless it ended well.

        Leaving early, in whatever way, ends the whole process tree before this returns.
        """
        tail = asyncio.create_task(self._tail.drain(self._process))
        watching = (self._watch_time(), self._watch_use())
        watchers = [asyncio.create_task(self._guarded(watcher)) for watcher in watching]
        try:
            async with aclosing(self._decode()) as events:
                async for event in events:
                    yield event
            status = await self._process.wait()
            await tail
            await self._conclude(status)
        finally:
            for watcher in watchers:
                watcher.cancel()
            try:
                await self._process.stop()
            finally:
                tail.cancel()
                self._process.close()

    async def _watch_time(self) -> None:
        await asyncio.sleep(self._limit.total_seconds())
        seconds = f"{self._limit.total_seconds():g} s"
        self._verdict = self._verdict or ScriptFailed(
            "timeout", f"{self._script} took longer than {seconds}, its limit", retryable=True
        )
        await self._process.stop()

    async def _watch_use(self) -> None:
        breach = await self._watchdog.first_breach()
        self._verdict = self._verdict or breach
        self._process.kill()

    async def _guarded(self, watcher: Coroutine[None, None, None]) -> None:
        """A watcher that fails ends the script: what is not watched has no limits."""
        try:
            await watcher
        except Exception as error:
            _log.exception("A watcher of %s failed", self._script)
            self._verdict = self._verdict or self._watchdog.unwatched(error)
            self._process.kill()

    async def _decode(self) -> AsyncGenerator[ScriptEvent, None]:
        decoder = FrameDecoder(max_total=self._limits.stdout)
        count = itertools.count(1)
        try:
            async with aclosing(self._chunks()) as chunks:
                async for chunk in chunks:
                    for refusal in self._refusals():
                        yield refusal
                    for frame in decoder.feed(chunk):
                        event = parse_event(frame, self._redact.value)
                        if next(count) > MAX_EVENTS:
                            raise ProtocolError(f"more than {MAX_EVENTS} events")
                        if isinstance(event, Error):
                            self._gave_up(event)
                        else:
                            self._budget.spend(event)
                            yield event
            decoder.close()
        except ProtocolError as error:
            broken = f"{self._script} broke the event protocol: {error}"
            self._verdict = self._verdict or ScriptFailed("protocol", broken)
            self._process.kill()
        except ScriptFailed as beyond:
            self._verdict = self._verdict or beyond
            self._process.kill()

    async def _chunks(self) -> AsyncGenerator[bytes, None]:
        """What comes on stdout; an empty chunk whenever the proxy has refused something."""
        reading = asyncio.create_task(self._process.stdout.read())
        refused = asyncio.create_task(self._refused())
        try:
            while True:
                await asyncio.wait({reading, refused}, return_when=asyncio.FIRST_COMPLETED)
                if refused.done():
                    refused = asyncio.create_task(self._refused())
                    yield b""
                if reading.done():
                    chunk = reading.result()
                    if not chunk:
                        break
                    yield chunk
                    reading = asyncio.create_task(self._process.stdout.read())
            yield b""
        finally:
            reading.cancel()
            refused.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.gather(reading, refused, return_exceptions=True)

    async def _refused(self) -> None:
        if self._proxy is None:
            await asyncio.get_running_loop().create_future()
        else:
            await self._proxy.refused.wait()
            self._proxy.refused.clear()

    def _refusals(self) -> Iterator[ScriptEvent]:
        while self._proxy is not None and self._proxy.refusals:
            yield self._proxy.refusals.popleft()

    def _gave_up(self, event: Error) -> None:
        self._verdict = self._verdict or ScriptFailed(
            event.code, event.error, retryable=event.retryable, retry_after=event.wait
        )

    async def _conclude(self, status: int) -> None:
        """Raise the verdict, or make one from the exit status and the last words on stderr."""
        said = self._redact(self._tail.text()).strip()
        verdict = self._verdict or await asyncio.to_thread(self._watchdog.at_the_end)
        if verdict is None and status:
            verdict = crashed(self._script, status, said, self._limits)
        if verdict is not None:
            verdict.exit_status = status
            _log.info("%s failed (%s, status %s): %s", self._script, verdict.code, status, said)
            raise verdict
