"""A stage that fails: the page explains, keeps what there is, and offers to try again."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
async def failed(start, studio, open_desk, state_at, watch):
    """A shoot whose hero is taken from the store before the contact sheet needs it."""
    watch.forgiven = ("hero.png",)
    shoot = await start("hero")
    artifact = (await state_at(shoot, "hero"))["takes"][0]["artifacts"][0]
    hero = studio.home / "store" / artifact["key"]
    aside = hero.rename(hero.with_suffix(".aside"))
    (studio.home / "cache" / artifact["sha256"][:2] / artifact["sha256"]).unlink(missing_ok=True)
    desk = await open_desk(shoot)
    await desk.go_on()
    await expect(desk.page.locator(".failure")).to_be_visible()
    yield desk
    if aside.exists():
        aside.rename(hero)


async def test_failed_checkpoint_explains(failed):
    """The reason is shown in words, on the picture's place, in the bar and on the rail."""
    await expect(failed.page.locator(".failure h3")).to_have_text(
        "The contact sheet could not be made"
    )
    await expect(failed.page.locator(".failure p").first).to_contain_text("hero")
    await failed.asked("The contact sheet could not be made.")
    await expect(failed.stop("Contact sheet")).to_contain_text("failed")
    await expect(failed.page).to_have_title(
        "● Contact sheet failed: Quiet editorial, one hard light · Shoot"
    )


async def test_failure_fits_a_phone(failed, open_page):
    """However long an address in the reason, nothing scrolls sideways and the answer is in view."""
    page = await open_page(failed.page.url, width=360, height=740, is_mobile=True, has_touch=True)
    await expect(page.locator(".failure")).to_be_visible()
    assert await page.evaluate("() => document.documentElement.scrollWidth") == 360
    await expect(page.get_by_role("button", name="Try again")).to_be_in_viewport()


async def test_retry_makes_what_failed(failed, studio):
    """With the cause gone, trying again goes on as if nothing had been."""
    for aside in (studio.home / "store").rglob("*.aside"):
        aside.rename(aside.with_suffix(".png"))
    await failed.act("retry").click()
    await failed.asked("Contact sheet, take")
    await expect(failed.page.locator(".failure")).to_have_count(0)


async def test_hero_can_be_used_while_the_next_stage_failed(failed):
    """What was made before is still there to look at, and to go back to."""
    await failed.stop("Hero").get_by_role("link").click()
    await failed.shows("Hero", 1)
    await expect(failed.bar.get_by_role("link", name="Back to the contact sheet")).to_be_visible()
