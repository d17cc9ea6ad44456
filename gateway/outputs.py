"""Outputs: the artifacts of a shoot by their names, of the takes in use or of a certain take."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath

from starlette.responses import Response

from gateway import media, pictures
from gateway.context import Call
from gateway.media import IMMUTABLE, REVALIDATE, Medium
from gateway.photos import FILENAME
from gateway.problems import Problem
from imaging.thumbnails import UnfitError
from studio.exporting import RECORD
from studio.shoot import Reference, ShootState
from studio.stages import ORDER, Stage
from studio.takes import Artifact
from workflows.client import NoSuchShootError


async def output(call: Call) -> Response:
    """An artifact, or the shoot's record."""
    path = str(call.request.path_params["path"])
    if path.startswith("takes/"):
        artifact, cache = await _of_some_take(call, path)
        return await _send(call, artifact, artifact.name, cache)
    state = await _state(call)
    if path == RECORD:
        content = state.model_dump_json(indent=1).encode()
        etag = f'"{hashlib.sha256(content).hexdigest()}"'
        return await media.send(
            call.request, Medium(len(content), etag, RECORD, REVALIDATE, content)
        )
    artifact = _current(state, path)
    return await _send(call, artifact, artifact.name, REVALIDATE)


async def upload(call: Call) -> Response:
    """A reference photo."""
    name = str(call.request.path_params["name"])
    found = None
    if FILENAME.fullmatch(name):
        found = await call.gateway.photos.find(call.person, name)
    if found is None:
        raise NoSuchShootError("no such upload")
    return await _send(call, found, name, IMMUTABLE)


async def _send(call: Call, held: Artifact | Reference, name: str, cache: str) -> Response:
    key, sha256, size = held.key, held.sha256, held.size
    width = call.request.query_params.get("width")
    if width is None or name.endswith(".mp4"):
        medium = Medium(size, f'"{sha256}"', name, cache, store=call.gateway.store, key=key)
        return await media.send(call.request, medium)
    if width not in map(str, pictures.WIDTHS):
        choice = ", ".join(map(str, pictures.WIDTHS))
        raise Problem(422, f"width={width[:20]}: pictures come in {choice} pixels", "invalid")
    try:
        small = await call.gateway.pictures.small(key, sha256, int(width))
    except UnfitError as unfit:
        raise Problem(422, f"{name}: {unfit}; ask for it without a width", "unfit") from None
    named = str(PurePosixPath(name).with_suffix(".webp"))
    medium = Medium(len(small), f'"{sha256}-{width}"', named, cache, small)
    return await media.send(call.request, medium)


async def _state(call: Call) -> ShootState:
    """The shoot as it is now; while the workers are away, as it was last recorded."""
    state = await call.gateway.prompt_state(call.shoot_id)
    state = state or await call.gateway.shoots.records.state(call.shoot_id)
    return state or await call.state()


async def _of_some_take(call: Call, path: str) -> tuple[Artifact, str]:
    """An artifact by its take: of the shoot as it is, which may have been set back to an older day
    and have made other takes under the same numbers since it was recorded."""
    parts = path.split("/", 3)
    if len(parts) != 4 or parts[1] not in set(Stage) or not parts[2].isascii():
        raise _nothing(path)
    stage, number, name = Stage(parts[1]), parts[2], parts[3]
    state = await call.gateway.prompt_state(call.shoot_id)
    if state is None:
        recorded = await call.gateway.shoots.records.state(call.shoot_id)
        known = recorded and number.isdecimal() and recorded.take(stage, int(number[:9]))
        state = recorded if recorded and known else await call.state()
    return _of_take(state, stage, number, name)


def _current(state: ShootState, path: str) -> Artifact:
    """The artifact of that name in the takes in use, or what has landed of the next."""
    for stage in reversed(ORDER):
        take = state.current_take(stage)
        for artifact in take.artifacts if take else ():
            if artifact.name == path:
                return artifact
    return _spare(state, path)


def _of_take(state: ShootState, stage: Stage, number: str, name: str) -> tuple[Artifact, str]:
    """A take's artifact; of a take that is being made, what has landed so far."""
    take = state.take(stage, int(number)) if number.isdecimal() and len(number) < 10 else None
    if take is None:
        if number == str(state.numbered.get(stage, 0)):
            return _spare(state, name), REVALIDATE
        raise _nothing(name)
    for artifact in take.artifacts:
        if artifact.name == name:
            return artifact, IMMUTABLE
    raise _nothing(name)


def _spare(state: ShootState, name: str) -> Artifact:
    for artifact in reversed(state.spare):
        if artifact.name == name:
            return artifact
    raise _nothing(name)


def _nothing(path: str) -> Problem:
    return Problem(404, f"this shoot has no {path[:200]} (yet)")
