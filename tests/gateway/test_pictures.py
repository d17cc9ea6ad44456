"""Small pictures are kept, whole, and not for ever."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image

from gateway import pictures
from gateway.pictures import Pictures


async def _stored(store, colour):
    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "PNG")
    await store.put(colour, out.getvalue())
    return hashlib.sha256(out.getvalue()).hexdigest()


@pytest.mark.parametrize("spoil", [lambda _: b"", lambda whole: whole[:-9]], ids=["emptied", "cut"])
async def test_a_spoilt_picture_is_made_again(store, tmp_path, spoil):
    """What a full disk or a lost power supply has cut is noticed when it is read."""
    sha256 = await _stored(store, "red")
    made = await Pictures(store, tmp_path / "small").small("red", sha256, 160)
    (path,) = (tmp_path / "small").glob("??/*.webp")
    path.write_bytes(spoil(made))
    assert await Pictures(store, tmp_path / "small").small("red", sha256, 160) == made
    assert path.read_bytes() == made


async def test_the_oldest_pictures_go(store, tmp_path, monkeypatch):
    """Above the limit what was looked at longest ago is given up."""
    monkeypatch.setattr(pictures, "MAX_BYTES", 1)
    small = Pictures(store, tmp_path / "small")
    for colour in ("red", "green", "blue"):
        assert await small.small(colour, await _stored(store, colour), 160)
    assert len(list((tmp_path / "small").glob("??/*.webp"))) == 1
