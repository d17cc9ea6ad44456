"""What words would be taken for, before they are sent."""

from __future__ import annotations

from studio.shoot import Providers

PRICED = Providers(image_usd=0.15, clip_usd=None)
"""Made here, and priced all the same: what waits for keys would need other workers."""


async def test_order_is_told_with_its_price(stack):
    """The decisions, the director's words and the estimate; the shoot stays where it is."""
    stack.studio.providers = PRICED
    shoot_id, state = await stack.reach("frames")
    path = f"/api/shoots/{shoot_id}/interpret"
    answer = await stack.http.post(path, json={"text": "open the jacket in 2 and 4"})
    told = answer.json()
    assert (answer.status_code, told["director"], told["estimate"]) == (200, "house", 0.3)
    assert [(one["type"], one["frames"]) for one in told["decisions"]] == [("modify", [2, 4])]
    assert told["words"].startswith("Frames 2 and 4: ‘open the jacket’.")
    assert told["checkpointId"] == state["checkpoint"]["id"]
    after = (await stack.http.get(f"/api/shoots/{shoot_id}")).json()
    assert after["checkpoint"] == state["checkpoint"]
    assert after["transcript"] == state["transcript"]


async def test_unknown_price_is_told_as_such(stack):
    """Five clips without a price are not free."""
    stack.studio.providers = PRICED
    shoot_id, _ = await stack.reach("frames")
    answer = await stack.http.post(f"/api/shoots/{shoot_id}/interpret", json={"text": "continue"})
    assert [one["type"] for one in answer.json()["decisions"]] == ["approve"]
    assert answer.json()["estimate"] is None


async def test_remark_comes_to_nothing(stack):
    """It would be answered: there is nothing to decide and nothing to pay."""
    shoot_id, _ = await stack.reach("frames")
    path = f"/api/shoots/{shoot_id}/interpret"
    told = (await stack.http.post(path, json={"text": "2 is my favourite"})).json()
    assert (told["decisions"], told["estimate"]) == ([], 0.0)
    assert "I change nothing" in told["words"]


async def test_claude_is_not_asked_beforehand(stack):
    """Its reading is a turn of its own, and costs."""
    stack.studio.providers = Providers(direction="claude", turn_usd=0.02)
    shoot_id = await stack.begin()
    await stack.waiting(shoot_id)
    path = f"/api/shoots/{shoot_id}/interpret"
    told = (await stack.http.post(path, json={"text": "darker"})).json()
    assert (told["director"], told["decisions"], told["words"]) == ("claude", [], "")
    assert told["estimate"] is None


async def test_blank_words_are_refused(stack):
    """Nothing said is nothing to read."""
    shoot_id = await stack.begin()
    await stack.waiting(shoot_id)
    answer = await stack.http.post(f"/api/shoots/{shoot_id}/interpret", json={"text": "  "})
    assert answer.status_code in {400, 422}
