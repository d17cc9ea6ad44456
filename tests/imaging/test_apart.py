"""Decoding in a process that holds nothing."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from imaging import apart
from imaging.storing import RefusedError
from imaging.thumbnails import UnfitError

CASES = Path(__file__).parent / "cases"


async def test_a_photo_is_kept() -> None:
    """The answer is the picture as it is stored."""
    stored = await apart.keep((CASES / "photo.heic").read_bytes())
    assert (stored.extension, stored.width, stored.height) == ("jpg", 320, 160)
    assert Image.open(io.BytesIO(stored.data)).format == "JPEG"


async def test_refusals_come_back_in_words() -> None:
    """What the other process refuses is refused here, with its code."""
    with pytest.raises(RefusedError, match="export it anew") as refused:
        await apart.keep(b"GIF89a not really")
    assert refused.value.code == "not-an-image"


async def test_thumbnails_are_srgb_and_upright() -> None:
    """A small copy has the colours of the chart, and no profile that says otherwise."""
    small = Image.open(
        io.BytesIO(await apart.small((CASES / "photo-adobe-rgb.jpg").read_bytes(), 160))
    )
    assert small.size == (160, 80)
    assert "icc_profile" not in small.info
    assert np.abs(np.asarray(small.convert("RGB"))[40, 30].astype(int) - (40, 200, 40)).max() <= 8


@pytest.mark.parametrize("content", [b"nothing", (CASES / "photo-32x100000.png").read_bytes()])
async def test_no_thumbnail_of_absurdities(content: bytes) -> None:
    """What cannot be made small is told, and is no accident."""
    with pytest.raises(UnfitError):
        await apart.small(content, 160)


@pytest.mark.skipif(sys.platform != "linux", reason="Landlock is Linux's")
def test_nothing_can_be_reached_from_there() -> None:
    """Once confined, the process can neither open a file nor look at its parent."""
    attack = (
        "import imaging.__main__ as m; m._prepare(); m._confine()\n"
        "import os\n"
        f"for path in ('/etc/passwd', '/proc/{os.getpid()}/environ', '/proc/{os.getpid()}/mem'):\n"
        "    try: open(path, 'rb').read(1)\n"
        "    except OSError: pass\n"
        "    else: print('opened', path)\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", attack], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
