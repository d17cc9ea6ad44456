"""Buying: what is on the ledger before anything may be sent, and who may send it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.buying import LEAVE, REPLACED, UNKNOWN, Purchase
from activities.heartbeat import Pulse
from activities.orders import OrderJournal
from sandbox.errors import ScriptFailed
from sandbox.protocol import Submission
from studio.ledger import LedgerEntry
from studio.stages import Stage
from studio.store import MissingArtifactError
from workflows.tasks import Job, RenderHero

KEY, AGAIN = "shoot-1.hero.abc.1", "shoot-1.hero.abc.2"


@dataclass
class Books:
    """The workflow as a purchase sees it: its ledger, kept by the workflow's own rule."""

    ledger: dict[str, LedgerEntry] = field(default_factory=dict)
    before_signal: LedgerEntry | None = None
    """What another try books at the very moment of the next signal."""

    async def query(self, *_: object, **__: object) -> Any:
        return SimpleNamespace(ledger=tuple(self.ledger.values()))

    async def signal(self, _: object, entry: LedgerEntry) -> None:
        first, self.before_signal = self.before_signal, None
        for one in (first, entry):
            known = self.ledger.get(one.id) if one else None
            if one and not (known and one.yields_to(known)):
                self.ledger[one.id] = one


class Room:
    """Where a script would run: what was placed in it."""

    def __init__(self) -> None:
        self.placed: dict[str, bytes] = {}

    def place(self, name: str, content: bytes) -> None:
        self.placed[name] = content


class Store:
    """A store in memory."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    async def get(self, key: str) -> bytes:
        if key not in self.held:
            raise MissingArtifactError(key)
        return self.held[key]

    async def put(self, key: str, content: bytes) -> None:
        self.held[key] = content

    async def keys(self, prefix: str) -> list[str]:
        return sorted(key for key in self.held if key.startswith(f"{prefix}/"))


def journal(store: Store | None = None) -> OrderJournal:
    """The journal of the shoot under test."""
    held: Any = store or Store()
    return OrderJournal(held, "shoot-1")


def job(provider: str) -> Job:
    task = RenderHero(
        pose="street-walk",
        background="industrial",
        styling="",
        glasses=False,
        prompt="A coat",
        notes=(),
        references=(),
    )
    given = {"shoot_id": "shoot-1", "stage": Stage.HERO, "take": 1, "item": "hero", "task": task}
    return Job.model_validate(
        {**given, "provider": provider, "fingerprint": "abc", "prints": ("abc",), "order": KEY}
    )


def said(state: str, provider: str = "fal", remote: str | None = None) -> Submission:
    return Submission.model_validate(
        {
            "state": state,
            "provider": provider,
            "operation": "image",
            "key": KEY,
            "remoteId": remote,
        }
    )


def entry(state: str, provider: str = "fal", **more: Any) -> LedgerEntry:
    given = {"id": KEY, "at": "2026-11-22T12:00:00Z", "provider": provider, "operation": "image"}
    return LedgerEntry.model_validate({**given, "purpose": "hero", "state": state, **more})


async def within(
    books: Books,
    work: Callable[[Purchase, Any], Awaitable[Any]],
    *,
    attempt: int = 1,
    provider: str = "fal",
    room: Room | None = None,
    orders: OrderJournal | None = None,
) -> Any:
    """Do ``work`` with a purchase, as one try of an activity."""
    environment = ActivityEnvironment()
    environment.info = replace(environment.info, attempt=attempt)
    handle: Any = books

    async def run() -> Any:
        purchase = Purchase(job(provider), 0.15, handle, Pulse(), orders or journal())
        return await work(purchase, room or Room())

    return await environment.run(run)


async def arguments(purchase: Purchase, room: Any) -> tuple[str, ...]:
    store: Any = Store()
    return await purchase.arguments(room, store)


async def test_leave_comes_after_the_record() -> None:
    """The script may send once the intent is on the ledger, with its estimate."""
    books, room = Books(), Room()

    async def work(purchase: Purchase, room: Any) -> None:
        await arguments(purchase, room)
        assert LEAVE not in room.placed
        await purchase.note(said("intent"), room)

    await within(books, work, room=room)
    assert LEAVE in room.placed
    assert (books.ledger[KEY].state, books.ledger[KEY].estimate_usd) == ("intent", 0.15)


async def test_a_known_id_is_resumed() -> None:
    """Whoever takes the job up goes on with what was bought."""
    books = Books({KEY: entry("accepted", remote_id="r-1")})
    assert (await within(books, arguments, attempt=2))[-2:] == ("--resume", "r-1")


async def test_an_intent_without_an_answer_is_asked_about() -> None:
    """fal cannot be asked, so a person is; the ledger says that nobody knows."""
    books = Books({KEY: entry("intent")})
    with pytest.raises(ApplicationError) as caught:
        await within(books, arguments, attempt=2)
    assert (caught.value.type, caught.value.non_retryable) == (UNKNOWN, True)
    assert books.ledger[KEY].state == "unknown"


@pytest.mark.parametrize("state", ["intent", "unknown"])
async def test_kling_is_asked_by_the_key(state: str) -> None:
    """The same key again is safe at Kling."""
    books = Books({KEY: entry(state, "kling")})
    assert "--go" in await within(books, arguments, attempt=2, provider="kling")


async def test_what_failed_there_is_ordered_once_more_on_a_line_of_its_own() -> None:
    """The failed order keeps its line and its id; the next has a key of its own to resume by."""
    books = Books({KEY: entry("failed", remote_id="r-1")})

    async def work(purchase: Purchase, room: Any) -> None:
        given = await arguments(purchase, room)
        assert "--go" in given and given[given.index("--key") + 1] == AGAIN
        await purchase.note(said("intent"), room)

    await within(books, work, attempt=2)
    assert (books.ledger[KEY].state, books.ledger[KEY].remote_id) == ("failed", "r-1")
    assert (books.ledger[AGAIN].state, books.ledger[AGAIN].remote_id) == ("intent", None)
    with pytest.raises(ApplicationError, match="may have been taken"):
        await within(books, arguments, attempt=3)


async def test_a_repeated_order_is_resumed() -> None:
    """Whoever takes the job up again follows the order that took the failed one's place."""
    books = Books(
        {KEY: entry("failed", remote_id="r-1"), AGAIN: entry("accepted", id=AGAIN, remote_id="r-2")}
    )
    given = await within(books, arguments, attempt=3)
    assert (given[1], given[-2:]) == (AGAIN, ("--resume", "r-2"))


async def test_after_two_failures_a_person_decides() -> None:
    """Neither this try nor a worker that comes later orders a third time unasked."""
    books = Books(
        {KEY: entry("failed", remote_id="r-1"), AGAIN: entry("failed", id=AGAIN, remote_id="r-2")}
    )
    with pytest.raises(ApplicationError, match="Retry to order it again") as caught:
        await within(books, arguments, attempt=3)
    assert (caught.value.type, caught.value.non_retryable) == ("failed-task", True)


async def test_an_order_that_was_refused_keeps_its_line() -> None:
    """Nothing was taken, so there is nothing to tell apart."""
    books = Books({KEY: entry("failed")})
    assert (await within(books, arguments, attempt=2))[1] == KEY


@pytest.mark.parametrize(
    ("held", "code", "again"),
    [({}, "retry", True), ({KEY: entry("failed", remote_id="r-1")}, "failed-task", False)],
)
async def test_a_failure_there_is_judged(
    held: dict[str, LedgerEntry], code: str, again: bool
) -> None:
    """The first failure is tried again and says that nothing was charged; the second is not."""

    async def work(purchase: Purchase, room: Any) -> ScriptFailed:
        await arguments(purchase, room)
        for state, remote in (("intent", None), ("accepted", "r-9"), ("failed", "r-9")):
            await purchase.note(said(state, remote=remote), room)
        return purchase.judged(ScriptFailed("retry", "The model failed at fal", retryable=True))

    error = await within(Books(dict(held)), work, attempt=2)
    assert (error.code, error.retryable) == (code, again)
    assert "not charged" in error.message


@pytest.mark.parametrize("state", ["intent", "accepted"])
async def test_a_try_that_was_replaced_gets_no_leave(state: str) -> None:
    """Two tries that both found nothing: only the first one's order is let go."""
    books, room = Books(), Room()
    books.before_signal = entry(state, attempt=2, remote_id="r-2" if state == "accepted" else None)

    async def work(purchase: Purchase, room: Any) -> None:
        await arguments(purchase, room)
        await purchase.note(said("intent"), room)

    with pytest.raises(ApplicationError) as caught:
        await within(books, work, attempt=1, room=room)
    assert (caught.value.type, caught.value.non_retryable) == (REPLACED, False)
    assert LEAVE not in room.placed
    assert books.ledger[KEY].attempt == 2


@pytest.mark.parametrize(("state", "kept"), [("intent", "unknown"), ("cancelled", "cancelled")])
async def test_a_stopped_order_is_not_left_open(state: str, kept: str) -> None:
    """A script that was ended in the middle of an order leaves it unknown on the ledger."""
    books = Books()

    async def work(purchase: Purchase, room: Any) -> None:
        await arguments(purchase, room)
        await purchase.note(said("intent"), room)
        await purchase.note(said(state, remote="r-1"), room)
        await purchase.stopped()

    await within(books, work)
    assert books.ledger[KEY].state == kept


async def test_a_forgotten_order_is_resumed() -> None:
    """A database set back to an older day knows nothing of an order; the journal does."""
    books, orders = Books(), journal()

    async def buy(purchase: Purchase, room: Any) -> None:
        await arguments(purchase, room)
        await purchase.note(said("intent"), room)
        await purchase.note(said("accepted", remote="r-1"), room)

    await within(books, buy, orders=orders)
    books.ledger.clear()
    assert (await within(books, arguments, orders=orders))[-2:] == ("--resume", "r-1")
    assert books.ledger[KEY].remote_id == "r-1"


async def test_a_forgotten_intent_is_asked_about() -> None:
    """What may have been bought since the backup is a person's matter, not bought again."""
    books, orders = Books(), journal()
    await orders.put(entry("intent"))
    with pytest.raises(ApplicationError, match="may have been taken"):
        await within(books, arguments, orders=orders)
    assert books.ledger[KEY].state == "unknown"


@pytest.mark.parametrize("state", ["cancelled", "lost"])
async def test_a_forgotten_end_is_asked_about(state: str) -> None:
    """An order that ended and may have been charged is told before there is another."""
    books, orders = Books(), journal()
    await orders.put(entry(state, remote_id="r-1"))
    with pytest.raises(ApplicationError, match="Retry to order it again"):
        await within(books, arguments, orders=orders)
    assert books.ledger[KEY].state == state


async def test_the_journal_lists_orders_of_one_content() -> None:
    """What was paid for one content is found by any of its orders, and nothing else is."""
    orders = journal()
    for key in ("s.hero.abc.1", "s.hero.abc.2", "s.hero.abc.10", "s.hero.abd.1"):
        await orders.put(entry("settled").model_copy(update={"id": key}))
    found = await orders.like("s.hero.abc.2")
    assert [one.id for one in found] == ["s.hero.abc.1", "s.hero.abc.2", "s.hero.abc.10"]


async def test_a_late_intent_hides_no_order() -> None:
    """A try that was replaced does not write over the order that replaced it."""
    orders = journal()
    await orders.put(entry("accepted", remote_id="r-2", attempt=2))
    await orders.put(entry("intent", attempt=1))
    held = await orders.get(KEY)
    assert held is not None and held.remote_id == "r-2"
