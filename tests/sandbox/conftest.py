"""A sandbox of this test's own, and small programs to run in it."""

import textwrap
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from sandbox.errors import SandboxUnavailable
from sandbox.policy import Route, ScriptPolicy
from sandbox.run import Run
from sandbox.session import SandboxSession, SandboxSettings, diagnose

Program = Callable[..., SandboxSettings]
Opened = Callable[..., AbstractAsyncContextManager[Run]]


@pytest.fixture
def settings(tmp_path: Path) -> SandboxSettings:
    """Settings with marker secrets and the best backend that runs here."""
    names = ("ANTHROPIC_API_KEY", "FAL_KEY", "KLING_ACCESS_KEY", "KLING_SECRET_KEY")
    secrets = {name: SecretStr(f"marker-{name.lower()}") for name in names}
    return SandboxSettings(home=tmp_path / "sandbox", secrets=secrets)


@pytest.fixture(params=["bubblewrap", "landlock"])
async def isolated(request: pytest.FixtureRequest, settings: SandboxSettings) -> SandboxSettings:
    """The same for each backend in turn; skipped, saying why, where one cannot run."""
    chosen = replace(settings, backend=request.param)
    try:
        await SandboxSession.get_or_create("first", chosen)
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    return chosen


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Registers Python source as the script called ``program``; ``routes`` give it a network."""

    def register(
        settings: SandboxSettings, source: str, *, routes: tuple[Route, ...] = ()
    ) -> SandboxSettings:
        path = tmp_path / "program.py"
        path.write_text(textwrap.dedent(source))
        policy = ScriptPolicy("-", program=path, routes=routes)
        return replace(settings, scripts={"program": policy})

    return register


@pytest.fixture
def opened() -> Opened:
    """Opens a run in a session of its own."""

    @asynccontextmanager
    async def open_run(settings: SandboxSettings) -> AsyncIterator[Run]:
        session = await SandboxSession.get_or_create("shoot", settings)
        async with session.open("run") as run:
            yield run

    return open_run


@pytest.fixture
async def bubblewrap(settings: SandboxSettings) -> SandboxSettings:
    """Settings for bubblewrap alone; skipped where that cannot run."""
    chosen = replace(settings, backend="bubblewrap")
    if (await diagnose(chosen)).backend is None:
        pytest.skip("bubblewrap cannot run here")
    return chosen
