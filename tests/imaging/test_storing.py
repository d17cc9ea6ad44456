"""What is kept of uploaded pictures: right colours, no metadata, no more bytes than needed."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from imaging.storing import Kept, RefusedError, keep

CASES = Path(__file__).parent / "cases"
CHART = (
    *((200, 40, 40), (40, 200, 40), (40, 40, 200), (225, 180, 150)),
    *((90, 60, 45), (128, 128, 128), (250, 250, 250), (20, 20, 20)),
)


def kept(name: str) -> Kept:
    """A case as it is stored."""
    return keep((CASES / name).read_bytes())


def pixels(stored: Kept) -> np.ndarray:
    """The stored picture's own numbers, which nobody converts any more."""
    return np.asarray(Image.open(io.BytesIO(stored.data)).convert("RGB")).astype(int)


def encoded(image: Image.Image, format: str, **options: object) -> bytes:
    """A file of ``image``."""
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def photo() -> Image.Image:
    """Something with the grain of a photo."""
    noise = np.random.default_rng(1).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    return Image.fromarray(noise).resize((800, 600), Image.Resampling.BICUBIC)


@pytest.mark.parametrize(
    ("name", "extension"),
    [
        ("photo-adobe-rgb.jpg", "jpg"),
        ("photo-display-p3.png", "png"),
        ("photo-mpo.jpg", "jpg"),
        ("photo.heic", "jpg"),
        ("photo-jpeg-comment-and-exif.jpg", "jpg"),
    ],
)
def test_colours_are_what_the_camera_meant(name: str, extension: str) -> None:
    """Whatever the file's own colours, what is stored is sRGB; its kind is kept."""
    stored = kept(name)
    picture = pixels(stored)
    height, width = picture.shape[:2]
    places = [int((number + 0.5) * width / 8) for number in range(8)]
    seen = [picture[height // 2, place] for place in places]
    assert stored.extension == extension
    assert np.abs(np.array(seen) - CHART).max() <= 6


def test_inks_are_read_by_their_profile() -> None:
    """CMYK is converted by its profile, not by arithmetic, as far as inks reach."""
    picture = pixels(kept("photo-cmyk-with-icc.jpg"))
    for place in (0, 3, 4, 5, 6, 7):
        assert np.abs(picture[80, int((place + 0.5) * 40)] - CHART[place]).max() <= 12


def test_deep_greys_keep_their_ramp() -> None:
    """16 bits become 8 evenly."""
    ramp = pixels(kept("grey16-ramp.png"))[..., 0]
    assert abs(ramp.mean() - 127.5) <= 1
    assert np.abs(ramp[0] - np.arange(256)).max() <= 1
    photo = pixels(kept("photo-16-bit-grey.png"))
    assert abs(photo[80, 20, 0] - 88) <= 1
    assert abs(photo[80, 220, 0] - 128) <= 1


def test_nothing_said_is_kept() -> None:
    """Neither comment, EXIF, XMP, Photoshop's block nor a profile is in what is stored."""
    stored = kept("photo-jpeg-comment-and-exif.jpg")
    assert b"SECRET" not in stored.data
    assert set(Image.open(io.BytesIO(stored.data)).info) <= {
        *("jfif", "jfif_version", "jfif_unit", "jfif_density"),
    }


@pytest.mark.parametrize("format", ["PNG", "WEBP", "TIFF", "GIF", "JPEG"])
def test_words_in_any_format_are_gone(photo: Image.Image, format: str) -> None:
    """What a format can carry beside its pixels does not get in."""
    exif = Image.Exif()
    exif[0x010E] = "SECRET"
    options = {"exif": exif.tobytes()} if format in ("PNG", "WEBP", "JPEG") else {}
    if format in ("GIF", "JPEG"):
        options["comment"] = b"SECRET"
    if format == "TIFF":
        options["description"] = "SECRET"
    came = encoded(photo, format, **options)
    assert b"SECRET" in came
    assert b"SECRET" not in keep(came).data


@pytest.mark.parametrize(
    ("format", "options"),
    [("WEBP", {"quality": 80}), ("JPEG", {"quality": 80}), ("AVIF", {"quality": 70})],
)
def test_photos_weigh_about_what_came(
    photo: Image.Image, format: str, options: dict[str, object]
) -> None:
    """What came with losses is stored with losses, at most twice as heavy or hardly lossy."""
    came = encoded(photo, format, **options)
    stored = keep(came)
    assert stored.extension == "jpg"
    assert len(stored.data) <= 2.5 * len(came)


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_keeps_its_very_pixels(photo: Image.Image, progressive: bool) -> None:
    """A JPEG that is right as it is loses nothing but what was beside its pixels."""
    came = encoded(photo, "JPEG", quality=80, progressive=progressive, comment=b"SECRET")
    stored = keep(came + b"<html>SECRET")
    before = np.asarray(Image.open(io.BytesIO(came))).astype(int)
    assert (pixels(stored) == before).all()
    assert len(stored.data) <= len(came)
    assert b"SECRET" not in stored.data


def test_a_turned_jpeg_keeps_its_weight(photo: Image.Image) -> None:
    """What has to be encoded anew is so with its own quantisation."""
    exif = Image.Exif()
    exif[0x0112] = 6
    came = encoded(photo, "JPEG", quality=80, exif=exif.tobytes())
    assert len(keep(came).data) <= 1.1 * len(came)


@pytest.mark.parametrize("format", ["PNG", "TIFF", "BMP", "GIF"])
def test_lossless_stays_lossless(photo: Image.Image, format: str) -> None:
    """What came without losses is stored without."""
    came = encoded(photo, format)
    stored = keep(came)
    shown = np.asarray(Image.open(io.BytesIO(came)).convert("RGB")).astype(int)
    assert stored.extension == "png"
    assert (pixels(stored) == shown).all()


@pytest.mark.parametrize("mode", ["P", "RGB", "L"])
def test_a_transparent_colour_stays_transparent(mode: str) -> None:
    """A file whose transparency is one colour of its own keeps it."""
    image = Image.new("RGB", (64, 64), (10, 200, 30))
    image.paste((255, 0, 255), (0, 0, 32, 64))
    key: dict[str, object] = {"P": 0, "RGB": (255, 0, 255), "L": 105}
    image = image.quantize(2) if mode == "P" else image.convert(mode)
    number = image.getpixel((5, 5))
    stored = keep(encoded(image, "PNG", transparency=number if mode != "RGB" else key["RGB"]))
    alpha = np.asarray(Image.open(io.BytesIO(stored.data)).convert("RGBA"))[..., 3]
    assert alpha[10, 5] == 0
    assert alpha[10, 60] == 255


def test_turned_cameras(photo: Image.Image) -> None:
    """A photo turned by EXIF is stored upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = keep(encoded(photo, "JPEG", exif=exif.tobytes()))
    assert (stored.width, stored.height) == (600, 800)


@pytest.mark.parametrize(
    "patch",
    [(b"\x00\x00\x00\x08", b"\x7f\xff\xff\xff"), (b"\x01\x12\x00\x03", b"\x01\x12\x00\x05")],
)
def test_broken_exif_costs_the_orientation_alone(
    photo: Image.Image, patch: tuple[bytes, bytes]
) -> None:
    """A photo whose EXIF leads nowhere is kept as it lies."""
    exif = Image.Exif()
    exif[0x0112] = 6
    came = encoded(photo, "JPEG", exif=b"Exif\x00\x00MM" + exif.tobytes()[8:])
    head = came[:400].replace(*patch)
    stored = keep(head + came[400:])
    assert stored.width * stored.height == 480_000


@pytest.mark.parametrize(("name", "code"), [("photo-32x100000.png", "too-long")])
def test_strips_are_refused(name: str, code: str) -> None:
    """A picture a hundred times as long as wide is no photo."""
    with pytest.raises(RefusedError) as refused:
        kept(name)
    assert refused.value.code == code


@pytest.fixture
def half(photo: Image.Image) -> Callable[[str], bytes]:
    """The first half of a file."""

    def cut(format: str) -> bytes:
        whole = encoded(photo, format)
        return whole[: len(whole) // 2]

    return cut


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP"])
def test_half_a_photo_is_refused(half: Callable[[str], bytes], format: str) -> None:
    """A file that broke off is no photo, whatever its format."""
    with pytest.raises(RefusedError, match="export it anew"):
        keep(half(format))
