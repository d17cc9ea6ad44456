"""Fetching what was bought: whole, checked, and never by buying it again.

Links expire and connections break, so a result is fetched at once, a broken transfer goes on
where it stopped (``Range``), and what does not decode is fetched anew.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import httpx

from sandbox.scripts import _events
from sandbox.scripts._command import ScriptError
from sandbox.scripts._live.exchange import CONNECT, closing, trust
from sandbox.scripts._live.failure import Failure
from sandbox.scripts._live.waiting import Cadence, Pace
from sandbox.scripts._outcomes import Code, Outcome, broken, fal

MAX_BYTES = 512 * 1024 * 1024
LEAST_BYTES = 64 * 1024
"""Bytes that a timeout's worth of seconds must bring; below that a transfer is broken off."""

DOUBTS = 2
"""How often a file that is smaller than announced is fetched anew before decoding decides."""

RELINKS = 4
"""How often a fresh link is asked for before a result is given up."""

Check = Callable[[Path], None]
"""Raises :class:`ScriptError` when a file is not whole."""


class Gone(Failure):
    """The link is dead; a fresh one may be had from the provider."""


class _Torn(Exception):
    """A transfer that ended early; what came may be kept."""


def fetch(url: str, target: Path, check: Check, pace: Pace, *, size: int | None = None) -> None:
    """Download ``url`` onto ``target``, an existing file that is overwritten.

    ``size`` is the size in bytes that the provider announced, if it did. Raises :class:`Gone` for
    a dead link and :class:`Failure` with ``RESUME`` when the patience is used up.
    """
    if not url.startswith("https://"):
        raise Failure(Outcome(Code.LOST, "The result's link is not https; it is not fetched"))
    transfer = _Transfer(url, target, pace, size)
    for _ in (cadence := Cadence(pace, "The finished result")):
        try:
            transfer.go_on()
            check(target)
        except httpx.RequestError as error:
            where = f"The result at {httpx.URL(url).host}"
            cadence.stumbled(Failure(broken(where, error)))
        except _Torn as torn:
            cadence.stumbled(Failure(Outcome(Code.RETRY, f"The result {torn}")))
        except Gone:
            raise
        except Failure as failure:
            cadence.stumbled(failure)
        except ScriptError as damaged:
            transfer.start_over()
            cadence.stumbled(Failure(Outcome(Code.RETRY, f"The result: {damaged}")))
        else:
            return
        _events.status("Fetching the result again; it is paid for only once")


def relinked(pace: Pace) -> Iterator[bool]:
    """Rounds of fetching, each by a fresh link; true in the last one.

    They lie ever further apart: a file that was finished a moment ago may not have reached the
    server that is asked for it.
    """
    pause = pace.first
    for round_ in range(RELINKS + 1):
        if round_:
            _events.status("The link is dead; asking for a fresh one")
            time.sleep(pause)
            pause *= 2
        yield round_ == RELINKS


class _Transfer:
    """One file's way here, over as many connections as it takes."""

    def __init__(self, url: str, target: Path, pace: Pace, size: int | None) -> None:
        self._url = url
        self._target = target
        self._pace = pace
        self._size = size
        self._have = 0
        self._tag: str | None = None
        self._doubts = 0
        self._resumable = True

    def start_over(self) -> None:
        self._have = 0
        self._tag = None

    def go_on(self) -> None:
        limits = httpx.Timeout(self._pace.timeout, connect=min(CONNECT, self._pace.timeout))
        headers = {"Accept-Encoding": "identity"}
        if not self._resumable:
            self.start_over()
        if self._have:
            headers["Range"] = f"bytes={self._have}-"
            if self._tag:
                headers["If-Range"] = self._tag
        with httpx.Client(timeout=limits, verify=trust(), follow_redirects=True) as client:
            request = client.build_request("GET", self._url, headers=headers)
            answer = client.send(request, stream=True)
            with closing(answer):
                whole = self._begin(answer)
                self._resumable = _plain(answer)
                with self._target.open("r+b") as file:
                    file.seek(self._have)
                    file.truncate()
                    self._receive(answer, file)
        self._complete(whole)

    def _complete(self, whole: int | None) -> None:
        if self._have == 0 or (whole is not None and self._have < whole):
            raise _Torn(f"ended after {self._have} of {whole or self._size} bytes")
        if self._size and self._have < self._size and self._doubts < DOUBTS:
            # The file server calls it whole, the provider announced more: one of them errs.
            self._doubts += 1
            short = self._have
            if whole is not None:
                self.start_over()
            raise _Torn(f"has {short} bytes and should have {self._size}")

    def _begin(self, answer: httpx.Response) -> int | None:
        """Judge the answer's head; returns the whole file's size in bytes, if that is known."""
        if answer.status_code in (401, 403, 404, 410):
            raise Gone(Outcome(Code.LOST, f"The result's link is dead (HTTP {answer.status_code})"))
        if answer.status_code == 416:
            self.start_over()
            raise _Torn("does not go on where it stopped")
        if answer.status_code >= 400:
            raise Failure(_patient(fal(answer.status_code, answer.headers, "")))
        span = re.fullmatch(
            r"bytes (\d+)-\d+/(\d+|\*)", answer.headers.get("content-range", "").strip()
        )
        if self._have and answer.status_code == 206 and span and int(span[1]) == self._have:
            return None if span[2] == "*" else int(span[2])
        self._have = 0
        tag = answer.headers.get("etag", "")
        self._tag = tag if tag.startswith('"') else None
        if not _plain(answer):
            return None
        length = answer.headers.get("content-length", "")
        return int(length) if length.isdecimal() else None

    def _receive(self, answer: httpx.Response, file: IO[bytes]) -> None:
        since, before = time.monotonic(), self._have
        for chunk in answer.iter_raw() if _plain(answer) else answer.iter_bytes():
            file.write(chunk)
            self._have += len(chunk)
            if self._have > MAX_BYTES:
                raise Failure(
                    Outcome(Code.LOST, f"The result is larger than {MAX_BYTES} bytes; not kept")
                )
            if self._pace.left <= 0:
                raise Failure(
                    Outcome(Code.RESUME, "The result comes too slowly; it is picked up again")
                )
            if time.monotonic() - since > self._pace.timeout:
                if self._have - before < LEAST_BYTES:
                    raise _Torn(f"trickles: {self._have - before} bytes in a timeout's time")
                since, before = time.monotonic(), self._have


def _plain(answer: httpx.Response) -> bool:
    """Whether a file comes as it is: some servers compress what they were told to leave alone."""
    return answer.headers.get("content-encoding", "identity").lower() in ("", "identity")


def _patient(outcome: Outcome) -> Outcome:
    """A file server's error: whatever it is, the file was paid for, so it is asked again."""
    if outcome.retryable:
        return Outcome(outcome.code, "The file server is busy or has a fault", outcome.retry_after)
    return Outcome(Code.RETRY, "The file server refuses for the moment")
