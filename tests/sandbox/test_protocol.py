"""Events are typed, bounded, and refused without quoting them."""

import json
from datetime import timedelta

import pytest

from sandbox.protocol import Artifact, Error, ProtocolError, Submission, parse_event


def frame(**fields: object) -> str:
    return json.dumps(fields)


def test_artifact_has_wire_names() -> None:
    """The JSON is camelCase in and out."""
    event = parse_event(frame(type="artifact", path="a.png", artifactType="image", width=3))

    assert event == Artifact(path="a.png", artifact_type="image", width=3)
    assert event.model_dump(by_alias=True)["artifactType"] == "image"


def test_submission_carries_what_the_ledger_needs() -> None:
    """The state, the key and the remote id survive the trip."""
    event = parse_event(
        frame(
            type="submission",
            provider="fal",
            operation="generate",
            key="k",
            state="accepted",
            remoteId="r",
        )
    )

    assert isinstance(event, Submission)
    assert (event.state, event.key, event.remote_id) == ("accepted", "k", "r")


def test_error_waits_in_seconds() -> None:
    """``retryAfter`` becomes a duration."""
    event = parse_event(frame(type="error", error="busy", code="retry-after", retryAfter=1.5))

    assert isinstance(event, Error)
    assert event.wait == timedelta(seconds=1.5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "nonsense",
        '{"type": "checkpoint"}',
        '{"type": "status"}',
        '{"type": "status", "message": 3}',
        '{"type": "progress", "completed": NaN, "total": 1}',
        '{"type": "progress", "completed": 1e999, "total": 1}',
        '{"type": "progress", "completed": -1, "total": 1}',
        '{"type": "artifact", "path": "", "artifactType": "image"}',
        '{"type": "artifact", "path": "a", "artifactType": "page"}',
        '{"type": "error", "error": "x", "code": "Not A Code"}',
        '{"type": "status", "message": "' + "x" * 5000 + '"}',
        "[" * 100_000,
    ],
)
def test_what_is_no_event_is_refused(text: str) -> None:
    """Anything but a well-formed event of a known type is a protocol error of one short line."""
    with pytest.raises(ProtocolError) as refused:
        parse_event(text)

    assert len(str(refused.value)) <= 300
    assert "\n" not in str(refused.value)


def test_refusal_does_not_quote_values() -> None:
    """A value that does not fit is not repeated; it may be a secret."""
    with pytest.raises(ProtocolError) as refused:
        parse_event(frame(type="error", error="x", code="MARKER VALUE"))

    assert "MARKER" not in str(refused.value)


def test_content_is_cleaned_before_anything_else_sees_it() -> None:
    """The cleaner gets the whole content, names of fields included."""
    event = parse_event(
        frame(type="status", message="key"), lambda content: {**content, "message": "clean"}
    )

    assert event.model_dump()["message"] == "clean"
