"""Shoots over HTTP: begin, list, look, decide, cancel, take home."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import UTC, datetime

from starlette.responses import JSONResponse, StreamingResponse

from gateway.access import Person
from gateway.context import Call, Gateway
from gateway.problems import Problem, rejected
from gateway.wire import Cancelling, DecisionRequest, NewShoot
from gateway.zipping import Entry, stream
from studio.decisions import Cancel, Decision, Receipt, SetBrief
from studio.exporting import RECORD, current_outputs
from studio.shoot import Brief, ShootState
from studio.stages import ShootStatus
from workflows import contract
from workflows.client import RejectedError

OVER = (ShootStatus.COMPLETE, ShootStatus.CANCELLED)


async def create(call: Call) -> JSONResponse:
    """Begin a shoot; the same ``Idempotency-Key`` again finds the same shoot."""
    key = call.header("idempotency-key")
    wanted = await call.json(NewShoot)
    references = tuple(
        [await call.gateway.photos.reference(call.person, path) for path in wanted.references]
    )
    brief = Brief(prompt=wanted.prompt, references=references, options=wanted.options)
    shoot_id = new_id(wanted.prompt) if key is None else keyed_id(call.person, key)
    state, new = await begin(call.gateway, call.person, shoot_id, brief)
    return JSONResponse(
        state.model_dump(mode="json"),
        201 if new else 200,
        {"Location": f"/api/shoots/{shoot_id}"},
    )


async def begin(
    gateway: Gateway, person: Person, shoot_id: str, brief: Brief
) -> tuple[ShootState, bool]:
    """Get or create. Returns the shoot and whether it is new.

    Raises ``NoSuchShootError`` where the id is taken by somebody else's shoot.
    """
    new = await gateway.shoots.start(shoot_id, brief, person.owner)
    await gateway.admit(person, shoot_id)
    state = await gateway.prompt_state(shoot_id)
    if state is None and new:
        now = datetime.now(UTC)
        state = ShootState(
            id=shoot_id, owner=person.owner, brief=brief, created_at=now, updated_at=now
        )
    return state or await gateway.shoots.state(shoot_id), new


async def get(call: Call) -> JSONResponse:
    """The shoot as it is now."""
    state = await call.state()
    return JSONResponse(state.model_dump(mode="json"))


async def decide(call: Call) -> JSONResponse:
    """Answer a checkpoint."""
    key = call.header("idempotency-key")
    wanted = await call.json(DecisionRequest)
    decision = wanted.decision.model_copy(
        update={
            "checkpoint_id": wanted.checkpoint_id or wanted.decision.checkpoint_id,
            "by": call.person.owner or "studio",
        }
    )
    if isinstance(decision, SetBrief) and decision.references is not None:
        photos = [
            await call.gateway.photos.reference(call.person, one.key) for one in decision.references
        ]
        decision = decision.model_copy(update={"references": tuple(photos)})
    receipt = await take(call.gateway, call.shoot_id, decision, key)
    return JSONResponse(receipt.model_dump(mode="json"), 202)


async def take(
    gateway: Gateway, shoot_id: str, decision: Decision, key: str | None = None
) -> Receipt:
    """Let the shoot take a decision. Raises 409 with the open checkpoint, or 422."""
    if isinstance(decision, Cancel) and decision.checkpoint_id is None:
        await _require_unfinished(gateway, shoot_id)
    try:
        return await gateway.shoots.decide(shoot_id, decision, key)
    except RejectedError as error:
        if error.code == contract.NOT_APPLICABLE:
            raise rejected(error) from None
        state = await gateway.shoots.state(shoot_id)
        current = state.checkpoint
        raise rejected(error, current.model_dump(mode="json") if current else None) from None


async def cancel(call: Call) -> JSONResponse:
    """End the shoot; what was made is kept."""
    await take(call.gateway, call.shoot_id, Cancel(by=call.person.owner or "studio"))
    return JSONResponse(Cancelling(id=call.shoot_id).model_dump(mode="json"), 202)


async def export(call: Call) -> StreamingResponse:
    """The takes in use and the record, as one zip."""
    state = await call.state()
    store = call.gateway.store
    record = state.model_dump_json(indent=1).encode()
    entries = [Entry(RECORD, content=record)]
    entries += [Entry(name, store=store, key=key) for name, key in current_outputs(state).items()]
    headers = {"Content-Disposition": f'attachment; filename="{state.id}.zip"'}
    return StreamingResponse(stream(entries), headers=headers, media_type="application/zip")


async def _require_unfinished(gateway: Gateway, shoot_id: str) -> None:
    state = await gateway.shoots.state(shoot_id)
    if state.status in OVER:
        raise Problem(409, f"the shoot is {state.status}: there is nothing to stop", "not-waiting")


def new_id(prompt: str) -> str:
    """A readable id: the day, the brief's first words, eight random characters."""
    words = re.findall(r"[a-z0-9]+", prompt.lower())[:4]
    day = datetime.now(UTC).strftime("%Y%m%d")
    return "-".join([day, *words])[:48].rstrip("-") + f"-{secrets.token_hex(4)}"


def keyed_id(person: Person, key: str) -> str:
    """The id that one person's key always leads to."""
    owner = person.owner or ""
    return "k-" + hashlib.sha256(f"{owner}\0{key}".encode()).hexdigest()[:32]
