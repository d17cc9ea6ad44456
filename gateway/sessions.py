"""The session API: the same shoots for a front end that speaks of sessions."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from gateway import pipeline, shoots
from gateway.catalogue import Filter
from gateway.context import Call
from gateway.events import last_seen, nothing_left
from gateway.sessionwire import (
    ContinueRequest,
    Instrumentation,
    Session,
    SessionAssets,
    SessionCancelled,
    SessionLine,
    SessionList,
    SessionMessage,
    SessionPipeline,
    TurnRequest,
    TurnResult,
)
from gateway.sse import EventStream, encode
from gateway.telling import Teller
from gateway.turns import Turn, attached, continue_turn, open_turn
from gateway.uploads import uploaded
from studio.decisions import Cancel
from studio.stages import ShootStatus


async def generate_stream(call: Call) -> Response:
    """Start, continue or attach, and stream the turn."""
    return _streamed(call, await open_turn(call, await call.json(TurnRequest)))


async def generate(call: Call) -> Response:
    """The same, answered once."""
    return await _whole(call, await open_turn(call, await call.json(TurnRequest)))


async def continue_stream(call: Call) -> Response:
    """Continue a session, and stream the turn."""
    wanted = await call.json(ContinueRequest)
    return _streamed(call, await continue_turn(call, await call.state(), wanted.prompt))


async def continue_once(call: Call) -> Response:
    """The same, answered once."""
    wanted = await call.json(ContinueRequest)
    return await _whole(call, await continue_turn(call, await call.state(), wanted.prompt))


async def watch(call: Call) -> Response:
    """The turn that is under way, or the next one; with ``Last-Event-ID``, from there on."""
    after = last_seen(call)
    if after is not None and await nothing_left(call, after):
        return Response(status_code=204)
    if after is not None:
        return _streamed(call, Turn(call.shoot_id, after + 1))
    state = await call.state()
    if state.checkpoint is not None or state.status in shoots.OVER:
        return _streamed(call, Turn(call.shoot_id, state.offset, resting=True))
    return _streamed(call, attached(state))


async def listed(call: Call) -> Response:
    """All sessions, newest first."""
    rows = await call.gateway.catalogue.find(Filter(call.person.owner))
    lines = tuple(
        SessionLine(
            id=one.id,
            session_id=one.id,
            title=one.title,
            status=one.status,
            stage=pipeline.stage_name(one.stage, one.status),
            created_at=one.created_at,
        )
        for one in rows
    )
    return _json(SessionList(count=len(lines), sessions=lines))


async def get(call: Call) -> Response:
    """A session as it is now."""
    state = await call.state()
    current = pipeline.pipeline(state)
    waits = state.checkpoint is not None and state.status is not ShootStatus.COMPLETE
    session = Session(
        id=state.id,
        session_id=state.id,
        prompt=state.brief.prompt,
        status=state.status,
        stage=current.stage,
        awaiting_input=waits,
        checkpoint=pipeline.card(state.checkpoint) if state.checkpoint else None,
        pipeline=current,
        session_stats=pipeline.stats(state),
        messages=tuple(
            SessionMessage(
                id=one.id,
                role="user" if one.role == "person" else "assistant",
                content=one.text,
                timestamp=one.at,
            )
            for one in state.transcript
        ),
        input_images=tuple(uploaded(one) for one in state.brief.references),
        created_at=state.created_at,
        updated_at=state.updated_at,
    )
    return _json(session)


async def stages(call: Call) -> Response:
    """How far a session is."""
    current = pipeline.pipeline(await call.state())
    return _json(SessionPipeline(session_id=call.shoot_id, **dict(current)))


async def assets(call: Call) -> Response:
    """Where a session's results are."""
    found = pipeline.assets(await call.state())
    return _json(SessionAssets(session_id=call.shoot_id, assets=found))


async def cancel(call: Call) -> Response:
    """End a session; what was made is kept."""
    await shoots.take(call.gateway, call.shoot_id, Cancel(by=call.person.owner or "studio"))
    words = "The shoot is being cancelled; what was made is kept."
    return _json(SessionCancelled(session_id=call.shoot_id, message=words))


def _streamed(call: Call, turn: Turn) -> EventStream:
    return call.stream(_chunks(call, turn))


async def _chunks(call: Call, turn: Turn) -> AsyncIterator[bytes]:
    async with aclosing(Teller(call.gateway, turn).tell()) as told:
        async for one in told:
            yield encode(one.event, one.offset)


async def _whole(call: Call, turn: Turn) -> Response:
    began = time.monotonic()
    said: list[str] = []
    events = tools = 0
    last: dict[str, Any] = {}
    async with aclosing(Teller(call.gateway, turn, hold=0).tell()) as told:
        async for one in told:
            events += 1
            last = one.event
            if last["type"] == "assistant_message" and last["messageType"] == "response":
                said.append(last["text"])
            tools += last["type"] == "system" and last["subtype"] == "tool_call"
    elapsed = round((time.monotonic() - began) * 1000)
    result = TurnResult(
        success=last["exitCode"] == 0,
        session_id=turn.shoot_id,
        exit_code=last["exitCode"],
        response="\n\n".join(said),
        checkpoint=last.get("checkpoint"),
        awaiting_input=last["awaitingInput"],
        pipeline=last["pipeline"],
        session_stats=last["sessionStats"],
        instrumentation=Instrumentation(events=events, tool_calls=tools, duration_ms=elapsed),
    )
    return _json(result)


def _json(model: BaseModel) -> JSONResponse:
    return JSONResponse(model.model_dump(mode="json"))
