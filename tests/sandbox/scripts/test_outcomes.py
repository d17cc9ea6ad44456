"""Every answer becomes one decision, and no answer whatever breaks the mapping."""

from __future__ import annotations

import json
from typing import Any

import anthropic
import httpx
import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.scripts import _outcomes as outcomes
from sandbox.scripts._headers import MAX_WAIT
from sandbox.scripts._outcomes import FOR_A_PERSON, RETRYABLE, Code

STATUSES = st.integers(400, 599)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["detail", "type", "msg", "loc", "code", "message", "x"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    ).map(json.dumps),
)
HEADERS = st.dictionaries(
    st.sampled_from(["Retry-After", "retry-after-ms", "X-Fal-Retryable", "Content-Type"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12)
    | st.integers(-5, 10**12).map(str),
)


@pytest.mark.parametrize("judge", [outcomes.fal, outcomes.fal_submission, outcomes.kling])
@settings(deadline=None)
@given(status=STATUSES, headers=HEADERS, text=TEXTS)
def test_any_answer_has_an_outcome(
    judge: Any, status: int, headers: dict[str, str], text: str
) -> None:
    """Whatever comes, there is one decision, one line of words, and a bounded wait."""
    outcome = judge(status, headers, text)
    assert outcome.retryable is (outcome.code in RETRYABLE)
    assert "\n" not in outcome.message and 0 < len(outcome.message) < 2000
    assert (outcome.retry_after is not None) is (outcome.code is Code.RETRY_AFTER)
    assert outcome.retry_after is None or 0 <= outcome.retry_after <= MAX_WAIT


def test_every_code_is_the_machines_a_persons_or_a_defect() -> None:
    """No code is of two kinds or of none."""
    assert RETRYABLE | FOR_A_PERSON | {Code.DEFECT} == set(Code)
    assert not RETRYABLE & FOR_A_PERSON


@settings(deadline=None)
@given(status=st.sampled_from([401, 402, 403, 422, 400, 404, 413]), text=TEXTS)
def test_an_order_refused_by_fal_itself_is_never_unknown(status: int, text: str) -> None:
    """A 4xx is an answer: nobody needs to look at a dashboard."""
    assert outcomes.fal_submission(status, {}, text).code is not Code.UNKNOWN


@settings(deadline=None)
@given(status=st.sampled_from([200, 201, 202, 299]), text=TEXTS)
def test_an_unreadable_success_is_unknown(status: int, text: str) -> None:
    """A 2xx without an id may well be charged."""
    outcome = outcomes.fal_submission(status, {}, text)
    assert (outcome.code, outcome.retryable) == (Code.UNKNOWN, False)


HTML = "<html><body><center><h1>Bad Gateway</h1></center></body></html>"


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504, 520, 524, 529])
@pytest.mark.parametrize("text", [HTML, "", "upstream error", "{}", "[]", '{"error": "oops"}'])
def test_what_fal_did_not_write_proves_nothing(status: int, text: str) -> None:
    """A 5xx from something in between may hide an order that was taken: a person is asked."""
    outcome = outcomes.fal_submission(status, {}, text)
    assert (outcome.code, outcome.retryable) == (Code.UNKNOWN, False)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_fals_own_word_that_nothing_was_taken(status: int) -> None:
    """Its platform's errors are tried again: nothing was bought."""
    text = '{"detail": "no runner", "error_type": "runner_scheduling_failure"}'
    assert outcomes.fal_submission(status, {}, text).code is Code.RETRY


@pytest.mark.parametrize(
    ("outcome", "remedy"),
    [
        (lambda: outcomes.fal(422, {}, _detail("x", "no", "resolution")), "SHOOT_IMAGE_RESOLUTION"),
        (lambda: outcomes.fal(422, {}, _detail("x", "no", "duration")), "SHOOT_FAL_VIDEO_MODEL"),
        (lambda: outcomes.fal(422, {}, _detail("x", "no", "tail_image_url")), "change the frames"),
        (lambda: outcomes.fal(422, {}, _detail("x", "no", "image_urls")), "reference photos"),
        (lambda: outcomes.fal(422, {}, _detail("x", "no", "prompt")), "shorter"),
        (lambda: outcomes.fal(422, {}, _detail("x", "no", "seed")), "SHOOT_IMAGE_MODEL"),
        (lambda: outcomes.fal(404, {}, '{"detail": "not found"}'), "SHOOT_IMAGE_MODEL"),
        (lambda: outcomes.fal_submission(302, {}, ""), "SHOOT_IMAGE_MODEL"),
        (
            lambda: outcomes.kling(400, {}, _kling(1201, "model_name is invalid")),
            "SHOOT_KLING_MODEL",
        ),
        (lambda: outcomes.kling(400, {}, _kling(1201, "mode is invalid")), "SHOOT_KLING_MODE"),
        (lambda: outcomes.kling(400, {}, _kling(1201, "image is too small")), "change the frames"),
        (lambda: outcomes.kling(404, {}, _kling(1202, "no such path")), "SHOOT_KLING_HOST"),
        (lambda: outcomes.kling(422, {}, "what?"), "SHOOT_KLING_MODEL"),
    ],
)
def test_a_defect_says_what_helps(outcome: Any, remedy: str) -> None:
    """With the setting, or with what the person can change."""
    judged = outcome()
    assert judged.code is Code.DEFECT
    assert remedy in judged.message


def _kling(code: int, message: str) -> str:
    return json.dumps({"code": code, "message": message})


def _detail(type: str, message: str = "words", loc: str = "prompt") -> str:
    return json.dumps({"detail": [{"loc": ["body", loc], "msg": message, "type": type}]})


@pytest.mark.parametrize(
    ("status", "text", "code"),
    [
        (422, _detail("content_policy_violation"), Code.REFUSED),
        (422, _detail("no_media_generated"), Code.REFUSED),
        (422, _detail("value_error", "violates our content policy"), Code.REFUSED),
        (422, _detail("missing"), Code.DEFECT),
        (422, _detail("image_too_small"), Code.DEFECT),
        (422, _detail("file_download_error"), Code.RETRY),
        (400, _detail("downstream_service_error"), Code.RETRY),
        (504, _detail("generation_timeout"), Code.RETRY),
        (503, '{"detail": "no runner", "error_type": "runner_scheduling_failure"}', Code.RETRY),
        (403, '{"detail": "User is locked. Reason: Exhausted balance."}', Code.NO_CREDIT),
        (403, '{"detail": "not allowed"}', Code.BAD_KEY),
        (401, "", Code.BAD_KEY),
        (404, '{"detail": "Application not found"}', Code.DEFECT),
        (500, "<html>", Code.RETRY),
        (400, '{"detail": "Request is still in progress"}', Code.RETRY),
        (422, '{"detail": "Request was cancelled"}', Code.FAILED),
    ],
)
def test_fals_answers(status: int, text: str, code: Code) -> None:
    """fal's documented errors, each with its decision."""
    assert outcomes.fal(status, {}, text).code is code


def test_a_models_error_is_final() -> None:
    """The job has ended with it; a platform's trouble has not ended anything."""
    assert outcomes.fal(500, {}, _detail("internal_server_error")).final
    assert not outcomes.fal(500, {}, '{"detail": "oops"}').final


def test_fal_may_forbid_the_same_again() -> None:
    """``X-Fal-Retryable: false`` leaves the decision to a person."""
    text = _detail("internal_server_error")
    assert outcomes.fal(500, {"X-Fal-Retryable": "false"}, text).code is Code.FAILED
    assert outcomes.fal(500, {"X-Fal-Retryable": "true"}, text).code is Code.RETRY


def test_the_field_is_named() -> None:
    """A defect says which part of the request it was."""
    outcome = outcomes.fal(422, {}, _detail("one_of", "not among", "aspect_ratio"))
    assert outcome.field == "aspect_ratio" and "aspect_ratio" in outcome.message


@pytest.mark.parametrize(
    ("status", "number", "code"),
    [
        (401, 1000, Code.BAD_KEY),
        (401, 1003, Code.BAD_KEY),
        (429, 1100, Code.BAD_KEY),
        (429, 1101, Code.NO_CREDIT),
        (429, 1102, Code.NO_CREDIT),
        (403, 1103, Code.BAD_KEY),
        (400, 1201, Code.DEFECT),
        (400, 1301, Code.REFUSED),
        (429, 1302, Code.RETRY_AFTER),
        (429, 1303, Code.RETRY_AFTER),
        (500, 5000, Code.RETRY),
        (429, 9999, Code.RETRY),
    ],
)
def test_klings_codes(status: int, number: int, code: Code) -> None:
    """Not every 429 may be tried again, and the code counts before the status."""
    text = json.dumps({"code": number, "message": "words", "request_id": "1"})
    assert outcomes.kling(status, {}, text).code is code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Failure to pass the risk control system", Code.REFUSED),
        ("Input data contains sensitive information", Code.REFUSED),
        ("Internal error", Code.FAILED),
        ("", Code.FAILED),
    ],
)
def test_failed_tasks(words: str, code: Code) -> None:
    """A failed task of Kling is known by its words alone."""
    assert outcomes.failed_task("Kling", words).code is code


_REQUEST = httpx2.Request("POST", "https://api.anthropic.com/v1/messages")


def _status_error(status: int, type: str, message: str, **headers: str) -> Exception:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = httpx2.Response(status, headers=named, request=_REQUEST)
    body = {"type": "error", "error": {"type": type, "message": message}}
    return anthropic.APIStatusError(message, response=response, body=body)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (_status_error(401, "authentication_error", "invalid x-api-key"), Code.BAD_KEY),
        (_status_error(403, "permission_error", "no access"), Code.BAD_KEY),
        (_status_error(402, "billing_error", "pay"), Code.NO_CREDIT),
        (
            _status_error(400, "invalid_request_error", "Your credit balance is too low"),
            Code.NO_CREDIT,
        ),
        (_status_error(400, "invalid_request_error", "max_tokens: required"), Code.DEFECT),
        (_status_error(413, "request_too_large", "too large"), Code.DEFECT),
        (_status_error(429, "rate_limit_error", "slow", retry_after="12"), Code.RETRY_AFTER),
        (_status_error(429, "rate_limit_error", "slow"), Code.RETRY),
        (_status_error(529, "overloaded_error", "Overloaded"), Code.RETRY),
        (_status_error(200, "overloaded_error", "Overloaded"), Code.RETRY),
        (_status_error(200, "api_error", "Internal server error"), Code.RETRY),
        (_status_error(200, "some_new_error", "odd"), Code.RETRY),
        (httpx2.LocalProtocolError("Illegal header value b'sk-…'"), Code.BAD_KEY),
        (_status_error(500, "api_error", "oops", x_should_retry="false"), Code.FAILED),
        (anthropic.APITimeoutError(_REQUEST), Code.RETRY),
        (anthropic.APIConnectionError(request=_REQUEST), Code.RETRY),
        (httpx2.RemoteProtocolError("peer closed connection"), Code.RETRY),
        (httpx2.ReadTimeout("silence"), Code.RETRY),
        (ConnectionResetError("reset"), Code.RETRY),
        (ValueError("our own fault"), Code.DEFECT),
    ],
)
def test_claudes_errors(error: Exception, code: Code) -> None:
    """The client's own exceptions, and what a broken stream raises past it."""
    assert outcomes.anthropic(error).code is code


@settings(deadline=None)
@given(
    status=st.none() | st.integers(100, 599),
    type=st.none() | st.text(max_size=12),
    message=st.text(max_size=50),
)
def test_any_exception_has_an_outcome(status: int | None, type: str | None, message: str) -> None:
    """Whatever a client raises, there is one decision."""

    class Odd(Exception):
        pass

    odd = Odd(message)
    odd.status_code, odd.type = status, type  # type: ignore[attr-defined]
    outcome = outcomes.anthropic(odd)
    assert outcome.message and "\n" not in outcome.message


@pytest.mark.parametrize(
    ("words", "code"), [("403 Refused", Code.DEFECT), ("502 Bad Gateway", Code.RETRY)]
)
def test_a_proxy_that_forbids_is_not_asked_again(words: str, code: Code) -> None:
    """A host that is not allowed stays so until somebody allows it."""
    assert outcomes.broken("The result", httpx.ProxyError(words)).code is code


@pytest.mark.parametrize(
    "error", [httpx.ConnectError("x"), httpx2.ReadError("x"), TimeoutError(), ConnectionError()]
)
def test_broken_connections_are_known(error: Exception) -> None:
    """httpx, httpx2 and the system's own count alike."""
    assert outcomes.is_transport(error)
    assert outcomes.broken("fal", error).code is Code.RETRY
    assert outcomes.lost_answer("fal", error).code is Code.UNKNOWN
