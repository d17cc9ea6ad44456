"""Pictures in fal's storage: uploaded once per content, reused while their links live.

A file there is public to whoever has its link, so pictures go up without their metadata and with
an end date. The links are kept in a file that the caller hands in and out, because a sandbox
remembers nothing.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import fal_client
import httpx
import numpy as np

from sandbox.scripts import _events, _images
from sandbox.scripts._files import replacing
from sandbox.scripts._live import fit, signals
from sandbox.scripts._live.failure import Failure
from sandbox.scripts._outcomes import Code, Outcome, broken, clip, fal

LIFETIME = 7 * 24 * 3600
"""Seconds that fal keeps a file of ours."""

MARGIN = 6 * 3600
"""Seconds of life a link must have left to be used: a job may wait in a queue."""

MAX_SIDE = 4096
"""Pixels; larger references are scaled down, no model sees more."""

Send = Callable[[bytes, str, str], str]
"""Bytes, media type and file name to a link."""


class Uploads:
    """Links by content hash, in memory and in ``cache`` if there is one."""

    def __init__(self, send: Send, cache: Path | None = None) -> None:
        self._send = send
        self._cache = cache
        self._links = _read(cache) if cache else {}

    def link(self, picture: Path, prepared: bytes, form: str) -> str:
        """A link to ``picture`` that lives long enough, uploading it only if there is none.

        ``prepared`` is what goes up, as JPEG; ``form`` names how it was prepared, so that a
        picture sent in two forms has two links.
        """
        key = f"{hashlib.sha256(picture.read_bytes()).hexdigest()}-{form}"
        known = self._links.get(key)
        if known and float(known["expires"]) > time.time() + MARGIN:
            return str(known["url"])
        _events.status(f"Uploading {picture.name}")
        url = self._send(prepared, "image/jpeg", f"{key[:16]}.jpg")
        self._links[key] = {"url": url, "expires": time.time() + LIFETIME}
        self._write()
        return url

    def doubt(self, end: Outcome) -> None:
        """Where a job ended because fal could not read a picture, forget all links: a job that was
        resumed does not know which of them were its own."""
        if "image_url" in (end.field or ""):
            self._links.clear()
            self._write()

    def _write(self) -> None:
        if self._cache is not None:
            with replacing(self._cache) as temporary:
                temporary.write_text(json.dumps(self._links, indent=1, sort_keys=True))


def _read(cache: Path) -> dict[str, dict[str, str | float]]:
    try:
        held = json.loads(cache.read_text())
        return {
            str(key): {"url": str(kept["url"]), "expires": float(kept["expires"])}
            for key, kept in held.items()
        }
    except FileNotFoundError:
        return {}
    except (AttributeError, KeyError, TypeError, ValueError, OSError):
        _events.status(f"{cache.name} is no list of uploads; everything is uploaded again")
        return {}


def reference(picture: Path) -> bytes:
    """The picture upright, without metadata, at most ``MAX_SIDE`` pixels a side, as JPEG.

    Raises :class:`ScriptError` naming the file if it is no readable picture.
    """
    pixels = _images.read(picture)
    height, width = pixels.shape[:2]
    scale = min(1.0, MAX_SIDE / max(height, width))
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return fit.jpeg(pixels, 95)


def storage(key: str, timeout: float, within: float) -> Send:
    """Send to fal's storage by fal's own client; free of charge, so its repeats do no harm.

    ``timeout`` bounds one exchange and ``within`` all of them, in seconds. The fallback to
    another store is off: a sandbox reaches fal's hosts only.
    """
    client = fal_client.SyncClient(key=key, default_timeout=timeout)
    keep = fal_client.StorageSettings(expires_in=LIFETIME)

    def send(data: bytes, media_type: str, name: str) -> str:
        try:
            with signals.within(within):
                return client.upload(data, media_type, name, fallback_repository=[], lifecycle=keep)
        except httpx.HTTPStatusError as error:
            answer = error.response
            raise Failure(fal(answer.status_code, answer.headers, answer.text)) from error
        except fal_client.FalClientHTTPError as error:
            answer = error.response
            raise Failure(fal(answer.status_code, answer.headers, answer.text)) from error
        except httpx.HTTPError as error:
            raise Failure(broken("fal's storage", error)) from error
        except (KeyError, TypeError, ValueError) as odd:
            words = f"fal's storage answered oddly ({type(odd).__name__}: {clip(odd)})"
            raise Failure(Outcome(Code.RETRY, words)) from odd
        except signals.TimeUp:
            words = f"fal's storage did not take {name} within {within:g} s"
            raise Failure(Outcome(Code.RETRY, words)) from None

    return send
