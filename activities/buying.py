"""Buying: one paid order of a job, kept in the shoot's ledger step by step.

The order of things is what keeps a person from paying twice. The intent is on the ledger before
the script may send anything, the remote id as soon as the provider has given it; whoever takes
the job up again finds either and goes on from there. Where an intent is found without an answer,
nobody can tell whether fal has taken the order, so a person is asked; Kling can be asked itself,
by the order's key.

A job that fails at the provider without being charged is ordered once more unasked, where that can
help, as an order of its own with its own line on the ledger. After that a person decides.
"""

from __future__ import annotations

from datetime import UTC, datetime

from temporalio import activity
from temporalio.client import WorkflowHandle
from temporalio.exceptions import ApplicationError

from activities.heartbeat import Pulse
from activities.orders import OrderJournal
from sandbox.errors import ScriptFailed
from sandbox.protocol import Submission
from sandbox.session import Run
from studio.ledger import LedgerEntry
from studio.shoot import ShootState
from studio.store import ArtifactStore, MissingArtifactError
from workflows.contract import PATIENCE
from workflows.shoot import Shoot
from workflows.tasks import Job

LEAVE = "leave"
LINKS = "links.json"
UNKNOWN = "unknown-outcome"
REPLACED = "replaced"
FAILED = "failed-task"


class Purchase:
    """One order, from the intent to its end."""

    def __init__(
        self,
        job: Job,
        price: float | None,
        handle: WorkflowHandle[Shoot, ShootState],
        pulse: Pulse,
        journal: OrderJournal,
    ) -> None:
        self._job = job
        self._price = price
        self._handle = handle
        self._pulse = pulse
        self._journal = journal
        self._attempt = activity.info().attempt
        self._key = job.order
        self._entry: LedgerEntry | None = None

    async def arguments(self, room: Run, store: ArtifactStore) -> tuple[str, ...]:
        """What the script must know of the order; raises where only a person can decide.

        The error is an :class:`ApplicationError` of type ``unknown-outcome`` or ``failed-task``.
        """
        self._entry = await self._at_hand()
        with_links = await self._links(room, store)
        order = ("--key", self._key, *with_links)
        match self._entry:
            case LedgerEntry(remote_id=str(remote), state="intent" | "accepted" | "settled"):
                self._pulse.set(self._key, remote)
                return (*order, "--resume", remote)
            case LedgerEntry(state="intent" | "unknown" as known) if self._job.provider == "fal":
                if known == "intent":
                    await self._give_up(self._entry)
                raise ApplicationError(
                    f"The order of {self._job.item} was on its way to fal when the worker was "
                    "lost; it may have been taken, and one picture or clip charged. Look at fal's "
                    "dashboard, then retry to order again, or go on without",
                    type=UNKNOWN,
                    non_retryable=True,
                )
            case LedgerEntry(state="cancelled" | "lost" as ended):
                raise ApplicationError(
                    f"{self._job.item} was ordered before this shoot was set back, and that order "
                    f"is {ended}: it may have been charged. Retry to order it again",
                    type=UNKNOWN,
                    non_retryable=True,
                )
            case _:
                return (*order, "--go", f"{{out}}/{LEAVE}")

    async def note(self, event: Submission, room: Run) -> None:
        """Put what the script says of its order on the ledger, then let it go on.

        Raises :class:`ApplicationError` where another try of this job has an order under way: a
        worker that was lost for a while comes back without knowing that it was replaced.
        """
        before = self._entry if event.state != "intent" else None
        entry = LedgerEntry(
            id=self._key,
            at=self._entry.at if self._entry else datetime.now(UTC),
            provider=event.provider,
            operation=event.endpoint or event.operation,
            purpose=f"{self._job.stage} {self._job.take} {self._job.item}",
            state=event.state,
            remote_id=event.remote_id or (before.remote_id if before else None),
            estimate_usd=self._price,
            latency_seconds=event.latency_seconds,
            attempt=self._attempt,
        )
        await self._book(entry)
        if event.state == "intent":
            held = await self._booked()
            if held is not None and held.attempt != self._attempt:
                raise ApplicationError(
                    f"another try has {self._job.item} under way; it is taken up", type=REPLACED
                )
            room.place(LEAVE, b"")
        elif entry.remote_id:
            self._pulse.set(self._key, entry.remote_id)

    def judged(self, error: ScriptFailed) -> ScriptFailed:
        """The script's error, which is a person's matter once two orders have failed there."""
        if not (error.retryable and self._entry and _failed_there(self._entry)):
            return error
        if self._key == self._job.order:
            words = f"{error.message}; it is ordered once more, the first was not charged"
            return ScriptFailed(error.code, words, retryable=True, retry_after=error.retry_after)
        return ScriptFailed(FAILED, f"{error.message}; {_TWICE}")

    async def stopped(self) -> None:
        """The script was told to stop and has ended: what it has not cleared up stays unknown."""
        if self._entry is not None and self._entry.state == "intent":
            await self._give_up(self._entry)

    async def keep_links(self, room: Run, store: ArtifactStore) -> None:
        """Remember the links of uploaded references for the shoot's next order."""
        links = room.left(LINKS)
        if links is not None:
            await store.put(self._links_key, links)

    async def _at_hand(self) -> LedgerEntry | None:
        """The order that this try is about, as the ledger has it: the job's own, or the one that
        takes its place because it failed at the provider."""
        first = await self._booked()
        if first is None or not _failed_there(first):
            return first
        self._key = _following(self._job.order)
        second = await self._booked()
        if second is not None and _failed_there(second):
            raise ApplicationError(
                f"The job of {self._job.item} failed at {second.provider}; {_TWICE}",
                type=FAILED,
                non_retryable=True,
            )
        return second

    async def _booked(self) -> LedgerEntry | None:
        """The order as the ledger has it, which learns from the journal what it has forgotten."""
        state = await self._handle.query(Shoot.state, rpc_timeout=PATIENCE)
        booked = next((e for e in state.ledger if e.id == self._key), None)
        kept = await self._journal.get(self._key)
        if kept is None or (booked is not None and (booked.remote_id or not kept.remote_id)):
            return booked
        await self._handle.signal(Shoot.book, kept)
        return kept

    async def _give_up(self, entry: LedgerEntry) -> None:
        await self._book(entry.model_copy(update={"state": "unknown"}))

    async def _book(self, entry: LedgerEntry) -> None:
        """Return once the ledger has the entry for good."""
        self._entry = entry
        await self._handle.signal(Shoot.book, entry)
        await self._journal.put(entry)

    async def _links(self, room: Run, store: ArtifactStore) -> tuple[str, ...]:
        try:
            room.place(LINKS, await store.get(self._links_key))
        except MissingArtifactError:
            room.place(LINKS, b"{}")
        return ("--uploads", f"{{out}}/{LINKS}")

    @property
    def _links_key(self) -> str:
        return f"shoots/{self._job.shoot_id}/links.json"


_TWICE = (
    "two orders failed there and were not charged. Retry to order it again, or change what is asked"
)


def _failed_there(entry: LedgerEntry) -> bool:
    """Whether the provider had taken the order and then failed it; a refused one has no id."""
    return entry.state == "failed" and entry.remote_id is not None


def _following(key: str) -> str:
    """The key of the order after this one, by the count that every key ends with."""
    stem, _, number = key.rpartition(".")
    return f"{stem}.{int(number) + 1}"
