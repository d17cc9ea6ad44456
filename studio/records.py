"""Records: shoots as the artifact store remembers them, after Temporal has forgotten.

``shoots/{id}/shoot.json`` holds the state at the last checkpoint or the end, and
``shoots/{id}/events/{first}-{last}.jsonl`` the events, one ``{"offset", "event"}`` a line.
Segments may overlap where a write was repeated; readers go by offset.
"""

from __future__ import annotations

import json
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
        key = f"{_events_folder(shoot_id)}/{events[0].offset:09d}-{events[-1].offset:09d}.jsonl"
        await self.store.put(key, "".join(lines).encode())

    async def events(self, shoot_id: str, start: int = 0) -> AsyncIterator[Recorded]:
        """The recorded events from offset ``start`` on, each once, in order."""
        due = start
        for key in await self.store.keys(_events_folder(shoot_id)):
            if int(key.rsplit("-", 1)[-1].removesuffix(".jsonl")) < due:
                continue
            for line in (await self.store.get(key)).splitlines():
                entry = json.loads(line)
                if entry["offset"] >= due:
                    due = entry["offset"] + 1
                    event = json.dumps(entry["event"], ensure_ascii=False, separators=(",", ":"))
                    yield Recorded(entry["offset"], event)

    async def shoots(self) -> list[str]:
        """The ids of all recorded shoots."""
        return await self.store.folders("shoots")


def record_key(shoot_id: str) -> str:
    """The key of a shoot's record."""
    return f"shoots/{shoot_id}/shoot.json"


def _events_folder(shoot_id: str) -> str:
    return f"shoots/{shoot_id}/events"
