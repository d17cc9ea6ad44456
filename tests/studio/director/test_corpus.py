"""The corpus: sentences as people say them, and the decisions they ask for."""

from __future__ import annotations

import pytest

from bench.director import Case, cases, is_right, score
from studio.director.house import interpret


@pytest.mark.parametrize("case", cases("seen"), ids=lambda case: f"{case.stage}: {case.words}")
def test_seen_sentence_is_understood(case: Case) -> None:
    """Every sentence that the rules were written with is read as expected."""
    decisions = interpret(case.words, case.situation).decisions
    assert is_right(case, decisions), decisions


@pytest.mark.parametrize("name", ["held_out", "held_out_later"])
def test_unseen_sentences_are_mostly_understood(name: str) -> None:
    """Nine in ten of the sentences kept out of sight are read as expected."""
    right = [ok for _, ok, _ in score(name)]
    assert sum(right) >= 0.9 * len(right)


@pytest.mark.parametrize("name", ["held_out", "held_out_later"])
def test_unseen_sentences_never_approve_wrongly(name: str) -> None:
    """No sentence approves that should not, understood or not."""
    assert [case.words for case, _, wrongly in score(name) if wrongly] == []


def test_third_of_corpus_is_held_out() -> None:
    """At least a third of the sentences were out of sight of the rules."""
    held_out = len(cases("held_out")) + len(cases("held_out_later"))
    assert held_out * 3 >= held_out + len(cases("seen"))
