"""Photograph the studio's page for the documentation; run by hand, it takes about two minutes.

``python tests/browser/screenshots.py [FOLDER]`` starts a studio of its own in proof mode, runs a
shoot on the example photos by clicking, and writes JPEG files (``docs/studio`` by default).
"""

from __future__ import annotations

import asyncio
import shutil
import socket
import sys
import tempfile
from pathlib import Path

import httpx
from conftest import FLAGS, PATIENCE, PHOTOS, ROOT, Desk, Studio, begin, waiting
from playwright.async_api import Browser, Page, async_playwright, expect

FOLDER = ROOT / "docs" / "studio"
QUALITY = 76
PROOF_WIDTH = 1896
"""Enough for the widest window, and sooner made than a full one."""
SIZES = {390: (390, 844), 1280: (1280, 800), 2200: (2200, 1240)}
BRIEF = "Edgy editorial, industrial, one hard light. The cup is the last one in the city."
OTHERS = (
    ("A calm portrait in warm daylight, nothing in the way", "warm-daylight", "hero"),
    ("Night in the gel lights: magenta, blue, and no smile", "color-gel", "contact-sheet"),
    ("White on white, for the spring cover", "studio-white", "frames"),
)
"""Other shoots for the list: their words, their background, where they wait."""


class Camera:
    """One page in each width, all looking at the same thing."""

    def __init__(self, pages: dict[int, Page], folder: Path) -> None:
        self.pages = pages
        self.folder = folder

    @property
    def desk(self) -> Desk:
        """The desk that is worked at."""
        return Desk(self.pages[1280])

    async def visit(self, path: str) -> None:
        """Take all pages somewhere."""
        for page in self.pages.values():
            await page.goto(path)

    async def shoot(self, name: str, *widths: int) -> None:
        """Take the picture ``name`` at some widths, when all is drawn and still."""
        for width in widths:
            page = self.pages[width]
            await expect(page.locator(".picture:not(.is-here)")).to_have_count(0)
            await page.evaluate(_STILL)
            await page.screenshot(
                path=self.folder / f"{name}-{width}.jpg", type="jpeg", quality=QUALITY
            )


_STILL = """() => Promise.all(document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().iterations !== Infinity)
  .map((one) => one.finished.catch(() => {})))"""


async def main() -> int:
    """Start a studio, and photograph it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE)
    with tempfile.TemporaryDirectory() as home:
        studio = Studio(Path(home), _free_port(), {"SHOOT_PROOF_WIDTH": str(PROOF_WIDTH)})
        await studio.start()
        try:
            async with async_playwright() as playwright:
                program = shutil.which("chromium")
                browser = await playwright.chromium.launch(
                    executable_path=program, args=list(FLAGS)
                )
                await photograph(browser, studio, folder)
                await browser.close()
        finally:
            await studio.stop()
    return 0


async def photograph(browser: Browser, studio: Studio, folder: Path) -> None:
    """Every picture, in the order of a shoot."""
    pages = {}
    for width, (across, down) in SIZES.items():
        context = await browser.new_context(
            viewport={"width": across, "height": down}, base_url=studio.address
        )
        pages[width] = await context.new_page()
    camera = Camera(pages, folder)
    async with httpx.AsyncClient(base_url=studio.address, timeout=30) as api:
        await _others(api)
    await _brief(camera)
    await _hero(camera)
    await _sheet_and_frames(camera)
    await _clips_and_film(camera)


async def _others(api: httpx.AsyncClient) -> None:
    """Bring the other shoots of the list to where they wait."""
    for words, background, until in OTHERS:
        shoot = await begin(api, 2, {"background": background}, words)
        for stage in ("hero", "contact-sheet", "frames"):
            state = await waiting(api, shoot, stage)
            if stage == until:
                break
            decision = {
                "checkpointId": state["checkpoint"]["id"],
                "decision": {"type": "approve"},
            }
            await api.post(f"/api/shoots/{shoot}/decisions", json=decision)


async def _brief(camera: Camera) -> None:
    page = camera.pages[1280]
    await page.goto("/new")
    await page.get_by_label("What shall we shoot?").fill(BRIEF)
    await page.get_by_label("Reference photos").set_input_files(PHOTOS)
    await expect(page.locator(".photo")).to_have_count(2)
    await expect(page.locator(".is-arriving")).to_have_count(0)
    await page.locator("label").filter(has_text="Studio black").click()
    await camera.shoot("brief", 1280)
    await page.get_by_role("button", name="Start the shoot").click()
    await camera.desk.asked("Hero, take 1.")
    await camera.visit(page.url)


async def _hero(camera: Camera) -> None:
    desk = camera.desk
    await camera.shoot("checkpoint", 1280)
    await desk.bar.get_by_role("button", name="Background").click()
    await desk.bar.get_by_role("radio", name="Color gel").check(force=True)
    await desk.page.keyboard.press("Escape")
    await desk.act("revise").click()
    await desk.asked("Hero, take 2.")
    await desk.page.get_by_role("button", name="Compare two takes").click()
    await camera.shoot("compare", 1280)
    await desk.page.keyboard.press("Escape")
    await desk.page.locator(".takes").get_by_role("link", name="Take 1").click()
    await desk.page.get_by_role("button", name="Use this take").click()
    await expect(desk.page.locator(".take.is-used")).to_contain_text("Take 1")


async def _sheet_and_frames(camera: Camera) -> None:
    desk, wide, phone = camera.desk, camera.pages[2200], camera.pages[390]
    await desk.go_on()
    await Desk(wide).asked("Contact sheet, take 1.")
    sheet = await wide.locator(".sheet-paper").bounding_box()
    assert sheet is not None
    face = (sheet["x"] + 0.475 * sheet["width"], sheet["y"] + 0.26 * sheet["height"])
    await wide.mouse.move(*face)
    await camera.shoot("contact-sheet", 2200)
    await desk.go_on()
    for page in (desk.page, phone):
        await Desk(page).asked("Frames, take 1.")
        for number in (2, 5):
            mark = page.get_by_role("button", name=f"Mark frame {number} to be changed")
            await mark.click()
    await desk.words.fill("look to the left, softer")
    await phone.evaluate("() => scrollTo(0, 0)")
    await camera.shoot("frames", 1280, 390)
    for number in (2, 5):
        await desk.page.keyboard.press("Escape")
        await desk.page.get_by_role("button", name=f"Mark frame {number} to be changed").click()
    await desk.words.fill("")


async def _clips_and_film(camera: Camera) -> None:
    desk = camera.desk
    await desk.go_on()
    await expect(desk.page.locator(".cell-note").filter(has_text="made").nth(1)).to_be_visible()
    await camera.shoot("clips", 1280)
    await desk.asked("Clips, take 1.")
    await desk.go_on()
    await desk.asked("Film, take 1.")
    await desk.page.get_by_role("button", name="Pause", exact=True).click()
    await desk.page.get_by_label("Place in the film").fill("1.6")
    await expect(desk.page.locator(".film video")).to_have_js_property("seeking", False)
    await camera.shoot("film", 1280)
    await camera.visit("/")
    await expect(desk.page.locator(".cover")).to_have_count(len(OTHERS) + 1)
    await camera.shoot("list", 1280)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
