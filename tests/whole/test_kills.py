"""``kill -9`` of the worker at random moments of a live shoot: what is bought, counted there."""

from __future__ import annotations

import asyncio
import random
import signal
import uuid
from collections import Counter

import pytest

from studio.decisions import Retry
from studio.stages import ShootStatus
from tests.waiting import until

pytest_plugins = ("tests.emulators.plugin",)

KILLS = 4
PATIENCE = 25


@pytest.fixture
def live(studio, providers):
    """A studio whose workers have keys, with providers that take a while."""
    studio.env |= {**providers.env, "NO_PROXY": "127.0.0.1,localhost"}
    providers.fal.pace, providers.kling.pace = 2.0, 4.0
    studio.worker()
    return studio


def calls(providers):
    """How often any provider was asked anything."""
    return sum(len(one.calls) for one in providers.providers.values())


async def killed(live, providers, chance, over):
    """Kill the worker within a random number of calls, a random while after the last; start anew.

    Returns whether the shoot was still on its way.
    """
    due = calls(providers) + chance.randint(1, PATIENCE)
    while calls(providers) < due and not over.done():
        await asyncio.sleep(0.002)
    await asyncio.sleep(chance.choice((0, 0, 0.005, 0.02, 0.1)))
    live.processes[-1].kill()
    live.processes[-1].wait()
    live.worker()
    return not over.done()


async def watched(live, shoot_id):
    """Say yes whenever the shoot asks whether to buy again; returns how often it asked."""
    asked = 0
    while True:
        state = await live.until(
            shoot_id, lambda now: now.status in (ShootStatus.PAUSED, ShootStatus.COMPLETE)
        )
        if state.status is ShootStatus.COMPLETE:
            return asked, state
        assert state.checkpoint.code == "unknown-outcome", state.checkpoint
        asked += 1
        await live.shoots.decide(shoot_id, Retry(checkpoint_id=state.checkpoint.id))


@pytest.mark.parametrize("seed", range(3))
async def test_killed_workers_buy_nothing_twice(live, providers, seed):
    """Whatever the worker was doing: every clip and picture is ordered once, and once more only
    where the shoot said that nobody could know, and was told to."""
    chance = random.Random(seed)
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, autopilot=True, provider="live")
    over = asyncio.create_task(watched(live, shoot_id))
    for _ in range(KILLS):
        if not await killed(live, providers, chance, over):
            break
    asked, state = await over
    names = Counter(one.external_task_id for one in providers.kling.submissions)
    assert sorted(names.values()) == [1] * 5
    assert len(providers.fal.submissions) <= 2 + asked
    unknown = [entry for entry in state.ledger if entry.state == "unknown"]
    assert len(unknown) == asked
    assert providers.complaints == []


async def test_a_worker_that_comes_back_spoils_nothing(live, providers):
    """A worker that stood still, was replaced, and goes on: its order is not cancelled under the
    other's hands, and nothing is ordered again."""
    providers.fal.hold = True
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, provider="live")
    await live.until(shoot_id, lambda s: any(one.remote_id for one in ordered(s)))
    stopped = live.processes[-1]
    stopped.send_signal(signal.SIGSTOP)
    seen = len(providers.fal.asked("status"))
    live.worker()
    await until(lambda: len(providers.fal.asked("status")) >= seen + 2)
    stopped.send_signal(signal.SIGCONT)
    seen = len(providers.fal.asked("status"))
    await until(lambda: len(providers.fal.asked("status")) >= seen + 3)
    providers.fal.hold = False
    state = await live.until(shoot_id, lambda s: bool(s.checkpoint))
    assert state.checkpoint.status == "complete"
    assert len(providers.fal.submissions) == 1
    assert providers.fal.asked("cancel") == []
    assert [entry.state for entry in ordered(state)] == ["settled"]


def ordered(state):
    """What fal was asked to make."""
    return [entry for entry in state.ledger if entry.provider == "fal"]


async def test_a_worker_that_is_stopped_leaves_its_orders(live, providers):
    """TERM for a worker is no cancel: the next one finds the order by its id."""
    providers.fal.hold = True
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, provider="live")
    await live.until(shoot_id, lambda s: any(one.remote_id for one in ordered(s)))
    live.processes[-1].terminate()
    live.processes[-1].wait()
    providers.fal.hold = False
    live.worker()
    state = await live.until(shoot_id, lambda s: bool(s.checkpoint))
    assert state.checkpoint.status == "complete"
    assert len(providers.fal.submissions) == 1
    assert providers.fal.asked("cancel") == []
