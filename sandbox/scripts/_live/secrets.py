"""Keys from the environment, and no trace of them in anything that is said.

Keys are read where they are used, never passed on a command line, and masked in every text that
came from somewhere else, because providers quote what they were sent.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import quote

from sandbox.scripts._live.failure import Failure
from sandbox.scripts._outcomes import Code, Outcome

NAMES = ("FAL_KEY", "FAL_KEY_ID", "FAL_KEY_SECRET", "KLING_ACCESS_KEY", "KLING_SECRET_KEY")
_MASK = "•••"
_TOKEN = re.compile(r"eyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?")
_USABLE = re.compile(r"[\x21-\x7e]+")


def value(name: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """The key called ``name`` without surrounding blanks, ``None`` when unset or empty.

    Raises :class:`Failure` for a key that could not be sent in a header, without quoting it.
    """
    key = environ.get(name, "").strip()
    if not key:
        return None
    if not _USABLE.fullmatch(key):
        raise Failure(
            Outcome(
                Code.BAD_KEY,
                f"{name} holds blanks or characters that no key has; copy it again",
            )
        )
    return key


def fal_key(environ: Mapping[str, str] = os.environ) -> str | None:
    """fal's key: ``FAL_KEY``, else ``FAL_KEY_ID`` and ``FAL_KEY_SECRET`` joined as fal does."""
    if key := value("FAL_KEY", environ):
        return key
    name, secret = value("FAL_KEY_ID", environ), value("FAL_KEY_SECRET", environ)
    return f"{name}:{secret}" if name and secret else None


def kling_keys(environ: Mapping[str, str] = os.environ) -> tuple[str, str] | None:
    """Kling's access key and secret key, or ``None`` unless both are set."""
    access, secret = value("KLING_ACCESS_KEY", environ), value("KLING_SECRET_KEY", environ)
    return (access, secret) if access and secret else None


def mask(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """``text`` with every key, its usual encodings and every JSON web token made unreadable."""
    for form in sorted(_forms(environ), key=len, reverse=True):
        text = text.replace(form, _MASK)
    return _TOKEN.sub(_MASK, text)


def _forms(environ: Mapping[str, str]) -> set[str]:
    forms: set[str] = set()
    for name in NAMES:
        key = environ.get(name, "").strip()
        for part in {key, *key.split(":")}:
            if len(part) >= 6:
                forms |= {part, quote(part, safe=""), b64encode(part.encode()).decode()}
    return forms
