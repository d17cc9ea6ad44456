"""Records: shoots as the artifact store remembers them, after Temporal has forgotten.

``shoots/{id}/shoot.json`` holds the state at the last checkpoint or the end, and
``shoots/{id}/events/{first}-{last}-{written}.jsonl`` the events, one ``{"offset", "event"}`` a
line. Segments overlap where a write was repeated, and where the shoot was set back to an older
day and went on otherwise: where two differ, what was written later is true from there on.
"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import NamedTuple

from studio.model import Model
from studio.shoot import ShootState
from studio.stages import ShootStatus, Stage
from studio.store import ArtifactStore, MissingArtifactError


class Recorded(NamedTuple):
    """One event as it was published: its offset, and the event as JSON text."""

    offset: int
    event: str


class _Segment(NamedTuple):
    """The offsets that a stored piece of the event log reaches over, and when it was written."""

    first: int
    last: int
    written: int
    key: str

    @classmethod
    def of(cls, key: str) -> _Segment:
        """From its key; those of November 2026 and before do not say when they were written."""
        first, last, *written = key.rpartition("/")[2].removesuffix(".jsonl").split("-")
        return cls(int(first), int(last), int(written[0]) if written else 0, key)


class Summary(Model):
    """A line in a list of shoots."""

    id: str
    title: str
    owner: str | None
    stage: Stage
    status: ShootStatus
    created_at: datetime


class Records:
    """Reads and writes the records of shoots."""

    def __init__(self, store: ArtifactStore) -> None:
        self.store = store

    async def save(self, state: ShootState) -> None:
        """Write ``shoot.json``."""
        await self.store.put(record_key(state.id), state.model_dump_json(indent=1).encode())

    async def state(self, shoot_id: str) -> ShootState | None:
        """The recorded state, or ``None`` where there is no record."""
        try:
            content = await self.store.get(record_key(shoot_id))
        except MissingArtifactError:
            return None
        return ShootState.model_validate_json(content)

    async def append(self, shoot_id: str, events: Sequence[Recorded]) -> None:
        """Write a segment of consecutive events; nothing where there are none."""
        if not events:
            return
        lines = (f'{{"offset":{offset},"event":{event}}}\n' for offset, event in events)
        span = f"{events[0].offset:09d}-{events[-1].offset:09d}"
        key = f"{_events_folder(shoot_id)}/{span}-{time.time_ns():020d}.jsonl"
        await self.store.put(key, "".join(lines).encode())

    async def events(self, shoot_id: str, start: int = 0) -> AsyncIterator[Recorded]:
        """The recorded events from offset ``start`` on, each once, in order."""
        segments = [_Segment.of(key) for key in await self.store.keys(_events_folder(shoot_id))]
        if any(one.last >= next_one.first for one, next_one in itertools.pairwise(segments)):
            for event in await self._merged(segments):
                if event.offset >= start:
                    yield event
            return
        for segment in segments:
            if segment.last >= start:
                for event in await self._read(segment):
                    if event.offset >= start:
                        yield event

    async def _merged(self, segments: Sequence[_Segment]) -> list[Recorded]:
        """The events of segments that overlap, taken in the order of their writing."""
        log: dict[int, Recorded] = {}
        for segment in sorted(segments, key=lambda one: (one.written, one.first, one.last)):
            events = await self._read(segment)
            if any(log.get(event.offset, event) != event for event in events):
                log = {offset: event for offset, event in log.items() if offset < segment.first}
            log.update((event.offset, event) for event in events)
        return [log[offset] for offset in sorted(log)]

    async def _read(self, segment: _Segment) -> list[Recorded]:
        entries = map(json.loads, (await self.store.get(segment.key)).splitlines())
        return [Recorded(entry["offset"], _compact(entry["event"])) for entry in entries]

    async def shoots(self) -> list[str]:
        """The ids of all recorded shoots."""
        return await self.store.folders("shoots")


def record_key(shoot_id: str) -> str:
    """The key of a shoot's record."""
    return f"shoots/{shoot_id}/shoot.json"


def _compact(event: object) -> str:
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def _events_folder(shoot_id: str) -> str:
    return f"shoots/{shoot_id}/events"
