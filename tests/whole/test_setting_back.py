"""Shoots that are set back: an older database over a newer store, and a workflow that is reset.

Both count their takes again, so that the same take is asked for something else than before.
"""

from __future__ import annotations

import io
import signal
import subprocess
import uuid
from contextlib import asynccontextmanager, suppress

import pytest
from PIL import Image, ImageStat
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType, ResetReapplyExcludeType
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest

from studio.cli.connection import NotRunningError, connect_running, open_store
from studio.decisions import Approve, Revise
from studio.settings import Settings
from studio.stages import Stage
from tests.waiting import until
from tests.whole.conftest import SHOOT, Studio, complete
from workflows.reading import StreamReader

pytest_plugins = ("tests.emulators.plugin",)

WARM = Revise(stage=Stage.HERO, instruction="warmer, golden sunset")
COLD = Revise(stage=Stage.HERO, instruction="cold blue night, black and white")


def _waiting(take):
    """Whether a shoot shows that take of its hero and waits."""
    return lambda state: bool(state.checkpoint and state.checkpoint.take == take)


def _hero(state):
    return state.current_take(Stage.HERO).artifacts[0]


async def _warmth(store, artifact):
    """How much more red than blue there is in a stored picture."""
    with Image.open(io.BytesIO(await store.get(artifact.key))) as picture:
        red, _, blue = ImageStat.Stat(picture.convert("RGB")).mean
        return red - blue


async def _said(shoots, shoot_id):
    """Every event of the shoot, as text."""
    reader, due, found = StreamReader(shoots.client, shoots.records, shoot_id), 0, ""
    while page := await reader.page(due):
        found += "".join(one.event for one in page)
        due = page[-1].offset + 1
    return found


async def _reset(client, shoot_id, accepted):
    """Reset to before the ``accepted``-th decision, which is not sent again."""
    handle = client.get_workflow_handle(shoot_id)
    finished, found, count = 0, 0, 0
    async for event in handle.fetch_history_events():
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
            finished = event.event_id
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED:
            count += 1
            found = finished if count == accepted else found
    await client.workflow_service.reset_workflow_execution(
        ResetWorkflowExecutionRequest(
            namespace=client.namespace,
            workflow_execution=WorkflowExecution(workflow_id=shoot_id),
            reason="a test",
            workflow_task_finish_event_id=found,
            request_id=uuid.uuid4().hex,
            reset_reapply_exclude_types=[
                ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_SIGNAL,
                ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_UPDATE,
            ],
        )
    )


async def test_a_reset_shoot_gets_what_it_asks_for(studio):
    """After a reset the same take number shows the new words; the older picture stays as it was."""
    shoot_id, shoots, store = uuid.uuid4().hex, studio.shoots, studio.shoots.records.store
    studio.worker()
    await studio.start(shoot_id)
    await studio.until(shoot_id, _waiting(1))
    await shoots.decide(shoot_id, WARM)
    warm = _hero(await studio.until(shoot_id, _waiting(2)))
    kept = await store.get(warm.key)
    await _reset(shoots.client, shoot_id, accepted=1)
    await studio.until(shoot_id, _waiting(1))
    await shoots.decide(shoot_id, COLD)
    cold = _hero(await studio.until(shoot_id, _waiting(2)))
    assert await _warmth(store, cold) < 0 < await _warmth(store, warm)
    assert await store.get(warm.key) == kept


async def test_a_reset_shoot_finds_what_it_asks_for_again(studio):
    """The same words after a reset are the same picture, not made twice."""
    shoot_id, shoots = uuid.uuid4().hex, studio.shoots
    studio.worker()
    await studio.start(shoot_id)
    await studio.until(shoot_id, _waiting(1))
    await shoots.decide(shoot_id, WARM)
    first = _hero(await studio.until(shoot_id, _waiting(2)))
    written = (studio.home / "store" / first.key).stat().st_mtime_ns
    await _reset(shoots.client, shoot_id, accepted=1)
    await studio.until(shoot_id, _waiting(1))
    await shoots.decide(shoot_id, WARM)
    again = _hero(await studio.until(shoot_id, _waiting(2)))
    assert again == first
    assert (studio.home / "store" / again.key).stat().st_mtime_ns == written


@pytest.mark.parametrize("content", [b"", b"not a picture"])
async def test_a_damaged_result_is_made_again(studio, content):
    """A finished job whose file was spoilt since is done again rather than believed."""
    shoot_id, shoots, store = uuid.uuid4().hex, studio.shoots, studio.shoots.records.store
    studio.worker()
    await studio.start(shoot_id)
    await studio.until(shoot_id, _waiting(1))
    await shoots.decide(shoot_id, WARM)
    first = _hero(await studio.until(shoot_id, _waiting(2)))
    await store.put(first.key, content)
    (studio.home / "cache" / first.sha256[:2] / first.sha256).unlink(missing_ok=True)
    await _reset(shoots.client, shoot_id, accepted=1)
    await studio.until(shoot_id, _waiting(1))
    await shoots.decide(shoot_id, WARM)
    again = _hero(await studio.until(shoot_id, _waiting(2)))
    assert again.sha256 == first.sha256
    assert len(await store.get(again.key)) == again.size


async def test_a_damaged_input_is_told(studio):
    """A hero that the store has lost the content of fails the next stage at once, in words."""
    shoot_id, shoots, store = uuid.uuid4().hex, studio.shoots, studio.shoots.records.store
    studio.worker()
    await studio.start(shoot_id)
    hero = _hero(await studio.until(shoot_id, _waiting(1)))
    await store.put(hero.key, b"")
    (studio.home / "cache" / hero.sha256[:2] / hero.sha256).unlink(missing_ok=True)
    await shoots.decide(shoot_id, Approve())
    state = await studio.until(shoot_id, lambda s: bool(s.checkpoint and s.checkpoint.code))
    assert state.checkpoint.code == "damaged-input"
    assert "backup and retry" in state.checkpoint.message


@asynccontextmanager
async def _local(tmp_path, env):
    """A studio of this machine alone: ``shoot up`` with the embedded server that it starts."""
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    settings = Settings(home=home)
    made = Studio(home, env, None)
    process = subprocess.Popen([str(SHOOT), "up"], env=env, cwd=home, stdout=subprocess.DEVNULL)

    async def reachable():
        with suppress(NotRunningError):
            return await connect_running(settings)

    try:
        connection = await until(reachable)
        made.shoots = connection.shoots(settings)
        yield made
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


@pytest.mark.timeout(600)
async def test_an_older_backup_over_a_newer_store(tmp_path, clean_studio_env, monkeypatch):
    """Backed up under way, more made, set back: new words give new pictures, old ones are found."""
    monkeypatch.delenv("TEMPORAL_ADDRESS", raising=False)
    env, file = clean_studio_env, tmp_path / "backup.tar"
    other_words, same_words, busy = (uuid.uuid4().hex for _ in range(3))
    async with _local(tmp_path, env) as studio:
        for shoot_id in (other_words, same_words):
            await studio.start(shoot_id)
            await studio.until(shoot_id, _waiting(1))
        await studio.start(busy, autopilot=True)
        made = studio.command("backup", str(file))
        assert (made.returncode, made.stderr) == (0, "")
        warm = {}
        for shoot_id in (other_words, same_words):
            await studio.shoots.decide(shoot_id, WARM)
            warm[shoot_id] = _hero(await studio.until(shoot_id, _waiting(2)))
        refused = studio.command("restore", str(file))
        assert refused.returncode == 1
        assert "stop 'shoot up' and every 'shoot worker'" in refused.stderr
    restored = studio.command("restore", str(file))
    assert (restored.returncode, restored.stderr) == (0, "")
    store = open_store(Settings(home=studio.home))
    async with _local(tmp_path, env) as studio:
        for shoot_id in (other_words, same_words):
            state = await studio.until(shoot_id, _waiting(1))
            assert len(state.takes) == 1
        await studio.shoots.decide(other_words, COLD)
        cold = _hero(await studio.until(other_words, _waiting(2)))
        await studio.shoots.decide(same_words, WARM)
        assert _hero(await studio.until(same_words, _waiting(2))) == warm[same_words]
        await studio.until(busy, complete)
        said = await _said(studio.shoots, other_words)
    assert await _warmth(store, cold) < 0 < await _warmth(store, warm[other_words])
    assert COLD.instruction in said
    assert WARM.instruction not in said


def test_nothing_is_backed_up_twice_or_from_nowhere(tmp_path, clean_studio_env):
    """An archive is never overwritten, and an empty home says that it is empty."""
    studio = Studio(tmp_path, clean_studio_env, None)
    nowhere = studio.command("backup", str(tmp_path / "a.tar"))
    assert (nowhere.returncode, "no studio has run" in nowhere.stderr) == (1, True)
    assert SHOOT.exists()


async def test_a_reset_shoot_buys_nothing_twice(studio, providers):
    """What was bought before a reset is found by its content, and is on the ledger again."""
    studio.env |= {**providers.env, "NO_PROXY": "127.0.0.1,localhost"}
    studio.worker()
    shoot_id, shoots = uuid.uuid4().hex, studio.shoots
    await studio.start(shoot_id, provider="live")
    await studio.until(shoot_id, _waiting(1))
    await shoots.decide(shoot_id, WARM)
    before = await studio.until(shoot_id, _waiting(2))
    await _reset(shoots.client, shoot_id, accepted=1)
    await studio.until(shoot_id, _waiting(1))
    await shoots.decide(shoot_id, WARM)
    again = await studio.until(shoot_id, _waiting(2))
    assert _hero(again) == _hero(before)
    assert len(providers.fal.submissions) == 2
    paid = [(e.id, e.state, e.estimate_usd) for e in again.ledger if e.provider == "fal"]
    assert paid == [(e.id, e.state, e.estimate_usd) for e in before.ledger if e.provider == "fal"]
    await shoots.decide(shoot_id, COLD)
    other = await studio.until(shoot_id, _waiting(3))
    assert _hero(other).sha256 != _hero(again).sha256
    assert len(providers.fal.submissions) == 3
