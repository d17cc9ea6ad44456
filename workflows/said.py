"""What anybody may send to a shoot, taken apart: the right value, or words for what is wrong.

Handlers take ``*said: object``, so that the SDK hands over the plain JSON whatever its number and
types. A typed parameter will not do: a union loses its discriminator on the way, so that ``{}`` is
the first decision whose fields all have defaults, which approves; and a signal with an argument too
many fails the workflow task, over and over.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from pydantic import ValidationError
from temporalio.exceptions import ApplicationError

from studio.decisions import DECISION, Decision
from studio.ledger import LedgerEntry
from workflows.contract import NOT_APPLICABLE

_SHOWN = 200


def decision(said: Sequence[object]) -> Decision:
    """The decision that was sent. Raises ``ApplicationError`` in one line."""
    if len(said) != 1 or not isinstance(said[0], dict):
        raise _wrong('a decision is one object with a type, as {"type": "approve"}')
    try:
        return DECISION.validate_json(json.dumps(said[0]))
    except ValidationError as error:
        raise _wrong("; ".join(_line(one["loc"], one["msg"]) for one in error.errors())) from None


def text(said: Sequence[object]) -> str | None:
    """The words of ``continue``. Raises ``ValueError`` where it is not one text or nothing."""
    if len(said) > 1 or not all(one is None or isinstance(one, str) for one in said):
        raise ValueError("'continue' takes one text, or nothing")
    return next((one for one in said if isinstance(one, str)), None)


def entry(said: Sequence[object]) -> LedgerEntry:
    """The ledger's entry. Raises ``ValueError``."""
    if len(said) != 1:
        raise ValueError("one entry is booked at a time")
    return LedgerEntry.model_validate_json(json.dumps(said[0]))


def _wrong(why: str) -> ApplicationError:
    flat = " ".join(why.split())
    short = flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1] + "…"
    return ApplicationError(f"not a decision: {short}", type=NOT_APPLICABLE, non_retryable=True)


def _line(place: Sequence[object], message: str) -> str:
    where = ".".join(str(one) for one in place)
    return f"{where}: {message}" if where else message
