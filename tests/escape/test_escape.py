"""Every attempt to escape is held, by every backend that runs on this machine."""

from collections.abc import AsyncIterator

import pytest
from battery import Battery, battery
from document import PAGE, documented
from table import ATTEMPTS, Attempt

from sandbox import pids
from sandbox.errors import SandboxUnavailable
from sandbox.session import SandboxSession

FORK_BOMBS = ("resources.processes", "resources.threads")


@pytest.fixture(scope="module", params=["bubblewrap", "landlock"])
async def attempts(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Battery]:
    """The battery against one backend; skipped, saying why, where that cannot run."""
    async with battery(tmp_path_factory.mktemp("escape"), request.param) as made:
        try:
            await SandboxSession.get_or_create("first", made.settings)
        except SandboxUnavailable as error:
            pytest.skip(str(error))
        yield made


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda attempt: attempt.name)
async def test_attempt_is_held(attempts: Battery, attempt: Attempt) -> None:
    """The program does not get what it is after, and nothing on the host has come to harm."""
    if attempt.name in FORK_BOMBS and pids.unbound():
        pytest.skip(pids.NOTE)
    outcome = await attempts.attempt(attempt)

    assert outcome.held, f"would win {attempt.wins}: {outcome.lost}"


def test_battery_is_complete() -> None:
    """There are at least forty attempts, each with a line that says what it would win."""
    assert len(ATTEMPTS) >= 40
    assert all(attempt.wins for attempt in ATTEMPTS)
    assert len({attempt.name for attempt in ATTEMPTS}) == len(ATTEMPTS)


def test_page_has_the_table() -> None:
    """docs/sandbox.md lists every attempt with the mechanism that stops it."""
    assert PAGE.read_text() == documented(), "run `python tests/escape/document.py`"
