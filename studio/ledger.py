"""The ledger: every paid call of a shoot, what it was for and what it may have cost."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from studio.model import Model

_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,64}")


class LedgerEntry(Model):
    """One paid call.

    ``failed`` was not charged. ``unknown`` may have been charged: nobody could find out.
    ``cancelled`` was stopped, and what had begun may be charged. ``lost`` was charged, and its
    result cannot be had any more. ``estimate_usd`` is ``None`` where no price is known.
    ``attempt`` is the try of the job that the entry comes from.
    """

    id: str
    at: datetime
    provider: str
    operation: str
    purpose: str
    state: Literal["intent", "accepted", "settled", "failed", "unknown", "cancelled", "lost"]
    remote_id: str | None = None
    estimate_usd: float | None = None
    latency_seconds: float | None = None
    attempt: int = 1

    def yields_to(self, known: LedgerEntry) -> bool:
        """Whether this is an intent that comes too late: another try has an order under way.

        Kling refuses a second order under the same key by itself; fal would take it.
        """
        return (
            self.state == "intent"
            and self.provider == "fal"
            and known.state in ("intent", "accepted", "settled", "unknown")
            and known.attempt != self.attempt
        )


class LedgerTotals(Model):
    """Sums over a ledger, in US dollars. ``unpriced`` calls are not in the sum."""

    calls: int
    estimate_usd: float
    unknown: int
    unpriced: int = 0


def totals(entries: Iterable[LedgerEntry]) -> LedgerTotals:
    """Add up what was or may have been charged; failed calls cost nothing."""
    charged = [entry for entry in entries if entry.state != "failed"]
    return LedgerTotals(
        calls=len(charged),
        estimate_usd=round(sum(entry.estimate_usd or 0.0 for entry in charged), 4),
        unknown=sum(entry.state == "unknown" for entry in charged),
        unpriced=sum(entry.estimate_usd is None for entry in charged),
    )


def order_name(shoot_id: str) -> str:
    """The shoot's part of its orders' keys, of letters, digits, ``-`` and ``_``.

    Providers are given the keys, and not every id of a workflow fits in one.
    """
    if _PLAIN.fullmatch(shoot_id):
        return shoot_id
    return f"shoot-{hashlib.sha256(shoot_id.encode()).hexdigest()[:24]}"


def order_key(stem: str, entries: Iterable[LedgerEntry]) -> str:
    """The key that ``stem`` is bought under next: a new one after each order that came to nothing.

    Whether to buy again after a failure or an unknown outcome is a person's decision; it has been
    made when this is reached with such an entry on the ledger. What is unknown of Kling keeps its
    key, because Kling can be asked by it.
    """
    ended = [
        entry
        for entry in entries
        if entry.id.startswith(f"{stem}.")
        and (
            entry.state in ("failed", "cancelled", "lost")
            or (entry.state == "unknown" and entry.provider != "kling")
        )
    ]
    return f"{stem}.{len(ended) + 1}"


def still_charged(entries: Iterable[LedgerEntry]) -> str | None:
    """What a cancelled shoot costs all the same, for the person; ``None`` where nothing was bought.

    What was sent and is not stopped is made and charged; what was stopped may have begun.
    """
    held = [entry for entry in entries if entry.state != "failed"]
    if not held:
        return None
    groups = (
        (("accepted", "intent"), "ordered and not to be stopped"),
        (("unknown",), "perhaps ordered, nobody can tell"),
        (("cancelled",), "cancelled, charged if it had begun"),
    )
    open_ = []
    for states, words in groups:
        mine = [entry for entry in held if entry.state in states]
        if mine:
            names = ", ".join(f"{one.purpose.rpartition(' ')[2]} at {one.provider}" for one in mine)
            open_.append(f"{words}: {names} ({_sum(mine)})")
    spent = f"{_sum(held)} for the whole shoot"
    if not open_:
        return f"Nothing is charged any more after the cancel; it was {spent}."
    return f"Still charged after the cancel: {'; '.join(open_)}. That makes up to {spent}."


def _sum(entries: Iterable[LedgerEntry]) -> str:
    """A sum for people, which says where prices are missing from it."""
    sums = totals(entries)
    unknown = f" and {sums.unpriced} without a known price" if sums.unpriced else ""
    return f"${sums.estimate_usd:.2f}{unknown}"
