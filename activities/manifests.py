"""Manifests: what a job made, found by what was asked, never by where it was asked.

A database that is restored from an older backup, or a workflow that is reset, counts its takes
again: the same place in the shoot may then be asked for something else.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from studio.cache import ArtifactCache, DamagedArtifactError
from studio.store import ArtifactStore, MissingArtifactError
from workflows.tasks import Job, Produced


@dataclass(frozen=True)
class Manifests:
    """The manifests of all jobs. One is written after all files that it lists."""

    store: ArtifactStore
    cache: ArtifactCache

    async def find(self, job: Job) -> Produced | None:
        """What ``job`` made when it was done before, if all of it is still whole."""
        for key in (_key(job), f"{job.folder}/{job.item}.json"):  # the latter until November 2026
            try:
                made = Produced.model_validate_json(await self.store.get(key))
            except (MissingArtifactError, ValidationError):
                continue
            if tuple(one.fingerprint for one in made.artifacts) == job.prints:
                return made if await self._whole(made) else None
        return None

    async def keep(self, job: Job, made: Produced) -> None:
        """Remember what ``job`` made; its files are in the store by now."""
        await self.store.put(_key(job), made.model_dump_json().encode())

    async def _whole(self, made: Produced) -> bool:
        """Whether every file is what it was; the next job reads them, so the cache takes them."""
        try:
            for artifact in made.artifacts:
                await self.cache.fetch(artifact.key, artifact.sha256)
        except (MissingArtifactError, DamagedArtifactError):
            return False
        return True


def _key(job: Job) -> str:
    return f"shoots/{job.shoot_id}/made/{job.fingerprint}.json"
