"""The journal of orders: every paid order as it stands, in the store beside the shoot's takes.

The ledger lives in the workflow, whose database may be set back to an older day; what was bought
since then is found here, and is not bought again.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from studio.ledger import LedgerEntry
from studio.store import ArtifactStore, MissingArtifactError


@dataclass(frozen=True)
class OrderJournal:
    """The orders of one shoot by their keys, which end with a dot and a count."""

    store: ArtifactStore
    shoot_id: str

    async def put(self, entry: LedgerEntry) -> None:
        """Write the order as it stands now; a late intent does not hide another try's order."""
        if entry.state == "intent":
            known = await self.get(entry.id)
            if known is not None and entry.yields_to(known):
                return
        await self.store.put(self._key(entry.id), entry.model_dump_json().encode())

    async def get(self, order: str) -> LedgerEntry | None:
        """The order with the key ``order``, or ``None`` where it was never sent."""
        return await self._read(self._key(order))

    async def like(self, order: str) -> tuple[LedgerEntry, ...]:
        """Every order for the same content as ``order``, in the order of their counts."""
        keys = await self.store.keys(self._folder(order))
        found = [await self._read(key) for key in keys]
        return tuple(sorted((one for one in found if one), key=lambda one: _count(one.id)))

    async def _read(self, key: str) -> LedgerEntry | None:
        try:
            return LedgerEntry.model_validate_json(await self.store.get(key))
        except (MissingArtifactError, ValidationError):  # the latter: cut short by a full disk
            return None

    def _folder(self, order: str) -> str:
        return f"shoots/{self.shoot_id}/orders/{order.rpartition('.')[0]}"

    def _key(self, order: str) -> str:
        return f"{self._folder(order)}/{_count(order)}.json"


def _count(order: str) -> int:
    return int(order.rpartition(".")[2])
