"""Uploads: good photos kept, bad ones explained, nothing but the picture stored."""

from __future__ import annotations

import io

import pytest
from PIL import Image

BIG = b"\xff\xd8\xff\xe0" + bytes(10 * 1024 * 1024)


def jpeg(size=(80, 40), **options):
    """A small photo."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG", **options)
    return out.getvalue()


async def upload(stack, *files, path="/api/uploads"):
    """Upload named files."""
    parts = [("images", (name, content, "application/x-wrong")) for name, content in files]
    return await stack.http.post(path, files=parts)


async def test_photo_comes_back(stack):
    """An uploaded photo is described and can be fetched."""
    answer = await upload(stack, ("me.jpg", jpeg()))
    assert answer.status_code == 200
    taken = answer.json()["files"][0]
    assert (taken["originalName"], taken["mimetype"]) == ("me.jpg", "image/jpeg")
    assert (taken["width"], taken["height"]) == (80, 40)
    photo = await stack.http.get(taken["url"])
    assert (photo.status_code, len(photo.content)) == (200, taken["size"])
    assert "immutable" in photo.headers["cache-control"]
    assert (await stack.http.head(taken["url"])).headers["content-length"] == str(taken["size"])


async def test_type_is_by_content(stack, picture):
    """A PNG called .jpg is a PNG."""
    answer = await upload(stack, ("me.jpg", picture()))
    assert answer.json()["files"][0]["mimetype"] == "image/png"


async def test_same_photo_twice(stack):
    """The same photo is one upload, whatever it is called."""
    answer = await upload(stack, ("a.jpg", jpeg()), ("b.jpg", jpeg()))
    paths = [one["path"] for one in answer.json()["files"]]
    assert (len(paths), len(set(paths))) == (2, 1)


async def test_upright_without_metadata(stack):
    """A photo taken sideways is stored upright, and without where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    answer = await upload(stack, ("me.jpg", jpeg(exif=exif)))
    taken = answer.json()["files"][0]
    assert (taken["width"], taken["height"]) == (40, 80)
    content = (await stack.http.get(taken["url"])).content
    assert len(Image.open(io.BytesIO(content)).getexif()) == 0


async def test_bad_file_beside_good_ones(stack):
    """The good photos are kept; each bad file is named with what is wrong with it."""
    files = [
        ("a.jpg", jpeg()),
        ("notes.txt", b"hello"),
        ("big.jpg", BIG),
        ("b.jpg", jpeg((50, 50))),
    ]
    answer = await upload(stack, *files, ("dot.jpg", jpeg((8, 8))))
    assert (answer.status_code, answer.json()["count"]) == (200, 2)
    faults = {one["file"]: one["code"] for one in answer.json()["errors"]}
    assert faults == {"notes.txt": "not-an-image", "big.jpg": "too-large", "dot.jpg": "too-small"}


@pytest.mark.parametrize(
    ("content", "status"), [(BIG, 413), (b"hello", 415), (b"", 415), (jpeg((8, 8)), 422)]
)
async def test_nothing_but_bad_files(stack, content, status):
    """Where no file is good the answer is an error that lists them."""
    answer = await upload(stack, ("x.jpg", content))
    assert answer.status_code == status
    assert answer.json()["errors"][0]["file"] == "x.jpg"
    assert answer.json()["message"]


async def test_ten_at_once(stack):
    """Ten files are taken, the eleventh is refused by name."""
    files = [(f"{number}.jpg", jpeg((40 + number, 40))) for number in range(11)]
    answer = await upload(stack, *files)
    assert answer.json()["count"] == 10
    assert [one["file"] for one in answer.json()["errors"]] == ["10.jpg"]


async def test_form_without_files(stack):
    """A form without a file says what is missing."""
    answer = await stack.http.post("/api/uploads", files={"note": (None, "hello")})
    assert (answer.status_code, answer.json()["code"]) == (400, "no-file")


async def test_no_form(stack):
    """What is no form is refused by its type."""
    answer = await stack.http.post("/api/uploads", json={"images": []})
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"garbage",
        b'--b\r\nContent-Disposition: form-data; name="images"; filename="a.jpg"\r\n\r\nhalf',
    ],
)
async def test_broken_forms(stack, body):
    """A form that cannot be read or breaks off is a 400."""
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = await stack.http.post("/api/uploads", content=body, headers=headers)
    assert answer.status_code == 400


async def test_wicked_names(stack):
    """A file's name is only ever shown, and never more than its last part."""
    answer = await upload(stack, ("../../etc/passwd", b"x"), ("..\\evil.jpg", jpeg()))
    assert answer.json()["files"][0]["originalName"] == "evil.jpg"
    assert answer.json()["errors"][0]["file"] == "passwd"


async def test_brief_with_references(stack):
    """A brief names photos by their paths, and the shoot knows all about them."""
    path = (await upload(stack, ("me.jpg", jpeg()))).json()["files"][0]["path"]
    answer = await stack.http.post("/api/shoots", json={"prompt": "a", "references": [path]})
    stack.started.append(answer.json()["id"])
    reference = answer.json()["brief"]["references"][0]
    assert (reference["key"], reference["name"]) == (path, "me.jpg")


async def test_session_upload_is_the_same(stack):
    """The session API's upload answers in the same form."""
    answer = await upload(stack, ("me.jpg", jpeg()), path="/api/upload")
    assert answer.json()["success"] is True
    assert set(answer.json()["files"][0]) >= {"originalName", "filename", "path", "size", "url"}


@pytest.mark.parametrize("name", ["x.png", "a" * 64 + ".gif", "0" * 64 + ".png"])
async def test_unknown_uploads(stack, name):
    """A name that is none, or nobody's, is a 404."""
    assert (await stack.http.get(f"/uploads/{name}")).status_code == 404


@pytest.mark.parametrize("length", [0, 71, 300])
async def test_wicked_boundary(stack, length):
    """A boundary that the standard does not allow is a 400 in words."""
    headers = {"Content-Type": f"multipart/form-data; boundary={'b' * length}"}
    answer = await stack.http.post("/api/uploads", headers=headers, content=b"--b\r\n")
    assert (answer.status_code, "boundary" in answer.json()["detail"]) == (400, True)


async def test_endless_parts(stack):
    """A form of very many parts is refused as soon as it has too many, in few words."""
    part = b'--b\r\nContent-Disposition: form-data; name="images"; filename=""\r\n\r\n\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    content = part * 10_000 + b"--b--\r\n"
    answer = await stack.http.post("/api/uploads", headers=headers, content=content)
    assert (answer.status_code, answer.json()["code"]) == (413, "too-many")
    assert len(answer.content) < 1000
