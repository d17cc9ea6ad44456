"""What a provider says in its headers is read, and never believed beyond reason."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sandbox.scripts._headers import MAX_WAIT, retry_after


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7),
        ({"retry-after": " 1.5 "}, 1.5),
        ({"Retry-After": "Sun, 22 Nov 2026 12:00:30 GMT"}, 30),
        ({"Retry-After": "Sun, 22 Nov 2020 12:00:30 GMT"}, 0),
        ({"Retry-After": "99999999"}, MAX_WAIT),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-3"}, None),
        ({}, None),
    ],
)
def test_retry_after_is_read(headers: dict[str, str], seconds: float | None) -> None:
    """Seconds, fractions, dates and milliseconds; nothing negative, nothing endless."""
    now = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
    assert retry_after(headers, now) == seconds
