"""What reading a clause comes to: one kind of item each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studio.decisions import Decision
from studio.director.house.selections import Selection
from studio.director.house.tokens import Tokens
from studio.stages import Stage

ONE_RATIO = "All frames share one ratio, so a single one cannot have its own."


class Kind(StrEnum):
    """What a clause is."""

    NOTHING = "nothing"
    GO = "go"
    VERDICT = "verdict"
    NICETY = "nicety"
    DECIDE = "decide"
    CHANGE = "change"
    REDO = "redo"
    TARGET = "target"
    COMPLAINT = "complaint"
    REMARK = "remark"
    CONSTRAINT = "constraint"
    QUESTION = "question"
    DOUBT = "doubt"
    HESITATION = "hesitation"
    NEGATION = "negation"
    CONDITION = "condition"
    SARCASM = "sarcasm"
    UNKNOWN = "unknown"
    REFUSE = "refuse"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Item:
    """One clause, read. ``tokens`` are what an instruction is quoted from.

    ``words`` are set on refusals and hints: the rule, and the remedy. ``go`` says that settings
    came with an explicit word to go on.
    """

    kind: Kind
    tokens: Tokens = ()
    decisions: tuple[Decision, ...] = ()
    selection: Selection | None = None
    stage: Stage | None = None
    words: str = ""
    go: bool = False
    sentence: int = 0
