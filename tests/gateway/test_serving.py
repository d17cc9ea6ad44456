"""Starting and stopping, and what is answered while parts are away."""

from __future__ import annotations

import socket

import pytest
from starlette.exceptions import HTTPException
from temporalio.service import RPCError, RPCStatusCode

from gateway.hub import HubPolicy
from gateway.problems import translate
from gateway.serving import serving
from studio.records import Records
from studio.settings import SettingsError, load
from tests.waiting import until
from workflows import contract
from workflows.client import NoSuchShootError, RejectedError, Shoots


async def test_taken_port(tmp_path, temporal, store):
    """A port that is taken is named, with what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"SHOOT_PORT={port}.*another port"):
            async with serving(shoots_of(temporal, store), load(home=tmp_path, port=port)):
                pass


async def test_open_to_the_world_does_not_start(tmp_path, temporal, store):
    """Without a token the gateway does not even listen on an address others could reach."""
    with pytest.raises(SettingsError, match="SHOOT_TOKENS"):
        settings = load(home=tmp_path, port=0, host="0.0.0.0")  # noqa: S104
        async with serving(shoots_of(temporal, store), settings):
            pass


def shoots_of(temporal, store):
    """All shoots of the tests' server."""
    return Shoots(temporal, Records(store))


@pytest.mark.slow
async def test_without_workers(new_stack):
    """While no worker is there shoots are begun and listed, streams wait, and the rest says when
    to try again."""
    async with new_stack(workers=False, hub=HubPolicy(heartbeat=0.05)) as stack:
        shoot_id = await stack.begin("patience")
        path = f"/api/shoots/{shoot_id}"

        async def listed():
            return shoot_id in (await stack.http.get("/api/shoots")).text

        await until(listed)
        async with stack.http.stream("GET", f"{path}/events") as answer:
            async for line in answer.aiter_lines():
                if line == ": heartbeat":
                    break
        state = await stack.http.get(path)
        assert (state.status_code, state.json()["code"]) == (503, "temporal-away")
        assert state.headers["retry-after"] == "2"
        said = {"decision": {"type": "approve"}}
        decided = await stack.http.post(f"{path}/decisions", json=said, timeout=30)
        assert (decided.status_code, decided.json()["code"]) == (503, "temporal-away")
        ready = await stack.http.get("/api/ready")
        assert (ready.status_code, ready.json()["temporal"]) == (503, True)
        await stack.shoots.client.get_workflow_handle(shoot_id).terminate("the test is over")


@pytest.mark.slow
async def test_media_without_workers(stack, new_stack):
    """What was made can be looked at while no worker answers."""
    shoot_id, _ = await stack.reach("contact-sheet")

    async def recorded():
        found = await stack.shoots.records.state(shoot_id)
        return found if found and found.checkpoints >= 2 else None

    record = await until(recorded)
    away = record.model_copy(update={"id": f"{shoot_id}-away"})
    await stack.shoots.records.save(away)
    client = stack.shoots.client
    await client.start_workflow("Shoot", id=away.id, task_queue="nobody-works-here")
    for path in ("takes/hero/1/hero.png", "contact-sheet.png"):
        answer = await stack.http.get(f"/outputs/{away.id}/{path}")
        assert answer.status_code == 200
    await client.get_workflow_handle(away.id).terminate("the test is over")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NoSuchShootError("no such shoot"), 404),
        (RejectedError("answered", contract.STALE_CHECKPOINT), 409),
        (RejectedError("no frames yet", contract.NOT_APPLICABLE), 422),
        (RPCError("secret address", RPCStatusCode.UNAVAILABLE, b""), 503),
        (HTTPException(404), 404),
        (RuntimeError("/secret/path"), 500),
    ],
)
def test_errors_in_words(error, status):
    """Every exception has its status and words; none tells what is nobody's business."""
    problem = translate(error)
    assert problem.status == status
    assert "secret" not in problem.detail


async def test_without_a_store(new_stack, monkeypatch):
    """What needs the artifact store is a 503 in words while nothing answers there."""
    away = {
        "AWS_ALLOW_HTTP": "true",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
    }
    for name, value in away.items():
        monkeypatch.setenv(name, value)
    async with new_stack(workers=False, store="s3://shoots") as stack:
        answer = await stack.http.get("/api/shoots/never-begun")
        assert (answer.status_code, answer.json()["code"]) == (503, "store-away")
        assert answer.headers["retry-after"] == "5"
        assert (await stack.http.get("/api/ready")).json()["store"] is False
