"""fal's own client takes the stand-in for fal."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulators import faults
from tests.emulators.service import Emulators

pytest_plugins = ("tests.emulators.plugin",)

BEGIN = "import fal_client, httpx, json, sys\n"


def test_the_client_subscribes(program: Any, providers: Emulators) -> None:
    """A whole run by fal's client: submit, queue, logs, result, picture."""
    told = program(
        BEGIN
        + """
seen = []
result = fal_client.subscribe("fal-ai/nano-banana-pro", {"prompt": "a cat"}, with_logs=True,
    on_queue_update=lambda update: seen.append(type(update).__name__))
picture = httpx.get(result["images"][0]["url"]).content
print(json.dumps([seen[-1], len(picture), result["images"][0]["file_size"]]))
"""
    )
    assert told[0] == "Completed" and told[1] == told[2] > 0
    assert len(providers.fal.charged) == 1
    assert providers.complaints == []


def test_the_client_uploads(program: Any, providers: Emulators) -> None:
    """The storage takes what the client sends, under the link that it returns."""
    link = program(
        BEGIN + 'print(json.dumps(fal_client.upload(b"\\xff\\xd8picture", "image/jpeg", "a.jpg")))'
    )
    assert providers.fal.uploads[link] == b"\xff\xd8picture"


def test_the_client_repeats_a_lost_submission(program: Any, providers: Emulators) -> None:
    """Why our scripts submit by themselves: a lost answer makes fal's client buy twice."""
    providers.fal.fail_next("submit", faults.cut_after())
    program(
        BEGIN + 'fal_client.submit("fal-ai/nano-banana-pro", {"prompt": "a cat"}); print("null")'
    )
    assert len(providers.fal.submissions) == 2


def test_a_wrong_field_fails_at_the_result(program: Any, providers: Emulators) -> None:
    """As at fal: the queue takes anything, the model refuses it, naming the field."""
    told = program(
        BEGIN
        + """
try:
    fal_client.subscribe("fal-ai/nano-banana-pro", {"prompt": "a cat", "resolution": "9K"})
except fal_client.FalClientHTTPError as error:
    print(json.dumps([error.status_code, error.message[0]["loc"]]))
"""
    )
    assert told == [422, ["body", "resolution"]]
    assert any("resolution" in words for words in providers.complaints)


def test_cancel(program: Any, providers: Emulators) -> None:
    """A queued job can be cancelled once."""
    providers.fal.hold = True
    program(
        BEGIN
        + 'fal_client.submit("fal-ai/nano-banana-pro", {"prompt": "a cat"}).cancel(); print("null")'
    )
    assert [one.cancelled for one in providers.fal.submissions] == [True]


@pytest.mark.parametrize(
    ("model", "arguments", "field"),
    [
        ("fal-ai/nano-banana-pro", {}, "prompt"),
        ("fal-ai/nano-banana-pro", {"prompt": "x", "num_images": 9}, "num_images"),
        ("fal-ai/nano-banana-pro", {"prompt": "x", "size": 1}, "size"),
        ("fal-ai/nano-banana-pro/edit", {"prompt": "x", "image_urls": []}, "image_urls"),
        (
            "fal-ai/nano-banana-pro/edit",
            {"prompt": "x", "image_urls": ["https://elsewhere.example/a.png"]},
            "image_urls",
        ),
        (
            "fal-ai/kling-video/v2.6/pro/image-to-video",
            {"prompt": "x", "image_url": "https://v3.fal.media/a.png"},
            "image_url",
        ),
    ],
)
def test_requests_are_checked(
    program: Any, providers: Emulators, model: str, arguments: dict[str, Any], field: str
) -> None:
    """Missing, unknown and wrong fields are all noticed."""
    program(BEGIN + f'fal_client.submit("{model}", {arguments!r}); print("null")')
    [submitted] = providers.fal.submissions
    assert field in {error["loc"][-1] for error in submitted.checked.errors}


def test_a_stranger_is_refused(program: Any, providers: Emulators) -> None:
    """No key, no queue."""
    status = program(
        BEGIN + 'print(httpx.post("https://queue.fal.run/fal-ai/nano-banana-pro").status_code)'
    )
    assert status == 401 and providers.fal.submissions == []
