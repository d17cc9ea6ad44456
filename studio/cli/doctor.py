"""``shoot doctor``: is everything here that a shoot needs, and if not, what to do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass

from temporalio.envconfig import ClientConfigProfile

from studio.cli.connection import open_store
from studio.cli.embedded import EmbeddedServerError, running_server, server_program
from studio.settings import SECRET_NAMES, Settings

MIN_FREE_BYTES = 2 * 1024**3


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
        _temporal(settings),
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


def _temporal(settings: Settings) -> Finding:
    address = ClientConfigProfile.load().address
    if address:
        return Finding("Temporal", True, f"cluster at {address}, from the environment")
    server = running_server(settings)
    if server:
        return Finding("Temporal", True, f"embedded, running at {server.address}, UI {server.ui}")
    try:
        return Finding("Temporal", True, f"embedded, not running ({server_program().name} found)")
    except EmbeddedServerError as error:
        return Finding("Temporal", False, "none", str(error))


async def _store(settings: Settings) -> Finding:
    try:
        store = open_store(settings)
        await store.size("shoots/none/shoot.json")
    except Exception as error:
        return Finding("Store", False, f"{settings.store_url}: {error}", "check SHOOT_STORE")
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
