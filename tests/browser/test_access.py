"""For everyone: axe on every view, keys, focus, small and large windows, calling back."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.timeout(240)

CALM = {"reduced_motion": "reduce"}
"""So that axe measures colours as they stay, and not in the middle of a fade."""
WIDTHS = ((360, 740), (768, 1024), (1280, 800), (2560, 1440))
OVERFLOWS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
SPY = """
globalThis.notes = [];
globalThis.Notification = class {
  constructor(title, more) { notes.push([title, more.body]); }
};
Notification.permission = 'granted';
Object.defineProperty(document, 'hidden', { get: () => true });
"""
"""A tab in the background that may notify, and writes down what it says."""
VIEWS = ("hero", "contact-sheet", "frames", "clips", "complete")


@pytest.mark.parametrize("stage", VIEWS)
async def test_no_serious_fault_on_the_desk(stage, finished, open_desk, faults):
    """Each stage of a finished shoot, for a mouse's window and for a phone's."""
    for width, height in ((1280, 800), (390, 844)):
        desk = await open_desk(finished, f"?stage={stage}", width=width, height=height, **CALM)
        await expect(desk.page.locator("#stage-title")).to_be_visible()
        await expect(desk.page.locator(".stage .picture:not(.is-here)")).to_have_count(0)
        assert await faults(desk.page) == []


async def test_no_serious_fault_while_it_waits_and_asks(start, open_desk, faults):
    """A checkpoint with marks, words and an open panel; the dialogs above it."""
    desk = await open_desk(await start("frames"), **CALM)
    await desk.page.keyboard.press("2")
    await desk.words.fill("warmer")
    assert await faults(desk.page) == []
    await desk.stop("Hero").get_by_role("link").click()
    await desk.bar.get_by_role("button", name="Background").click()
    assert await faults(desk.page) == []
    await desk.page.keyboard.press("Escape")
    await desk.page.get_by_role("button", name="Downloads").click()
    assert await faults(desk.page) == []


@pytest.mark.parametrize("path", ["/", "/new"])
async def test_no_serious_fault_on_the_other_pages(path, finished, open_page, faults):
    """The list of shoots, and the brief."""
    page = await open_page(path, **CALM)
    await expect(page.locator(".cover, .swatch").first).to_be_visible()
    assert await faults(page) == []


async def test_enter_approves_and_r_revises(start, open_desk):
    """R goes to the words, Escape leaves them, Enter leads on; Enter in the words sends them."""
    desk = await open_desk(await start("hero"))
    await desk.asked("Hero, take 1.")
    await desk.page.keyboard.press("r")
    await expect(desk.words).to_be_focused()
    await desk.page.keyboard.type("more shadow")
    await desk.page.keyboard.press("Enter")
    await desk.asked("Hero, take 2.")
    await desk.page.keyboard.press("Escape")
    await expect(desk.words).not_to_be_focused()
    await expect(desk.page.locator(".still")).to_be_visible()
    await desk.page.keyboard.press("ArrowLeft")
    await desk.shows("Hero", 1)
    await desk.page.keyboard.press("ArrowRight")
    await desk.shows("Hero", 2)
    await expect(desk.act("approve")).to_have_attribute("aria-keyshortcuts", "Enter")
    await desk.page.keyboard.press("Enter")
    await desk.asked("Contact sheet, take 1.")


async def test_tab_order_is_the_reading_order(finished, open_desk):
    """From the first Tab on: the skip link, the head, the rail, the picture, the notes, the bar."""
    desk = await open_desk(finished, "?stage=hero")
    await desk.asked("")
    regions = []
    for _ in range(40):
        await desk.page.keyboard.press("Tab")
        region = await desk.page.evaluate(
            "(regions) => document.activeElement.closest(regions)?.className.split(' ')[0] ?? null",
            ".skip-link, .desk-head, .rail, .stage, .notes, .bar",
        )
        if region is None:
            break
        if not regions or regions[-1] != region:
            regions.append(region)
    assert regions[:6] == ["skip-link", "desk-head", "rail", "stage", "notes", "bar"]


async def test_skip_link_leads_to_the_decision(finished, open_desk):
    """The first thing a keyboard meets leads past everything to the bar."""
    desk = await open_desk(finished)
    await desk.shows("Film", 1)
    await desk.page.keyboard.press("Tab")
    await desk.page.keyboard.press("Enter")
    await expect(desk.bar).to_be_focused()


@pytest.mark.parametrize(("width", "height"), WIDTHS)
async def test_nothing_overflows(width, height, finished, open_page):
    """No view scrolls sideways, from the smallest phone to the widest screen."""
    views = ["/", "/new", *(f"/shoots/{finished}?stage={stage}" for stage in VIEWS)]
    page = await open_page("/", width=width, height=height)
    for view in views:
        await page.goto(view)
        await expect(page.locator(".cover, .swatch, #stage-title").first).to_be_visible()
        assert not await page.evaluate(OVERFLOWS), view


async def test_title_and_notification_call_back(start, open_desk, api):
    """In the background a new checkpoint changes the title and notifies, once."""
    shoot = await start("hero")
    desk = await open_desk(shoot)
    await desk.page.add_init_script(SPY)
    await desk.page.reload()
    await expect(desk.page).to_have_title("● Hero waits: Quiet editorial, one hard light · Shoot")
    assert await desk.page.evaluate("() => notes") == []
    await api.post(f"/api/shoots/{shoot}/decisions", json={"decision": {"type": "approve"}})
    await expect(desk.page).to_have_title(
        "● Contact sheet waits: Quiet editorial, one hard light · Shoot"
    )
    ((title, body),) = await desk.page.evaluate("() => notes")
    assert title == "Quiet editorial, one hard light"
    assert body.startswith("Contact sheet, take 1.")


async def test_list_calls_back_too(start, open_page, api):
    """The list in the background tells of a shoot that has begun to wait, and of no other."""
    shoot = await start("hero")
    page = await open_page("/", init=SPY)
    await expect(page.get_by_text("Hero: waits for your word").first).to_be_visible()
    await api.post(f"/api/shoots/{shoot}/decisions", json={"decision": {"type": "approve"}})
    await page.wait_for_function("() => notes.length > 0")
    assert await page.evaluate("() => notes") == [
        ["Quiet editorial, one hard light", "Contact sheet: waits for your word"]
    ]


async def test_list_says_who_waits_for_whom(start, finished, open_page):
    """A shoot that waits comes first and says so; the title counts them."""
    await start("hero")
    page = await open_page("/")
    waiting = page.get_by_role("region", name="Waiting for you")
    await expect(waiting.get_by_text("Hero: waits for your word").first).to_be_visible()
    await expect(waiting.locator("img").first).to_be_visible()
    over = page.get_by_role("region", name="Finished")
    await expect(over.get_by_text("Film finished").first).to_be_visible()
