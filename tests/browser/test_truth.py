"""The page shows the truth again by itself: reloads, second tabs, lost networks, killed servers."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

LOST = ("net::ERR_", "Failed to load resource", "Failed to fetch")
"""What Chromium notes of its own accord when a server goes away."""


async def test_reload_in_the_middle_changes_nothing(start, open_desk):
    """A page reloaded again and again tells the same story as one that never was."""
    shoot = await start("frames")
    steady, restless = await open_desk(shoot), await open_desk(shoot)
    await steady.words.fill("make frame 3 darker")
    await steady.act("feedback").click()
    for _ in range(6):
        await restless.page.reload()
        await expect(restless.page.locator(".brief-prompt")).to_be_visible()
    for desk in (steady, restless):
        await desk.asked("Frames, take 2.")
        await desk.shows("Frames", 2)
    await restless.page.reload()
    await expect(restless.notes.locator(".words")).to_have_count(
        await steady.notes.locator(".words").count()
    )
    assert await restless.story() == await steady.story()


async def test_director_is_heard_in_full_after_a_reload_mid_sentence(start, open_desk):
    """Words that were being said at the reload stand there whole, and once."""
    shoot = await start()
    desk = await open_desk(shoot)
    await expect(desk.notes.locator(".words").first).to_be_visible()
    await desk.page.reload()
    await desk.asked("Hero, take 1.")
    told = await desk.notes.locator(".words").all_inner_texts()
    fresh = await open_desk(shoot)
    await fresh.asked("Hero, take 1.")
    await expect(fresh.notes.locator(".words")).to_have_count(len(told))
    assert await fresh.notes.locator(".words").all_inner_texts() == told


async def test_second_tab_follows(start, open_desk):
    """What is decided in one tab is seen in the other, by the same words."""
    shoot = await start("hero")
    one, other = await open_desk(shoot), await open_desk(shoot, width=390, height=844)
    await one.go_on()
    for desk in (one, other):
        await desk.asked("Contact sheet, take 1.")
        await desk.shows("Contact sheet", 1)
    assert await other.story() == await one.story()


async def test_lost_network_is_said_and_mended(start, open_desk, watch, api):
    """Offline, the page says so; back online it shows what happened meanwhile."""
    watch.forgiven = LOST
    shoot = await start("hero")
    desk = await open_desk(shoot)
    await desk.asked("Hero, take 1.")
    await desk.page.context.set_offline(True)
    await expect(desk.page.locator(".reach.is-shown")).to_have_text("Reconnecting…")
    await api.post(f"/api/shoots/{shoot}/decisions", json={"decision": {"type": "approve"}})
    await desk.page.context.set_offline(False)
    await desk.asked("Contact sheet, take 1.")
    await expect(desk.page.locator(".reach.is-shown")).to_have_count(0)


async def test_killed_server_comes_back(start, open_desk, watch, studio):
    """The server dies while clips are made and is started again: nothing is lost, nothing twice."""
    watch.forgiven = LOST
    shoot = await start("frames")
    desk = await open_desk(shoot)
    await desk.go_on()
    await expect(desk.page.locator(".cell-note").filter(has_text="%").first).to_be_visible()
    studio.kill()
    await expect(desk.page.locator(".reach.is-shown")).to_have_text("Reconnecting…")
    await studio.start()
    await desk.asked("Clips, take 1.")
    await expect(desk.page.locator(".reach.is-shown")).to_have_count(0)
    await expect(desk.page.locator(".clip")).to_have_count(5)
    fresh = await open_desk(shoot)
    await fresh.asked("Clips, take 1.")
    await expect(fresh.notes.locator(".work")).to_have_count(
        await desk.notes.locator(".work").count()
    )
    assert await fresh.story() == await desk.story()


async def test_restarted_while_waiting(start, open_desk, watch, studio):
    """A restart between two decisions: the next one is simply taken."""
    watch.forgiven = LOST
    desk = await open_desk(await start("hero"))
    await desk.asked("Hero, take 1.")
    await studio.stop()
    await expect(desk.page.locator(".reach.is-shown")).to_be_visible()
    await asyncio.gather(
        studio.start(), expect(desk.page.locator(".reach.is-shown")).to_have_count(0)
    )
    await desk.go_on()
    await desk.asked("Contact sheet, take 1.")


async def test_words_survive_a_reload(start, open_desk):
    """What was typed and not sent is still in the field."""
    desk = await open_desk(await start("hero"))
    await desk.words.fill("half a though")
    await desk.page.reload()
    await expect(desk.words).to_have_value("half a though")


async def test_looked_at_take_survives_a_reload(start, open_desk):
    """The stage in the address is looked at after a reload, whatever the shoot is about."""
    desk = await open_desk(await start("contact-sheet"))
    await desk.stop("Hero").get_by_role("link").click()
    await desk.page.reload()
    await desk.shows("Hero", 1)


async def test_unknown_shoot_is_said_to_be_unknown(open_page, watch):
    """An address without a shoot is no error page."""
    watch.forgiven = ("404",)
    page = await open_page("/shoots/nothing-here")
    await expect(page.get_by_role("heading", name="There is no such shoot.")).to_be_visible()
