"""The activities, as the workflow's contract names them, wired to what they need."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio import activity

from activities.archiving import archive
from activities.heartbeat import beating
from activities.producing import Producer
from activities.providers import choose
from activities.voice import speaking
from studio.director.house import HouseDirector
from studio.director.interface import Director, Opening, Reply
from studio.records import Records
from studio.settings import Settings
from studio.shoot import Providers, ShootOptions
from workflows.contract import ArchiveRequest, HearingTurn, OpeningTurn, ShootActivities
from workflows.tasks import Job, Produced


@dataclass(frozen=True)
class StudioActivities(ShootActivities):
    """Everything a worker does for shoots."""

    settings: Settings
    records: Records
    producer: Producer

    @activity.defn(name="prepare")
    async def prepare(self, options: ShootOptions) -> Providers:
        """Choose who does which work, by the options and the keys at hand."""
        return choose(options, self.settings)

    @activity.defn(name="direct")
    async def direct(self, turn: OpeningTurn) -> Opening:
        """Let the director read the brief."""
        voice = speaking(self.records, turn.shoot_id, turn.turn, turn.offset)
        async with beating(), voice as spoken:
            return await self._director(turn.providers).direct(turn.brief, spoken)

    @activity.defn(name="hear")
    async def hear(self, turn: HearingTurn) -> Reply:
        """Let the director hear what a person said."""
        voice = speaking(self.records, turn.shoot_id, turn.turn, turn.offset)
        async with beating(), voice as spoken:
            director = self._director(turn.providers)
            return await director.hear(turn.words, turn.situation, turn.transcript, spoken)

    @activity.defn(name="produce")
    async def produce(self, job: Job) -> Produced:
        """Run one script in the sandbox and store what it makes."""
        return await self.producer.produce(job)

    @activity.defn(name="archive")
    async def archive(self, request: ArchiveRequest) -> int:
        """Write the event log up to now, then the state it leads to."""
        return await archive(activity.client(), self.records, request)

    def _director(self, providers: Providers) -> Director:
        return HouseDirector()
