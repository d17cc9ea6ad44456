"""What the headers of a provider's answer say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAX_WAIT = 3600.0
"""Seconds; a provider that asks for more is asked again after this."""


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Seconds to wait by ``Retry-After`` (seconds or a date) or ``retry-after-ms``.

    Never negative and never above ``MAX_WAIT``; ``None`` if absent or unreadable.
    """
    said = header(headers, "retry-after")
    milliseconds = _number(header(headers, "retry-after-ms"))
    seconds = _number(said) if milliseconds is None else milliseconds / 1000
    if seconds is None and said:
        try:
            when = parsedate_to_datetime(said)
        except ValueError:
            return None
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        seconds = (when - (now or datetime.now(UTC))).total_seconds()
    return None if seconds is None else min(max(seconds, 0.0), MAX_WAIT)


def header(headers: Mapping[str, str], name: str) -> str:
    """What the header ``name`` (in lower case) says, whatever case it came in; or nothing."""
    return next((value for key, value in headers.items() if key.lower() == name), "")


def _number(text: str) -> float | None:
    if not re.fullmatch(r"\s*\d{1,12}(\.\d{0,9})?\s*", text, re.ASCII):
        return None
    return float(text)
