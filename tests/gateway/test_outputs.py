"""Media: whole, in part, revalidated, scaled, and always the right take."""

from __future__ import annotations

import asyncio
import io

import pytest
from PIL import Image

from tests.waiting import until

VIDEO = bytes(range(256)) * 400


@pytest.fixture
async def film(stack):
    """The address of a film."""
    shoot_id, _ = await stack.reach("complete")
    return f"/outputs/{shoot_id}/final/fashion-video.mp4"


async def test_whole_file(stack, film):
    """A film arrives whole, with its type, its size and its validator."""
    answer = await stack.http.get(film)
    assert answer.status_code == 200
    assert answer.content == VIDEO
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["content-length"] == str(len(VIDEO))
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["etag"].startswith('"')


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-199", 100, 200),
        ("bytes=-300", len(VIDEO) - 300, len(VIDEO)),
        ("bytes=102000-", 102_000, len(VIDEO)),
        ("bytes=102000-999999", 102_000, len(VIDEO)),
        ("bytes=-999999", 0, len(VIDEO)),
    ],
)
async def test_ranges(stack, film, asked, start, end):
    """First, middle, last, open-ended and overlong ranges are what they say."""
    answer = await stack.http.get(film, headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(VIDEO)}"
    assert answer.headers["content-length"] == str(end - start)
    assert answer.content == VIDEO[start:end]


@pytest.mark.parametrize("asked", ["bytes=102400-", "bytes=999999-1000000", "bytes=-0"])
async def test_unsatisfiable_ranges(stack, film, asked):
    """A range behind the end is a 416 that says how long the file is."""
    answer = await stack.http.get(film, headers={"Range": asked})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(VIDEO)}"


@pytest.mark.parametrize("asked", ["bytes=5-2", "lines=1-2", "bytes=0-1,5-6", "bytes=-", "x"])
async def test_ranges_to_ignore(stack, film, asked):
    """What is no single range of bytes is ignored, as HTTP has it."""
    answer = await stack.http.get(film, headers={"Range": asked})
    assert (answer.status_code, len(answer.content)) == (200, len(VIDEO))


async def test_if_range(stack, film):
    """A part is only sent of the very version that the client holds a part of."""
    etag = (await stack.http.head(film)).headers["etag"]
    same = await stack.http.get(film, headers={"Range": "bytes=0-9", "If-Range": etag})
    other = await stack.http.get(film, headers={"Range": "bytes=0-9", "If-Range": '"else"'})
    assert (same.status_code, other.status_code) == (206, 200)


async def test_head(stack, film):
    """HEAD has the headers of GET, for the whole and for a part, and no body."""
    whole = await stack.http.head(film)
    part = await stack.http.head(film, headers={"Range": "bytes=-5"})
    assert (whole.status_code, whole.headers["content-length"]) == (200, str(len(VIDEO)))
    assert (part.status_code, part.headers["content-length"]) == (206, "5")
    assert whole.content == part.content == b""


async def test_not_modified(stack, film):
    """Who holds this version is told so, and given nothing."""
    etag = (await stack.http.head(film)).headers["etag"]
    for held in (etag, f'"x", W/{etag}', "*"):
        answer = await stack.http.get(film, headers={"If-None-Match": held})
        assert (answer.status_code, answer.content) == (304, b"")


async def test_unknown_parameters_are_ignored(stack, film):
    """Clients that add a time to defeat caches get the same file."""
    assert (await stack.http.get(f"{film}?t=123")).content == VIDEO


async def test_download_name(stack, film):
    """A download has the file's name."""
    answer = await stack.http.get(f"{film}?download=1")
    assert answer.headers["content-disposition"] == 'attachment; filename="fashion-video.mp4"'


async def test_current_take_follows_the_shoot(stack):
    """The plain name is the take in use; a take's own address stays what it was."""
    shoot_id = await stack.begin()
    await stack.waiting(shoot_id)
    plain, first = f"/outputs/{shoot_id}/hero.png", f"/outputs/{shoot_id}/takes/hero/1/hero.png"
    before = await stack.http.get(plain)
    await stack.decide(shoot_id, type="revise", stage="hero", instruction="edgier")
    after = await stack.http.get(plain)
    assert before.headers["etag"] != after.headers["etag"]
    assert "no-cache" in after.headers["cache-control"]
    kept = await stack.http.get(first)
    assert kept.headers["etag"] == before.headers["etag"]
    assert "immutable" in kept.headers["cache-control"]


async def test_artifact_is_there_before_its_take(stack):
    """A clip can be looked at as soon as it has landed, while others are still in the making."""
    gate = asyncio.Event()

    async def hold(job):
        if job.item == "clip-4":
            await gate.wait()

    stack.studio.before = hold
    shoot_id, _ = await stack.reach("frames")
    body = {"decision": {"type": "approve"}}
    await stack.http.post(f"/api/shoots/{shoot_id}/decisions", json=body)
    path = f"/outputs/{shoot_id}/takes/clips/1/videos/video-2.mp4"

    async def there():
        found = await stack.http.get(path)
        return (found,) if found.status_code != 404 else None

    (answer,) = await until(there)
    missing = await stack.http.get(f"/outputs/{shoot_id}/takes/clips/1/videos/video-4.mp4")
    gate.set()
    assert answer.content == VIDEO
    assert "no-cache" in answer.headers["cache-control"]
    assert missing.status_code == 404


async def test_smaller_pictures(stack, picture):
    """A picture comes smaller when asked, never larger, and under a validator of its own."""
    shoot_id = await stack.begin()
    await stack.waiting(shoot_id)
    plain = f"/outputs/{shoot_id}/hero.png"
    small = await stack.http.get(f"{plain}?width=160")
    assert small.headers["content-type"] == "image/webp"
    assert Image.open(io.BytesIO(small.content)).size == (90, 60)
    assert small.headers["etag"] != (await stack.http.head(plain)).headers["etag"]
    assert (await stack.http.get(f"{plain}?width=161")).status_code == 422


async def test_record(stack):
    """The record of a shoot is among its outputs."""
    shoot_id = await stack.begin()
    await stack.waiting(shoot_id)
    answer = await stack.http.get(f"/outputs/{shoot_id}/shoot.json")
    assert answer.json()["id"] == shoot_id


@pytest.mark.parametrize(
    "path",
    [
        "frames/frame-1.png",
        "takes/hero/2/hero.png",
        "takes/hero/x/hero.png",
        "takes/hero/1",
        "takes/nothing/1/hero.png",
        "takes/hero/1/%2e%2e/%2e%2e/%2e%2e/shoot.json",
        "%2e%2e/%2e%2e/etc/passwd",
        "../../uploads/x.png",
    ],
)
async def test_nothing_there(stack, path):
    """What a shoot does not have is a 404, also by clever addresses."""
    shoot_id = await stack.begin()
    await stack.waiting(shoot_id)
    answer = await stack.http.get(f"/outputs/{shoot_id}/{path}")
    assert answer.status_code == 404
