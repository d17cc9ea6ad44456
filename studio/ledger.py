"""The ledger: every paid call of a shoot, what it was for and what it may have cost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from studio.model import Model


class LedgerEntry(Model):
    """One paid call. ``unknown`` means it may have been charged: nobody could find out."""

    id: str
    at: datetime
    provider: str
    operation: str
    purpose: str
    state: Literal["intent", "accepted", "settled", "failed", "unknown"]
    remote_id: str | None = None
    estimate_usd: float = 0.0
    latency_seconds: float | None = None


class LedgerTotals(Model):
    """Sums over a ledger, in US dollars."""

    calls: int
    estimate_usd: float
    unknown: int


def totals(entries: Iterable[LedgerEntry]) -> LedgerTotals:
    """Add up what was or may have been charged; failed calls cost nothing."""
    charged = [entry for entry in entries if entry.state != "failed"]
    return LedgerTotals(
        calls=len(charged),
        estimate_usd=round(sum(entry.estimate_usd for entry in charged), 4),
        unknown=sum(entry.state == "unknown" for entry in charged),
    )
