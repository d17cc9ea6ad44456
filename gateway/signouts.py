"""Sessions that were signed out before they expired, known to every gateway of one store."""

from __future__ import annotations

import asyncio
import logging
import time

from studio.store import ArtifactStore, StoreAwayError

logger = logging.getLogger(__name__)

_FOLDER = "sign-outs"
_PATIENCE_SECONDS = 2.0
_FRESH_SECONDS = 20.0


class SignOuts:
    """The numbers of ended sessions.

    Each is an empty object in the artifact store, ``sign-outs/{expiry}-{number}``, so that the
    gateways need nothing else in common. They look every twenty seconds; the one that was told
    knows at once. Without a store only this process knows.
    """

    def __init__(self, store: ArtifactStore | None = None) -> None:
        self._store = store
        self._ended: dict[str, int] = {}
        self._looked = float("-inf")

    def has(self, number: str) -> bool:
        """Whether the session of that number was signed out."""
        return number in self._ended

    async def add(self, number: str, expiry: int) -> None:
        """End a session; ``expiry`` (seconds of the epoch) is when it would have ended itself."""
        self._ended[number] = expiry
        if self._store is not None:
            await self._store.put(f"{_FOLDER}/{expiry}-{number}", b"")

    async def refresh(self) -> None:
        """Learn what other gateways have ended, if the last look is too long ago."""
        now = time.monotonic()
        if self._store is None or now - self._looked < _FRESH_SECONDS:
            return
        self._looked = now
        today = time.time()
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                keys = await self._store.keys(_FOLDER)
        except (StoreAwayError, TimeoutError) as error:
            # The store is away: who is signed in goes on, and a sign-out elsewhere is learnt later.
            logger.warning("sign-outs cannot be read: %s", type(error).__name__)
            return
        named = (key.rsplit("/", 1)[-1].partition("-") for key in keys)
        known = {number: int(expiry) for expiry, _, number in named if expiry.isdecimal()}
        self._ended = {n: e for n, e in {**self._ended, **known}.items() if e > today}
