"""Shoots from outside: start, look, decide, watch. One face for the gateway and the command line.

A shoot is read from Temporal while Temporal knows it, and from its record in the artifact store
afterwards.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import (
    Client,
    WorkflowExecutionDescription,
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.contrib.workflow_streams import WorkflowStreamState
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from studio.brief import title
from studio.decisions import Decision, Receipt
from studio.records import Records, Summary
from studio.shoot import Brief, ShootState
from studio.stages import ORDER, ShootStatus, Stage
from workflows import contract, decide
from workflows.contract import Carried, Policy, ShootInput
from workflows.shoot import Shoot
from workflows.steps import Open, Pause

_POLL_TIME = timedelta(seconds=90)
"""A worker's poll lasts a minute; one that has not come back since is gone, or stands still."""
_NEEDED = {
    contract.SHOOTS_QUEUE: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    contract.MEDIA_QUEUE: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
}


class NoSuchShootError(LookupError):
    """Neither Temporal nor the archive knows the shoot."""


class RejectedError(Exception):
    """A decision that was not taken. ``code`` is one of the contract's error types."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


class Shoots:
    """All shoots of one Temporal namespace and one artifact store."""

    def __init__(
        self,
        client: Client,
        records: Records,
        policy: Policy | None = None,
        public_url: str = "",
    ) -> None:
        """``public_url`` is where people reach the gateway, for links in the Temporal UI."""
        self.client = client
        self.records = records
        self._policy = policy or Policy()
        self._links = {contract.ADDRESS_MEMO: public_url} if public_url else {}

    async def start(self, shoot_id: str, brief: Brief, owner: str | None = None) -> bool:
        """Get or create: start the shoot unless it exists. Returns whether it is new."""
        if await self.exists(shoot_id):
            return False
        given = ShootInput(id=shoot_id, brief=brief, owner=owner, policy=self._policy)
        await self._start(shoot_id, given)
        return True

    async def state(self, shoot_id: str) -> ShootState:
        """The shoot as it is now. Raises :class:`NoSuchShootError`."""
        try:
            return await self._query(shoot_id)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
        except WorkflowQueryFailedError as error:
            # Its code cannot answer. While it runs, an older record would be shown as the truth.
            if await self._running(shoot_id):
                words = "the shoot's workflow does not answer"
                raise RPCError(words, RPCStatusCode.UNAVAILABLE, b"") from error
        record = await self.records.state(shoot_id)
        if record is None:
            raise NoSuchShootError(f"no shoot is called {shoot_id!r}")
        return record

    async def _query(self, shoot_id: str) -> ShootState:
        async with _within_patience():
            handle = self._handle(shoot_id)
            return await handle.query(Shoot.state, rpc_timeout=contract.PATIENCE)

    async def decide(self, shoot_id: str, decision: Decision, key: str | None = None) -> Receipt:
        """Answer the open checkpoint, or re-open a shoot that is over for another cut.

        ``key`` makes the call idempotent. Raises :class:`NoSuchShootError`,
        :class:`RejectedError`, and ``RPCError`` where no worker has taken the decision in time:
        it may still be taken, and the same key asks for the same decision again.
        """
        if not await self._running(shoot_id):
            async with _within_patience():
                return await self._reopen(shoot_id, decision)
        try:
            async with _within_patience():
                receipt: Receipt = await self._handle(shoot_id).execute_update(
                    contract.DECIDE_UPDATE, decision, id=key, result_type=Receipt
                )
                return receipt
        except WorkflowUpdateFailedError as error:
            cause = error.cause
            code = cause.type if isinstance(cause, ApplicationError) and cause.type else ""
            message = cause.message if isinstance(cause, ApplicationError) else str(error)
            raise RejectedError(message, code or contract.NOT_APPLICABLE) from error
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                raise RejectedError("the shoot is over", contract.NOT_WAITING) from error
            raise

    async def go_on(self, shoot_id: str, text: str | None = None) -> None:
        """Signal ``continue``. Raises :class:`NoSuchShootError`."""
        try:
            handle = self._handle(shoot_id)
            async with _within_patience():
                if text is None:
                    await handle.signal(contract.CONTINUE_SIGNAL)
                else:
                    await handle.signal(contract.CONTINUE_SIGNAL, text)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                raise NoSuchShootError(f"no open shoot is called {shoot_id!r}") from error
            raise

    async def list(self, query: str = "", limit: int | None = 100) -> AsyncIterator[Summary]:
        """Shoots that Temporal knows, newest first; ``query`` narrows by search attributes."""
        where = f"WorkflowType = '{contract.WORKFLOW}'" + (f" AND {query}" if query else "")
        seen: set[str] = set()
        async for execution in self.client.list_workflows(where, limit=limit):
            if execution.id in seen:
                continue
            seen.add(execution.id)
            attributes = execution.typed_search_attributes
            memo = await execution.memo()
            yield Summary(
                id=execution.id,
                title=str(memo.get("title", "")),
                owner=attributes.get(contract.OWNER_ATTRIBUTE),
                stage=Stage(attributes.get(contract.STAGE_ATTRIBUTE) or Stage.HERO),
                status=ShootStatus(
                    attributes.get(contract.STATUS_ATTRIBUTE) or ShootStatus.RUNNING
                ),
                created_at=_created(memo.get("created"), execution.start_time),
            )

    def _handle(self, shoot_id: str) -> WorkflowHandle[Shoot, ShootState]:
        return self.client.get_workflow_handle_for(Shoot.run, shoot_id)

    async def _described(self, shoot_id: str) -> WorkflowExecutionDescription:
        async with _within_patience():
            return await self._handle(shoot_id).describe()

    async def queues_with_workers(self) -> dict[str, bool]:
        """Which of the queues that every shoot needs have workers, by the server's account.

        A worker that polls is seen at least once a minute.
        """
        found = {}
        for name, kind in _NEEDED.items():
            async with _within_patience():
                answer = await self.client.workflow_service.describe_task_queue(
                    DescribeTaskQueueRequest(
                        namespace=self.client.namespace,
                        task_queue=TaskQueue(name=name),
                        task_queue_type=kind,
                    )
                )
            oldest = datetime.now(UTC) - _POLL_TIME
            seen = (one.last_access_time.ToDatetime(UTC) for one in answer.pollers)
            found[name] = any(moment >= oldest for moment in seen)
        return found

    async def is_open(self, shoot_id: str) -> bool:
        """Whether a workflow runs for the shoot, at work or waiting; needs no worker."""
        return await self._running(shoot_id)

    async def _running(self, shoot_id: str) -> bool:
        try:
            description = await self._described(shoot_id)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            return False
        return description.status is WorkflowExecutionStatus.RUNNING

    async def exists(self, shoot_id: str) -> bool:
        """Whether Temporal or the archive knows the shoot; needs no worker."""
        try:
            await self._described(shoot_id)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            return await self.records.state(shoot_id) is not None
        return True

    async def owner(self, shoot_id: str) -> str | None:
        """Whose shoot it is; needs no worker. Raises :class:`NoSuchShootError`."""
        try:
            description = await self._described(shoot_id)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
        else:
            return description.typed_search_attributes.get(contract.OWNER_ATTRIBUTE)
        record = await self.records.state(shoot_id)
        if record is None:
            raise NoSuchShootError(f"no shoot is called {shoot_id!r}")
        return record.owner

    async def _reopen(self, shoot_id: str, decision: Decision) -> Receipt:
        """Start a new run from the record, with the decision already taken."""
        state = await self.state(shoot_id)
        step = resting_step(state)
        if not isinstance(step, Pause):
            raise RejectedError("nothing was made in this shoot yet", contract.NOT_APPLICABLE)
        try:
            decide.check(state, step, decision)
        except decide.NotApplicableError as error:
            raise RejectedError(str(error), contract.NOT_APPLICABLE) from error
        carried = Carried(
            state=state.model_copy(update={"checkpoint": None}).packed(),
            step=step,
            answer=decision,
            archived=state.offset,
        )
        await self._start(
            shoot_id,
            ShootInput(
                id=shoot_id,
                brief=state.brief,
                owner=state.owner,
                policy=self._policy,
                carried=carried,
                stream=WorkflowStreamState(base_offset=state.offset),
            ),
        )
        return Receipt(checkpoint_id=None, decision=decision, accepted_at=state.updated_at)

    async def _start(self, shoot_id: str, given: ShootInput) -> WorkflowHandle[Shoot, ShootState]:
        return await self.client.start_workflow(
            Shoot.run,
            given,
            id=shoot_id,
            task_queue=contract.SHOOTS_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            task_timeout=timedelta(seconds=10),
            priority=contract.fairness(given.owner),
            memo=contract.memo(given.brief, _first_start(given)) | self._links,
            search_attributes=_attributes(given),
            static_summary=title(given.brief),
        )


@asynccontextmanager
async def _within_patience() -> AsyncIterator[None]:
    """Raise ``RPCError`` where Temporal or the workers take longer than a caller should wait."""
    try:
        async with asyncio.timeout(contract.PATIENCE.total_seconds()):
            yield
    except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
        # The SDK turns the cancellation of an update into such an error, ours and anybody's.
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise asyncio.CancelledError from None
        words = "no worker has answered in time"
        raise RPCError(words, RPCStatusCode.DEADLINE_EXCEEDED, b"") from None


def _first_start(given: ShootInput) -> datetime:
    """When the shoot was begun, which is earlier than this run where it is re-opened."""
    return given.carried.state.created_at if given.carried else datetime.now(UTC)


def _created(said: object, started: datetime) -> datetime:
    return datetime.fromisoformat(said) if isinstance(said, str) else started


def resting_step(state: ShootState) -> Open | Pause:
    """Where a shoot that is over stands: at the checkpoint of the last take in use."""
    reached = [stage for stage in ORDER if stage in state.current]
    return Pause(stage=reached[-1]) if reached else Open()


def _attributes(given: ShootInput) -> TypedSearchAttributes:
    state = given.carried.state if given.carried else None
    pairs = [
        SearchAttributePair(contract.STAGE_ATTRIBUTE, state.stage if state else Stage.HERO),
        SearchAttributePair(contract.STATUS_ATTRIBUTE, ShootStatus.RUNNING),
    ]
    if given.owner:
        pairs.append(SearchAttributePair(contract.OWNER_ATTRIBUTE, given.owner))
    return TypedSearchAttributes(pairs)
