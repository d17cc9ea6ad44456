"""What a script may say in sum: every event is small, and a hundred thousand small ones are not.

Status messages, submissions, artifacts and refusals go into a shoot's stream and history. What the
artifacts' provenance comes to, taken together, is kept with every picture of every take, and all
takes travel in one payload, of which Temporal takes 2 MB: a script that made it more would fail
its shoot for ever, whoever retries it. Progress (which is thinned out) and a tool's log (which
goes nowhere) count only towards stdout.
"""

from __future__ import annotations

import pydantic_core
from pydantic import JsonValue

from sandbox.errors import ScriptFailed
from sandbox.limits import KIB, Limits
from sandbox.protocol import Artifact, Progress, ScriptEvent, ToolLog


class Budget:
    """What one execution has left to say."""

    def __init__(self, script: str, limits: Limits) -> None:
        self._script = script
        self._limits = limits
        self._said = 0
        self._provenance: dict[str, JsonValue] = {}

    def spend(self, event: ScriptEvent) -> None:
        """Count ``event``, as it is written in JSON; raises ``ScriptFailed`` beyond the budget."""
        if isinstance(event, Progress | ToolLog):
            return
        self._said += len(event.model_dump_json(by_alias=True).encode())
        if self._said > self._limits.said:
            raise self._breach("in its events", self._limits.said)
        if isinstance(event, Artifact) and event.provenance is not None:
            self._provenance.update(event.provenance)
            if len(pydantic_core.to_json(self._provenance)) > self._limits.provenance:
                raise self._breach("of how it made its artifacts", self._limits.provenance)

    def _breach(self, what: str, limit: int) -> ScriptFailed:
        message = f"{self._script} said more than {limit // KIB} KiB {what}, its limit"
        return ScriptFailed("limit-events", message)
