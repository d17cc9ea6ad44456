"""Records: what the store remembers of a shoot."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from studio.records import Recorded, Records
from studio.shoot import Brief, ShootState
from studio.store import ArtifactStore

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def _events(first: int, last: int) -> list[Recorded]:
    return [Recorded(n, f'{{"type":"status","message":"é {n}"}}') for n in range(first, last + 1)]


async def _read(records: Records, start: int = 0) -> list[Recorded]:
    return [event async for event in records.events("s", start)]


async def test_state_comes_back_as_it_was(store):
    """A state survives its record."""
    state = ShootState(id="s", brief=Brief(prompt="ä brief"), created_at=NOW, updated_at=NOW)
    records = Records(store)
    await records.save(state)
    assert await records.state("s") == state
    assert await records.state("other") is None
    assert await records.shoots() == ["s"]


async def test_events_are_read_from_any_offset(store):
    """Segments join without a gap, from any offset."""
    records = Records(store)
    await records.append("s", _events(0, 4))
    await records.append("s", _events(5, 9))
    assert await _read(records) == _events(0, 9)
    assert await _read(records, 7) == _events(7, 9)


async def test_repeated_segments_count_once(store):
    """A write that was repeated, and reached further, duplicates nothing."""
    records = Records(store)
    await records.append("s", _events(0, 4))
    await records.append("s", _events(0, 6))
    await records.append("s", _events(5, 9))
    assert await _read(records) == _events(0, 9)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6), st.integers(0, 30))
async def test_any_segmentation_reads_the_same(tmp_path_factory, sizes, start):
    """However the events were cut into segments, reading gives each once, in order."""
    records = Records(ArtifactStore.open(tmp_path_factory.mktemp("store").as_uri()))
    first = 0
    for size in sizes:
        await records.append("s", _events(first, first + size - 1))
        first += size
    assert await _read(records, start) == _events(0, first - 1)[start:]


def _other(first: int, last: int) -> list[Recorded]:
    return [
        Recorded(n, f'{{"type":"status","message":"other {n}"}}') for n in range(first, last + 1)
    ]


async def test_what_was_set_back_is_told_once(store):
    """A shoot set back to an older day goes on otherwise: its log is the later course alone."""
    records = Records(store)
    for first in range(0, 30, 10):
        await records.append("s", _events(first, first + 9))
    await records.append("s", [*_events(5, 7), *_other(8, 12)])
    await records.append("s", _other(13, 14))
    assert await _read(records) == [*_events(0, 7), *_other(8, 14)]


async def test_late_repeats_lose_nothing(store):
    """A repeated write that reached less far than the first, and came after it, hides nothing."""
    records = Records(store)
    await records.append("s", _events(0, 6))
    await records.append("s", _events(0, 4))
    await records.append("s", _events(7, 9))
    assert await _read(records) == _events(0, 9)


async def test_older_segments_are_read(store):
    """Segments written before their keys said when."""
    records = Records(store)
    lines = "".join(f'{{"offset":{one.offset},"event":{one.event}}}\n' for one in _events(0, 4))
    await store.put("shoots/s/events/000000000-000000004.jsonl", lines.encode())
    await records.append("s", _events(5, 9))
    assert await _read(records, 3) == _events(3, 9)
