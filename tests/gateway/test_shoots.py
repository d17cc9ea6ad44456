"""The native API: begin, look, decide, cancel, take home."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from tests.waiting import until


async def test_create_answers_with_the_shoot(stack):
    """A brief makes a shoot with an id of ours, and says where it is."""
    answer = await stack.http.post("/api/shoots", json={"prompt": "Edgy, hard light"})
    stack.started.append(answer.json()["id"])
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/shoots/{answer.json()['id']}"
    assert answer.json()["brief"]["prompt"] == "Edgy, hard light"


async def test_same_key_is_the_same_shoot(stack, fresh_id):
    """A repeated Idempotency-Key finds the shoot of the first, also with other words."""
    headers = {"Idempotency-Key": fresh_id}
    first = await stack.http.post("/api/shoots", json={"prompt": "a"}, headers=headers)
    second = await stack.http.post("/api/shoots", json={"prompt": "b"}, headers=headers)
    stack.started.append(first.json()["id"])
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert second.json()["brief"]["prompt"] == "a"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"{}", "application/json", 400),
        (b'{"prompt": "  "}', "application/json", 400),
        (b'{"prompt": "a"}', "text/plain", 415),
        (b'{"prompt": "a", "options": {"pace": 9}}', "application/json", 422),
        (b'{"prompt": "a", "more": 1}', "application/json", 422),
        (b'{"prompt": "a", "references": ["uploads/x.png"]}', "application/json", 422),
        (b'{"prompt": "' + b"a" * 300_000 + b'"}', "application/json", 413),
        (b'{"prompt": "' + b"a" * 4_001 + b'"}', "application/json", 422),
        (b"[" * 50_000, "application/json", 400),
    ],
)
async def test_bad_briefs(stack, body, kind, status):
    """Each kind of bad brief has its status, and words for a person under three names."""
    answer = await stack.http.post("/api/shoots", content=body, headers={"Content-Type": kind})
    problem = answer.json()
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["success"] is False
    assert problem["detail"] == problem["error"] == problem["message"]


async def test_unknown_shoot(stack):
    """A shoot that is not there is a 404, whatever is asked of it."""
    for path in ("", "/events", "/export"):
        answer = await stack.http.get(f"/api/shoots/never-was{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_whole_shoot_by_decisions(stack):
    """Five approvals lead from the hero to the film."""
    _, state = await stack.reach("complete")
    assert state["status"] == "complete"
    assert [take["stage"] for take in state["takes"]] == [
        "hero",
        "contact-sheet",
        "frames",
        "clips",
        "complete",
    ]


async def test_decision_names_who(stack):
    """A decision is accepted with a receipt that says what it answered and by whom."""
    shoot_id = await stack.begin()
    await stack.waiting(shoot_id)
    body = {"checkpointId": "1-hero", "decision": {"type": "approve"}}
    answer = await stack.http.post(f"/api/shoots/{shoot_id}/decisions", json=body)
    assert answer.status_code == 202
    assert answer.json()["checkpointId"] == "1-hero"
    assert answer.json()["decision"]["by"] == "studio"


async def test_stale_decision(stack):
    """A decision for an answered checkpoint is a 409 that shows the open one."""
    shoot_id = await stack.begin()
    await stack.waiting(shoot_id)
    await stack.decide(shoot_id, type="approve")
    body = {"checkpointId": "1-hero", "decision": {"type": "approve"}}
    answer = await stack.http.post(f"/api/shoots/{shoot_id}/decisions", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "stale-checkpoint")
    assert answer.json()["checkpoint"]["id"] == "2-contact-sheet"


async def test_same_decision_twice(stack, fresh_id):
    """A repeated decision with the same key is the same receipt, and answers nothing else."""
    shoot_id = await stack.begin()
    await stack.waiting(shoot_id)
    path = f"/api/shoots/{shoot_id}/decisions"
    sent = {"json": {"decision": {"type": "approve"}}, "headers": {"Idempotency-Key": fresh_id}}
    first = await stack.http.post(path, **sent)
    await stack.waiting(shoot_id, "1-hero")
    second = await stack.http.post(path, **sent)
    assert first.json() == second.json()
    assert (await stack.waiting(shoot_id))["checkpoint"]["id"] == "2-contact-sheet"


@pytest.mark.parametrize(
    "decision",
    [
        {"type": "resize", "aspectRatio": "9:16"},
        {"type": "regenerate", "clips": [1]},
        {"type": "use-take", "stage": "hero", "take": 7},
        {"type": "retry"},
        {"type": "modify", "frames": [9], "instruction": "x"},
        {"type": "dance"},
        {"type": "resize", "aspectRatio": "5:7"},
    ],
)
async def test_impossible_decisions(stack, decision):
    """What cannot follow at the hero, or cannot follow at all, is a 422 in words."""
    shoot_id = await stack.begin()
    await stack.waiting(shoot_id)
    body = {"checkpointId": "1-hero", "decision": decision}
    answer = await stack.http.post(f"/api/shoots/{shoot_id}/decisions", json=body)
    assert answer.status_code == 422
    assert (await stack.waiting(shoot_id))["checkpoint"]["id"] == "1-hero"


async def test_cancel(stack):
    """A cancelled shoot ends as such; cancelling it again says that there is nothing to stop."""
    shoot_id = await stack.begin()
    await stack.waiting(shoot_id)
    answer = await stack.http.post(f"/api/shoots/{shoot_id}/cancel")
    assert (answer.status_code, answer.json()["status"]) == (202, "cancelling")
    state = await stack.waiting(shoot_id)
    assert state["status"] == "cancelled"
    again = await stack.http.post(f"/api/shoots/{shoot_id}/cancel")
    assert (again.status_code, again.json()["code"]) == (409, "not-waiting")


async def test_finished_film_is_not_cancelled(stack):
    """A shoot that is complete cannot be cancelled away."""
    shoot_id, _ = await stack.reach("complete")
    answer = await stack.http.post(f"/api/shoots/{shoot_id}/cancel")
    assert answer.status_code == 409
    assert (await stack.waiting(shoot_id))["status"] == "complete"


async def test_export_holds_current_takes(stack):
    """The zip has the record and every artifact in use, whole."""
    shoot_id, _ = await stack.reach("frames")
    answer = await stack.http.get(f"/api/shoots/{shoot_id}/export")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    frames = [f"frames/frame-{number}.png" for number in range(1, 7)]
    assert archive.namelist() == ["shoot.json", "hero.png", "contact-sheet.png", *frames]
    assert archive.testzip() is None
    assert json.loads(archive.read("shoot.json"))["id"] == shoot_id


async def test_options_describe_the_presets(stack):
    """A form finds every preset with its words, and the limits."""
    options = (await stack.http.get("/api/options")).json()
    assert {"id": "studio-grey", "words": "a seamless mid-grey studio paper"} in options[
        "backgrounds"
    ]
    assert options["limits"]["references"] == 10
    providers = options["providers"]
    assert (providers["images"], providers["proof"], providers["live"]) == ("proof", True, False)


async def test_health_and_readiness(stack):
    """It lives, and reaches Temporal, its workers and the store."""
    assert (await stack.http.get("/api/health")).json() == {"status": "ok"}

    async def whole():
        ready = (await stack.http.get("/api/ready")).json()
        return ready if ready["workers"] else None

    parts = dict.fromkeys(("temporal", "workers", "store", "disk"), True)
    assert await until(whole) == {"status": "ok", **parts}


async def test_metrics_count_requests(stack):
    """Prometheus finds requests by route, and the open streams."""
    await stack.http.get("/api/health")
    text = (await stack.http.get("/metrics")).text
    assert 'shoot_gateway_requests_total{method="GET",route="/api/health",status="200"} 1.0' in text
    assert "shoot_gateway_viewers 0.0" in text
