"""Reference photos by owner: who uploaded what, so that content addresses give nothing away.

The photos themselves are stored once, by hash; beside them ``owners/{owner}/uploads/{name}`` holds
the description of each photo that this owner has uploaded.
"""

from __future__ import annotations

import asyncio
import re

from pydantic import ValidationError

from gateway.access import Person
from gateway.problems import Problem
from studio.references import admit, describe
from studio.shoot import Reference
from studio.store import ArtifactStore, MissingArtifactError

FILENAME = re.compile(r"[0-9a-f]{64}\.(?:jpg|png)")
MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png"}
_AT_ONCE = 2
"""How many photos are decoded together, each in a process of its own: one of 64 megapixels takes
some 300 MB for a moment, and 1.5 GB is the most that one may take."""
_OPEN = "_open"
"""The folder of a gateway without owners; no owner can be called that."""


class Photos:
    """The uploads of all owners."""

    def __init__(self, store: ArtifactStore) -> None:
        self._store = store
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def admit(self, person: Person, content: bytes, name: str) -> Reference:
        """Check and store a photo for its owner. Raises ``ReferenceRefusedError``."""
        async with self._slots:
            reference = await admit(self._store, content, name)
        marker = _marker(person, filename(reference))
        await self._store.put(marker, reference.model_dump_json().encode())
        return reference

    async def reference(self, person: Person, path: str) -> Reference:
        """The photo that ``path`` names. Raises 422 where ``person`` has uploaded no such one."""
        name = path.rpartition("/")[2]
        found = await self.find(person, name) if FILENAME.fullmatch(name) else None
        if found is None:
            raise Problem(
                422, f"{path[:100]}: no such reference; upload the photo first", "unknown-reference"
            )
        return found

    async def find(self, person: Person, name: str) -> Reference | None:
        """The photo stored as ``name``, if it is this person's."""
        try:
            return Reference.model_validate_json(await self._store.get(_marker(person, name)))
        except (MissingArtifactError, ValidationError):
            pass
        if person.owner is not None:
            return None
        try:
            return await describe(self._store, f"uploads/{name}")
        except MissingArtifactError:
            return None


def filename(reference: Reference) -> str:
    """The name a photo is stored by."""
    return reference.key.rpartition("/")[2]


def _marker(person: Person, name: str) -> str:
    return f"owners/{person.owner or _OPEN}/uploads/{name}"
