"""The cache: whole, bounded, and shared by workers that are killed at any moment."""

from __future__ import annotations

import asyncio
import hashlib
import os
import subprocess
import sys

import pytest

from studio.cache import ArtifactCache, DamagedArtifactError

PICTURE = b"picture" * 1000
SHA256 = hashlib.sha256(PICTURE).hexdigest()


@pytest.fixture
def cache(store, tmp_path):
    """A cache with room enough."""
    return ArtifactCache(store, tmp_path / "cache")


def _files(folder):
    return sorted(
        path.name for path in folder.rglob("*") if path.is_file() and path.name != ".lock"
    )


async def _stored(store, count, size=1000):
    """That many artifacts; returns their keys and hashes."""
    contents = [bytes([n]) * size for n in range(count)]
    for n, content in enumerate(contents):
        await store.put(f"k{n}", content)
    return [(f"k{n}", hashlib.sha256(content).hexdigest()) for n, content in enumerate(contents)]


async def test_fetches_once(store, cache):
    """The second fetch needs no store."""
    await store.put("k", PICTURE)
    first = await cache.fetch("k", SHA256)
    await store.put("k", b"something else")
    assert await cache.fetch("k", SHA256) == first
    assert first.read_bytes() == PICTURE


@pytest.mark.parametrize("content", [b"", b"swapped" * 1000, PICTURE[:-1]])
async def test_content_is_checked_when_read(store, cache, content):
    """A cached file that was emptied, swapped or cut is fetched again."""
    await store.put("k", PICTURE)
    path = await cache.fetch("k", SHA256)
    path.chmod(0o644)
    path.write_bytes(content)
    assert (await cache.fetch("k", SHA256)).read_bytes() == PICTURE


@pytest.mark.parametrize("content", [b"", b"tampered"])
async def test_damage_in_the_store_is_told(store, cache, tmp_path, content):
    """Content that is not what was promised is neither handed out nor kept; the remedy is told."""
    await store.put("k", content)
    with pytest.raises(DamagedArtifactError, match=r"k is damaged in the store.*backup and retry"):
        await cache.fetch("k", "0" * 64)
    assert _files(tmp_path / "cache") == []


async def test_the_least_recently_used_goes_first(store, tmp_path):
    """Above its limit the cache gives up what was used longest ago, never what it has just got."""
    cache = ArtifactCache(store, tmp_path / "cache", limit=3000)
    held = await _stored(store, 4)
    for age, (key, sha256) in enumerate(held[:3]):
        os.utime(await cache.fetch(key, sha256), (age, age))
    await cache.fetch(*held[0])  # used again: now the youngest
    await cache.fetch(*held[3])
    kept = {sha256 for _, sha256 in (held[0], held[3])}
    assert set(_files(tmp_path / "cache")) == kept


async def test_links_outlive_a_sweep(store, tmp_path):
    """What was handed out stays whole when the cache gives its own up, however small it is."""
    cache = ArtifactCache(store, tmp_path / "cache", limit=1)
    held = await _stored(store, 8)
    targets = [tmp_path / "job" / key for key, _ in held]
    await asyncio.gather(*(cache.link(*one, to) for one, to in zip(held, targets, strict=True)))
    found = [hashlib.sha256(path.read_bytes()).hexdigest() for path in targets]
    assert found == [sha256 for _, sha256 in held]
    cache.sweep()
    assert _files(tmp_path / "cache") == []


async def test_leftovers_of_killed_workers_are_swept(store, cache, tmp_path):
    """A file that was on its way when its worker was killed goes; one still on its way stays."""
    program = (
        "import sys, time; from pathlib import Path; from studio.cache import incoming\n"
        "with incoming(Path(sys.argv[1])) as file:\n"
        "    print(file.name, flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "cache")]
    fetching = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert fetching.stdout.readline()
    cache.sweep()
    assert len(_files(tmp_path / "cache")) == 1
    fetching.kill()
    fetching.wait()
    fetching.stdout.close()
    cache.sweep()
    assert _files(tmp_path / "cache") == []
