"""Reference photos on their way in."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from studio.references import ReferenceRefusedError, admit


async def test_same_photo_is_one_upload(store, photo):
    """The same content twice is stored once, whatever its name."""
    first = await admit(store, photo(), "a.jpg")
    second = await admit(store, photo(), "b.jpg")
    assert first.key == second.key
    assert await store.keys("uploads") == [first.key]


async def test_orientation_is_applied_and_metadata_stripped(store, photo):
    """A photo turned by EXIF comes in upright, and its EXIF (with GPS) does not."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "secret place"
    reference = await admit(store, photo((64, 48), exif=exif.tobytes()), "turned.jpg")
    stored = await store.get(reference.key)
    assert (reference.width, reference.height) == (48, 64)
    assert b"secret place" not in stored
    assert not Image.open(io.BytesIO(stored)).getexif()


@pytest.mark.parametrize(("format", "ending"), [("PNG", ".png"), ("WEBP", ".jpg"), ("GIF", ".png")])
async def test_kinds_are_kept(store, photo, format, ending):
    """What came with losses is stored as JPEG, the rest as PNG."""
    reference = await admit(store, photo(format=format), "x")
    assert reference.key.endswith(ending)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"GIF89a not really", "not a readable"),
        (b"", "not a readable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a readable"),
        (b"x" * (10 * 1024 * 1024 + 1), "at most 10 MB"),
    ],
)
async def test_what_is_no_photo_is_refused(store, content, words):
    """The error names the file, the rule and the remedy; nothing is stored."""
    with pytest.raises(ReferenceRefusedError, match=f"odd.bin: .*{words}"):
        await admit(store, content, "../../odd.bin")
    assert await store.keys("uploads") == []


async def test_truncated_photo_is_refused(store, photo):
    """Half a photo is no photo."""
    content = photo((640, 480))
    with pytest.raises(ReferenceRefusedError, match="export it anew"):
        await admit(store, content[: len(content) // 2], "half.jpg")


async def test_absurd_size_is_refused_from_the_header(store):
    """A header that promises billions of pixels costs no memory."""
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(ReferenceRefusedError, match=r"64,000,000.*scale it down"):
        await admit(store, out.getvalue(), "bomb.png")


async def test_tiny_photo_is_refused(store, photo):
    """A picture of a few pixels shows nothing."""
    with pytest.raises(ReferenceRefusedError, match="at least 32"):
        await admit(store, photo((8, 8)), "dot.jpg")
