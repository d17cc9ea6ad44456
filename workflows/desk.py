"""The desk: the state of a running shoot, and every change of it that somebody can see."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from temporalio import workflow
from temporalio.contrib.workflow_streams import WorkflowStream

from studio.events import TOPIC, Cost, Event, Status
from studio.ledger import LedgerEntry, totals
from studio.shoot import Message, Running, ShootState
from studio.stages import ShootStatus, Stage
from workflows.contract import ADDRESS_MEMO, STAGE_ATTRIBUTE, STATUS_ATTRIBUTE
from workflows.details import details

MAX_TRANSCRIPT = 60_000
"""Characters kept in the state; the event log has every word."""

_OFFSET_QUERY = "__temporal_workflow_stream_offset"


class Desk:
    """Holds the state. Whatever is changed here shows in queries, search and the Temporal UI."""

    def __init__(self, state: ShootState, stream: WorkflowStream) -> None:
        self.state = state
        self.stream = stream

    @property
    def offset(self) -> int:
        """The next event's offset on the stream."""
        read = cast(Callable[[], int], workflow.get_query_handler(_OFFSET_QUERY))
        return read()

    def publish(self, event: Event) -> None:
        """Put an event on the shoot's stream."""
        self.stream.topic(TOPIC).publish(event)

    def say(self, message: str) -> None:
        """Tell viewers what the machinery does."""
        self.publish(Status(message=message))

    def refuse(self, message: str) -> None:
        """Tell viewers that a decision, or words for one, came to nothing, and why."""
        self.publish(Status(message=message, code="not-followed"))

    def change(self, **update: object) -> None:
        """Replace fields of the state."""
        self.state = self.state.model_copy(update={**update, "updated_at": workflow.now()})

    def enter(self, stage: Stage, status: ShootStatus) -> None:
        """Move to a stage and status, in the state, the search attributes and the details."""
        before = (self.state.stage, self.state.status)
        self.change(stage=stage, status=status)
        if before != (stage, status) or not workflow.info().typed_search_attributes.get(
            STATUS_ATTRIBUTE
        ):
            workflow.upsert_search_attributes(
                [STAGE_ATTRIBUTE.value_set(stage.value), STATUS_ATTRIBUTE.value_set(status.value)]
            )
        self._show()

    def _show(self) -> None:
        """Show the state in the Temporal UI. The memo is carried from run to run."""
        address = workflow.memo_value(ADDRESS_MEMO, "", type_hint=str)
        workflow.set_current_details(details(self.state, address))

    def begin(self, running: Running) -> None:
        """List a script or turn as under way."""
        self.change(running=(*self.state.running, running))

    def finish(self, run_id: str) -> None:
        """Take a script or turn off the list."""
        self.change(running=tuple(r for r in self.state.running if r.run_id != run_id))

    def record(self, entries: tuple[LedgerEntry, ...]) -> None:
        """Put paid calls on the ledger; an entry with a known id replaces the earlier one."""
        known = {entry.id: entry for entry in self.state.ledger}
        entries = tuple(
            entry
            for entry in entries
            if known.get(entry.id) != entry
            and not (entry.id in known and entry.yields_to(known[entry.id]))
        )
        if not entries:
            return
        ledger = {**known, **{entry.id: entry for entry in entries}}
        before = totals(self.state.ledger)
        self.change(ledger=tuple(ledger.values()))
        now = totals(self.state.ledger)
        if now != before:
            self.publish(Cost(totals=now))
        self._show()

    def hear(self, message: Message) -> None:
        """Add a message to the transcript. A very long one loses its middle, never the brief."""
        if not message.text:
            return
        transcript = [*self.state.transcript, message]
        while len(transcript) > 2 and sum(len(one.text) for one in transcript) > MAX_TRANSCRIPT:
            del transcript[1]
        self.change(transcript=tuple(transcript))
