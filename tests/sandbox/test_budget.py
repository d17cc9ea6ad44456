"""What a script says is bounded in sum, so that it fits into whatever carries it."""

import pydantic_core
import pytest

from sandbox.budget import Budget
from sandbox.errors import ScriptFailed
from sandbox.limits import KIB, Limits
from sandbox.protocol import Artifact, Progress, Status, ToolLog
from studio.takes import Artifact as Kept

TEMPORAL = 2 * 1024 * KIB
"""Bytes that Temporal takes in one payload."""


def said(text: str) -> int:
    return len(Status(message=text).model_dump_json(by_alias=True).encode())


def test_budget_holds_to_the_byte() -> None:
    """What fits exactly is said; one more event of one more byte is not."""
    text = "\U0001f4f7" * 100
    budget = Budget("program", Limits(said=10 * said(text)))
    for _ in range(10):
        budget.spend(Status(message=text))

    with pytest.raises(ScriptFailed, match="in its events, its limit") as failed:
        budget.spend(Status(message=""))
    assert (failed.value.code, failed.value.retryable) == ("limit-events", False)


def test_progress_is_free() -> None:
    """It is thinned out by whoever passes it on; a tool's log goes nowhere."""
    budget = Budget("program", Limits(said=1))
    for _ in range(1000):
        budget.spend(Progress(completed=1, total=2, message="x" * 4000))
        budget.spend(ToolLog(message="x" * 4000))


def test_provenance_counts_as_it_is_kept() -> None:
    """Said again for each picture it is kept once; new names add up."""
    budget = Budget("program", Limits(provenance=1 * KIB))
    for number in range(20):
        budget.spend(_artifact({"how": "x" * 900, "number": number}))

    with pytest.raises(ScriptFailed, match="how it made its artifacts"):
        budget.spend(_artifact({"more": "x" * 200}))


def test_a_long_shoot_fits_into_a_payload() -> None:
    """Forty takes of six pictures, each with all the provenance that a script may give."""
    provenance = {"how": "x" * (Limits().provenance - len('{"how":""}'))}
    assert len(pydantic_core.to_json(provenance)) == Limits().provenance
    Budget("program", Limits()).spend(_artifact(provenance))
    kept = Kept(
        name="frame-1.png",
        key="shoots/0123456789/takes/frames/12/frame-1.png",
        kind="image",
        sha256="0" * 64,
        size=10**9,
        width=10_000,
        height=10_000,
        fingerprint="0" * 64,
        provenance=provenance,
    )

    assert 40 * 6 * len(kept.model_dump_json().encode()) < TEMPORAL


def _artifact(provenance: dict[str, object]) -> Artifact:
    return Artifact.model_validate(
        {"path": "a.png", "artifactType": "image", "provenance": provenance}
    )
