"""A shoot that Temporal's own tools have started: what its input lacks, what is wrong with it."""

from __future__ import annotations

import re
from datetime import datetime

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from studio.shoot import WORKFLOW_ID_PATTERN
from workflows import contract
from workflows.contract import ShootInput


def shoot_id(given: ShootInput) -> str:
    """The shoot's id; of a workflow whose id cannot be one, a name for its last words."""
    if given.id is not None:
        return given.id
    name = workflow.info().workflow_id
    return name if re.fullmatch(WORKFLOW_ID_PATTERN, name) else "unnamed"


def introduce(given: ShootInput, created: datetime) -> None:
    """Give the workflow the memo and the owner that the studio's own client gives the others.

    Raises ``ApplicationError``, which ends the workflow, where the input cannot be a shoot.
    """
    fault = given.fault or _misnamed(given)
    if fault:
        raise ApplicationError(
            f"this input starts no shoot: {fault}. The least is "
            '{"brief": {"prompt": "…"}}; docs/shoot.md has the rest',
            type=contract.INVALID_INPUT,
            non_retryable=True,
        )
    if "title" in workflow.memo() or not workflow.patched("introduce"):
        return
    workflow.upsert_memo(contract.memo(given.brief, created))
    if given.owner:
        workflow.upsert_search_attributes([contract.OWNER_ATTRIBUTE.value_set(given.owner)])


def _misnamed(given: ShootInput) -> str | None:
    """What is wrong with the shoot's id, if anything is."""
    name = workflow.info().workflow_id
    if not re.fullmatch(WORKFLOW_ID_PATTERN, name):
        return (
            f"the workflow's id {name[:128]!r} cannot be a shoot's: use up to 128 letters, digits, "
            "'-', '_', '.' and ':', not beginning with '.' or ':'"
        )
    if given.id not in (None, name):
        return f"its id is {given.id!r} and the workflow's is {name!r}: leave the id out"
    return None
