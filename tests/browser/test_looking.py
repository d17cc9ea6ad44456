"""Looking at pictures: the loupe, the lightbox, clips, the film's player, stages."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.timeout(180)


async def test_loupe_follows_the_pointer(finished, open_desk):
    """On the contact sheet a loupe lies under the pointer, and a number lays it on a shot."""
    desk = await open_desk(finished, "?stage=contact-sheet")
    sheet = desk.page.locator(".sheet-paper")
    loupe = desk.page.locator(".loupe")
    await sheet.hover(position={"x": 60, "y": 60})
    await expect(loupe).to_be_visible()
    await desk.page.mouse.move(2, 2)
    await expect(loupe).to_have_count(0)
    await desk.page.keyboard.press("6")
    await expect(loupe).to_have_attribute("style", _at("83.33", "75"))
    await desk.page.get_by_role("button", name="Loupe", exact=True).click()
    await sheet.hover(position={"x": 60, "y": 60})
    await expect(loupe).to_have_count(0)


def _at(left, top):
    return re.compile(rf"left: {left}\d*%; top: {top}%")


async def test_frame_opens_in_full_and_gives_the_focus_back(finished, open_desk):
    """A frame opens over the page, arrows leaf through, Escape returns to the frame."""
    desk = await open_desk(finished, "?stage=frames")
    opener = desk.page.get_by_role("button", name="Frame 2: open in full")
    await opener.click()
    counter = desk.page.locator(".pswp__counter")
    await expect(counter).to_have_text("2 / 6")
    await desk.page.get_by_role("button", name="Next").click()
    await expect(counter).to_have_text("3 / 6")
    await desk.page.keyboard.press("ArrowRight")
    await expect(counter).to_have_text("4 / 6")
    await desk.page.keyboard.press("Escape")
    await expect(desk.page.locator(".pswp")).to_have_count(0)
    await expect(opener).to_be_focused()


async def test_clip_plays_while_pointed_at(finished, open_desk):
    """A clip is still, plays under the pointer, and is still again."""
    desk = await open_desk(finished, "?stage=clips")
    first = desk.page.locator(".clip").first
    video = first.locator("video")
    await expect(video).to_have_js_property("paused", True)
    await first.hover()
    await expect(video).to_have_js_property("paused", False)
    await desk.page.mouse.move(2, 2)
    await expect(video).to_have_js_property("paused", True)


async def test_clips_stay_still_for_who_wants_no_motion(finished, open_desk):
    """With reduced motion a clip plays only when asked, and the film does not start by itself."""
    desk = await open_desk(finished, "?stage=clips", reduced_motion="reduce")
    first = desk.page.locator(".clip").first
    await first.hover()
    await expect(first.locator("video")).to_have_js_property("paused", True)
    await first.click()
    await expect(first.locator("video")).to_have_js_property("paused", False)
    await desk.stop("Film").get_by_role("link").click()
    await expect(desk.page.get_by_role("button", name="Play", exact=True)).to_be_visible()


async def test_film_obeys_the_keyboard(finished, open_desk):
    """Space pauses and plays, a full stop steps a frame, the loop can be switched off."""
    desk = await open_desk(finished, "?stage=complete")
    film = desk.page.locator(".film video")
    await expect(film).to_have_js_property("paused", False)
    await desk.page.keyboard.press(" ")
    await expect(film).to_have_js_property("paused", True)
    before = await film.evaluate("(video) => video.currentTime")
    await desk.page.keyboard.press(".")
    await expect(desk.page.get_by_label("Place in the film")).not_to_have_value(f"{before:.2f}")
    await desk.page.get_by_role("button", name="Loop").click()
    await expect(film).to_have_js_property("loop", False)
    await desk.page.get_by_label("Place in the film").fill("2")
    await expect(film).to_have_js_property("currentTime", 2)


async def test_stages_by_arrows_and_rail(finished, open_desk):
    """Up and down walk along the stages; the address tells which."""
    desk = await open_desk(finished)
    await desk.shows("Film", 1)
    await desk.page.keyboard.press("ArrowUp")
    await desk.shows("Clips", 1)
    await expect(desk.page).to_have_url(f"{desk.page.url.split('?')[0]}?stage=clips")
    await desk.stop("Hero").get_by_role("link").click()
    await desk.shows("Hero", 1)
    await desk.page.go_back()
    await desk.shows("Clips", 1)
