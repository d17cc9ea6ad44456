"""What a live shoot costs is said before the click, against stand-ins for the providers."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

pytest_plugins = ("tests.emulators.plugin",)
pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


async def test_price_is_said_before_every_click(own_studio, providers, open_page, desk_of, photos):
    """The brief says what the shoot costs, each button what it costs; the budget stops and asks."""
    studio = await own_studio(**providers.env)
    page = await open_page(studio.address + "/new")
    status = page.locator(".start-bar").get_by_role("status")
    await expect(status).to_have_text("About $2.05 for the whole shoot")
    await page.get_by_role("switch", name="Loop").check()
    await expect(status).to_have_text("About $2.40 for the whole shoot")
    await page.locator("label").filter(has_text="Live pictures").click()
    await expect(status).to_have_text("About $0.30 for the whole shoot")
    await page.locator("label").filter(has_text="by fal.ai").click()
    await page.get_by_label("What shall we shoot?").fill("Quiet luxury, grey")
    await page.get_by_label("Reference photos").set_input_files(photos)
    await expect(page.locator(".is-arriving")).to_have_count(0)
    await page.get_by_label("Stop and ask before spending more than").fill("0.75")
    await page.get_by_role("button", name="Start the shoot").click()

    desk = desk_of(page)
    await desk.asked("Hero, take 1.")
    await expect(desk.notes.locator(".thinking")).not_to_have_count(0)
    await expect(desk.act("approve")).to_have_text("Continue to the contact sheet$0.15")
    await desk.go_on()
    await desk.asked("Contact sheet, take 1.")
    await expect(desk.act("approve")).to_have_text("Continue to the framesfree")
    await desk.go_on()
    await desk.asked("Frames, take 1.")
    await expect(page.locator(".stage-data")).not_to_contain_text("proof")
    await page.get_by_role("button", name="Mark frame 2 to be changed").click()
    await desk.words.fill("closer")
    await expect(desk.act("modify")).to_have_text("Change frame 2$0.15")
    await desk.words.fill("")
    await expect(desk.act("approve")).to_have_text("Continue to the clips$2.10")
    await desk.go_on()
    await expect(page.locator(".failure h3")).to_have_text("This goes over the budget")
    await desk.asked("Going on would cost more than you allowed.")
    await expect(desk.act("retry")).to_have_text("Agree and go on$2.10")
    await expect(desk.act("retry")).not_to_have_attribute("aria-keyshortcuts", "Enter")
    await desk.act("retry").click()
    await expect(page.get_by_role("list", name="Clips being made")).to_be_visible()


async def test_words_are_told_back_with_their_price(
    own_studio, providers, open_page, desk_of, photos
):
    """With the rules director, words that buy something are sent by a second click."""
    keys = {name: key for name, key in providers.env.items() if not name.startswith("ANTHROPIC")}
    studio = await own_studio(**keys)
    page = await open_page(studio.address + "/new")
    await page.get_by_label("What shall we shoot?").fill("Quiet luxury, grey")
    await page.get_by_label("Reference photos").set_input_files(photos)
    await expect(page.locator(".is-arriving")).to_have_count(0)
    await page.get_by_role("button", name="Start the shoot").click()

    desk = desk_of(page)
    await desk.asked("Hero, take 1.")
    await desk.words.fill("softer light")
    await expect(desk.act("feedback")).to_have_text("Tell the directormay cost")
    await desk.act("feedback").click()
    reading = page.locator(".reading")
    await expect(reading).to_contain_text(
        "Understood: I shoot the hero again: ‘softer light’. $0.15"
    )
    await expect(desk.act("feedback")).to_have_text("Do that$0.15")
    await reading.get_by_role("button", name="Change").click()
    await expect(reading).to_have_count(0)
    await desk.words.fill("warmer light")
    await desk.act("feedback").click()
    await expect(reading).to_contain_text("‘warmer light’")
    await desk.act("feedback").click()
    await desk.asked("Hero, take 2.")
    await desk.words.fill("I love the softer light")
    await desk.act("feedback").click()
    await expect(reading).to_have_count(0)
    await expect(desk.words).to_have_value("")
