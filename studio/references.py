"""Reference photos on their way in: checked, set upright, stripped of metadata, addressed by hash.

What the store holds is a picture that was encoded here, in a process apart; nothing of the uploaded
file but its pixels gets past.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import PurePath

from PIL import Image

from imaging import apart
from imaging.storing import Kept, RefusedError
from studio.shoot import Reference
from studio.store import ArtifactStore
from studio.text import printable

MAX_BYTES = 10 * 1024 * 1024
STORED = ("JPEG", "PNG")


class ReferenceRefusedError(ValueError):
    """A file that cannot be a reference; the message names the file, the rule and the remedy.

    ``code`` is ``too-large``, or one of :class:`imaging.storing.RefusedError`'s.
    """

    def __init__(self, message: str, code: str = "not-an-image") -> None:
        super().__init__(message)
        self.code = code


async def describe(store: ArtifactStore, key: str) -> Reference:
    """Describe a reference that is stored. Raises ``MissingArtifactError``."""
    content = await store.get(key)
    with Image.open(io.BytesIO(content), formats=STORED) as image:
        width, height = image.size
    name = PurePath(key).name
    return Reference(
        key=key,
        name=name,
        sha256=PurePath(name).stem,
        size=len(content),
        width=width,
        height=height,
    )


async def admit(store: ArtifactStore, content: bytes, name: str) -> Reference:
    """Check ``content``, store it as ``uploads/{sha256}.{ext}`` and describe it.

    The same photo twice is one upload. Raises :class:`ReferenceRefusedError`.
    """
    label = printable(PurePath(name.replace("\\", "/")).name)[:200] or "photo"
    kept = await _clean(content, label)
    digest = hashlib.sha256(kept.data).hexdigest()
    key = f"uploads/{digest}.{kept.extension}"
    if await store.size(key) != len(kept.data):  # a full disk may have left an empty one
        await store.put(key, kept.data)
    return Reference(
        key=key,
        name=label,
        sha256=digest,
        size=len(kept.data),
        width=kept.width,
        height=kept.height,
    )


async def _clean(content: bytes, name: str) -> Kept:
    if len(content) > MAX_BYTES:
        raise ReferenceRefusedError(
            f"{name}: {len(content) / 1024**2:.1f} MB; a reference has at most "
            f"{MAX_BYTES // 1024**2} MB: export it smaller",
            "too-large",
        )
    try:
        return await apart.keep(content)
    except RefusedError as refused:
        raise ReferenceRefusedError(f"{name}: {refused}", refused.code) from None
