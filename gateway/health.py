"""Whether the gateway lives, is ready, and what it counts."""

from __future__ import annotations

import asyncio
import shutil

from starlette.responses import JSONResponse, Response

from gateway.context import Call
from gateway.wire import Health, Readiness

_PATIENCE = 3.0
_PROBE = "health/probe"
MIN_FREE_BYTES = 100 * 1024**2


async def health(call: Call) -> JSONResponse:
    """The process answers."""
    return JSONResponse(Health().model_dump())


async def ready(call: Call) -> JSONResponse:
    """Whether Temporal, its workers and the store are within reach, and the disk has room."""
    temporal, workers, store = await asyncio.gather(_temporal(call), _workers(call), _store(call))
    disk = shutil.disk_usage(call.gateway.settings.home).free >= MIN_FREE_BYTES
    whole = temporal and workers and store and disk
    answer = Readiness(
        status="ok" if whole else "unavailable",
        temporal=temporal,
        workers=workers,
        store=store,
        disk=disk,
    )
    return JSONResponse(answer.model_dump(), 200 if whole else 503)


async def metrics(call: Call) -> Response:
    """The exposition for Prometheus."""
    text = call.gateway.metrics.text()
    return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")


async def _temporal(call: Call) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE):
            return await call.gateway.shoots.client.service_client.check_health()
    except Exception:  # whatever is wrong, the answer is no
        return False


async def _workers(call: Call) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE):
            return all((await call.gateway.shoots.queues_with_workers()).values())
    except Exception:  # whatever is wrong, the answer is no
        return False


async def _store(call: Call) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE):
            await call.gateway.store.size(_PROBE)
    except Exception:  # whatever is wrong, the answer is no
        return False
    return True
