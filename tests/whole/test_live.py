"""Whole live shoots against stand-ins for fal, Kling and Claude: what is bought, what is seen."""

from __future__ import annotations

import uuid

import pytest

from studio.decisions import Cancel, Regenerate, Retry
from studio.stages import ShootStatus, Stage
from tests.emulators import faults
from tests.whole.conftest import complete
from workflows.reading import StreamReader

pytest_plugins = ("tests.emulators.plugin",)

OFF = "NO_PROXY"


@pytest.fixture
def live(studio, providers):
    """A studio whose workers have keys, and reach the stand-ins as if they were the real ones."""
    studio.env |= {**providers.env, OFF: "127.0.0.1,localhost"}
    studio.worker()
    return studio


async def events(live, shoot_id):
    """All that is on a shoot's stream."""
    reader = StreamReader(live.shoots.client, live.shoots.records, shoot_id)
    found = []
    while page := await reader.page(found[-1].offset + 1 if found else 0):
        found += page
    return found


def failed(state):
    """Whether a shoot has paused at a failure."""
    return state.status is ShootStatus.PAUSED


def waiting_at(stage):
    """Whether a shoot waits at ``stage``."""
    return lambda state: bool(state.checkpoint) and state.checkpoint.stage is stage


async def test_whole_live_shoot_buys_everything_once(live, providers):
    """Hero, sheet and five clips are bought once each; the ledger adds up; nothing complains."""
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, autopilot=True, provider="live")
    state = await live.until(shoot_id, complete)
    assert len(providers.fal.submissions) == 2
    assert len(providers.kling.submissions) == 5
    assert providers.complaints == []
    paid = [entry for entry in state.ledger if entry.provider in ("fal", "kling")]
    assert [entry.state for entry in paid] == ["settled"] * 7
    assert sum(entry.estimate_usd for entry in paid) == pytest.approx(2 * 0.15 + 5 * 0.35)
    assert any(entry.provider == "anthropic" for entry in state.ledger)
    assert {take.provider for take in state.takes if take.stage is not Stage.FRAMES} >= {"live"}


async def test_without_kling_keys_clips_come_through_fal(live, providers):
    """With fal's key alone, fal makes the clips too."""
    for process in live.processes:
        process.kill()
        process.wait()
    live.env = {k: v for k, v in live.env.items() if not k.startswith("KLING")}
    live.worker()
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, autopilot=True, provider="auto")
    await live.until(shoot_id, complete)
    assert len(providers.kling.submissions) == 0
    assert len(providers.fal.submissions) == 7


async def test_killed_worker_resumes_what_was_bought(live, providers):
    """``kill -9`` while clips are in the making: the next worker fetches them, buying none."""
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, autopilot=True, provider="live")

    def clips_ordered(state):
        kling = [entry for entry in state.ledger if entry.provider == "kling"]
        return any(entry.state == "accepted" for entry in kling)

    await live.until(shoot_id, clips_ordered)
    live.processes[-1].kill()
    live.processes[-1].wait()
    live.worker()
    await live.until(shoot_id, complete)
    assert len(providers.kling.submissions) == 5
    assert len(providers.fal.submissions) == 2


async def test_refused_content_pauses_with_the_providers_words(live, providers):
    """What fal refuses is a person's matter: the shoot pauses and says why; a retry goes on."""
    providers.fal.fail_next("job", faults.fal_policy())
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, provider="live")
    state = await live.until(shoot_id, failed)
    assert state.checkpoint.code == "refused-content"
    await live.shoots.decide(shoot_id, Retry())
    await live.until(shoot_id, waiting_at(Stage.HERO))
    assert len(providers.fal.submissions) == 2


async def test_lost_answer_asks_before_buying_again(live, providers):
    """A connection cut after fal had the order: nobody buys twice without being asked."""
    providers.fal.fail_next("submit", faults.cut_after())
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, provider="live")
    state = await live.until(shoot_id, failed)
    assert state.checkpoint.code == "unknown-outcome"
    assert len(providers.fal.submissions) == 1
    assert [entry.state for entry in state.ledger if entry.provider == "fal"] == ["unknown"]
    await live.shoots.decide(shoot_id, Retry())
    await live.until(shoot_id, lambda now: waiting_at(Stage.HERO)(now) and not failed(now))
    assert len(providers.fal.submissions) == 2


async def test_busy_provider_is_waited_for(live, providers):
    """429 with Retry-After and a 500 before acceptance cost nothing and end by themselves."""
    providers.fal.fail_next("submit", faults.fal_busy(1), times=2)
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, provider="live")
    await live.until(shoot_id, waiting_at(Stage.HERO))
    assert len(providers.fal.submissions) == 1


async def test_trouble_that_passes_costs_nothing(live, providers):
    """Every fault that passes by itself, at every provider: all is bought once, and told."""
    fal, kling, claude = providers.fal, providers.kling, providers.anthropic
    providers.refuse("queue.fal.run")
    fal.fail_next("submit", faults.answer(500, {"detail": "Internal error"}))
    fal.fail_next("status", faults.cut())
    fal.fail_next("result", faults.answer(503, "unavailable"))
    fal.fail_next("result", faults.slow(400))
    for fault in (faults.truncated(0.5), faults.short(0.5), faults.expired()):
        fal.fail_next("media", fault)
        kling.fail_next("media", fault)
    kling.fail_next("submit", faults.kling_busy())
    kling.fail_next("submit", faults.kling_error(500, 5000, "oops"))
    kling.fail_next("submit", faults.cut_after())
    kling.fail_next("submit", faults.cut())
    kling.fail_next("query", faults.kling_error(429, 1302, "too often", retry_after="1"), after=12)
    claude.fail_next("messages", faults.anthropic_overloaded())
    claude.fail_next("messages", faults.error_in_stream(4))
    claude.fail_next("messages", faults.ended_stream(4))
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, provider="live", autopilot=True)
    state = await live.until(shoot_id, complete)
    assert len(fal.submissions) == 2
    assert len(kling.submissions) == 5
    assert {entry.state for entry in state.ledger} == {"settled"}
    told = " ".join([one.event for one in await events(live, shoot_id)])
    for words in ("oops", "Overloaded", "tried again", "$0.15 each", "$2.05"):
        assert words in told


PERSONS = [
    pytest.param("submit", faults.fal_unauthorized(), "bad-key", id="401"),
    pytest.param("submit", faults.answer(402, {"detail": "Pay first"}), "no-credit", id="402"),
    pytest.param(
        "submit",
        faults.answer(422, {"detail": "against our content policy"}),
        "refused-content",
        id="policy",
    ),
    pytest.param("job", faults.fal_error("missing", "Required", loc="seed"), "defect", id="422"),
]


@pytest.mark.parametrize(("route", "fault", "code"), PERSONS)
async def test_what_needs_a_person_waits_for_one(live, providers, route, fault, code):
    """It pauses at once, says why, and goes on when it is told to."""
    providers.fal.fail_next(route, fault)
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, provider="live")
    state = await live.until(shoot_id, failed)
    assert state.checkpoint.code == code
    assert len(providers.fal.asked("submit")) == 1
    await live.shoots.decide(shoot_id, Retry())
    await live.until(shoot_id, lambda now: waiting_at(Stage.HERO)(now) and not failed(now))
    assert len(providers.fal.asked("submit")) == 2


async def test_klings_account_needs_a_person(live, providers):
    """An empty resource pack is no 429 to be tried again; nothing is lost meanwhile."""
    providers.kling.fail_next("submit", faults.kling_no_credit(), times=5)
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, provider="live", autopilot=True)
    state = await live.until(shoot_id, failed)
    assert state.checkpoint.code == "no-credit"
    assert providers.kling.submissions == []
    await live.shoots.decide(shoot_id, Retry())
    await live.until(shoot_id, complete)
    assert len(providers.kling.submissions) == 5


async def test_a_job_that_fails_there_is_ordered_once_more(live, providers):
    """A failure that fal does not charge for is repeated once unasked, on a line of its own; after
    the second a person decides."""
    fault = faults.fal_error("internal_server_error", "Internal error", status=500)
    providers.fal.fail_next("job", fault, times=2)
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, provider="live")
    state = await live.until(shoot_id, failed)
    assert state.checkpoint.code == "failed-task"
    lines = [entry for entry in state.ledger if entry.provider == "fal"]
    assert [entry.state for entry in lines] == ["failed", "failed"]
    assert {one.request_id for one in providers.fal.submissions} == {one.remote_id for one in lines}
    await live.shoots.decide(shoot_id, Retry())
    state = await live.until(shoot_id, lambda s: waiting_at(Stage.HERO)(s) and not failed(s))
    assert len(providers.fal.submissions) == 3
    states = [entry.state for entry in state.ledger if entry.provider == "fal"]
    assert states == ["failed", "failed", "settled"]


async def test_a_lost_result_may_be_bought_again(live, providers):
    """A picture whose link is dead for good is a loss that the ledger names; retry orders anew."""
    providers.fal.fail_next("media", faults.expired(), times=5)
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, provider="live")
    state = await live.until(shoot_id, failed)
    assert state.checkpoint.code == "lost-result"
    assert [entry.state for entry in state.ledger if entry.provider == "fal"] == ["lost"]
    await live.shoots.decide(shoot_id, Retry())
    await live.until(shoot_id, lambda now: waiting_at(Stage.HERO)(now) and not failed(now))
    assert len(providers.fal.submissions) == 2


async def test_claudes_key_needs_a_person(live, providers):
    """A key that Claude does not take pauses the shoot before anything is made."""
    fault = faults.anthropic_error(401, "authentication_error", "invalid x-api-key")
    providers.anthropic.fail_next("messages", fault)
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, provider="live")
    state = await live.until(shoot_id, failed)
    assert state.checkpoint.code == "bad-key"
    assert providers.fal.submissions == []
    await live.shoots.decide(shoot_id, Retry())
    await live.until(shoot_id, lambda now: waiting_at(Stage.HERO)(now) and not failed(now))


async def test_bad_key_and_empty_account_pause(live, providers):
    """No credit pauses at once, with what helps."""
    providers.fal.fail_next("submit", faults.fal_no_credit(), times=3)
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, provider="live")
    state = await live.until(shoot_id, failed)
    assert state.checkpoint.code == "no-credit"
    assert len(providers.fal.submissions) == 0


async def test_failed_clip_leaves_the_others_bought(live, providers):
    """One clip that Kling fails pauses the shoot; regenerating it buys one clip, not five."""
    providers.kling.fail_next("task", faults.kling_failed())
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, provider="live", autopilot=True)
    state = await live.until(shoot_id, failed)
    assert state.checkpoint.stage is Stage.CLIPS
    made = {artifact.name for artifact in state.spare}
    missing = next(n for n in range(1, 6) if f"videos/video-{n}.mp4" not in made)
    before = len(providers.kling.submissions)
    await live.shoots.decide(shoot_id, Regenerate(clips=(missing,), instruction="calmer"))
    await live.until(shoot_id, complete)
    assert len(providers.kling.submissions) == before + 1


async def test_budget_pauses_before_spending(live, providers):
    """A budget that the clips would exceed pauses with the sum; retry agrees to it."""
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, provider="live", autopilot=True, budget=1.0)
    state = await live.until(shoot_id, failed)
    assert state.checkpoint.code == "over-budget"
    assert "its budget is $1.00" in state.checkpoint.message
    assert len(providers.kling.submissions) == 0
    await live.shoots.decide(shoot_id, Retry())
    await live.until(shoot_id, complete)
    assert len(providers.kling.submissions) == 5


async def test_cancel_cancels_at_the_provider(live, providers):
    """A cancel while fal works is sent on to fal."""
    providers.fal.hold = True
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, provider="live")
    await live.until(shoot_id, lambda s: any(e.state == "accepted" for e in s.ledger))
    await live.shoots.decide(shoot_id, Cancel())
    state = await live.until(shoot_id, lambda s: s.status is ShootStatus.CANCELLED)
    assert [one.cancelled for one in providers.fal.submissions] == [True]
    assert [entry.state for entry in state.ledger if entry.provider == "fal"] == ["cancelled"]


async def test_claude_hears_and_decides(live, providers):
    """Claude turns words into a decision, and what it says is in the transcript."""
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, provider="live")
    state = await live.until(shoot_id, waiting_at(Stage.HERO))
    await live.shoots.go_on(shoot_id, "make it darker")
    state = await live.until(shoot_id, lambda s: len(s.takes_of(Stage.HERO)) == 2)
    assert [message.role for message in state.transcript][-2:] == ["person", "director"]
    assert providers.complaints == []


async def test_broken_stream_starts_over_and_says_so(live, providers):
    """A turn of Claude's that breaks half-way is discarded on the stream and told anew."""
    providers.anthropic.fail_next("messages", faults.broken_stream(6))
    shoot_id = uuid.uuid4().hex
    await live.start(shoot_id, provider="live")
    await live.until(shoot_id, waiting_at(Stage.HERO))
    kinds = [one.event.split('"', 4)[3] for one in await events(live, shoot_id)]
    assert "message_discarded" in kinds
