"""The catalogue: the shoots that Temporal knows and those that only the archive remembers."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from studio.brief import title
from studio.records import Summary
from studio.stages import ShootStatus, Stage
from workflows import contract
from workflows.client import Shoots

_AT_ONCE = 16


@dataclass(frozen=True)
class Filter:
    """Which shoots are asked for; empty means all."""

    owner: str | None
    statuses: Collection[ShootStatus] = ()
    stages: Collection[Stage] = ()

    def query(self) -> str:
        """What Temporal's visibility narrows by. An owner's name is letters, digits, - and _."""
        mine = f" AND {contract.OWNER_ATTRIBUTE.name} = '{self.owner}'" if self.owner else ""
        return f"ExecutionStatus != 'ContinuedAsNew'{mine}"

    def fits(self, one: Summary) -> bool:
        """Whether a shoot is among those that are asked for."""
        return (
            (self.owner is None or self.owner == one.owner)
            and (not self.statuses or one.status in self.statuses)
            and (not self.stages or one.stage in self.stages)
        )


class Catalogue:
    """All shoots, newest first."""

    def __init__(self, shoots: Shoots) -> None:
        self._shoots = shoots
        self._resting: dict[str, Summary] = {}
        """Shoots that only the archive knows: nothing changes them, so each is read once."""

    async def find(self, wanted: Filter) -> list[Summary]:
        """The shoots that fit.

        Visibility cannot sort by our time of creation (a re-opened shoot has a new run), so an
        owner's shoots are all fetched and sorted here: a thousand are one request.
        """
        known = {one.id: one async for one in self._shoots.list(wanted.query(), limit=None)}
        for shoot_id in known:
            self._resting.pop(shoot_id, None)
        rest = [one for one in await self._shoots.records.shoots() if one not in known]
        rows = [*known.values(), *await self._read(rest)]
        return sorted((one for one in rows if wanted.fits(one)), key=rank, reverse=True)

    async def _read(self, ids: Collection[str]) -> list[Summary]:
        slots = asyncio.Semaphore(_AT_ONCE)

        async def read(shoot_id: str) -> None:
            async with slots:
                state = await self._shoots.records.state(shoot_id)
            if state is not None:
                self._resting[shoot_id] = Summary(
                    id=state.id,
                    title=title(state.brief),
                    owner=state.owner,
                    stage=state.stage,
                    status=state.status,
                    created_at=state.created_at,
                )

        await asyncio.gather(*(read(one) for one in ids if one not in self._resting))
        return [self._resting[one] for one in ids if one in self._resting]


def rank(one: Summary) -> tuple[datetime, str]:
    """What the catalogue is sorted by."""
    return one.created_at, one.id
