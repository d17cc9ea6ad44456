"""generate_video as its callers run it, at Kling and through fal, against misbehaving stand-ins."""

from __future__ import annotations

import base64
import io
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from sandbox.scripts import _probe
from tests.emulators import faults
from tests.emulators.faults import Fault
from tests.emulators.scripts import Done, Script
from tests.emulators.service import KLING_SECRET_KEY, Emulators
from tests.emulators.wire import Reply

pytest_plugins = ("tests.emulators.plugin",)

NAME = "generate_video"
API = "api-singapore.klingai.com"


def _picture(path: Path, width: int, height: int, shade: int) -> Path:
    fade = np.linspace(shade, 255 - shade, width * height * 3).reshape(height, width, 3)
    Image.fromarray(fade.astype(np.uint8)).save(path)
    return path


@pytest.fixture
def order(script: Script, tmp_path: Path) -> Any:
    """Order one clip, with more arguments if need be; ``order.output`` is where it goes."""
    start = _picture(tmp_path / "start.png", 480, 320, 0)
    end = _picture(tmp_path / "end.png", 480, 320, 200)

    def run(*more: object) -> Done:
        return script(NAME, *run.usual, *more)  # type: ignore[attr-defined]

    run.output = tmp_path / "out" / "video-1.mp4"  # type: ignore[attr-defined]
    run.usual = (  # type: ignore[attr-defined]
        *("--start", start, "--end", end, "--prompt", "The camera circles", "--key", "s1.clip.1.1"),
        *("--output", run.output),  # type: ignore[attr-defined]
    )
    return run


def _sent(providers: Emulators, field: str) -> Image.Image:
    data = base64.b64decode(providers.kling.submissions[0].arguments[field])
    return Image.open(io.BytesIO(data))


# ------------------------------------------------------------------------------- at Kling


def test_makes_a_clip_at_kling(order: Any, providers: Emulators) -> None:
    """Both frames, the words and our key go to Kling once; a whole MP4 comes back."""
    done = order()
    assert (done.status, done.states) == (0, ["intent", "accepted", "settled"])
    assert _probe.probe(order.output, decode=True).frames == 121
    [bought] = providers.kling.submissions
    assert bought.external_task_id == "s1.clip.1.1"
    given = {k: v for k, v in bought.arguments.items() if not k.startswith("image")}
    assert given == {
        "model_name": "kling-v2-6",
        "mode": "pro",
        "duration": "5",
        "prompt": "The camera circles",
        "sound": "off",
        "external_task_id": "s1.clip.1.1",
    }
    assert providers.complaints == [] and providers.strays == []


def test_the_clip_is_told_of(order: Any, providers: Emulators) -> None:
    """The artifact has its measure; the ledger has the task's id."""
    done = order()
    [artifact] = done.of("artifact")
    assert (artifact["path"], artifact["artifactType"]) == ("video-1.mp4", "video")
    assert artifact["duration"] == pytest.approx(5.042, abs=0.001)
    accepted = done.of("submission")[1]
    assert accepted["remoteId"] == providers.kling.submissions[0].task_id
    assert accepted["key"] == "s1.clip.1.1"


def test_every_request_has_a_token_of_its_own_that_is_never_shown(
    order: Any, providers: Emulators
) -> None:
    """Tokens are in no frame and in no error text."""
    done = order()
    said = str(done.frames) + done.stderr
    assert providers.kling.tokens
    assert not any(token in said for token in providers.kling.tokens)
    assert "eyJ" not in said


@pytest.mark.parametrize(
    ("size", "within"),
    [
        pytest.param((200, 150), (400, 300), id="small"),
        pytest.param((1200, 320), None, id="wide"),
        pytest.param((310, 1240), None, id="tall"),
        pytest.param((4200, 2800), None, id="large"),
    ],
)
def test_frames_are_fitted_rather_than_refused(
    order: Any, providers: Emulators, tmp_path: Path, size: tuple[int, int], within: Any
) -> None:
    """A frame outside Kling's limits is brought within them, and that is said."""
    odd = _picture(tmp_path / "odd.png", *size, 10)
    done = order("--start", odd)
    assert done.status == 0
    sent = _sent(providers, "image").size
    assert min(sent) >= 300 and 0.4 <= sent[0] / sent[1] <= 2.5
    assert within is None or sent == within
    assert any("odd.png" in frame["message"] for frame in done.of("status"))


def test_a_good_frame_keeps_its_size(order: Any, providers: Emulators) -> None:
    """What is within the limits is not touched but for its encoding."""
    order()
    assert _sent(providers, "image").size == (480, 320)
    assert _sent(providers, "image_tail").size == (480, 320)


REFUSALS: list[Any] = [
    pytest.param(faults.kling_unauthorized(), "bad-key", None, id="1002"),
    pytest.param(faults.kling_error(401, 1004, "expired"), "bad-key", None, id="1004"),
    pytest.param(faults.kling_no_credit(), "no-credit", None, id="429-1102"),
    pytest.param(faults.kling_error(429, 1101, "arrears"), "no-credit", None, id="429-1101"),
    pytest.param(faults.kling_busy(), "retry-after", 10, id="429-1303"),
    pytest.param(
        faults.kling_error(429, 1302, "too fast", retry_after="4"), "retry-after", 4, id="1302"
    ),
    pytest.param(faults.kling_policy(), "refused-content", None, id="1301"),
    pytest.param(faults.kling_error(400, 1201, "mode: wrong"), "defect", None, id="1201"),
    pytest.param(faults.kling_error(403, 1103, "no access"), "bad-key", None, id="403-1103"),
]


@pytest.mark.parametrize(("fault", "code", "after"), REFUSALS)
def test_refused_orders_cost_nothing(
    order: Any, providers: Emulators, fault: Fault, code: str, after: int | None
) -> None:
    """An answer that takes no order is told as such: once asked, nothing bought."""
    providers.kling.fail_next("submit", fault)
    done = order()
    assert (done.status, done.states) == (1, ["intent", "failed"])
    assert (done.error["code"], done.error.get("retryAfter")) == (code, after)
    assert len(providers.kling.asked("submit")) == 1
    assert providers.kling.submissions == []


def test_a_running_limit_is_told_as_such(order: Any, providers: Emulators) -> None:
    """When the account's slots are taken, the order waits for a later try."""
    providers.kling.slots = 0
    done = order()
    assert (done.error["code"], done.error["retryAfter"]) == ("retry-after", 10)


FOUND: list[Any] = [
    pytest.param(faults.cut_after(), id="cut"),
    pytest.param(faults.hang_after(), id="hang"),
    pytest.param(faults.short(0.5), id="unreadable"),
    pytest.param(faults.truncated(0.5), id="half"),
]


@pytest.mark.parametrize("fault", FOUND)
def test_a_lost_answer_is_found_by_its_key(order: Any, providers: Emulators, fault: Fault) -> None:
    """Kling took the order and its answer was lost: the task is found and followed."""
    providers.kling.fail_next("submit", fault)
    done = order("--timeout", "1")
    assert (done.status, done.states) == (0, ["intent", "accepted", "settled"])
    assert len(providers.kling.submissions) == 1


NOT_TAKEN: list[Any] = [
    pytest.param(faults.cut(), id="cut"),
    pytest.param(faults.hang(), id="hang"),
    pytest.param(faults.kling_error(500, 5000, "internal"), id="500"),
    pytest.param(faults.answer(502, "<html>bad gateway</html>"), id="502"),
]


@pytest.mark.parametrize("fault", NOT_TAKEN)
def test_an_order_that_was_not_taken_is_tried_again(
    order: Any, providers: Emulators, fault: Fault
) -> None:
    """Kling does not know our key: nothing is bought, and the next run buys one."""
    providers.kling.fail_next("submit", fault)
    failed = order("--timeout", "1", "--patience", "0.4")
    assert (failed.error["code"], failed.states) == ("retry", ["intent", "failed"])
    assert order().status == 0
    assert len(providers.kling.submissions) == 1


def test_a_retry_asks_before_it_orders(order: Any, providers: Emulators) -> None:
    """The same key again finds the first clip: nothing is ordered."""
    order()
    done = order()
    assert (done.status, done.states) == (0, ["accepted", "settled"])
    assert len(providers.kling.asked("submit")) == 1


def test_what_the_key_does_not_find_is_looked_for_in_the_list(
    order: Any, providers: Emulators
) -> None:
    """Kling that does not answer by our key still lists the task."""
    order()
    providers.kling.fail_next("query", faults.kling_error(404, 1203, "no such task"))
    assert order().states == ["accepted", "settled"]
    assert len(providers.kling.submissions) == 1


def test_words_that_kling_does_not_document(order: Any, providers: Emulators) -> None:
    """Whatever has an id was bought, whatever its state is called; codes may be texts."""
    words = {"submitted": "queueing", "processing": "rendering", "succeed": "succeeded"}

    def odd(answer: Reply) -> Reply:
        body = answer.body.replace(b'"code": 0', b'"code": "0"')
        for documented, other in words.items():
            body = body.replace(f'"{documented}"'.encode(), f'"{other}"'.encode())
        return replace(answer, body=body)

    for route in ("submit", "query", "list"):
        providers.kling.alter(route, odd)
    done = order()
    assert (done.status, done.states) == (0, ["intent", "accepted", "settled"])
    assert len(providers.kling.submissions) == 1


@pytest.mark.parametrize("status", [200, 400])
def test_a_task_that_is_not_found_in_other_words(
    order: Any, providers: Emulators, status: int
) -> None:
    """Kling may say it by its code alone, before the order and right after it."""
    missing = faults.kling_error(status, 1203, "task not found")
    providers.kling.fail_next("query", missing, times=2)
    done = order()
    assert (done.status, done.states) == (0, ["intent", "accepted", "settled"])
    assert len(providers.kling.submissions) == 1


def test_a_task_that_kling_forgot_is_lost(order: Any, providers: Emulators) -> None:
    """An id that Kling does not know any more needs a person: it was paid for."""
    done = order("--resume", "8000", "--provider", "kling", "--patience", "0.3")
    assert (done.error["code"], done.states) == ("lost-result", ["accepted", "lost"])


def test_when_kling_cannot_be_asked_nothing_is_ordered(order: Any, providers: Emulators) -> None:
    """Without an answer on our key there is no order."""
    providers.kling.fail_next("query", faults.kling_error(503, 5001, "down"))
    providers.kling.fail_next("list", faults.kling_error(503, 5001, "down"))
    done = order()
    assert (done.error["code"], done.states) == ("retry", [])
    assert providers.kling.asked("submit") == []


def test_a_lost_answer_that_cannot_be_cleared_up(order: Any, providers: Emulators) -> None:
    """The books say unknown; the next run finds the task and orders nothing."""
    providers.kling.fail_next("submit", faults.cut_after())
    providers.kling.fail_next("query", faults.kling_error(503, 5001, "down"), times=99, after=1)
    providers.kling.fail_next("list", faults.kling_error(503, 5001, "down"), times=99, after=1)
    done = order("--patience", "0.4")
    assert (done.error["code"], done.states) == ("retry", ["intent", "unknown"])
    providers.kling.faults.clear()
    assert order().states == ["accepted", "settled"]
    assert len(providers.kling.submissions) == 1


def test_a_key_that_kling_has_already(order: Any, providers: Emulators) -> None:
    """A refusal because the key exists means that the task exists: it is followed."""
    order()
    missing = faults.kling_error(404, 1203, "no such task")
    providers.kling.fail_next("query", missing)
    providers.kling.fail_next("list", faults.answer(404, "no such call"))
    done = order()
    assert (done.status, done.states) == (0, ["intent", "accepted", "settled"])
    assert len(providers.kling.submissions) == 1


@pytest.mark.parametrize("how", ["refuse", "drop", "deaf"])
def test_an_order_that_was_never_sent(order: Any, providers: Emulators, how: Any) -> None:
    """A connection that fails before the order is on it has bought nothing."""
    providers.refuse(API, how, after=2)
    done = order("--timeout", "1")
    assert (done.error["code"], done.states) == ("retry", ["intent", "failed"])
    assert len(providers.kling.asked("list")) == 1
    assert providers.kling.asked("submit") == []


def test_a_failed_task_needs_a_person(order: Any, providers: Emulators) -> None:
    """A task that fails is not ordered again by itself, not even with the same key."""
    providers.kling.fail_next("task", faults.kling_failed("Internal generation error"))
    done = order()
    assert (done.error["code"], done.error["retryable"]) == ("failed-task", False)
    assert done.states == ["intent", "accepted", "failed"]
    assert order().error["code"] == "failed-task"
    assert len(providers.kling.submissions) == 1


def test_moderation_is_told_in_klings_words(order: Any, providers: Emulators) -> None:
    """Kling's risk control is a refusal of content, known by its words."""
    providers.kling.fail_next("task", faults.kling_failed())
    done = order()
    assert done.error["code"] == "refused-content"
    assert "risk control" in done.error["error"]


TROUBLE: list[Any] = [
    pytest.param("query", faults.kling_error(500, 5000, "oops"), id="query-500"),
    pytest.param("query", faults.kling_error(429, 1302, "fast", retry_after="0"), id="query-429"),
    pytest.param("query", faults.cut(), id="query-cut"),
    pytest.param("query", faults.hang(), id="query-hangs"),
    pytest.param("query", faults.short(0.5), id="query-unreadable"),
    pytest.param("query", faults.kling_error(404, 1203, "not yet"), id="query-404"),
    pytest.param("media", faults.truncated(0.4), id="truncated-download"),
    pytest.param("media", faults.short(0.6), id="short-download"),
    pytest.param("media", faults.cut(), id="download-cut"),
    pytest.param("media", faults.slow(400_000), id="slow-download"),
    pytest.param("media", faults.expired(), id="expired-link"),
]


@pytest.mark.parametrize(("route", "fault"), TROUBLE)
def test_trouble_after_the_order_is_sat_out(
    order: Any, providers: Emulators, route: str, fault: Fault
) -> None:
    """Whatever goes wrong once after the order, the clip comes and was bought once."""
    providers.kling.fail_next(route, fault, after=1 if route == "query" else 0)
    done = order("--timeout", "1")
    assert (done.status, done.states) == (0, ["intent", "accepted", "settled"])
    assert _probe.probe(order.output, decode=True).frames == 121
    assert len(providers.kling.submissions) == 1


def test_lasting_trouble_leaves_the_clip_to_be_resumed(order: Any, providers: Emulators) -> None:
    """When the patience ends the task is followed by the next run."""
    down = faults.kling_error(503, 5001, "down")
    providers.kling.fail_next("query", down, times=99, after=1)
    done = order("--patience", "0.3")
    assert (done.error["code"], done.error["retryable"]) == ("resume", True)
    providers.kling.faults.clear()
    remote = done.of("submission")[-1]["remoteId"]
    assert order("--resume", remote, "--provider", "kling").states == ["accepted", "settled"]
    assert len(providers.kling.submissions) == 1


def test_stopping_leaves_the_clip_running(script: Script, order: Any, providers: Emulators) -> None:
    """Kling cannot cancel: TERM ends the script, and the books say that the clip is charged."""
    providers.kling.hold = True
    with script.start(NAME, *order.usual) as process:
        providers.kling.await_calls("query", 2)
        process.send_signal(signal.SIGTERM)
        done = script.ended(process)
    assert done.status == 128 + signal.SIGTERM
    assert "no way to cancel" in done.of("submission")[-1]["detail"]
    assert not order.output.parent.exists()


@pytest.mark.parametrize("after", range(5))
def test_a_killed_script_buys_nothing_twice(
    script: Script, order: Any, providers: Emulators, after: int
) -> None:
    """``kill -9`` after any number of calls to Kling: the same key again ends with one clip."""
    providers.kling.fail_next("submit", faults.slow(2000))
    with script.start(NAME, *order.usual) as process:
        providers.kling.await_calls(count=after)
        process.kill()
        process.communicate()
    assert order().status == 0
    assert len(providers.kling.submissions) == 1
    assert providers.complaints == []


def test_wrong_keys_are_told(script: Script, order: Any, providers: Emulators) -> None:
    """A secret that does not fit fails before anything is ordered, and is not shown."""
    script.env["KLING_SECRET_KEY"] = KLING_SECRET_KEY[::-1]
    done = order()
    assert (done.error["code"], done.states) == ("bad-key", [])
    assert KLING_SECRET_KEY[::-1] not in str(done.frames) + done.stderr


# ---------------------------------------------------------------------------- through fal


def test_makes_a_clip_through_fal(order: Any, providers: Emulators) -> None:
    """Frames are uploaded and linked under the names that the endpoint has for them."""
    done = order("--provider", "fal")
    assert (done.status, done.states) == (0, ["intent", "accepted", "settled"])
    [bought] = providers.fal.submissions
    assert bought.app == "fal-ai/kling-video/v2.5-turbo/pro/image-to-video"
    start, end = providers.fal.uploads
    assert bought.arguments == {
        "prompt": "The camera circles",
        "image_url": start,
        "tail_image_url": end,
        "duration": "5",
    }
    assert providers.complaints == [] and providers.kling.calls == []


def test_sound_is_switched_off_where_it_would_cost(order: Any, providers: Emulators) -> None:
    """From v2.6 on sound is made, and charged double, unless told not to."""
    assert order("--provider", "fal", "--model", "v2.6/pro").status == 0
    assert providers.fal.submissions[0].arguments["generate_audio"] is False


def test_a_lost_answer_through_fal_needs_a_person(order: Any, providers: Emulators) -> None:
    """fal knows no key of ours, so an unknown outcome is never ordered again."""
    providers.fal.fail_next("submit", faults.cut_after())
    done = order("--provider", "fal")
    assert (done.error["code"], done.states) == ("unknown-outcome", ["intent", "unknown"])
    assert len(providers.fal.submissions) == 1


def test_stopping_cancels_at_fal(script: Script, order: Any, providers: Emulators) -> None:
    """TERM cancels a clip at fal."""
    providers.fal.hold = True
    with script.start(NAME, *order.usual, "--provider", "fal") as process:
        providers.fal.await_calls("status")
        process.send_signal(signal.SIGTERM)
        script.ended(process)
    assert [one.cancelled for one in providers.fal.submissions] == [True]


def test_a_frame_that_fal_lost_goes_up_again(
    order: Any, providers: Emulators, tmp_path: Path
) -> None:
    """Links that died are not used a second time."""
    links = tmp_path / "links.json"
    order("--provider", "fal", "--uploads", links)
    providers.fal.forget_uploads()
    assert order("--provider", "fal", "--uploads", links).error["code"] == "retry"
    assert order("--provider", "fal", "--uploads", links).status == 0
    assert len(providers.fal.charged) == 2


def test_an_expired_link_at_fal(order: Any, providers: Emulators) -> None:
    """A fresh link comes from the result."""
    providers.fal.fail_next("media", faults.expired())
    assert order("--provider", "fal").status == 0
    assert len(providers.fal.submissions) == 1


# --------------------------------------------------------------------------------- choice


def test_kling_itself_is_preferred(order: Any, providers: Emulators) -> None:
    """With both keys there, ``auto`` goes to Kling."""
    order("--provider", "auto")
    assert len(providers.kling.submissions) == 1 and providers.fal.submissions == []


def test_without_klings_keys_fal_makes_it(script: Script, order: Any, providers: Emulators) -> None:
    """``auto`` takes what there is a key for."""
    del script.env["KLING_SECRET_KEY"]
    assert order().status == 0
    assert len(providers.fal.submissions) == 1


def test_without_any_key_nothing_is_tried(script: Script, order: Any) -> None:
    """Missing keys are told by their names."""
    for name in ("KLING_ACCESS_KEY", "KLING_SECRET_KEY", "FAL_KEY"):
        del script.env[name]
    done = order()
    assert done.error["code"] == "bad-key"
    assert "KLING_ACCESS_KEY" in done.error["error"] and "FAL_KEY" in done.error["error"]


WRONG: list[Any] = [
    pytest.param(("--mode", "std"), "pro only", id="mode"),
    pytest.param(("--model", "kling-v2-master"), "no end frame", id="model"),
    pytest.param(("--seconds", "7"), "seconds 7", id="length"),
    pytest.param(("--provider", "fal", "--model", "v9"), "v9", id="model-at-fal"),
    pytest.param(("--prompt", "x" * 2501), "2501", id="prompt"),
    pytest.param(("--start", "nowhere.png"), "nowhere.png", id="frame"),
    pytest.param(("--resume", "800"), "--provider", id="resume-where"),
]


@pytest.mark.parametrize(("arguments", "named"), WRONG)
def test_wrong_arguments_are_named(
    order: Any, providers: Emulators, arguments: tuple[str, ...], named: str
) -> None:
    """What would be refused, or cannot be, is told before anything is asked."""
    done = order(*arguments)
    assert done.status == 2
    assert named in done.error["error"]
    assert providers.kling.asked("submit") == providers.fal.asked("submit") == []
