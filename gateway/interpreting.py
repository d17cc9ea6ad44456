"""What words would be taken for: the director's reading of them, before anything is done.

The rules read the same words in the same way as often as they are asked, so that what is shown
here is what the shoot will do. Claude's reading would be a turn of its own, and is not asked for.
"""

from __future__ import annotations

from starlette.responses import JSONResponse

from gateway.context import Call
from gateway.problems import Problem
from gateway.turns import situation, waits
from gateway.wire import Saying, Understood
from studio.director.house.turns import answer
from studio.estimating import estimate


async def interpret(call: Call) -> JSONResponse:
    """What the director would decide on words, and what it would cost; nothing is decided."""
    wanted = await call.json(Saying)
    state = await call.state()
    if not waits(state):
        raise Problem(409, "the shoot is at work: it takes words at the next stop", "not-waiting")
    checkpoint = state.checkpoint
    about = checkpoint.id if checkpoint else None
    if state.providers is not None and state.providers.direction == "claude":
        unread = Understood(checkpoint_id=about, director="claude", estimate=None)
        return JSONResponse(unread.model_dump(mode="json"))
    failed = checkpoint is not None and checkpoint.status == "failed"
    given = situation(state, failed=failed)
    reply = answer(wanted.text, given, state.transcript)
    understood = Understood(
        checkpoint_id=about,
        director="house",
        words=reply.words,
        decisions=reply.decisions,
        estimate=estimate(reply.decisions, state, given.stage),
    )
    return JSONResponse(understood.model_dump(mode="json"))
