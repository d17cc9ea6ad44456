"""generate_image as its callers run it, against stand-ins that misbehave."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.emulators import faults, wire
from tests.emulators.faults import Fault
from tests.emulators.scripts import Done, Script
from tests.emulators.service import FAL_KEY, Emulators

pytest_plugins = ("tests.emulators.plugin",)

NAME = "generate_image"
QUEUE = "queue.fal.run"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A reference with a camera's metadata in it."""
    path = tmp_path / "portrait.jpg"
    exif = Image.Exif()
    exif[0x010F] = "A camera with a serial number"
    fade = np.linspace(0, 255, 400 * 300 * 3).reshape(300, 400, 3).astype(np.uint8)
    Image.fromarray(fade).save(path, exif=exif)
    return path


@pytest.fixture
def order(script: Script, tmp_path: Path) -> Any:
    """Order one picture, with more arguments if need be; ``order.output`` is where it goes."""

    def run(*more: object) -> Done:
        return script(NAME, *run.usual, *more)  # type: ignore[attr-defined]

    run.output = tmp_path / "out" / "hero.png"  # type: ignore[attr-defined]
    run.usual = (  # type: ignore[attr-defined]
        *("--prompt", "A hero", "--key", "shoot-1.hero.1", "--resolution", "1K"),
        *("--output", run.output),  # type: ignore[attr-defined]
    )
    return run


def test_makes_a_picture_from_words(order: Any, providers: Emulators) -> None:
    """Words alone go to text to image, once, with every field as fal wants it."""
    done = order()
    assert (done.status, done.states) == (0, ["intent", "accepted", "settled"])
    with Image.open(order.output) as image:
        assert (image.format, image.mode, image.size) == ("PNG", "RGB", (1264, 848))
    [bought] = providers.fal.submissions
    assert bought.app == "fal-ai/nano-banana-pro"
    assert bought.arguments == {
        "prompt": "A hero",
        "num_images": 1,
        "limit_generations": True,
        "aspect_ratio": "3:2",
        "resolution": "1K",
        "output_format": "png",
    }
    assert providers.complaints == [] and providers.strays == []


def test_says_what_it_made(order: Any, providers: Emulators) -> None:
    """The artifact has its size and where it came from; the ledger has the id."""
    done = order()
    [bought] = providers.fal.submissions
    [artifact] = done.of("artifact")
    assert (artifact["path"], artifact["width"], artifact["height"]) == ("hero.png", 1264, 848)
    assert artifact["provenance"]["requestId"] == bought.request_id
    accepted = done.of("submission")[1]
    assert accepted["remoteId"] == bought.request_id
    assert accepted["key"] == "shoot-1.hero.1"


def test_references_go_to_the_edit_endpoint(
    order: Any, providers: Emulators, photo: Path, tmp_path: Path
) -> None:
    """All references are uploaded and linked, in order."""
    second = tmp_path / "cup.png"
    Image.new("RGB", (64, 64), "red").save(second)
    done = order("--reference", photo, "--reference", second)
    assert done.status == 0
    [bought] = providers.fal.submissions
    assert bought.app == "fal-ai/nano-banana-pro/edit"
    assert bought.arguments["image_urls"] == list(providers.fal.uploads)
    assert len(providers.fal.uploads) == 2


def test_uploads_carry_no_metadata_and_end(order: Any, providers: Emulators, photo: Path) -> None:
    """What becomes public by its link has no camera data and is deleted after a week."""
    order("--reference", photo)
    [data] = providers.fal.uploads.values()
    assert b"serial number" in photo.read_bytes()
    assert b"serial number" not in data
    assert list(providers.fal.lifetimes.values()) == [7 * 24 * 3600]


def test_a_known_upload_is_used_again(
    order: Any, providers: Emulators, photo: Path, tmp_path: Path
) -> None:
    """The same content is uploaded once over several runs that share the list of links."""
    links = tmp_path / "uploads.json"
    order("--reference", photo, "--uploads", links)
    order("--reference", photo, "--uploads", links)
    assert len(providers.fal.asked("upload")) == 1
    first, second = (one.arguments["image_urls"] for one in providers.fal.submissions)
    assert first == second


def test_an_upload_near_its_end_is_not_used(
    order: Any, providers: Emulators, photo: Path, tmp_path: Path
) -> None:
    """A link that could die while the job waits is replaced."""
    links = tmp_path / "uploads.json"
    order("--reference", photo, "--uploads", links)
    held = json.loads(links.read_text())
    for kept in held.values():
        kept["expires"] = time.time() + 60
    links.write_text(json.dumps(held))
    order("--reference", photo, "--uploads", links)
    assert len(providers.fal.asked("upload")) == 2


def test_a_damaged_list_of_uploads_is_begun_anew(order: Any, photo: Path, tmp_path: Path) -> None:
    """A list that cannot be read costs an upload, not the picture."""
    links = tmp_path / "uploads.json"
    links.write_text("[")
    assert order("--reference", photo, "--uploads", links).status == 0
    assert len(json.loads(links.read_text())) == 1


def test_a_link_that_died_is_forgotten(
    order: Any, providers: Emulators, photo: Path, tmp_path: Path
) -> None:
    """When fal cannot fetch a reference any more, the next try uploads it again."""
    links = tmp_path / "uploads.json"
    order("--reference", photo, "--uploads", links)
    providers.fal.forget_uploads()
    failed = order("--reference", photo, "--uploads", links)
    assert (failed.error["code"], failed.error["retryable"]) == ("retry", True)
    assert failed.states == ["intent", "accepted", "failed"]
    assert order("--reference", photo, "--uploads", links).status == 0
    assert len(providers.fal.charged) == 2


def test_storage_trouble_buys_nothing(order: Any, providers: Emulators, photo: Path) -> None:
    """A storage that fails leaves nothing ordered, and may be tried again."""
    providers.fal.fail_next("token", faults.answer(503, {"detail": "unavailable"}))
    done = order("--reference", photo)
    assert (done.status, done.error["code"], done.states) == (1, "retry", [])
    assert providers.fal.submissions == []


def test_hanging_storage_ends(order: Any, providers: Emulators, photo: Path) -> None:
    """An upload that nobody takes ends by its own limit, with nothing ordered."""
    providers.fal.fail_next("upload", faults.hang(), times=20)
    done = order("--reference", photo, "--timeout", "0.2", "--patience", "0.5")
    assert (done.error["code"], done.states) == ("retry", [])


REFUSALS: list[Any] = [
    pytest.param(faults.fal_unauthorized(), "bad-key", None, id="401"),
    pytest.param(faults.fal_no_credit(), "no-credit", None, id="403-balance"),
    pytest.param(faults.answer(402, {"detail": "Payment required"}), "no-credit", None, id="402"),
    pytest.param(faults.fal_busy(7), "retry-after", 7, id="429-after-7-s"),
    pytest.param(faults.fal_busy(), "retry", None, id="429"),
    pytest.param(faults.answer(500, {"detail": "Internal error"}), "retry", None, id="500"),
    pytest.param(faults.answer(503, {"detail": "unavailable"}), "retry", None, id="503"),
    pytest.param(faults.answer(504, {"detail": "timed out"}), "retry", None, id="504-by-fal"),
    pytest.param(faults.answer(413, {"detail": "Too large"}), "defect", None, id="413"),
]


@pytest.mark.parametrize(("fault", "code", "after"), REFUSALS)
def test_refused_orders_cost_nothing(
    order: Any, providers: Emulators, fault: Fault, code: str, after: int | None
) -> None:
    """An answer that takes no order is told as such: once asked, nothing bought."""
    providers.fal.fail_next("submit", fault)
    done = order()
    assert (done.status, done.states) == (1, ["intent", "failed"])
    assert (done.error["code"], done.error.get("retryAfter")) == (code, after)
    assert done.error["retryable"] is code.startswith("retry")
    assert len(providers.fal.asked("submit")) == 1
    assert providers.fal.submissions == []


LOST: list[Any] = [
    pytest.param(faults.hang(), 0, id="hang-before"),
    pytest.param(faults.hang_after(), 1, id="hang-after"),
    pytest.param(faults.cut(), 0, id="cut-before"),
    pytest.param(faults.cut_after(), 1, id="cut-after"),
    pytest.param(faults.truncated(0.5), 1, id="half-an-answer"),
    pytest.param(faults.short(0.5), 1, id="unreadable-answer"),
    pytest.param(faults.slow(20), 1, id="trickling-answer"),
    pytest.param(faults.answer(502, "<html>nginx</html>"), 0, id="502-by-the-ingress"),
    pytest.param(faults.answer(504, "upstream timed out"), 0, id="504-by-the-ingress"),
    pytest.param(faults.answer(500, "<html>oops</html>"), 0, id="500-by-a-proxy"),
    pytest.param(faults.answer(503, "unavailable"), 0, id="503-by-a-proxy"),
]


@pytest.mark.parametrize(("fault", "bought"), LOST)
def test_a_lost_answer_is_never_ordered_again(
    order: Any, providers: Emulators, fault: Fault, bought: int
) -> None:
    """When nobody can tell whether fal took it, a person is asked; one request was sent."""
    providers.fal.fail_next("submit", fault)
    done = order("--timeout", "1")
    assert (done.status, done.states) == (1, ["intent", "unknown"])
    assert (done.error["code"], done.error["retryable"]) == ("unknown-outcome", False)
    assert "may have been charged" in done.error["error"]
    assert len(providers.fal.asked("submit")) == 1
    assert len(providers.fal.submissions) == bought


@pytest.mark.parametrize("how", ["refuse", "drop", "deaf"])
def test_what_was_never_sent_may_be_tried_again(order: Any, providers: Emulators, how: Any) -> None:
    """A connection that fails before the request is on it has bought nothing, for certain."""
    providers.refuse(QUEUE, how)
    done = order("--timeout", "1")
    assert (done.status, done.states) == (1, ["intent", "failed"])
    assert (done.error["code"], done.error["retryable"]) == ("retry", True)
    assert providers.fal.asked("submit") == []


def test_nothing_is_sent_before_leave(script: Script, order: Any, providers: Emulators) -> None:
    """With ``--go`` the order waits until its intent is on record."""
    leave = order.output.parent.parent / "go"
    with script.start(NAME, *order.usual, "--go", leave) as process:
        assert process.stdout is not None
        intent = json.loads(process.stdout.readline().removeprefix("data: "))
        assert intent["state"] == "intent"
        assert providers.fal.asked("submit") == []
        leave.touch()
        process.stdout.readline()
        done = script.ended(process)
    assert (done.status, done.states) == (0, ["accepted", "settled"])


def test_stopping_before_leave_withdraws_the_order(
    script: Script, order: Any, providers: Emulators
) -> None:
    """TERM while the intent is being recorded leaves nothing open on the books."""
    with script.start(NAME, *order.usual, "--go", "/nowhere/go") as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        done = script.ended(process)
    assert done.states == ["failed"]
    assert providers.fal.calls == []


def test_a_killed_script_is_resumed(script: Script, order: Any, providers: Emulators) -> None:
    """``kill -9`` while the job runs: the next run follows the id that was told."""
    providers.fal.hold = True
    with script.start(NAME, *order.usual) as process:
        providers.fal.await_calls("status")
        process.kill()
        done = script.ended(process)
    providers.fal.hold = False
    assert order("--resume", done.of("submission")[-1]["remoteId"]).status == 0
    assert len(providers.fal.submissions) == 1


def test_resuming_orders_nothing(order: Any, providers: Emulators) -> None:
    """A known id is followed to its picture; no order is placed."""
    order()
    order.output.unlink()
    [bought] = providers.fal.submissions
    done = order("--resume", bought.request_id)
    assert (done.status, done.states) == (0, ["accepted", "settled"])
    assert order.output.is_file()
    assert len(providers.fal.asked("submit")) == 1


def test_a_job_that_fal_forgot_is_lost(order: Any, providers: Emulators) -> None:
    """An id that fal does not know any more needs a person: it was paid for."""
    done = order("--resume", "3a6e2aa4-c483-439f-ad8d-49add88b3dc8", "--patience", "0.3")
    assert (done.error["code"], done.error["retryable"]) == ("lost-result", False)
    assert done.states == ["accepted", "lost"]


def test_refused_content_is_told_in_fals_words(order: Any, providers: Emulators) -> None:
    """A refusal by content policy needs a person, and says what fal says."""
    providers.fal.fail_next("job", faults.fal_policy())
    done = order()
    assert (done.error["code"], done.error["retryable"]) == ("refused-content", False)
    assert "flagged by a content checker" in done.error["error"]
    assert done.states == ["intent", "accepted", "failed"]


def test_a_model_that_made_nothing_refused(order: Any, providers: Emulators) -> None:
    """``no_media_generated`` is how Gemini's own refusal shows itself."""
    providers.fal.fail_next("job", faults.fal_error("no_media_generated", "No image came"))
    assert order().error["code"] == "refused-content"


def test_a_wrong_field_is_named(order: Any, providers: Emulators) -> None:
    """A 422 is our own fault and names the field."""
    fault = faults.fal_error("literal_error", "Input should be '1:1'", loc="aspect_ratio")
    providers.fal.fail_next("job", fault)
    done = order()
    assert (done.error["code"], done.error["retryable"]) == ("defect", False)
    assert "aspect_ratio" in done.error["error"]


def test_a_failed_model_may_be_tried_again(order: Any, providers: Emulators) -> None:
    """A job that failed at fal by 500 is not billed, so it may be ordered again."""
    fault = faults.fal_error("internal_server_error", "Internal server error", status=500)
    providers.fal.fail_next("job", fault)
    done = order()
    assert (done.error["code"], done.states[-1]) == ("retry", "failed")
    assert providers.fal.charged == []


def test_a_finally_failed_model_needs_a_person(order: Any, providers: Emulators) -> None:
    """When fal says that the same again will fail again, it is not tried again."""
    fault = faults.fal_error("internal_server_error", "No", status=500, retryable="false")
    providers.fal.fail_next("job", fault)
    assert order().error["code"] == "failed-task"


TROUBLE: list[Any] = [
    pytest.param("status", faults.answer(500, {"detail": "oops"}), id="status-500"),
    pytest.param("status", faults.cut(), id="status-cut"),
    pytest.param("status", faults.hang(), id="status-hangs"),
    pytest.param("status", faults.short(0.5), id="status-unreadable"),
    pytest.param("status", faults.answer(404, {"detail": "not yet"}), id="status-404"),
    pytest.param("status", faults.answer(200, {"status": "IN_QUEUE"}), id="bare-queue"),
    pytest.param("status", faults.answer(200, {"status": "IN_PROGRESS"}), id="bare-progress"),
    pytest.param("status", faults.answer(200, {"status": "COMPLETED"}), id="bare-end"),
    pytest.param("status", faults.answer(202, {"status": "STARTING"}), id="unknown-state"),
    pytest.param("status", faults.answer(200, "[]"), id="status-a-list"),
    pytest.param("result", faults.answer(200, "null"), id="result-null"),
    pytest.param("result", faults.answer(500, {"detail": "oops"}), id="result-500"),
    pytest.param("result", faults.answer(400, {"detail": "still in progress"}), id="too-early"),
    pytest.param("result", faults.cut_after(), id="result-cut"),
    pytest.param("result", faults.short(0.5), id="result-unreadable"),
    pytest.param("media", faults.truncated(0.4), id="truncated-download"),
    pytest.param("media", faults.short(0.4), id="short-download"),
    pytest.param("media", faults.cut(), id="download-cut"),
    pytest.param("media", faults.hang(), id="download-hangs"),
    pytest.param("media", faults.slow(400_000), id="slow-download"),
    pytest.param("media", faults.answer(503, "busy"), id="download-503"),
    pytest.param("media", faults.answer(200, "<html>no picture</html>"), id="download-garbage"),
    pytest.param("media", faults.expired(), id="expired-link"),
]


@pytest.mark.parametrize(("route", "fault"), TROUBLE)
def test_trouble_after_the_order_is_sat_out(
    order: Any, providers: Emulators, route: str, fault: Fault
) -> None:
    """Whatever goes wrong once after the order, the picture comes and was bought once."""
    providers.fal.fail_next(route, fault)
    done = order("--timeout", "2")
    assert (done.status, done.states) == (0, ["intent", "accepted", "settled"])
    assert len(providers.fal.submissions) == 1
    with Image.open(order.output) as image:
        assert image.size == (1264, 848)


def test_an_answer_that_trickles_is_waited_for(order: Any, providers: Emulators) -> None:
    """The answer to an order is worth more than one timeout: it has the id."""
    providers.fal.fail_next("submit", faults.slow(200))
    assert order("--timeout", "1").states == ["intent", "accepted", "settled"]


def test_a_state_that_fal_does_not_document(order: Any, providers: Emulators) -> None:
    """A job that is called failed is asked for its reason, like any other that failed."""
    failed = faults.fal_error("internal_server_error", "No", status=500, retryable="false")
    providers.fal.fail_next("job", failed)
    providers.fal.fail_next("status", faults.answer(200, {"status": "FAILED", "error": "broke"}))
    providers.fal.pace = 0
    done = order()
    assert (done.error["code"], done.states) == ("failed-task", ["intent", "accepted", "failed"])


def test_a_refusal_that_comes_with_the_status(order: Any, providers: Emulators) -> None:
    """A model's own error ends the job wherever it is told."""
    refused = faults.fal_policy()
    providers.fal.fail_next("status", faults.Fault("answer", 422, refused.headers, refused.body))
    done = order()
    assert (done.error["code"], done.states[-1]) == ("refused-content", "failed")


def test_a_compressed_download(order: Any, providers: Emulators) -> None:
    """A server that compresses what it was asked to leave alone is understood."""

    def packed(answer: wire.Reply) -> wire.Reply:
        headers = {**answer.headers, "content-encoding": "gzip"}
        return wire.Reply(answer.status, gzip.compress(answer.body), headers)

    providers.fal.alter("media", packed)
    providers.fal.fail_next("media", faults.truncated(0.5))
    assert order().status == 0
    with Image.open(order.output) as image:
        assert image.size == (1264, 848)


def test_a_file_that_arrives_late(order: Any, providers: Emulators) -> None:
    """A link that is dead at first may only be new: it is asked again for a while."""
    providers.fal.fail_next("media", faults.answer(404, "not found"), times=3)
    assert order().states == ["intent", "accepted", "settled"]


def test_a_torn_download_goes_on_where_it_stopped(order: Any, providers: Emulators) -> None:
    """The second request asks for the rest alone."""
    providers.fal.fail_next("media", faults.truncated(0.5))
    order()
    first, second = providers.fal.asked("media")
    assert "range" not in first.headers
    assert second.headers["range"].startswith("bytes=") and second.status == 206


def test_an_expired_link_is_asked_for_again(order: Any, providers: Emulators) -> None:
    """A fresh link comes from the result, and the order is not repeated."""
    providers.fal.fail_next("media", faults.expired())
    order()
    assert len(providers.fal.asked("result")) == 2


def test_links_that_stay_dead_need_a_person(order: Any, providers: Emulators) -> None:
    """A result that cannot be had any more is told as lost, and as charged."""
    providers.fal.fail_next("media", faults.expired(), times=9)
    done = order()
    assert (done.error["code"], done.states[-1]) == ("lost-result", "lost")


def test_lasting_trouble_leaves_the_job_to_be_resumed(order: Any, providers: Emulators) -> None:
    """When the patience ends, the job is not given up: the next try follows the same id."""
    providers.fal.fail_next("status", faults.answer(503, {"detail": "down"}), times=99)
    done = order("--patience", "0.3")
    assert (done.error["code"], done.error["retryable"]) == ("resume", True)
    assert done.states == ["intent", "accepted"]
    providers.fal.faults.clear()
    remote = done.of("submission")[-1]["remoteId"]
    assert order("--resume", remote).status == 0
    assert len(providers.fal.submissions) == 1


def test_the_deadline_leaves_the_job_to_be_resumed(order: Any, providers: Emulators) -> None:
    """A job that takes longer than one run may wait is picked up by the next."""
    providers.fal.hold = True
    assert order("--deadline", "0.3").error["code"] == "resume"


def test_retry_after_is_honoured_while_waiting(order: Any, providers: Emulators) -> None:
    """A provider that asks for a second gets a second, though the pace is quicker."""
    providers.fal.pace = 0.9
    providers.fal.fail_next("status", faults.fal_busy(1))
    assert order().status == 0
    assert [call.status for call in providers.fal.asked("status")] == [429, 200]


def test_a_key_revoked_while_waiting_needs_a_person(order: Any, providers: Emulators) -> None:
    """The order stays on the books: with a good key its id is resumed."""
    providers.fal.fail_next("status", faults.fal_unauthorized())
    done = order()
    assert (done.error["code"], done.states) == ("bad-key", ["intent", "accepted"])


def test_the_queues_log_becomes_progress(order: Any) -> None:
    """Each line of the model's log is told once."""
    told = [frame.get("message") for frame in order().of("progress")]
    said = [words for words in told if words]
    assert said == ["Preparing the request", "Asking the model", "Storing the result"]


def _begun(script: Script, order: Any, *more: object) -> subprocess.Popen[str]:
    return script.start(NAME, *order.usual, *more)


def test_stopping_cancels_the_job(script: Script, order: Any, providers: Emulators) -> None:
    """TERM cancels at fal, leaves no half a picture, and says so."""
    providers.fal.hold = True
    with _begun(script, order) as process:
        providers.fal.await_calls("status")
        process.send_signal(signal.SIGTERM)
        done = script.ended(process)
    assert done.status == 128 + signal.SIGTERM
    assert [one.cancelled for one in providers.fal.submissions] == [True]
    assert "asked to cancel" in done.of("submission")[-1]["detail"]
    assert not order.output.parent.exists() or not list(order.output.parent.iterdir())


def test_stopping_in_the_middle_of_an_order(
    script: Script, order: Any, providers: Emulators
) -> None:
    """TERM between the sending and the answer waits for the id, then cancels by it."""
    providers.fal.hold = True
    providers.fal.fail_next("submit", faults.slow(600))
    with _begun(script, order) as process:
        providers.fal.await_calls("submit")
        process.send_signal(signal.SIGTERM)
        done = script.ended(process)
    assert done.status == 128 + signal.SIGTERM
    assert done.states == ["intent", "accepted", "cancelled"]
    assert [one.cancelled for one in providers.fal.submissions] == [True]


def test_cancelling_what_is_done_says_so(script: Script, order: Any, providers: Emulators) -> None:
    """A job that was finished when it was to be cancelled is on the books as charged."""
    providers.fal.fail_next("media", faults.hang(), times=9)
    with _begun(script, order) as process:
        providers.fal.await_calls("media")
        process.send_signal(signal.SIGTERM)
        done = script.ended(process)
    assert "already done and is charged" in done.of("submission")[-1]["detail"]


def test_without_a_key_nothing_is_tried(script: Script, order: Any, providers: Emulators) -> None:
    """A missing key is told by its name."""
    del script.env["FAL_KEY"]
    done = order()
    assert (done.status, done.error["code"]) == (1, "bad-key")
    assert "FAL_KEY" in done.error["error"]
    assert providers.fal.calls == []


def test_a_key_in_two_parts(script: Script, order: Any) -> None:
    """fal's older pair of variables works as its own client has it."""
    del script.env["FAL_KEY"]
    script.env["FAL_KEY_ID"], script.env["FAL_KEY_SECRET"] = FAL_KEY.split(":")
    assert order().status == 0


def test_a_damaged_key_is_not_shown(script: Script, order: Any) -> None:
    """A key with a line break in it is refused without being quoted."""
    script.env["FAL_KEY"] = f"{FAL_KEY}\nAnother-secret-line"
    done = order()
    assert done.error["code"] == "bad-key"
    assert "Another" not in str(done.frames) + done.stderr


def test_a_blank_around_the_key_does_no_harm(script: Script, order: Any) -> None:
    """Keys are pasted with a line break at their end."""
    script.env["FAL_KEY"] = f" {FAL_KEY}\n"
    assert order().status == 0


def test_an_echoed_key_is_masked(order: Any, providers: Emulators) -> None:
    """A provider that quotes what it was sent does not bring the key into our words."""
    echo = faults.answer(401, {"detail": f"Invalid key Key {FAL_KEY}"})
    providers.fal.fail_next("submit", echo)
    done = order()
    assert FAL_KEY.split(":")[1] not in str(done.frames) + done.stderr
    assert "•••" in done.error["error"]


WRONG: list[Any] = [
    pytest.param(("--prompt", " "), "prompt is empty", id="no-words"),
    pytest.param(("--key", "a/b"), "--key", id="key"),
    pytest.param(("--model", "banana"), "model banana", id="model"),
    pytest.param(("--output", "hero.jpg"), ".png", id="output"),
    pytest.param(("--reference", "nowhere.png"), "nowhere.png", id="reference"),
    pytest.param(("--poll", "0"), "--poll", id="pace"),
    pytest.param(("--aspect-ratio", "7:1"), "7:1", id="ratio"),
    pytest.param(("--resume", "../etc"), "request id", id="id"),
]


@pytest.mark.parametrize(("arguments", "named"), WRONG)
def test_wrong_arguments_are_named(
    order: Any, providers: Emulators, arguments: tuple[str, ...], named: str
) -> None:
    """What cannot be ordered is refused in one line before anything is asked."""
    done = order(*arguments)
    assert done.status in (1, 2)
    assert named in done.error["error"]
    assert providers.fal.asked("submit") == []


def test_too_many_references_are_refused(order: Any, photo: Path) -> None:
    """The model takes fourteen."""
    done = order(*(word for _ in range(15) for word in ("--reference", photo)))
    assert (done.status, done.error["code"]) == (2, "bad-input")


def test_the_prompt_comes_from_a_file(script: Script, tmp_path: Path, providers: Emulators) -> None:
    """Long prompts need no command line."""
    words = tmp_path / "prompt.txt"
    words.write_text("Ein Held, à contre-jour\n")
    arguments = ("--prompt-file", words, "--key", "k", "--resolution", "1K")
    assert script(NAME, *arguments, "--output", tmp_path / "a.png").status == 0
    assert providers.fal.submissions[0].arguments["prompt"] == "Ein Held, à contre-jour"
