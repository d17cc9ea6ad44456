"""``shoot doctor``: is everything here that a shoot needs, and if not, what to do."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from dataclasses import dataclass

from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.client import Client
from temporalio.envconfig import ClientConfigProfile
from temporalio.service import RPCError

from studio.cli.connection import NotRunningError, connect_running, open_store
from studio.cli.embedded import EmbeddedServerError, running_server, server_program
from studio.settings import SECRET_NAMES, Settings
from workflows.contract import SEARCH_ATTRIBUTES

MIN_FREE_BYTES = 2 * 1024**3
_PATIENCE_SECONDS = 10.0
_PROBE = "health/doctor"


@dataclass(frozen=True)
class Finding:
    """One thing looked at. ``remedy`` is empty where nothing is wrong."""

    name: str
    ok: bool
    found: str
    remedy: str = ""


async def examine(settings: Settings) -> list[Finding]:
    """Look at Python, sandbox, ffmpeg, Temporal, store, disk, keys and models."""
    return [
        _python(),
        await _sandbox(settings),
        _ffmpeg(),
        await _temporal(settings),
        _workers(settings),
        await _store(settings),
        _disk(settings),
        _keys(settings),
        _models(settings),
    ]


def _python() -> Finding:
    version = sys.version.split()[0]
    return Finding("Python", sys.version_info >= (3, 11), version, "")


async def _sandbox(settings: Settings) -> Finding:
    from activities.worker import sandbox_settings  # noqa: PLC0415 - loads OpenCV, only when asked
    from sandbox.session import diagnose  # noqa: PLC0415 - same

    diagnosis = await diagnose(sandbox_settings(settings))
    remedy = str(diagnosis.remedy or "") if diagnosis.problems else ""
    return Finding("Sandbox", diagnosis.backend is not None, str(diagnosis), remedy)


def _ffmpeg() -> Finding:
    from sandbox.scripts._ffmpeg import find  # noqa: PLC0415 - same

    program = find()
    first = subprocess.run([program, "-version"], capture_output=True, text=True, check=True)
    return Finding("ffmpeg", True, f"{first.stdout.splitlines()[0][:60]} ({program})")


async def _temporal(settings: Settings) -> Finding:
    """Whether a server answers, knows the search attributes, and has workers."""
    address = ClientConfigProfile.load().address
    server = None if address else running_server(settings)
    if not address and not server:
        try:
            found = f"embedded, not running ({server_program().name} found)"
            return Finding("Temporal", True, found)
        except EmbeddedServerError as error:
            return Finding("Temporal", False, "none", str(error))
    where = f"cluster at {address}" if address else f"embedded at {server and server.address}"
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            shoots = (await connect_running(settings)).shoots(settings)
            missing = await _missing_attributes(shoots.client)
            idle = [queue for queue, ok in (await shoots.queues_with_workers()).items() if not ok]
    except (NotRunningError, RPCError, TimeoutError) as error:
        said = str(error) or f"no answer within {_PATIENCE_SECONDS:.0f} s"
        return Finding("Temporal", False, f"{where}: {said}", "start it, or mend TEMPORAL_ADDRESS")
    if missing:
        remedy = f"register them as Keyword: {', '.join(missing)} (deploy/temporal-setup.sh does)"
        return Finding("Temporal", False, f"{where}, without search attributes", remedy)
    if idle:
        remedy = "start 'shoot worker' (or 'shoot up'): shoots wait until one is there"
        return Finding("Temporal", False, f"{where}, no worker on {', '.join(idle)}", remedy)
    return Finding("Temporal", True, f"{where}, with workers")


def _workers(settings: Settings) -> Finding:
    """Whether the worker processes of this home do anything."""
    from activities.liveness import STALE_SECONDS, standing_still  # noqa: PLC0415 - same

    stuck = standing_still(settings.home)
    found = ", ".join(f"process {pid}" for pid in stuck)
    if not stuck:
        return Finding("Workers", True, "none stands still")
    return Finding(
        "Workers",
        False,
        f"{found}: nothing heard for {STALE_SECONDS:.0f} s",
        "it is stopped or stuck: end it and start another; its work goes on there",
    )


async def _missing_attributes(client: Client) -> list[str]:
    request = ListSearchAttributesRequest(namespace=client.namespace)
    known = (await client.operator_service.list_search_attributes(request)).custom_attributes
    return [one.name for one in SEARCH_ATTRIBUTES if one.name not in known]


async def _store(settings: Settings) -> Finding:
    try:
        store = open_store(settings)
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await store.put(_PROBE, b"written by shoot doctor")
            await store.get(_PROBE)
    except Exception as error:
        said = str(error) or f"no answer within {_PATIENCE_SECONDS:.0f} s"
        return Finding("Store", False, f"{settings.store_url}: {said}", "check SHOOT_STORE")
    return Finding("Store", True, settings.store_url)


def _disk(settings: Settings) -> Finding:
    settings.home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.home).free
    return Finding(
        "Disk",
        free >= MIN_FREE_BYTES,
        f"{free / 1024**3:.1f} GB free at {settings.home}",
        "" if free >= MIN_FREE_BYTES else "free 2 GB, or set SHOOT_HOME to a larger disk",
    )


def _keys(settings: Settings) -> Finding:
    present = [name for name in SECRET_NAMES if name in settings.secrets]
    found = ", ".join(present) if present else "none: shoots are made as proofs"
    return Finding("Keys", True, found)


def _models(settings: Settings) -> Finding:
    """Whether the models that are set could make a film, with the keys that are here."""
    from activities.providers import unsuitable, who  # noqa: PLC0415 - same
    from studio.shoot import ShootOptions  # noqa: PLC0415 - same

    images, clips = who(ShootOptions(), settings)
    wrong = unsuitable(images, clips, settings)
    made = {"fal": settings.image_model, "proof": "proofs"}[images]
    moved = {
        "kling": f"{settings.kling_model} in mode {settings.kling_mode}",
        "fal": settings.fal_video_model,
        "proof": "proofs",
    }[clips]
    return Finding("Models", not wrong, f"pictures: {made}, clips: {moved}", "; ".join(wrong))
