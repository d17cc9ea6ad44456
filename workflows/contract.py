"""What everybody outside must know of the Shoot workflow: names, inputs, activities, errors."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime, timedelta
from typing import Annotated, Self

from pydantic import (
    Field,
    ModelWrapValidatorHandler,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from temporalio import activity
from temporalio.common import Priority, SearchAttributeKey
from temporalio.contrib.workflow_streams import WorkflowStreamState

from studio.brief import title
from studio.decisions import Decision
from studio.director.interface import Opening, Reply, Situation
from studio.model import Model, in_words
from studio.shoot import OWNER_PATTERN, Brief, Message, Providers, ShootId, ShootOptions, ShootState
from workflows.steps import Open, Pause, Step
from workflows.tasks import Job, Produced, Source

WORKFLOW = "Shoot"
SHOOTS_QUEUE = "shoots"
MEDIA_QUEUE = "media"
FAL_QUEUE = "fal"
KLING_QUEUE = "kling"
QUEUES = (SHOOTS_QUEUE, MEDIA_QUEUE, FAL_QUEUE, KLING_QUEUE)

CONTINUE_SIGNAL = "continue"
LEDGER_SIGNAL = "ledger"
DECIDE_UPDATE = "decide"
STATE_QUERY = "state"
CHECKPOINT_QUERY = "checkpoint"

PATIENCE = timedelta(seconds=15)
"""How long a query may take: long enough for a replay, and for the server to give up a worker that
is gone. Without a limit it waits for workers that may not come."""

STAGE_ATTRIBUTE = SearchAttributeKey.for_keyword("ShootStage")
STATUS_ATTRIBUTE = SearchAttributeKey.for_keyword("ShootStatus")
OWNER_ATTRIBUTE = SearchAttributeKey.for_keyword("ShootOwner")
ADDRESS_MEMO = "address"
"""Memo of a shoot's workflow: where people reach the gateway, for links in the Temporal UI."""
SEARCH_ATTRIBUTES = (STAGE_ATTRIBUTE, STATUS_ATTRIBUTE, OWNER_ATTRIBUTE)


def fairness(owner: str | None) -> Priority:
    """The priority of an owner's shoot and of everything it asks for: no more than a fair share.

    Tasks of one key wait for each other, not for those of other keys; activities have it from
    their workflow. It needs a server whose ``matching.enableFairness`` is on.
    """
    return Priority(fairness_key=owner) if owner else Priority.default


NOT_WAITING = "NotWaiting"
STALE_CHECKPOINT = "StaleCheckpoint"
NOT_APPLICABLE = "NotApplicable"
"""``ApplicationError.type`` of a rejected decision: no checkpoint, another one, does not fit."""
INVALID_INPUT = "InvalidInput"
"""``ApplicationError.type`` of a workflow whose input is no shoot's."""


def memo(brief: Brief, created: datetime) -> dict[str, str]:
    """What lists show of a shoot, without asking its workflow."""
    return {"title": title(brief), "created": created.isoformat()}


class Policy(Model):
    """How long a finished shoot stays open, and when a run hands over to the next.

    ``roll_after`` is a number of history events; ``None`` leaves it to the server's suggestion.
    """

    reopen_for: timedelta = timedelta(hours=24)
    roll_after: Annotated[int, Field(ge=50)] | None = None


class Carried(Model):
    """What one run hands to the next, and an archived shoot to its reopening."""

    state: ShootState
    step: Step = Open()
    answer: Decision | None = None
    """A decision that was accepted and not yet followed."""
    kept: tuple[str, ...] = ()
    """Words that came while nothing waited."""
    archived: int = 0
    """The stream offset up to which events are in the archive."""


class ShootInput(Model):
    """The workflow's one argument. A new shoot has a brief; a continued one is carried.

    The brief is all that somebody who starts the workflow by Temporal's own means has to give:
    ``{"brief": {"prompt": "…"}}``. The shoot's id is the workflow's.
    """

    id: ShootId | None = None
    brief: Brief
    owner: Annotated[str, StringConstraints(pattern=f"^{OWNER_PATTERN}$")] | None = None
    policy: Policy = Policy()
    carried: Carried | None = None
    stream: WorkflowStreamState | None = None
    fault: str | None = None
    """What is wrong with an input that could not be read. The workflow ends with these words: an
    input that cannot be decoded at all would fail its every task, for ever."""

    @model_validator(mode="wrap")
    @classmethod
    def _told(
        cls, data: object, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        try:
            return handler(data)
        except ValidationError as error:
            if info.mode != "json":
                raise
            return cls(brief=Brief(prompt="-"), fault=in_words(error))


NO_INPUT = ShootInput(brief=Brief(prompt="-"), fault="there is no input")
"""What a workflow that was started with nothing, or with ``null``, is given."""


class OpeningTurn(Model):
    """The director's first turn. ``offset`` is where its events begin on the stream."""

    shoot_id: ShootId
    brief: Brief
    providers: Providers
    turn: int
    offset: int


class HearingTurn(Model):
    """A turn of the director at a checkpoint."""

    shoot_id: ShootId
    words: str
    situation: Situation
    transcript: tuple[Message, ...]
    pause: Pause | None = None
    """Where the shoot waits, for a director that asks whether something can be done."""
    showing: tuple[Source, ...] = ()
    """Pictures of the take in question, for a director that can see."""
    brief: Brief
    providers: Providers
    turn: int
    offset: int


class ArchiveRequest(Model):
    """Write the record, and the events from ``after`` on, to the store."""

    shoot_id: ShootId
    after: int


class ShootActivities(ABC):
    """What the workflow asks for. The workers implement it."""

    @activity.defn
    @abstractmethod
    async def prepare(self, options: ShootOptions) -> Providers:
        """Choose who does which work, by the options and the keys at hand."""

    @activity.defn
    @abstractmethod
    async def direct(self, turn: OpeningTurn) -> Opening:
        """Let the director read the brief."""

    @activity.defn
    @abstractmethod
    async def hear(self, turn: HearingTurn) -> Reply:
        """Let the director hear what a person said."""

    @activity.defn
    @abstractmethod
    async def produce(self, job: Job) -> Produced:
        """Run one script in the sandbox and store what it makes."""

    @activity.defn
    @abstractmethod
    async def archive(self, request: ArchiveRequest) -> int:
        """Write ``shoot.json`` and the event log; answer the offset up to which it reaches."""
