"""Reference photos on their way in: checked, set upright, stripped of metadata, addressed by hash.

What the store holds is a picture this module encoded itself; nothing of the uploaded file but its
pixels (and their colour profile) gets past here.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
from pathlib import PurePath

from PIL import Image, ImageOps, UnidentifiedImageError

from studio.shoot import Reference
from studio.store import ArtifactStore
from studio.text import printable

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 64_000_000
MIN_SIDE = 32
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class ReferenceRefusedError(ValueError):
    """A file that cannot be a reference; the message names the file, the rule and the remedy.

    ``code`` is ``too-large``, ``not-an-image``, ``too-many-pixels`` or ``too-small``.
    """

    def __init__(self, message: str, code: str = "not-an-image") -> None:
        super().__init__(message)
        self.code = code


async def describe(store: ArtifactStore, key: str) -> Reference:
    """Describe a reference that is stored. Raises ``MissingArtifactError``."""
    content = await store.get(key)
    with Image.open(io.BytesIO(content), formats=FORMATS) as image:
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
    clean, extension, width, height = await asyncio.to_thread(_clean, content, label)
    digest = hashlib.sha256(clean).hexdigest()
    key = f"uploads/{digest}.{extension}"
    if await store.size(key) is None:
        await store.put(key, clean)
    return Reference(
        key=key, name=label, sha256=digest, size=len(clean), width=width, height=height
    )


def _clean(content: bytes, name: str) -> tuple[bytes, str, int, int]:
    if len(content) > MAX_BYTES:
        raise ReferenceRefusedError(
            f"{name}: {len(content) / 1024**2:.1f} MB; a reference has at most "
            f"{MAX_BYTES // 1024**2} MB: export it smaller",
            "too-large",
        )
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            _check_size(image.size, name)
            upright = ImageOps.exif_transpose(image)
            return _encode(upright, image.format == "JPEG", image.info.get("icc_profile"))
    except ReferenceRefusedError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ReferenceRefusedError(
            f"{name}: more than {MAX_PIXELS:,} pixels: scale it down", "too-many-pixels"
        ) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise ReferenceRefusedError(
            f"{name}: not a readable JPEG, PNG, WebP or GIF: export it anew"
        ) from None


def _check_size(size: tuple[int, int], name: str) -> None:
    width, height = size
    if width * height > MAX_PIXELS:
        raise ReferenceRefusedError(
            f"{name}: {width}×{height} pixels; at most {MAX_PIXELS:,} are taken: scale it down",
            "too-many-pixels",
        )
    if min(width, height) < MIN_SIDE:
        raise ReferenceRefusedError(
            f"{name}: {width}×{height} pixels; each side needs at least {MIN_SIDE}: "
            "use a larger photo",
            "too-small",
        )


def _encode(
    image: Image.Image, photographic: bool, profile: bytes | None
) -> tuple[bytes, str, int, int]:
    """Encode anew: JPEG stays JPEG at high quality, everything else becomes PNG."""
    out = io.BytesIO()
    if image.mode not in ("RGB", "RGBA"):
        profile = None
    if photographic:
        image.convert("RGB").save(out, "JPEG", quality=95, subsampling=0, icc_profile=profile)
    else:
        kept = image if image.mode in ("RGB", "RGBA", "L", "LA") else image.convert("RGBA")
        kept.info = {}
        kept.save(out, "PNG", icc_profile=profile)
    return out.getvalue(), "jpg" if photographic else "png", image.width, image.height
