"""The artifact store, on a real folder."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from studio.store import ArtifactStore, MissingArtifactError, StoreAwayError, sha256_of


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


@pytest.fixture
async def hanging(monkeypatch):
    """An s3:// store behind which a server takes connections and never answers."""

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    options = {
        "aws_endpoint_url": f"http://127.0.0.1:{port}",
        "aws_region": "us-east-1",
        "aws_access_key_id": "a",
        "aws_secret_access_key": "b",
    }
    yield ArtifactStore.open("s3://shoots", options, patience=timedelta(milliseconds=100))
    server.close()


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.get("k"),
        lambda store: store.put("k", b"x"),
        lambda store: store.get_range("k", 0, 1),
        lambda store: store.size("k"),
        lambda store: store.keys("k"),
        lambda store: store.folders("k"),
        lambda store: anext(store.stream("k")),
    ],
)
async def test_hanging_store_is_given_up(hanging, ask):
    """Whatever is asked of a store that never answers ends in time, in words."""
    with pytest.raises(StoreAwayError, match="has not answered within"):
        await ask(hanging)


async def test_unreachable_store_says_so(monkeypatch):
    """Where nothing listens, the store is out of reach; that is no missing artifact."""
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    options = {"aws_endpoint_url": "http://127.0.0.1:1", "aws_region": "us-east-1"}
    keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
    store = ArtifactStore.open("s3://shoots", {**options, **keys})
    with pytest.raises(StoreAwayError, match="out of reach"):
        await store.size("k")
