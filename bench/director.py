"""How often the house director takes the decisions that a sentence asks for.

The corpus is under ``tests/studio/director/corpus``: ``seen`` was at hand while the rules were
written; ``held_out`` was imagined before the first rule and ``held_out_later`` towards the end.
Both were scored unread, which gave ``FIRST_SCORE``: the honest figures, since they were read at
the very end and taught the rules what they had missed. All sets have one author.

``cases`` and ``adversaries`` try to make it spend: praise with a number, exceptions, questions of
order, requests for a file, quitting. What is asked instead of done does no harm there; an order
that nobody gave does. ``adversaries_held_out`` was split off by chance and ``adversaries_later``
written towards the end; scored unread they ordered wrongly 7 times in 128 (67 by the rules before)
and 3 in 152, which was mended by its kind.

A sentence counts where all its decisions are right and in order; an instruction counts where it
contains the words expected. False orders are counted apart: they are what must not happen.
"""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from rich.table import Table

from studio.decisions import DECISION, Decision
from studio.director.house import interpret
from studio.director.interface import Situation

NAME = "house director: decisions taken as expected"
CORPUS = Path(__file__).parent.parent / "tests" / "studio" / "director" / "corpus"
SETS = (
    "seen",
    "held_out",
    "held_out_later",
    "cases",
    "adversaries",
    "adversaries_held_out",
    "adversaries_later",
)
FIRST_SCORE = {"held_out": (215, 226), "held_out_later": (168, 184)}
"""Right of all when each set was first scored, before it was read with the rules at hand."""


@dataclass(frozen=True)
class Case:
    """One sentence, where it is said, and the decisions it asks for."""

    words: str
    situation: Situation
    expected: tuple[Decision, ...]
    language: str
    kind: str

    @property
    def stage(self) -> str:
        """The stage whose checkpoint is open."""
        return self.situation.stage.value


@lru_cache
def cases(name: str) -> tuple[Case, ...]:
    """The cases of one set, in the order of its file."""
    lines = (CORPUS / f"{name}.jsonl").read_text("utf-8").splitlines()
    return tuple(_case(json.loads(line)) for line in lines)


def _case(row: dict[str, Any]) -> Case:
    return Case(
        words=row["words"],
        situation=Situation.model_validate({"stage": row["stage"], **row.get("situation", {})}),
        expected=tuple(DECISION.validate_python(decision) for decision in row["expected"]),
        language=row["language"],
        kind=row["kind"],
    )


def is_right(case: Case, decisions: tuple[Decision, ...]) -> bool:
    """Whether ``decisions`` are those expected, in order."""
    if len(decisions) != len(case.expected):
        return False
    return all(_same(*pair) for pair in zip(case.expected, decisions, strict=True))


def orders_wrongly(case: Case, decisions: tuple[Decision, ...]) -> bool:
    """Whether a decision was taken that nobody gave: paid for, changing something, or final."""
    return any(not any(_same(meant, one) for meant in case.expected) for one in decisions)


def _same(expected: Decision, taken: Decision) -> bool:
    wanted, got = expected.model_dump(), taken.model_dump()
    said, quoted = wanted.pop("instruction", None), got.pop("instruction", None)
    return wanted == got and (said is None or _plain(said) in _plain(quoted or ""))


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in folded if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", letters))


def score(name: str) -> list[tuple[Case, bool, bool]]:
    """Each case of a set, whether it is right, and whether it orders what nobody meant."""
    scored = []
    for case in cases(name):
        decisions = interpret(case.words, case.situation).decisions
        scored.append((case, is_right(case, decisions), orders_wrongly(case, decisions)))
    return scored


def table() -> Table:
    """Score all sets; takes a second or two."""
    begun = time.perf_counter()
    scored = {name: score(name) for name in SETS}
    each = (time.perf_counter() - begun) / sum(len(rows) for rows in scored.values())
    shown = Table(title=NAME, caption=f"{each * 1000:.1f} ms a sentence; {_first_scores()}")
    shown.add_column("by")
    for name in SETS:
        shown.add_column(name.replace("_", " "), justify="right")
    shown.add_row("all", *(_share(ok for _, ok, _ in scored[name]) for name in SETS))
    shown.add_row("false orders", *(str(sum(bad for *_, bad in scored[n])) for n in SETS))
    for heading in ("stage", "kind", "language"):
        shown.add_section()
        values = {getattr(case, heading): None for rows in scored.values() for case, *_ in rows}
        for value in values:
            shown.add_row(f"{heading}: {value}", *_row(scored, heading, value))
    return shown


def _row(
    scored: dict[str, list[tuple[Case, bool, bool]]], heading: str, value: str
) -> Iterable[str]:
    for name in SETS:
        yield _share(ok for case, ok, _ in scored[name] if getattr(case, heading) == value)


def _share(right: Iterable[bool]) -> str:
    marks = list(right)
    return f"{sum(marks)}/{len(marks)}  {sum(marks) / len(marks):.0%}" if marks else "–"


def _first_scores() -> str:
    first = (
        f"{name.replace('_', ' ')} {right}/{count} ({right / count:.1%})"
        for name, (right, count) in FIRST_SCORE.items()
    )
    return f"scored for the first time: {', '.join(first)}"
