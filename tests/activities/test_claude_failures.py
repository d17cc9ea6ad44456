"""Claude as the director: what becomes of its failures, what a turn costs, and the key."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.activities.claude_kit import (
    APPROVED,
    DONE,
    LONG,
    MODEL,
    Studio,
    turn,
)
from tests.emulators import faults
from tests.emulators.service import ANTHROPIC_API_KEY
from tests.emulators.wire import Reply

pytest_plugins = ("tests.emulators.plugin",)


def error(status: int, kind: str, words: str = "no", **headers: str) -> faults.Fault:
    return faults.anthropic_error(status, kind, words, **headers)


CREDIT = "Your credit balance is too low to access the Anthropic API."
HTML = "<html><body><h1>Bad Gateway</h1></body></html>"
FAILURES = [
    pytest.param(faults.anthropic_overloaded(), "retry", True, id="529"),
    pytest.param(error(500, "api_error"), "retry", True, id="500"),
    pytest.param(error(504, "timeout_error"), "retry", True, id="504"),
    pytest.param(error(429, "rate_limit_error"), "retry", True, id="429"),
    pytest.param(
        error(429, "rate_limit_error", retry_after="7"), "retry-after", True, id="429-after"
    ),
    pytest.param(faults.cut(), "retry", True, id="cut"),
    pytest.param(faults.cut_after(), "retry", True, id="cut-after"),
    pytest.param(faults.error_in_stream(4), "retry", True, id="overloaded-in-stream"),
    pytest.param(
        faults.error_in_stream(4, "api_error", "Internal"), "retry", True, id="fault-in-stream"
    ),
    pytest.param(faults.ended_stream(5), "retry", True, id="no-message-stop"),
    pytest.param(faults.broken_stream(5), "retry", True, id="broken-stream"),
    pytest.param(error(401, "authentication_error"), "bad-key", False, id="401"),
    pytest.param(error(403, "permission_error"), "bad-key", False, id="403"),
    pytest.param(error(402, "billing_error"), "no-credit", False, id="402"),
    pytest.param(error(400, "invalid_request_error", CREDIT), "no-credit", False, id="credit"),
    pytest.param(error(400, "invalid_request_error"), "defect", False, id="400"),
    pytest.param(error(404, "not_found_error"), "defect", False, id="404"),
    pytest.param(error(413, "request_too_large"), "defect", False, id="413"),
    pytest.param(error(422, "invalid_request_error"), "defect", False, id="422"),
    pytest.param(error(409, "conflict_error"), "retry", True, id="409"),
    pytest.param(faults.answer(502, HTML), "retry", True, id="502-html"),
    pytest.param(faults.answer(503, HTML), "retry", True, id="503-html"),
    pytest.param(faults.answer(504, HTML), "retry", True, id="504-html"),
    pytest.param(faults.answer(200, "garbage"), "retry", True, id="200-garbage"),
    pytest.param(faults.answer(200, HTML, content_type="text/html"), "retry", True, id="200-html"),
    pytest.param(
        faults.answer(200, "data: garbage", content_type="text/event-stream"),
        "retry",
        True,
        id="200-garbage-stream",
    ),
]


@pytest.mark.parametrize(("fault", "kind", "again"), FAILURES)
async def test_failures_have_their_type(
    studio: Studio, fault: faults.Fault, kind: str, again: bool
) -> None:
    """Each is what the errors' one module says of it, and retried where that can help."""
    studio.claude.fail_next("messages", fault)
    failed = await studio.fails("yes", turn(LONG))
    assert (failed.type, not failed.non_retryable) == (kind, again)
    assert len(studio.claude.asked("messages")) == 1, "the client itself must not try again"
    assert studio.voice.settled


async def test_schemas_that_are_too_much_for_claude(studio: Studio) -> None:
    """Where Claude cannot be held to so many schemas, it is asked without; ours check its words."""
    words = "The compiled grammar is too large. Reduce the number of strict tools."
    studio.claude.fail_next("messages", error(400, "invalid_request_error", words))
    reply = await studio.hear("yes", APPROVED, DONE)
    assert [decision.type for decision in reply.decisions] == ["approve"]
    assert not any(tool["strict"] for body in studio.bodies for tool in body["tools"])
    assert len(studio.claude.asked("messages")) == 3


async def test_retry_after_is_the_delay(studio: Studio) -> None:
    """Temporal waits as long as Claude asks for, and no longer."""
    studio.claude.fail_next("messages", error(429, "rate_limit_error", retry_after="7"))
    assert (await studio.fails("yes")).next_retry_delay == timedelta(seconds=7)
    studio.claude.fail_next("messages", faults.anthropic_overloaded())
    assert (await studio.fails("yes")).next_retry_delay is None


async def test_what_a_broken_answer_used_is_paid_for(studio: Studio) -> None:
    """What Claude has read is charged, and so is what it has said until the stream broke."""
    studio.claude.fail_next("messages", faults.broken_stream(8))
    await studio.fails("yes", turn(LONG))
    [entry] = studio.ledger
    assert entry.state == "settled" and entry.remote_id
    studio.claude.fail_next("messages", faults.anthropic_overloaded())
    await studio.fails("yes")
    assert len(studio.ledger) == 1


async def test_older_models_think_by_number(studio: Studio) -> None:
    """Models from before adaptive thinking want a budget, below the limit of the answer."""
    studio.model = "claude-haiku-4-5"
    await studio.hear("yes", DONE)
    [body] = studio.bodies
    assert body["thinking"]["type"] == "enabled"
    assert body["thinking"]["budget_tokens"] < body["max_tokens"]


@pytest.mark.parametrize("after", [0, 4])
async def test_silence_is_tried_again(studio: Studio, after: int) -> None:
    """Before an answer or in the middle of it: the client's timeout ends it."""
    fault = faults.silent_stream(after) if after else faults.hang()
    studio.claude.fail_next("messages", fault)
    studio.client = studio.client.with_options(timeout=0.3)
    failed = await studio.fails("yes", turn(LONG))
    assert (failed.type, failed.non_retryable) == ("retry", False)
    assert studio.voice.settled


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("refusal", "refused-content"),
        ("max_tokens", "director-stuck"),
        ("model_context_window_exceeded", "director-stuck"),
    ],
)
async def test_half_answers_are_for_a_person(studio: Studio, reason: str, kind: str) -> None:
    """Trying again brings the same; what was said until then is no response, but was paid for."""
    failed = await studio.fails("yes", turn(LONG, stop=reason))
    assert (failed.type, failed.non_retryable) == (kind, True)
    assert studio.voice.said == [("thinking", LONG.text)]
    assert len(studio.ledger) == 1


async def test_a_refusal_says_why(studio: Studio) -> None:
    """In Claude's own words, where it gives any."""
    details = (
        b'"stop_reason": "refusal", "stop_details": {"type": "refusal", "category": null, '
        b'"explanation": "That is not for me to shoot."}'
    )

    def explained(answer: Reply) -> Reply:
        events = [
            event.replace(b'"stop_reason": "refusal"', details) for event in answer.events or ()
        ]
        return replace(answer, events=events)

    studio.claude.alter("messages", explained)
    failed = await studio.fails("yes", turn(LONG, stop="refusal"))
    assert failed.message == (
        "Claude declines to go on with this: “That is not for me to shoot.”; say it differently"
    )


async def test_no_decision_outlives_a_failure(studio: Studio) -> None:
    """An approval whose answer then fails is not taken: the turn is over as a whole."""
    studio.claude.fail_next("messages", faults.anthropic_overloaded(), after=1)
    failed = await studio.fails("yes", APPROVED)
    assert failed.type == "retry"
    assert len(studio.ledger) == 1


# ----------------------------------------------------------------------------------- ledger


async def test_every_exchange_is_on_the_ledger(studio: Studio) -> None:
    """With its price by the tokens used, how long it took, and an id of its own."""
    await studio.hear("yes", APPROVED, DONE)
    assert [entry.id for entry in studio.ledger] == ["shoot-1.turn-1.1.1", "shoot-1.turn-1.1.2"]
    assert len({entry.remote_id for entry in studio.ledger}) == 2
    for entry in studio.ledger:
        assert (entry.provider, entry.operation, entry.state) == ("anthropic", MODEL, "settled")
        assert entry.purpose == "direction"
        assert 0 < entry.estimate_usd < 0.1
        assert entry.latency_seconds is not None


async def test_a_model_without_a_price_still_counts(studio: Studio) -> None:
    """A call is on the ledger also where nobody knows what it costs."""
    studio.model = "claude-fable-5-2"
    await studio.hear("yes", DONE)
    assert [entry.estimate_usd for entry in studio.ledger] == [None]


def _chain(failed: BaseException) -> str:
    """All that a failure says, its causes included, as Temporal would keep it."""
    texts = []
    at: BaseException | None = failed
    while at is not None:
        texts += [str(at), repr(at)]
        at = at.__cause__
    return "\n".join(texts)


@pytest.mark.parametrize(
    "fault",
    [
        error(401, "authentication_error", f"invalid x-api-key: {ANTHROPIC_API_KEY}"),
        faults.anthropic_overloaded(),
        faults.cut(),
        faults.broken_stream(3),
        faults.error_in_stream(3, "api_error", f"key {ANTHROPIC_API_KEY}"),
    ],
)
async def test_the_key_stays_secret(studio: Studio, fault: faults.Fault) -> None:
    """Nothing that is kept says it, even where a provider quotes it."""
    studio.claude.fail_next("messages", fault, after=1)
    failed = await studio.fails("yes", APPROVED, turn(LONG))
    assert ANTHROPIC_API_KEY not in _chain(failed)
    assert ANTHROPIC_API_KEY not in "".join(one.model_dump_json() for one in studio.ledger)


async def test_a_key_that_is_no_header_stays_secret(studio: Studio) -> None:
    """The network library quotes a header that it cannot send; we do not."""
    studio.client = studio.client.with_options(api_key="sk-ant-pasted\nwith-a-break")
    assert "sk-ant-pasted" not in _chain(await studio.fails("yes", DONE))


@pytest.mark.parametrize("status", [400, 404, 413, 422])
async def test_a_defect_says_what_helps(studio: Studio, status: int) -> None:
    """With the setting, or with what the person can change."""
    studio.claude.fail_next("messages", error(status, "invalid_request_error"))
    said = str(await studio.fails("yes"))
    assert "SHOOT_DIRECTOR_MODEL" in said or "reference photos" in said
