"""The director that thinks with Claude, ready to be asked.

Tests that use it load ``tests.emulators.plugin``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from anthropic import AsyncAnthropic

from tests.activities.claude_kit import Studio
from tests.emulators.service import Emulators


@pytest.fixture
async def studio(providers: Emulators, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Studio]:
    """A director whose client finds the stand-in by the environment alone."""
    for name, value in {**providers.env, "NO_PROXY": "127.0.0.1"}.items():
        monkeypatch.setenv(name, value)
    async with AsyncAnthropic(max_retries=0, timeout=5) as client:
        yield Studio(client, providers)
    assert providers.strays == []
