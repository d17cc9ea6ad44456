"""The artifact store, on a real folder."""

from __future__ import annotations

import pytest

from studio.store import MissingArtifactError, sha256_of


async def test_what_is_put_is_got(store):
    """Content comes back as it was stored."""
    await store.put("shoots/a/x.bin", b"content")
    assert await store.get("shoots/a/x.bin") == b"content"
    assert await store.size("shoots/a/x.bin") == 7


async def test_missing_keys_say_so(store):
    """A key that was never stored raises, and has no size."""
    with pytest.raises(MissingArtifactError, match="nothing is stored under 'no/such'"):
        await store.get("no/such")
    assert await store.size("no/such") is None


async def test_files_go_in_and_out(store, tmp_path):
    """A file is stored and copied back whole."""
    source = tmp_path / "in.bin"
    source.write_bytes(bytes(range(256)) * 10_000)
    await store.put_file("k/file", source)
    await store.get_file("k/file", tmp_path / "deep" / "out.bin")
    assert sha256_of(tmp_path / "deep" / "out.bin") == sha256_of(source)


async def test_failed_copy_leaves_nothing(store, tmp_path):
    """A copy that cannot be made leaves no file behind."""
    with pytest.raises(MissingArtifactError):
        await store.get_file("no/such", tmp_path / "out" / "file")
    assert list((tmp_path / "out").iterdir()) == []


async def test_ranges_are_half_open(store):
    """``get_range`` takes start inclusive, end exclusive."""
    await store.put("k", b"0123456789")
    assert await store.get_range("k", 2, 5) == b"234"


async def test_keys_and_folders_are_listed_in_order(store):
    """Listing goes by folder and is sorted."""
    for key in ("shoots/b/1", "shoots/a/2", "shoots/a/1"):
        await store.put(key, b"x")
    assert await store.keys("shoots/a") == ["shoots/a/1", "shoots/a/2"]
    assert await store.folders("shoots") == ["a", "b"]
