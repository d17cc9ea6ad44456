"""The list of shoots, page by page."""

from __future__ import annotations

import base64
from datetime import datetime

from starlette.responses import JSONResponse

from gateway.catalogue import Filter, rank
from gateway.context import Call
from gateway.problems import Problem
from gateway.wire import ShootLine, ShootPage
from studio.records import Summary
from studio.stages import ShootStatus, Stage

DEFAULT_LIMIT, MAX_LIMIT = 24, 100
_WAITS = {
    ShootStatus.RUNNING: "studio",
    ShootStatus.AWAITING_INPUT: "person",
    ShootStatus.PAUSED: "person",
}


async def page(call: Call) -> JSONResponse:
    """A page of the list."""
    limit = call.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT)
    wanted = Filter(
        owner=call.person.owner,
        statuses={ShootStatus(value) for value in _values(call, "status", ShootStatus)},
        stages={Stage(value) for value in _values(call, "stage", Stage)},
    )
    rows = await call.gateway.catalogue.find(wanted)
    cursor = call.request.query_params.get("cursor")
    if cursor:
        behind = _decode(cursor)
        rows = [one for one in rows if rank(one) < behind]
    shown = rows[:limit]
    more = _encode(shown[-1]) if len(rows) > limit else None
    lines = ShootPage(shoots=tuple(line(one) for one in shown), next_cursor=more)
    return JSONResponse(lines.model_dump(mode="json"))


def line(one: Summary) -> ShootLine:
    """A row of the list."""
    has_hero = one.stage is not Stage.HERO or one.status is ShootStatus.AWAITING_INPUT
    return ShootLine.model_validate(
        {
            **one.model_dump(by_alias=False),
            "waits_for": _WAITS.get(one.status),
            "thumbnail": f"/outputs/{one.id}/hero.png?width=640" if has_hero else None,
        }
    )


def _values(call: Call, name: str, known: type[ShootStatus] | type[Stage]) -> list[str]:
    values = [
        value
        for text in call.request.query_params.getlist(name)
        for value in text.split(",")
        if value
    ]
    for value in values:
        if value not in set(known):
            choice = ", ".join(known)
            raise Problem(422, f"{name}={value[:40]}: one of {choice}", "invalid")
    return values


def _encode(one: Summary) -> str:
    text = f"{one.created_at.isoformat()}|{one.id}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str) -> tuple[datetime, str]:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        moment, _, shoot_id = text.partition("|")
        at = datetime.fromisoformat(moment)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Problem(422, "cursor: not one that a list has given", "invalid")
    return at, shoot_id
