"""The activities, as the workflow's contract names them, wired to what they need."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from anthropic import AsyncAnthropic, Timeout
from temporalio import activity
from temporalio.client import WorkflowHandle
from temporalio.exceptions import ApplicationError

from activities.archiving import archive
from activities.claude.director import ClaudeDirector, Objection, no_objection
from activities.claude.pictures import picture
from activities.heartbeat import beating
from activities.patience import no_sooner
from activities.producing import Producer
from activities.providers import NO_KEY, choose
from activities.voice import StreamVoice, speaking
from sandbox.scripts import _outcomes
from studio.director.house import HouseDirector
from studio.director.interface import Director, Opening, Reply
from studio.ledger import LedgerEntry
from studio.records import Records
from studio.settings import Settings
from studio.shoot import Providers, ShootOptions, ShootState
from studio.space import FULL, is_full, words
from workflows.contract import (
    PATIENCE,
    ArchiveRequest,
    HearingTurn,
    OpeningTurn,
    ShootActivities,
)
from workflows.foresight import objection
from workflows.shoot import Shoot
from workflows.tasks import Job, Produced, Source
from workflows.turns import RETRIES

_USABLE = re.compile(r"[\x21-\x7e]+")

TIMEOUT = Timeout(60.0, connect=10.0)
"""Silence of Claude's, in seconds, after which the turn is tried again."""


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
        shown = [Source(key=one.key, sha256=one.sha256) for one in turn.brief.references]
        voice = speaking(self.records, turn.shoot_id, turn.turn, turn.offset)
        async with beating(), voice as spoken, self._director(turn, shown, spoken) as director:
            return await director.direct(turn.brief, spoken)

    @activity.defn(name="hear")
    async def hear(self, turn: HearingTurn) -> Reply:
        """Let the director hear what a person said."""
        voice = speaking(self.records, turn.shoot_id, turn.turn, turn.offset)
        shown = turn.showing
        async with beating(), voice as spoken, self._director(turn, shown, spoken) as director:
            return await director.hear(turn.words, turn.situation, turn.transcript, spoken)

    @activity.defn(name="produce")
    async def produce(self, job: Job) -> Produced:
        """Run one script in the sandbox and store what it makes."""
        return await self.producer.produce(job)

    @activity.defn(name="archive")
    async def archive(self, request: ArchiveRequest) -> int:
        """Write the event log up to now, then the state it leads to."""
        try:
            return await archive(activity.client(), self.records, request)
        except Exception as error:
            if not is_full(error):
                raise
            raise ApplicationError(words(self.settings.home), type=FULL) from error

    @asynccontextmanager
    async def _director(
        self, turn: OpeningTurn | HearingTurn, shown: Sequence[Source], voice: StreamVoice
    ) -> AsyncIterator[Director]:
        """The director that the shoot was given, with the pictures it may look at.

        A failure of the body that is tried again is told first.
        """
        if turn.providers.direction == "house":
            yield HouseDirector()
            return
        key = _claude_key(self.settings)
        pictures = [
            await picture(await self.producer.cache.fetch(one.key, one.sha256)) for one in shown
        ]
        handle = activity.client().get_workflow_handle_for(Shoot.run, turn.shoot_id)

        async def book(entry: LedgerEntry) -> None:
            await handle.signal(Shoot.book, entry)

        async with AsyncAnthropic(api_key=key, max_retries=0, timeout=TIMEOUT) as client:
            director = ClaudeDirector(
                client=client,
                model=self.settings.director_model,
                book=book,
                mark=f"{turn.shoot_id}.turn-{turn.turn}.{activity.info().attempt}",
                brief=turn.brief,
                pictures=pictures,
                objection=await _objections(handle, turn),
            )
            try:
                yield director
            except ApplicationError as error:
                if error.non_retryable:
                    raise
                voice.tell(error.message)
                attempt = activity.info().attempt
                raise ApplicationError(
                    error.message,
                    type=error.type,
                    next_retry_delay=no_sooner(error.next_retry_delay, attempt, RETRIES),
                ) from None


async def _objections(
    handle: WorkflowHandle[Shoot, ShootState], turn: OpeningTurn | HearingTurn
) -> Objection:
    """What the shoot's rules say of decisions, where it waits for some."""
    if not isinstance(turn, HearingTurn) or turn.pause is None:
        return no_objection
    state = await handle.query(Shoot.state, rpc_timeout=PATIENCE)
    return partial(objection, state, turn.pause)


def _claude_key(settings: Settings) -> str:
    """The key for Claude; raises :class:`ApplicationError`, without quoting it, if there is none
    that could be sent."""
    held = settings.anthropic_api_key
    key = held.get_secret_value().strip() if held else ""
    if key and _USABLE.fullmatch(key):
        return key
    raise ApplicationError(
        "ANTHROPIC_API_KEY holds blanks or characters that no key has: copy it again and retry"
        if key
        else "this shoot is directed by Claude, and the worker has no ANTHROPIC_API_KEY: "
        "set it and retry",
        type=_outcomes.Code.BAD_KEY.value if key else NO_KEY,
        non_retryable=True,
    )
