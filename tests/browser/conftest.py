"""The studio's page in a real browser, against the whole studio in proof mode."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    async_playwright,
    expect,
)

from tests.waiting import until

ROOT = Path(__file__).parents[2]
SHOOT = Path(sys.executable).with_name("shoot")
PHOTOS = (ROOT / "examples" / "portrait.png", ROOT / "examples" / "accessory-cup.png")
AXE = Path(__file__).with_name("vendor") / "axe.min.js"
SERIOUS = ("serious", "critical")
STAGES = ("hero", "contact-sheet", "frames", "clips", "complete")
WIDTH = 480
WORDS = "Quiet editorial, one hard light"
PATIENCE = 60_000
"""Longest wait for anything the studio makes, in milliseconds. All two cores may be busy."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CSP_LISTENER = """
addEventListener('securitypolicyviolation', (event) => {
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
});
"""


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium: Debian's, or the one Playwright installed."""
    async with async_playwright() as playwright:
        program = shutil.which("chromium")
        try:
            browser = await playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        except Error:
            pytest.skip("no browser is to be had: playwright install chromium")
        yield browser
        await browser.close()


@dataclass
class Studio:
    """``shoot up`` in a home of its own: it can be killed, and started again on the same port."""

    home: Path
    port: int
    settings: dict[str, str] = field(default_factory=dict)
    """Settings that differ from those of the tests."""
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Start it, and wait until it answers."""
        kept = ("PATH", "HOME", "LANG", "TMPDIR")
        env = {
            **{name: os.environ[name] for name in kept if name in os.environ},
            "SHOOT_HOME": str(self.home),
            "SHOOT_PORT": str(self.port),
            "SHOOT_TEMPORAL_PORT": "0",
            "SHOOT_TEMPORAL_UI_PORT": "0",
            "SHOOT_PROOF_WIDTH": str(WIDTH),
            **self.settings,
        }
        with (self.home / "up.log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(SHOOT), "up"], env=env, cwd=self.home, stdout=log, stderr=log
            )
        async with httpx.AsyncClient(base_url=self.address) as client:

            async def ready() -> bool:
                if self.process is None or self.process.poll() is not None:
                    pytest.fail((self.home / "up.log").read_text()[-2000:])
                with suppress(httpx.TransportError):
                    return (await client.get("/api/ready")).status_code == 200
                return False

            await until(ready)

    def kill(self) -> None:
        """Kill it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    async def stop(self) -> None:
        """Ask it to stop, and wait."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            await asyncio.to_thread(self.process.wait, 20)


@pytest.fixture(scope="session")
async def studio(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, unused_tcp_port_factory: Any
) -> AsyncIterator[Studio]:
    """One studio for all browser tests; each makes shoots of its own."""
    studio = Studio(tmp_path_factory.mktemp("studio"), unused_tcp_port_factory())
    await studio.start()
    yield studio
    await studio.stop()


@pytest.fixture
async def own_studio(
    browser: Browser, tmp_path: Path, unused_tcp_port_factory: Any
) -> AsyncIterator[Callable[..., Awaitable[Studio]]]:
    """Starts a studio for one test alone, with settings of its own."""
    started: list[Studio] = []

    async def start(**settings: str) -> Studio:
        studio = Studio(tmp_path, unused_tcp_port_factory(), settings)
        started.append(studio)
        await studio.start()
        return studio

    yield start
    for studio in started:
        await studio.stop()


@pytest.fixture
async def api(studio: Studio) -> AsyncIterator[httpx.AsyncClient]:
    """The native API, to bring shoots to where a test begins."""
    async with httpx.AsyncClient(base_url=studio.address, timeout=30) as client:
        yield client


@dataclass
class Watch:
    """Everything a page complained of: console errors, exceptions, broken policy."""

    complaints: list[str] = field(default_factory=list)
    forgiven: tuple[str, ...] = ()
    """Parts of complaints that a test brings about on purpose, such as a refused connection."""

    def hear(self, page: Page) -> None:
        """Listen to ``page``."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"exception: {error}"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} {message.location['url']}")

    @property
    def serious(self) -> list[str]:
        """The complaints that no test asked for."""
        return [one for one in self.complaints if not any(part in one for part in self.forgiven)]


@pytest.fixture
async def watch() -> AsyncIterator[Watch]:
    """No test may leave a complaint behind."""
    watch = Watch()
    yield watch
    assert watch.serious == []


Opener = Callable[..., Awaitable[Page]]


@pytest.fixture
async def open_page(browser: Browser, studio: Studio, watch: Watch) -> AsyncIterator[Opener]:
    """Opens pages of the studio, each as another browser would."""
    contexts: list[BrowserContext] = []

    async def opened(
        path: str = "/", width: int = 1280, height: int = 800, init: str = "", **more: Any
    ) -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": height}, base_url=studio.address, **more
        )
        contexts.append(context)
        await context.add_init_script(CSP_LISTENER + init)
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        watch.hear(page)
        await page.goto(path)
        return page

    expect.set_options(timeout=PATIENCE)
    yield opened
    for context in contexts:
        await context.close()


class Desk:
    """One shoot's page, by what a person sees and does there."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.bar = page.locator("#bar")
        self.notes = page.locator(".notes-scroll")
        self.words = page.get_by_label("What to change, in words")

    def act(self, decision: str) -> Locator:
        """The button that sends a decision of this type."""
        return self.bar.locator(f'[data-decision="{decision}"]')

    def stop(self, name: str) -> Locator:
        """A stage on the rail."""
        return self.page.locator(".rail li").filter(has_text=name)

    async def asked(self, text: str) -> None:
        """Wait until the bar asks with these words, and takes an answer."""
        await expect(self.bar.locator(".question-words")).to_contain_text(text)
        await expect(self.bar).to_have_class(re.compile(r"\bis-open\b"))

    async def shows(self, stage: str, take: int) -> None:
        """Wait until a take of a stage is what is looked at."""
        await expect(self.page.locator("#stage-title")).to_have_text(stage)
        await expect(self.page.locator(".stage-data")).to_contain_text(f"Take {take}")

    async def go_on(self) -> None:
        """Click what leads on."""
        await self.act("approve").click()

    async def take_count(self) -> int:
        """How many takes of the stage are offered side by side."""
        return await self.page.locator(".takes li").count()

    async def story(self) -> str:
        """The director's notes, as they read."""
        return await self.notes.inner_text()


@pytest.fixture(scope="session")
async def finished(studio: Studio) -> str:
    """A shoot that has come to its film, for tests that only look. Returns its id."""
    async with httpx.AsyncClient(base_url=studio.address, timeout=30) as client:
        shoot = await begin(client, 2, {"autopilot": True})

        async def complete() -> bool:
            state = (await client.get(f"/api/shoots/{shoot}")).json()
            return bool(state["status"] == "complete")

        await until(complete)
        return shoot


@pytest.fixture
def start(api: httpx.AsyncClient) -> Callable[..., Awaitable[str]]:
    """Starts a proof shoot, and brings it to the checkpoint of a stage. Returns its id."""

    async def started(until: str | None = None, photos: int = 1, **options: Any) -> str:
        shoot = await begin(api, photos, options)
        for stage in STAGES[: STAGES.index(until) + 1] if until else ():
            state = await waiting(api, shoot, stage)
            if stage != until:
                answer = {
                    "checkpointId": state["checkpoint"]["id"],
                    "decision": {"type": "approve"},
                }
                await api.post(f"/api/shoots/{shoot}/decisions", json=answer)
        return shoot

    return started


async def begin(
    api: httpx.AsyncClient, photos: int, options: dict[str, Any], words: str = WORDS
) -> str:
    """Start a proof shoot on the example photos. Returns its id."""
    files = [("images", (p.name, p.read_bytes(), "image/png")) for p in PHOTOS[:photos]]
    stored = (await api.post("/api/uploads", files=files)).raise_for_status().json()
    brief = {
        "prompt": words,
        "references": [one["path"] for one in stored["files"]],
        "options": {"provider": "proof", **options},
    }
    shoot = (await api.post("/api/shoots", json=brief)).raise_for_status().json()
    return str(shoot["id"])


async def waiting(api: httpx.AsyncClient, shoot_id: str, stage: str) -> dict[str, Any]:
    """The state of a shoot once it waits at ``stage``; a failure on the way fails the test."""

    async def waits() -> dict[str, Any] | None:
        state: dict[str, Any] = (await api.get(f"/api/shoots/{shoot_id}")).json()
        checkpoint = state["checkpoint"]
        if checkpoint and checkpoint["status"] == "failed":
            pytest.fail(checkpoint["message"])
        return state if checkpoint and checkpoint["stage"] == stage else None

    return cast(dict[str, Any], await until(waits))


@pytest.fixture
def faults() -> Callable[[Page], Awaitable[list[str]]]:
    """Finds the serious faults that axe sees on a page, in a line each."""

    async def found(page: Page) -> list[str]:
        await page.evaluate(AXE.read_text())
        report = await page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
        return [
            f"{one['id']}: {node['target']} {node['failureSummary']}"
            for one in report["violations"]
            if one["impact"] in SERIOUS
            for node in one["nodes"]
        ]

    return found


@pytest.fixture
def photos() -> tuple[Path, ...]:
    """Photos to give as references."""
    return PHOTOS


@pytest.fixture
def state_at(api: httpx.AsyncClient) -> Callable[[str, str], Awaitable[dict[str, Any]]]:
    """Waits until a shoot waits at a stage, and gives its state."""

    async def reached(shoot_id: str, stage: str) -> dict[str, Any]:
        return await waiting(api, shoot_id, stage)

    return reached


@pytest.fixture
def desk_of() -> Callable[[Page], Desk]:
    """The desk on a page that is open already."""
    return Desk


@pytest.fixture
def open_desk(open_page: Opener) -> Callable[..., Awaitable[Desk]]:
    """Opens the page of a shoot."""

    async def opened(shoot_id: str, query: str = "", **more: Any) -> Desk:
        return Desk(await open_page(f"/shoots/{shoot_id}{query}", **more))

    return opened
