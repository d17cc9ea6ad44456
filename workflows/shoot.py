"""The Shoot workflow: one job, from brief to film, for as long as it takes.

It takes one step at a time (open, make, pause, end). Every step is a value, so that a run can hand
over to the next between any two, and a failure becomes a pause that offers the step again.
"""

from __future__ import annotations

import asyncio
from typing import Any

from temporalio import workflow
from temporalio.contrib.workflow_streams import WorkflowStream
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from studio.brief import title
    from studio.checkpoints import Checkpoint
    from studio.decisions import Approve, Cancel, Decision, Feedback, Receipt, Retry, SetEdit
    from studio.events import CheckpointOpened, Complete, DecisionTaken
    from studio.ledger import still_charged
    from studio.shoot import ShootState
    from studio.stages import ShootStatus, Stage
    from studio.text import printable
    from workflows import contract, decide, opening, said, starting, steps, turns
    from workflows.checkpointing import bare, checkpoint
    from workflows.contract import Carried, ShootInput
    from workflows.desk import Desk
    from workflows.details import offer
    from workflows.failures import Failure, defect, failure_of, is_money
    from workflows.making import Maker
    from workflows.merging import merged
    from workflows.record import Recorder
    from workflows.steps import End, Make, Open, Pause, Step
    from workflows.stopping import Stop

CANCELLED_EXIT = 3
MAX_KEPT = 20
BY_ONE_RULE = "failures-answered-by-the-rules"
"""The patch since which words and a plain continue are followed at a failure as they are heard."""
ONE_PICTURE = "one-picture-a-message"
WORDS_GO = "refused-words-go"


@workflow.defn(name=contract.WORKFLOW)
class Shoot:
    """One shoot. Its workflow id is the shoot's id."""

    @workflow.init
    def __init__(self, given: ShootInput | None = None) -> None:
        given = given or contract.NO_INPUT
        self._given = given
        stream = WorkflowStream(given.stream)
        carried = given.carried or Carried(state=_new_state(given))
        self._desk = Desk(carried.state.packed(), stream)
        self._turns = turns.Turns(self._desk)
        self._recorder = Recorder(self._desk, carried.archived)
        self._step = steps.worded(carried.step, carried.state)
        self._kept = list(carried.kept)
        self._answer = carried.answer
        self._queue: list[Decision] = []
        self._work: asyncio.Task[Any] | None = None
        self._stop = Stop(decided=isinstance(carried.answer, Cancel))

    @workflow.run
    async def run(self, given: ShootInput | None = None) -> ShootState:
        """Take steps until the shoot ends. Returns the state it ended in."""
        starting.introduce(self._given, self._desk.state.created_at)
        try:
            while not isinstance(self._step, End):
                if self._stop.told():
                    self._step = End(cancelled=True)
                elif self._must_roll():
                    await self._roll()
                elif isinstance(self._step, Pause):
                    self._step = await self._pause(self._step)
                else:
                    self._step = await self._worked(self._step)
            await self._end(self._step)
            await workflow.wait_condition(workflow.all_handlers_finished)
            if self._stop.requested:
                self._stop.check()
        except (Exception, asyncio.CancelledError) as error:
            if not self._stop.heard(error):
                raise
            await self._end(End(cancelled=True))
            raise
        return self._desk.state

    # What people say ---------------------------------------------------------------------------

    @workflow.update(name=contract.DECIDE_UPDATE)
    def decide(self, *sent: object) -> Receipt:
        """Answer the open checkpoint. ``cancel`` is taken at any time."""
        decision = said.decision(sent)
        answered = self._desk.state.checkpoint
        self._take(decision)
        return Receipt(
            checkpoint_id=answered.id if answered else None,
            decision=decision,
            accepted_at=workflow.now(),
        )

    @decide.validator
    def _fits(self, *sent: object) -> None:
        decision = said.decision(sent)
        current = self._desk.state.checkpoint
        if isinstance(self._step, End) or self._stop.decided:
            raise ApplicationError("the shoot is over", type=contract.NOT_WAITING)
        if isinstance(decision, Cancel) and decision.checkpoint_id is None:
            return
        if current is None or not isinstance(self._step, Pause):
            raise ApplicationError(
                f"no checkpoint is open: the shoot is working on the "
                f"{self._desk.state.stage.product}; decide when it waits",
                type=contract.NOT_WAITING,
            )
        if decision.checkpoint_id not in (None, current.id):
            raise ApplicationError(
                f"checkpoint {decision.checkpoint_id} has been answered; open now is {current.id}",
                type=contract.STALE_CHECKPOINT,
            )
        try:
            decide.check(self._desk.state, self._step, decision)
        except decide.NotApplicableError as error:
            raise ApplicationError(str(error), type=contract.NOT_APPLICABLE) from error

    @workflow.signal(name=contract.CONTINUE_SIGNAL)
    def go_on(self, *sent: object) -> None:
        """Approve, or with a text give feedback; a text that comes too early is kept."""
        try:
            text = said.text(sent)
        except ValueError as error:
            self._desk.refuse(f"Not taken: {error}.")
            return
        words = printable(text or "").strip()[: turns.MAX_WORDS]
        if text is not None and not words and workflow.patched(BY_ONE_RULE):
            self._desk.refuse("A blank text approves nothing: 'continue' without input does.")
            return
        step = self._step
        if isinstance(step, Pause) and self._desk.state.checkpoint is not None:
            self._answered_by_signal(step, words)
        elif words and len(self._kept) < MAX_KEPT and not isinstance(step, End):
            self._kept.append(words)
            self._desk.say(f"Kept for the next checkpoint: “{words}”")
        else:
            self._desk.refuse("Nothing waits for a decision now, so 'continue' was not taken.")

    def _answered_by_signal(self, pause: Pause, words: str) -> None:
        """Words are feedback; none approve, or try again what failed: but never agree to a price,
        which somebody who sees it must do."""
        answer: Decision = Approve(by="signal")
        if words:
            answer = Feedback(text=words, by="signal")
        elif pause.failed and not is_money(pause.code) and workflow.patched(BY_ONE_RULE):
            answer = Retry(by="signal")
        try:
            decide.check(self._desk.state, pause, answer)
        except decide.NotApplicableError as error:
            self._desk.refuse(f"Not done: {error}.")
        else:
            self._take(answer)

    @workflow.signal(name=contract.LEDGER_SIGNAL)
    def book(self, *sent: object) -> None:
        """Put a paid call on the ledger, as its activity gets to know more of it."""
        try:
            entry = said.entry(sent)
        except ValueError:
            self._desk.say("Not taken: what was sent to the ledger is no entry of it.")
            return
        self._desk.record((entry,))

    @workflow.query(name=contract.STATE_QUERY)
    def state(self) -> ShootState:
        """Everything that is true of the shoot now."""
        return self._desk.state.model_copy(update={"offset": self._desk.offset})

    @workflow.query(name=contract.CHECKPOINT_QUERY)
    def checkpoint(self) -> Checkpoint | None:
        """The open checkpoint, if the shoot waits."""
        return self._desk.state.checkpoint

    def _take(self, decision: Decision) -> None:
        """Accept a decision: close the checkpoint at once, so that nobody answers it twice."""
        current = self._desk.state.checkpoint
        self._desk.publish(
            DecisionTaken(
                checkpoint_id=current.id if current else None, decision=decision, by=decision.by
            )
        )
        self._desk.change(checkpoint=None)
        if isinstance(decision, Cancel):
            self._stop.decided = True
            self._queue.clear()
            if self._work is not None:
                self._work.cancel()
        self._answer = decision

    # Working -----------------------------------------------------------------------------------

    async def _worked(self, step: Open | Make) -> Step:
        """Do a step; a failure becomes a pause. A cancel decision stops it."""
        stage = Stage.HERO if isinstance(step, Open) else step.recipe.stage
        self._desk.enter(stage, ShootStatus.RUNNING)
        self._work = asyncio.create_task(
            self._open() if isinstance(step, Open) else self._make(step)
        )
        try:
            onward: Step = await self._work
        except (Exception, asyncio.CancelledError) as error:
            if self._stop.heard(error):
                if self._stop.decided:
                    return End(cancelled=True)
                raise
            failure = failure_of(error)
            if failure is None:
                raise
            self._drop_queue()
            return Pause(
                stage=stage,
                reason=failure.reason,
                code=failure.code,
                spending=failure.spending,
                orders=failure.orders,
                failed=step,
                missing=failure.missing,
                refused=_refused(failure, stage),
                landed=failure.landed,
            )
        finally:
            self._work = None
        return onward

    async def _open(self) -> Step:
        state = self._desk.state
        if state.providers is None:
            providers = await workflow.execute_activity_method(
                contract.ShootActivities.prepare,
                state.brief.options,
                start_to_close_timeout=turns.PREPARE_TIMEOUT,
                retry_policy=turns.RETRIES,
                summary="choose the providers",
            )
            self._desk.change(providers=providers, allowance=state.brief.options.budget)
            self._desk.say(offer(providers))
        direction = await self._turns.open()
        options = state.brief.options
        self._desk.change(
            direction=direction,
            edit=opening.edit(options, direction),
            aspect_ratio=options.aspect_ratio or direction.aspect_ratio or "original",
        )
        self._desk.state, step = decide.advance(self._desk.state, Stage.HERO)
        return step

    async def _make(self, step: Make) -> Step:
        stage = step.recipe.stage
        self._desk.change(numbered={**self._desk.state.numbered, stage: step.number})
        take = await Maker(self._desk, step, self._stop).make()
        held = {artifact.key for artifact in (*take.artifacts, *take.masters)}
        self._desk.state = self._desk.state.with_take(take)
        self._desk.change(
            spare=tuple(a for a in self._desk.state.spare if a.key not in held),
        )
        self._desk.state = decide.use_take(self._desk.state, stage, take.number)
        following = stage.following
        if step.go_on and following and not self._queue:
            self._desk.state, onward = decide.advance(self._desk.state, following)
            return onward
        return Pause(stage=stage)

    # Waiting -----------------------------------------------------------------------------------

    async def _pause(self, pause: Pause) -> Step:
        """Show the work and wait for a decision; answer words until one follows."""
        decision = self._next_queued(pause) or await self._answered(pause)
        if decision is None:
            return pause if self._must_roll() else End()
        if isinstance(decision, Cancel):
            self._stop.decided = True
            return End(cancelled=True)
        if isinstance(decision, Feedback):
            self._desk.enter(pause.stage, ShootStatus.RUNNING)
            self._queue = await self._heard(pause, decision.text)
            return End(cancelled=True) if self._stop.decided else pause
        return self._followed(pause, decision)

    def _followed(self, pause: Pause, decision: Decision) -> Step:
        """The step that a decision leads to; back to the pause, aloud, where it leads nowhere."""
        brief = self._desk.state.brief
        try:
            decide.check(self._desk.state, pause, decision)
            self._desk.state, step = decide.follow(
                self._desk.state, pause, decision, more=bool(self._queue)
            )
        except Exception as error:
            if isinstance(error, decide.NotApplicableError):
                self._desk.refuse(f"Not done: {error}.")
            else:  # a defect must not stop the workflow's task: everything else is still offered
                workflow.logger.exception("a decision could not be followed")
                self._desk.refuse(f"Not done: {defect(error).reason}.")
            self._drop_queue()
            return pause
        if self._desk.state.brief != brief:
            workflow.upsert_memo({"title": title(self._desk.state.brief)})
            self._desk.say(f"The brief is now: “{title(self._desk.state.brief, 300)}”")
        if step == pause and isinstance(decision, SetEdit):
            edit = self._desk.state.edit
            loop = "with" if edit.loop else "without"
            self._desk.say(f"Noted for the film: {edit.pace:g}×, {edit.easing}, {loop} loop.")
        return step

    async def _heard(self, pause: Pause, words: str) -> list[Decision]:
        """What the director makes of the words; nothing where it could not be reached."""
        self._work = asyncio.create_task(self._turns.hear(words, pause))
        try:
            decisions: tuple[Decision, ...] = await self._work
        except (Exception, asyncio.CancelledError) as error:
            told = self._stop.heard(error)
            if told and self._stop.decided:
                return []
            failure = None if told else failure_of(error)
            if failure is None:
                raise
            self._desk.refuse(
                f"The director could not answer ({failure.reason}). "
                "Say it again, or decide by the buttons."
            )
            return []
        finally:
            self._work = None
        once = merged(decisions)
        if once != decisions and workflow.patched(ONE_PICTURE):
            return list(once)
        return list(decisions)

    async def _answered(self, pause: Pause) -> Decision | None:
        """Wait for an answer; ``None`` when the run must roll, or a finished shoot's time is up."""
        finished = pause.stage is Stage.COMPLETE and pause.reason is None
        if self._answer is None:
            self._present(pause, finished)
        try:
            await workflow.wait_condition(
                lambda: self._answer is not None or self._must_roll(),
                timeout=self._given.policy.reopen_for if finished else None,
                timeout_summary="open for another cut" if finished else None,
            )
        except TimeoutError:
            return None
        answer, self._answer = self._answer, None
        return answer

    def _present(self, pause: Pause, finished: bool) -> None:
        """Open the checkpoint, unless it is open already, and answer it where that is settled."""
        if self._desk.state.checkpoint is None:
            self._open_checkpoint(pause, finished)
        if self._desk.state.brief.options.autopilot and pause.reason is None:
            self._take(Approve(by="autopilot"))
        elif self._kept and (not finished or workflow.patched(BY_ONE_RULE)):
            self._take(Feedback(text=self._kept.pop(0), by="signal"))

    def _open_checkpoint(self, pause: Pause, finished: bool) -> None:
        count = self._desk.state.checkpoints + 1
        try:
            shown = checkpoint(self._desk.state, pause, count)
        except Exception:  # a shoot that cannot show its work can still be told what to do
            workflow.logger.exception("a checkpoint could not be drawn up")
            shown = bare(pause, count)
        self._desk.change(checkpoint=shown, checkpoints=count)
        status = ShootStatus.COMPLETE if finished else ShootStatus.AWAITING_INPUT
        self._desk.enter(pause.stage, ShootStatus.PAUSED if pause.reason else status)
        session = self._desk.state.id
        self._desk.publish(
            CheckpointOpened(checkpoint=shown, session_id=session, awaiting_input=not finished)
        )
        if finished:
            self._desk.publish(Complete(session_id=session, exit_code=0, checkpoint=shown))
        self._recorder.start()

    def _next_queued(self, pause: Pause) -> Decision | None:
        """The next of several decisions that the director heard in one message.

        They are for the pause at which they were heard, a failed one too: a failure on the way
        drops what is left of them.
        """
        if not self._queue:
            return None
        if pause.reason is not None and not workflow.patched(BY_ONE_RULE):
            return None
        decision = self._queue.pop(0)
        self._desk.publish(DecisionTaken(checkpoint_id=None, decision=decision, by="director"))
        return decision

    def _drop_queue(self) -> None:
        if self._queue:
            names = ", ".join(decision.type for decision in self._queue)
            self._desk.refuse(f"Left undone after that: {names}.")
            self._queue.clear()

    # Ending and handing over -------------------------------------------------------------------

    async def _end(self, end: End) -> None:
        for words in self._kept:
            self._desk.refuse(f"Not heard any more, the shoot is over: “{words}”")
        self._kept.clear()
        if end.cancelled:
            self._desk.change(checkpoint=None, running=())
            self._desk.enter(self._desk.state.stage, ShootStatus.CANCELLED)
            if charged := still_charged(self._desk.state.ledger):
                self._desk.say(charged)
            self._desk.publish(Complete(session_id=self._desk.state.id, exit_code=CANCELLED_EXIT))
        else:
            self._desk.change(checkpoint=None)
            self._desk.enter(self._desk.state.stage, ShootStatus.COMPLETE)
        self._step = end
        await self._recorder.finish()
        self._desk.stream.detach_pollers()

    def _must_roll(self) -> bool:
        """Whether this run's history is long enough to hand over, and nothing is half-taken."""
        if self._answer is not None or self._queue:
            return False
        limit = self._given.policy.roll_after
        info = workflow.info()
        return info.is_continue_as_new_suggested() or (
            limit is not None and info.get_current_history_length() >= limit
        )

    async def _roll(self) -> None:
        """Hand over to a new run. What is said meanwhile is carried like everything else."""
        await self._recorder.finish()
        if self._stop.told():
            return
        self._desk.stream.truncate(min(self._recorder.archived, self._desk.offset))

        def carry(stream: Any) -> list[ShootInput]:
            self._stop.check()
            state, step = steps.packed(self._step, self._desk.state)
            carried = Carried(
                state=state,
                step=step,
                answer=self._answer,
                kept=tuple(self._kept),
                archived=self._recorder.archived,
            )
            return [self._given.model_copy(update={"carried": carried, "stream": stream})]

        await self._desk.stream.continue_as_new(carry)


def _refused(failure: Failure, stage: Stage) -> tuple[str, ...]:
    """What failed by the words that asked for it: they are not said again with the next ones."""
    items = failure.refused or ((stage.value,) if failure.by_words else ())
    return items if items and workflow.patched(WORDS_GO) else ()


def _new_state(given: ShootInput) -> ShootState:
    now = workflow.now()
    return ShootState(
        id=starting.shoot_id(given),
        owner=given.owner,
        brief=given.brief,
        created_at=now,
        updated_at=now,
    )
