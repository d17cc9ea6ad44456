"""Every fault at every route of fal and Kling: how a job ends, and what is bought and booked.

Whatever goes wrong once, the job is done in the end or waits for a person with words and a code;
after that person's retry it is done. Nothing is bought twice unless a person was asked, and the
ledger has every order that the stand-in took.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from sandbox.scripts._outcomes import FOR_A_PERSON, Code
from tests.activities.shop import End, Shop
from tests.emulators import faults
from tests.emulators.faults import Fault
from tests.emulators.service import Emulators

pytest_plugins = ("tests.emulators.plugin",)

HTML = "<html><body><h1>Bad Gateway</h1></body></html>"
PERSONS = {*FOR_A_PERSON, Code.DEFECT}
QUICK = {
    ("fal", "submit", "503-html"),
    ("fal", "status", "401"),
    ("kling", "submit", "200-garbage"),
}
"""Tried by `make test`."""
SAMPLE = 8
"""Every so many-th fault of a route, another one at each route, is tried by `make slow`; all of
them, which takes most of an hour, by `make exhaustive`."""


def html(status: int) -> Fault:
    """What a proxy on the way says."""
    return faults.answer(status, HTML, content_type="text/html")


def soon() -> str:
    """A date in a second, as ``Retry-After`` may have it."""
    return format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)


def common(error: Any) -> dict[str, Fault]:
    """Faults that any route can have; ``error`` words one as the provider does."""
    return {
        **{f"{status}-html": html(status) for status in (403, 500, 502, 503, 504)},
        "cut": faults.cut(),
        "cut-after": faults.cut_after(),
        "hang-after": faults.hang_after(),
        "slow": faults.slow(200),
        "truncated": faults.truncated(0.5),
        "200-garbage": faults.answer(200, "garbage"),
        "200-html": html(200),
        "200-object": faults.answer(200, {}),
        "200-list": faults.answer(200, []),
        **{str(status): error(status) for status in (401, 402, 403, 404, 409, 422, 429, 500, 529)},
        "429-seconds": error(429, retry_after="1"),
        "429-date": error(429, retry_after=soon()),
    }


def fal_says(status: int, **headers: str) -> Fault:
    return faults.answer(status, {"detail": f"a fault of kind {status}"}, **headers)


CODES = {401: 1002, 402: 1101, 403: 1103, 404: 1203, 422: 1201, 429: 1302, 500: 5000}


def kling_says(status: int, **headers: str) -> Fault:
    code = CODES.get(status, 9999)
    return faults.kling_error(status, code, f"a fault of kind {status}", **headers)


JOBS = {
    "422": faults.fal_error("missing", "Required", loc="seed"),
    "policy": faults.fal_policy(),
    "500": faults.fal_error("internal_server_error", "Internal error", status=500),
    "500-final": faults.fal_error("x", "Internal error", status=500, retryable="false"),
}
TASKS = {
    "failed": faults.kling_failed("The service is out of order"),
    "policy": faults.kling_failed(),
    "failed-without-a-word": faults.kling_failed(""),
}


def cases() -> list[Any]:
    """Provider, route, how many requests go well before, and the fault."""
    table = [
        *(("fal", route, 0, common(fal_says)) for route in ("token", "upload", "submit")),
        *(("fal", route, 0, common(fal_says)) for route in ("status", "result", "media")),
        ("fal", "job", 0, JOBS),
        *(("kling", route, 0, common(kling_says)) for route in ("query", "list", "submit")),
        ("kling", "query", 1, common(kling_says)),
        ("kling", "media", 0, common(kling_says)),
        ("kling", "task", 0, TASKS),
    ]
    found = []
    for row, (provider, route, after, kinds) in enumerate(table):
        for column, (name, fault) in enumerate(kinds.items()):
            sampled = (row + column) % SAMPLE == 0
            longer = pytest.mark.slow if sampled else pytest.mark.exhaustive
            marks = () if (provider, route, name) in QUICK else (longer,)
            place = f"{provider}-{route}{'-later' if after else ''}-{name}"
            found.append(pytest.param(provider, route, after, fault, id=place, marks=marks))
    return found


@pytest.fixture
def shop_of(providers: Emulators, tmp_path: Path) -> Any:
    """A shop at either provider."""
    for number in (1, 2):
        fade = np.linspace(0, 255, 480 * 320 * 3).reshape(320, 480, 3).astype(np.uint8)
        Image.fromarray(np.roll(fade, number * 50, axis=1)).save(tmp_path / f"{number}.png")
    first, second = str(tmp_path / "1.png"), str(tmp_path / "2.png")
    usual = {
        "fal": ("--prompt", "A hero", "--resolution", "1K", "--reference", first),
        "kling": ("--prompt", "Turn", "--provider", "kling", "--start", first, "--end", second),
    }

    def make(provider: Any) -> Shop:
        return Shop(providers, tmp_path, provider, usual[provider])

    return make


def check_books(shop: Shop) -> None:
    """The ledger has every order that was taken, and none was taken twice unasked."""
    seller: Any = shop.providers.fal if shop.provider == "fal" else shop.providers.kling
    taken = {getattr(one, "request_id", None) or one.task_id for one in seller.submissions}
    booked = [entry.remote_id for entry in shop.ledger if entry.remote_id]
    unknown = [entry for entry in shop.ledger if entry.state == "unknown"]
    lost = [entry for entry in shop.ledger if entry.state == "lost"]
    assert set(booked) <= taken
    assert len(booked) == len(set(booked))
    assert len(taken - set(booked)) <= len(unknown)
    assert len(seller.charged) <= 1 + len(unknown) + len(lost)
    assert "intent" not in {entry.state for entry in shop.ledger}


@pytest.mark.parametrize(("provider", "route", "after", "fault"), cases())
async def test_a_fault_ends_well(
    shop_of: Any, provider: Any, route: str, after: int, fault: Fault
) -> None:
    """Done, or a person is asked in words and the next try is done; the books are right."""
    shop: Shop = shop_of(provider)
    seller: Any = shop.providers.fal if provider == "fal" else shop.providers.kling
    seller.fail_next(route, fault, after=after)
    end: End | None = await shop.buy()
    check_books(shop)
    if end is not None:
        assert end.code in PERSONS
        assert len(end.words) > 20 and "None" not in end.words
        assert await shop.buy() is None
        check_books(shop)
    assert [entry.state for entry in shop.ledger].count("settled") == 1
    assert shop.ledger[-1].state == "settled"
    assert seller.faults.take(route) is None, "the fault was never met"


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.slow
async def test_what_a_proxy_says_at_submit_is_no_proof(shop_of: Any, status: int) -> None:
    """fal may have the order, so a person is asked before anything is ordered again."""
    shop: Shop = shop_of("fal")
    shop.providers.fal.alter("submit", lambda reply: type(reply)(status, HTML.encode(), {}))
    end = await shop.buy()
    assert end is not None and end.code == Code.UNKNOWN
    assert len(shop.providers.fal.submissions) == 1
    assert [entry.state for entry in shop.ledger] == ["unknown"]


@pytest.mark.slow
async def test_klings_lost_answer_is_looked_for(shop_of: Any) -> None:
    """Kling has the order although a proxy answered in its place: it is found by its key."""
    shop: Shop = shop_of("kling")
    shop.providers.kling.alter("submit", lambda reply: type(reply)(502, HTML.encode(), {}))
    assert await shop.buy() is None
    assert len(shop.providers.kling.submissions) == 1
    assert [entry.state for entry in shop.ledger] == ["settled"]
