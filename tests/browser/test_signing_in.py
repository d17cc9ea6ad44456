"""The sign-in page, where a studio has tokens: in, out, and nothing of another owner's."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

ANNA, BEN = "anna-" + "a" * 32, "ben-" + "b" * 32
REFUSED = ("401", "404")
"""What Chromium notes of a wrong token, and of a shoot that is somebody else's."""


@pytest.fixture
async def guarded(own_studio):
    """A studio that wants a token."""
    return await own_studio(SHOOT_TOKENS=f"anna:{ANNA} ben:{BEN}")


async def test_a_token_opens_the_studio_to_its_owner(guarded, open_page, faults, photos, watch):
    """A wrong token is refused in words, the right one leads in; another owner sees nothing."""
    watch.forgiven = REFUSED
    page = await open_page(guarded.address + "/new")
    await expect(page).to_have_url(f"{guarded.address}/sign-in")
    assert await faults(page) == []
    await page.get_by_label("Your token").fill("wrong")
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("alert")).to_contain_text("not known")
    assert await faults(page) == []

    await page.get_by_label("Your token").fill(ANNA)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_text("Nothing has been shot here yet.")).to_be_visible()
    await page.goto(f"{guarded.address}/new")
    await page.get_by_label("What shall we shoot?").fill("Anna's own")
    await page.get_by_label("Reference photos").set_input_files(photos[0])
    await page.get_by_role("button", name="Start the shoot").click()
    await expect(page.locator(".brief-prompt")).to_have_text("Anna's own")
    shoot = page.url

    await page.get_by_role("link", name="Shoot: all shoots").click()
    await page.get_by_role("button", name="Sign out").click()
    await expect(page).to_have_url(f"{guarded.address}/sign-in")
    await page.get_by_label("Your token").fill(BEN)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_text("Nothing has been shot here yet.")).to_be_visible()
    await page.goto(shoot)
    await expect(page.get_by_role("heading", name="There is no such shoot.")).to_be_visible()
