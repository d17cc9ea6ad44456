"""The director's notes: words as they come, thinking folded away, tools by their names."""

from __future__ import annotations

import json

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.timeout(180)

THOUGHT = "The cup is small. It needs the hand beside it."
SPOKEN = "I light it from the left.\n\nThe cup comes first."


def said(message_id, kind, *parts):
    """The events of one message: its hint, its parts, and its end where ``None`` closes them."""
    text = "".join(part for part in parts if part)
    yield {"type": "message_type_hint", "messageId": message_id, "messageType": kind}
    for part in parts:
        if part is None:
            yield {
                "type": "assistant_message",
                "messageId": message_id,
                "messageType": kind,
                "text": text,
            }
        else:
            yield {"type": "text_delta", "messageId": message_id, "text": part}


def tool(name, run, summary=None):
    """The events of one of the director's tools."""
    yield {"type": "system", "subtype": "tool_start", "tool": name, "runId": run,
           "data": {"tool_name": name, "detail": "pose: urban-lean"}}  # fmt: skip
    if summary is not None:
        yield {"type": "system", "subtype": "tool_done", "tool": name, "runId": run,
               "data": {"tool_name": name, "summary": summary}}  # fmt: skip


@pytest.fixture
async def hear(finished, open_page, desk_of):
    """Opens a shoot whose stream tells the given events, and then no more."""

    async def heard(*events, **more):
        body = "".join(
            f"id: {offset}\ndata: {json.dumps(event)}\n\n" for offset, event in enumerate(events)
        )
        page = await open_page("/", **more)
        answers = iter([{"status": 200, "content_type": "text/event-stream", "body": body}])
        over = {"status": 204}
        await page.route("**/events?*", lambda route: route.fulfill(**next(answers, over)))
        await page.goto(f"/shoots/{finished}")
        await expect(page.locator(".brief-note")).to_be_visible()
        return desk_of(page)

    return heard


async def test_thinking_is_folded_away_from_what_is_said(hear):
    """A thought is a closed line until it is opened; the response stands apart, in paragraphs."""
    desk = await hear(*said("a", "thinking", THOUGHT, None), *said("b", "response", SPOKEN, None))
    thought = desk.notes.locator(".thinking")
    await expect(thought).to_have_count(1)
    await expect(desk.notes.get_by_text(THOUGHT)).to_be_hidden()
    await thought.get_by_text("What the director thought").click()
    await expect(desk.notes.get_by_text(THOUGHT)).to_be_visible()
    await expect(desk.notes.locator(".words p")).to_have_text(SPOKEN.split("\n\n"))


async def test_words_stand_there_while_they_are_spoken(hear):
    """A message without its end shows what was said so far, and that it goes on."""
    desk = await hear(*said("a", "response", "I light ", "it from"))
    await expect(desk.notes.locator(".words.is-speaking")).to_have_text("I light it from")


async def test_discarded_words_leave_no_trace(hear):
    """A retried turn is read once."""
    void = {"type": "message_discarded", "messageId": "a", "reason": "interrupted"}
    desk = await hear(
        *said("a", "response", "Half a se"), void, *said("b", "response", SPOKEN, None)
    )
    await expect(desk.notes.locator(".words")).to_have_count(1)
    await expect(desk.notes).not_to_contain_text("Half a se")


async def test_tools_are_told_in_words(hear):
    """The director's tools appear by what they do, running or done, never by an identifier."""
    desk = await hear(
        *tool("read_brief", "t-1", "urban-lean, studio-black"),
        *tool("set_direction", "t-2", "done"),
        *tool("interpret", "t-3"),
    )
    await expect(desk.notes.locator(".tool")).to_have_text(
        ["Read the brief: urban lean, studio black", "Set the direction", "Took it to mean…"]
    )


async def test_foreign_words_are_words(hear):
    """Markup in what somebody says is shown, and does nothing."""
    desk = await hear(*said("a", "response", "<img src=x onerror=alert(1)> é 你好", None))
    await expect(desk.notes.locator(".words")).to_have_text("<img src=x onerror=alert(1)> é 你好")


async def test_focused_notes_scroll_by_arrows(finished, open_desk):
    """Arrows move through stages, save where the notes have the focus: there they scroll."""
    desk = await open_desk(finished, "?stage=hero")
    await desk.shows("Hero", 1)
    await desk.notes.focus()
    await desk.page.keyboard.press("ArrowDown")
    await desk.shows("Hero", 1)
    await desk.page.locator("#bar").focus()
    await desk.page.keyboard.press("ArrowDown")
    await desk.shows("Contact sheet", 1)
