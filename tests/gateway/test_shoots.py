"""The native API: begin, list, look, decide, cancel, take home."""

from __future__ import annotations

import io
import zipfile


async def test_create_answers_with_the_shoot(stack):
    """A brief makes a shoot with an id of ours, and says where it is."""
    answer = await stack.http.post("/api/shoots", json={"prompt": "Edgy, hard light"})
    stack.started.append(answer.json()["id"])
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/shoots/{answer.json()['id']}"
    assert answer.json()["brief"]["prompt"] == "Edgy, hard light"


async def test_waits_at_hero(stack):
    """The shoot reaches its first checkpoint."""
    shoot_id = await stack.begin()
    state = await stack.waiting(shoot_id)
    assert (state["stage"], state["checkpoint"]["artifact"]) == (
        "hero",
        f"outputs/{shoot_id}/hero.png",
    )


async def test_whole_shoot(stack):
    """Five approvals lead to the film."""
    _, state = await stack.reach("complete")
    assert state["status"] == "complete"


async def test_export_holds_current_takes(stack):
    """The zip has the record and every artifact in use, whole."""
    shoot_id, _ = await stack.reach("frames")
    answer = await stack.http.get(f"/api/shoots/{shoot_id}/export")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    frames = [f"frames/frame-{number}.png" for number in range(1, 7)]
    assert archive.namelist() == ["shoot.json", "hero.png", "contact-sheet.png", *frames]
    assert archive.testzip() is None
