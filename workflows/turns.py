"""The director's turns: reading the brief, and hearing what is said at a checkpoint."""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

from studio.budget import Order, Question, question
from studio.decisions import MAX_WORDS, Decision
from studio.director.interface import Situation
from studio.shoot import Direction, Message, Providers
from studio.stages import ORDER, Stage
from workflows.contract import HearingTurn, OpeningTurn, ShootActivities
from workflows.decide import asked_slots
from workflows.desk import Desk
from workflows.failures import over_budget
from workflows.steps import Pause
from workflows.tasks import Source, source

__all__ = ["MAX_WORDS", "PREPARE_TIMEOUT", "RETRIES", "Turns"]

PREPARE_TIMEOUT = timedelta(seconds=10)
TURN_TIMEOUT = timedelta(minutes=10)
HEARTBEAT_TIMEOUT = timedelta(seconds=15)
RETRIES = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    maximum_interval=timedelta(seconds=30),
    maximum_attempts=8,
)
REMEMBERED = 40
"""How many messages of the transcript a turn is given."""


class Turns:
    """Lets the director speak, and keeps what was said in the transcript."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def open(self) -> Direction:
        """The direction of the brief. Raises where a person must agree first to what it costs."""
        if asked := self._dear():
            raise over_budget(asked, self._desk.state.allowance or 0.0)
        self._desk.change(turns=self._desk.state.turns + 1)
        self._remember("person", self._desk.state.brief.prompt)
        state = self._desk.state
        opening = await workflow.execute_activity_method(
            ShootActivities.direct,
            OpeningTurn(
                shoot_id=state.id,
                brief=state.brief,
                providers=state.providers or Providers(),
                turn=state.turns,
                offset=self._desk.offset,
            ),
            start_to_close_timeout=TURN_TIMEOUT,
            heartbeat_timeout=HEARTBEAT_TIMEOUT,
            retry_policy=RETRIES,
            cancellation_type=workflow.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
            summary="the director reads the brief",
        )
        self._desk.record(opening.ledger)
        self._remember("director", opening.words)
        return opening.direction

    async def hear(self, words: str, pause: Pause) -> tuple[Decision, ...]:
        """What the director takes the words to mean: decisions in order, or none."""
        transcript = self._desk.state.transcript[-REMEMBERED:]
        providers = self._hearing()
        self._desk.change(turns=self._desk.state.turns + 1)
        self._remember("person", words)
        state = self._desk.state
        reply = await workflow.execute_activity_method(
            ShootActivities.hear,
            HearingTurn(
                shoot_id=state.id,
                words=words,
                situation=self._situation(pause),
                transcript=transcript,
                pause=pause,
                showing=self._showing(pause.stage),
                brief=state.brief,
                providers=providers,
                turn=state.turns,
                offset=self._desk.offset,
            ),
            start_to_close_timeout=TURN_TIMEOUT,
            heartbeat_timeout=HEARTBEAT_TIMEOUT,
            retry_policy=RETRIES,
            cancellation_type=workflow.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
            summary=f"the director hears: {words[:80]}",
        )
        self._desk.record(reply.ledger)
        self._remember("director", reply.words)
        return reply.decisions

    def _hearing(self) -> Providers:
        """Who hears the next words: the house, for free, where the budget has nothing for Claude.

        Words must always be answered, also in a shoot that has spent what it may.
        """
        providers = self._desk.state.providers or Providers()
        asked = self._dear()
        if asked is None:
            return providers
        why = "no price is known for Claude's model" if asked.unpriced else "the budget is used up"
        self._desk.say(f"The house director hears this, for free: {why}.")
        return providers.model_copy(update={"direction": "house"})

    def _dear(self) -> Question | None:
        """What a person must agree to before the director's next turn, if anything."""
        state = self._desk.state
        price = state.providers.turn_usd if state.providers else 0.0
        turn = Order(f"{state.id}.turn-{state.turns + 1}", price)
        return question(state.allowance, state.agreed, state.ledger, [turn])

    def _situation(self, pause: Pause) -> Situation:
        state = self._desk.state
        direction = state.direction
        return Situation(
            stage=pause.stage,
            failed=pause.reason is not None,
            takes={stage: len(state.takes_of(stage)) for stage in ORDER if state.takes_of(stage)},
            current=state.current,
            clips=len(asked_slots(state, pause)),
            edit=state.edit,
            aspect_ratio=state.aspect_ratio,
            pose=direction.pose if direction else None,
            background=direction.background if direction else None,
        )

    def _showing(self, stage: Stage) -> tuple[Source, ...]:
        """The hero or the sheet; from the frames on, the sheet shows best what they are."""
        shown = Stage.HERO if stage is Stage.HERO else Stage.CONTACT_SHEET
        take = self._desk.state.current_take(shown)
        return tuple(source(artifact) for artifact in take.artifacts) if take else ()

    def _remember(self, role: str, text: str) -> None:
        message = Message(
            id=f"turn-{self._desk.state.turns}-{role}",
            role="person" if role == "person" else "director",
            text=text,
            stage=self._desk.state.stage,
            at=workflow.now(),
        )
        self._desk.hear(message)
