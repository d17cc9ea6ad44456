"""Pictures for Claude: small enough to be cheap, large enough to see the clothes."""

from __future__ import annotations

import asyncio
import base64
import io
from pathlib import Path

from anthropic.types import ImageBlockParam

from imaging import reading

LONG_SIDE = 1024


async def picture(path: Path) -> ImageBlockParam:
    """The picture at ``path`` as a JPEG block of at most 1,024 pixels a side."""
    data = await asyncio.to_thread(_small, path)
    return {
        "type": "image",
        "source": {"type": "base64", "media_type": "image/jpeg", "data": data},
    }


def _small(path: Path) -> str:
    with reading.opened(path) as image:
        seen = reading.on_white(reading.upright(image))
        seen.thumbnail((LONG_SIDE, LONG_SIDE))
        out = io.BytesIO()
        seen.save(out, "JPEG", quality=85)
    return base64.b64encode(out.getvalue()).decode()
