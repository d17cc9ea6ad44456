"""A whole shoot, from the brief to the film, by nothing but the page."""

from __future__ import annotations

import base64
import zipfile

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

DROP = """async (files) => {
  const data = new DataTransfer();
  for (const { name, content } of files) {
    const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
    const type = name.endsWith('.txt') ? 'text/plain' : 'image/png';
    data.items.add(new File([bytes], name, { type }));
  }
  const type = KIND;
  const event = type === 'paste'
    ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
  document.body.dispatchEvent(event);
}"""


def parcel(*paths):
    """Files as a page's script can take them."""
    return [{"name": p.name, "content": base64.b64encode(p.read_bytes()).decode()} for p in paths]


async def test_from_brief_to_film_by_clicking(open_page, desk_of, photos, tmp_path):
    """Drop a photo, paste another, write a brief, approve every stage, watch and save the film."""
    page = await open_page("/")
    await page.get_by_role("link", name="New shoot").click()
    await page.evaluate(DROP.replace("KIND", "'drop'"), parcel(photos[0]))
    await page.evaluate(DROP.replace("KIND", "'paste'"), parcel(photos[1]))
    await expect(page.locator(".photo")).to_have_count(2)
    await expect(page.locator(".is-arriving")).to_have_count(0)
    await page.get_by_label("What shall we shoot?").fill("Edgy editorial, industrial, hard light")
    await page.locator("label").filter(has_text="Studio black").click()
    await page.get_by_role("button", name="Start the shoot").click()

    desk = desk_of(page)
    await desk.asked("Hero, take 1.")
    await expect(page.locator(".stage-data")).to_contain_text("Studio black")
    await expect(desk.notes).to_contain_text("Edgy editorial, industrial, hard light")
    await expect(page.locator(".brief-photos img")).to_have_count(2)
    for asked, shown in (
        ("Contact sheet, take 1.", "Contact sheet"),
        ("Frames, take 1.", "Frames"),
        ("Clips, take 1.", "Clips"),
        ("Film, take 1.", "Film"),
    ):
        await desk.go_on()
        await desk.asked(asked)
        await desk.shows(shown, 1)
    await expect(desk.act("approve")).to_have_text("Wrap the shoot")

    film = page.locator(".film video")
    assert await film.evaluate("(video) => video.loop")
    await expect(page.get_by_role("button", name="Pause")).to_be_visible()
    begin = await film.evaluate("(video) => video.currentTime")
    await expect(page.get_by_label("Place in the film")).not_to_have_value(str(begin))
    async with page.expect_download() as film_saved:
        await desk.bar.get_by_role("link", name="Film").click()
    await (await film_saved.value).save_as(tmp_path / "film.mp4")
    assert (tmp_path / "film.mp4").read_bytes()[4:8] == b"ftyp"

    await page.get_by_role("button", name="Downloads").click()
    await expect(page.locator(".still-links a")).to_have_count(8)
    async with page.expect_download() as zip_saved:
        await page.get_by_role("link", name="Everything").click()
    await (await zip_saved.value).save_as(tmp_path / "all.zip")
    names = zipfile.ZipFile(tmp_path / "all.zip").namelist()
    assert any(name.endswith("final/fashion-video.mp4") for name in names)
    await page.get_by_role("button", name="Close").click()

    await desk.go_on()
    await expect(desk.bar.locator(".question-words")).to_contain_text("wrapped")
    await page.get_by_role("link", name="Shoot: all shoots").click()
    finished = page.get_by_role("region", name="Finished")
    await expect(
        finished.get_by_text("Edgy editorial, industrial, hard light").first
    ).to_be_visible()


async def test_autopilot_needs_no_clicks(open_page, desk_of, photos):
    """With autopilot on, the film is there without a decision by hand."""
    page = await open_page("/new")
    await page.get_by_label("What shall we shoot?").fill("A calm portrait on white")
    await page.get_by_label("Reference photos").set_input_files(photos[0])
    await page.get_by_text("Autopilot").click()
    await expect(page.locator(".is-arriving")).to_have_count(0)
    await page.get_by_role("button", name="Start the shoot").click()
    desk = desk_of(page)
    await desk.asked("The shoot is wrapped.")
    await desk.shows("Film", 1)
    await expect(desk.notes.get_by_text("by autopilot").first).to_be_visible()


async def test_brief_survives_a_reload(open_page, photos):
    """Words, photos and choices of an unsent brief are there again after a reload."""
    page = await open_page("/new")
    await page.get_by_label("What shall we shoot?").fill("Half a thought")
    await page.get_by_label("Reference photos").set_input_files(photos[0])
    await expect(page.locator(".is-arriving")).to_have_count(0)
    await page.locator("label").filter(has_text="Color gel").click()
    await page.reload()
    await expect(page.get_by_label("What shall we shoot?")).to_have_value("Half a thought")
    await expect(page.get_by_role("radio", name="Color gel")).to_be_checked()
    await expect(page.locator(".photo")).to_have_count(1)


async def test_files_held_above_the_page_are_welcome(open_page):
    """While files are dragged over it the whole page says so, until they are gone."""
    page = await open_page("/new")
    await expect(page.locator(".swatch").first).to_be_visible()
    drag = """(type) => {
      const data = new DataTransfer();
      data.items.add(new File(['x'], 'a.png', { type: 'image/png' }));
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true }));
    }"""
    await page.evaluate(drag, "dragenter")
    await expect(page.get_by_text("Let go to add them")).to_be_visible()
    await page.evaluate(drag, "dragleave")
    await expect(page.get_by_text("Let go to add them")).to_have_count(0)


async def test_bad_file_is_named_and_good_ones_stay(open_page, photos, tmp_path):
    """A text file is refused by name; the photo beside it is taken."""
    notes = tmp_path / "notes.txt"
    notes.write_text("no photo")
    page = await open_page("/new")
    await page.evaluate(DROP.replace("KIND", "'drop'"), parcel(notes, photos[0]))
    await expect(page.locator(".photos .trouble")).to_contain_text("notes.txt: not a photo")
    await expect(page.locator(".photo")).to_have_count(1)
