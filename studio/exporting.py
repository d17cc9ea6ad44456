"""What a shoot hands over: the takes in use under their names in the shoot, and its record."""

from __future__ import annotations

from pathlib import Path

from studio.records import record_key
from studio.shoot import ShootState
from studio.stages import ORDER
from studio.store import ArtifactStore

RECORD = "shoot.json"


def current_outputs(state: ShootState) -> dict[str, str]:
    """Name in the shoot → store key, for every artifact of every take in use."""
    outputs: dict[str, str] = {}
    for stage in ORDER:
        take = state.current_take(stage)
        if take is not None:
            outputs.update({artifact.name: artifact.key for artifact in take.artifacts})
    return outputs


async def export(store: ArtifactStore, state: ShootState, folder: Path) -> list[Path]:
    """Copy the takes in use and the record to ``folder``; returns the files' paths."""
    written = []
    for name, key in current_outputs(state).items():
        await store.get_file(key, folder / name)
        written.append(folder / name)
    if await store.size(record_key(state.id)) is not None:
        await store.get_file(record_key(state.id), folder / RECORD)
        written.append(folder / RECORD)
    return written
