"""A shoot's events as server-sent events, from wherever the reader left off."""

from __future__ import annotations

import re

from starlette.responses import Response
from temporalio.service import RPCError

from gateway.context import Call
from gateway.problems import Problem
from workflows.client import NoSuchShootError

_OFFSET = re.compile(r"-1|\d{1,15}")


async def watch(call: Call) -> Response:
    """Stream the events; 204 to whoever has seen the last one of a shoot that is over."""
    after = last_seen(call)
    if after is not None and await nothing_left(call, after):
        return Response(status_code=204)
    hub = call.gateway.hub
    if hub.closing:
        raise Problem(503, "the gateway is stopping", headers={"Retry-After": "2"})
    return call.stream(hub.watch(call.shoot_id, after), hub.policy.lifetime())


def last_seen(call: Call) -> int | None:
    """The offset the reader has seen last. The header is the newer where both are given.

    A header that is no offset of ours is as good as none; a parameter like that is a mistake.
    """
    header = call.request.headers.get("last-event-id", "").strip()
    if _OFFSET.fullmatch(header):
        return int(header)
    given = call.request.query_params.get("after")
    if given is None:
        return None
    if not _OFFSET.fullmatch(given):
        raise Problem(422, "after: the offset of the last event seen, or -1", "invalid")
    return int(given)


async def nothing_left(call: Call, after: int) -> bool:
    """Whether the shoot is over and this reader has read it to its end."""
    gateway = call.gateway
    if gateway.hub.reads(call.shoot_id):
        return False
    try:
        if await gateway.shoots.is_open(call.shoot_id):
            return False
        state = await gateway.shoots.state(call.shoot_id)
    except (RPCError, NoSuchShootError):
        return False
    return after == state.offset - 1
