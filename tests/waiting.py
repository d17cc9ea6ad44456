"""Waiting for a condition: the one place where tests look again after a moment."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from typing import Any

PAUSE = 0.02
"""Seconds between two looks."""


async def until(condition: Callable[[], Any]) -> Any:
    """Look until ``condition``, awaited where it can be, is true; return what it said.

    The test's own timeout ends it if that never comes.
    """
    while True:
        found = condition()
        if inspect.isawaitable(found):
            found = await found
        if found:
            return found
        await asyncio.sleep(PAUSE)
