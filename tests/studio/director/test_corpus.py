"""The corpus: sentences as people say them, and the decisions they ask for."""

from __future__ import annotations

import pytest

from bench.director import SETS, Case, cases, is_right, score
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


@pytest.mark.parametrize("name", SETS)
def test_no_sentence_orders_what_nobody_meant(name: str) -> None:
    """Nothing is bought, changed, ended or approved by mistake, understood or not."""
    assert [case.words for case, _, wrongly in score(name) if wrongly] == []


@pytest.mark.parametrize(
    "name", ["cases", "adversaries", "adversaries_held_out", "adversaries_later"]
)
def test_adversaries_orders_are_mostly_taken(name: str) -> None:
    """Among the sentences that try to make it spend, the plain orders are not lost."""
    orders = [ok for case, ok, _ in score(name) if case.expected and case.kind != "praise"]
    assert sum(orders) >= 0.6 * len(orders)


def test_third_of_corpus_is_held_out() -> None:
    """At least a third of the sentences were out of sight of the rules."""
    held_out = len(cases("held_out")) + len(cases("held_out_later"))
    assert held_out * 3 >= held_out + len(cases("seen"))
