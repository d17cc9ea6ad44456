"""Every decision a person can take, taken on the page."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


async def test_words_and_set_up_make_new_takes_of_the_hero(start, open_desk):
    """Feedback goes to the director, a chosen background revises; both takes stay."""
    desk = await open_desk(await start("hero"))
    await desk.words.fill("colder, and more contrast")
    await desk.act("feedback").click()
    await desk.asked("Hero, take 2.")
    await expect(desk.notes.locator(".asked")).to_have_text("colder, and more contrast")
    await expect(desk.words).to_have_value("")

    await desk.bar.get_by_role("button", name="Background").click()
    await desk.bar.get_by_role("radio", name="Studio white").check(force=True)
    await desk.page.keyboard.press("Escape")
    await desk.act("revise").click()
    await desk.asked("Hero, take 3.")
    await expect(desk.page.locator(".stage-data")).to_contain_text("Studio white")
    assert await desk.take_count() == 3


async def test_earlier_take_is_compared_and_used(start, open_desk, api):
    """Two takes lie over one another; the earlier one is put to use again."""
    shoot = await start("hero")
    desk = await open_desk(shoot)
    await desk.bar.get_by_role("button", name="Pose").click()
    await desk.bar.get_by_role("radio", name="Seated editorial").check(force=True)
    await desk.page.keyboard.press("Escape")
    await desk.act("revise").click()
    await desk.asked("Hero, take 2.")

    await desk.page.get_by_role("button", name="Compare two takes").click()
    slider = desk.page.get_by_label("How much of take 1 to see over take 2")
    await slider.fill("80")
    await expect(desk.page.locator(".compare")).to_have_attribute(
        "style", "--split: 80%; --ratio: 1.5;"
    )
    await desk.page.keyboard.press("Escape")

    await desk.page.locator(".takes").get_by_role("link", name="Take 1").click()
    await expect(desk.page).to_have_url(f"{desk.page.url.split('?')[0]}?stage=hero&take=1")
    await desk.page.get_by_role("button", name="Use this take").click()
    await expect(desk.page.locator(".take.is-used")).to_contain_text("Take 1")
    assert (await api.get(f"/api/shoots/{shoot}")).json()["current"]["hero"] == 1
    await desk.go_on()
    await desk.shows("Contact sheet", 1)


async def test_frames_are_changed_and_resized(start, open_desk):
    """Two marked frames are changed by words, then all are given another ratio and theirs back."""
    desk = await open_desk(await start("frames"))
    for number in (2, 5):
        await desk.page.get_by_role("button", name=f"Mark frame {number} to be changed").click()
    await desk.words.fill("look to the left")
    await expect(desk.act("modify")).to_contain_text("Change frames 2 and 5")
    await desk.act("modify").click()
    await desk.asked("Frames, take 2.")
    await expect(desk.page.locator(".mark")).to_have_count(0)

    await desk.bar.get_by_role("button", name="Resize the frames to 9:16").click()
    await desk.asked("Frames, take 3.")
    await expect(desk.page.locator(".grid")).to_have_class("grid is-tall")
    await expect(desk.bar.get_by_role("button", name="9:16, in use")).to_be_visible()
    await desk.bar.get_by_role("button", name="Resize the frames to Original").click()
    await desk.asked("Frames, take 4.")
    await expect(desk.page.locator(".grid")).to_have_class("grid")


async def test_contact_sheet_is_revised(start, open_desk):
    """The sheet takes a set-up of its own."""
    desk = await open_desk(await start("contact-sheet"))
    await desk.bar.get_by_role("button", name="Background").click()
    await desk.bar.get_by_role("radio", name="Color gel").check(force=True)
    await desk.page.keyboard.press("Escape")
    await expect(desk.act("revise")).to_contain_text("Redo the contact sheet")
    await desk.act("revise").click()
    await desk.asked("Contact sheet, take 2.")


async def test_clips_are_redone_and_the_film_cut_twice(start, open_desk):
    """A marked clip is made anew and the pace set before stays; the edit cuts the film, twice."""
    desk = await open_desk(await start("clips"))
    await expect(desk.page.locator(".clip")).to_have_count(5)
    await desk.bar.get_by_label("Pace").fill("1.5")
    await desk.page.get_by_role("button", name="Mark clip 2 to be changed").click()
    await desk.act("regenerate").click()
    await desk.asked("Clips, take 2.")
    await expect(desk.page.locator(".cell").nth(1)).to_contain_text("version 2")

    await expect(desk.bar.locator(".settings-note")).to_have_text("5 clips, 5 s")
    await desk.act("edit").click()
    await desk.asked("Film, take 1.")
    await expect(desk.page.locator(".stage-data")).to_contain_text("1.5×")

    await desk.bar.get_by_role("switch", name="Loop").check()
    await desk.bar.get_by_label("Easing").select_option("linear")
    await expect(desk.act("edit")).to_contain_text("Cut it again")
    await desk.act("edit").click()
    await desk.asked("Film, take 2.")
    await expect(desk.page.locator(".cut")).to_have_count(5)
    await expect(desk.page.locator(".stage-data")).to_contain_text("Linear")


async def test_cancel_keeps_what_was_made_and_can_be_taken_up(start, open_desk, watch):
    """A cancelled shoot shows its hero, and goes on when it is taken up again."""
    watch.forgiven = ("409",)
    desk = await open_desk(await start("hero"))
    await desk.page.get_by_role("button", name="More").click()
    await desk.page.get_by_role("button", name="Cancel the shoot…").click()
    await desk.page.get_by_role("button", name="Cancel the shoot", exact=True).click()
    await desk.asked("The shoot was cancelled.")
    await desk.shows("Hero", 1)
    await desk.act("approve").click()
    await desk.asked("Contact sheet, take 1.")


async def test_stale_decision_is_explained(start, open_desk, api, watch):
    """What was answered elsewhere meanwhile is refused, and the page shows how things stand."""
    watch.forgiven = ("409",)
    shoot = await start("hero")
    desk = await open_desk(shoot)
    await desk.asked("Hero, take 1.")
    await desk.page.route("**/decisions", _late(api, shoot))
    await desk.go_on()
    await expect(desk.bar.locator(".question-words.trouble")).to_be_visible()


def _late(api, shoot):
    """Let somebody else decide just before the page's own decision arrives."""

    async def handle(route):
        await api.post(f"/api/shoots/{shoot}/decisions", json={"decision": {"type": "approve"}})
        await route.continue_()

    return handle
