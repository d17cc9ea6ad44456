"""Remarks, by combination: whatever numbers stand beside them, they order nothing."""

from __future__ import annotations

import json
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.director import CORPUS
from studio.director.house import interpret
from studio.director.interface import Situation
from studio.stages import ORDER, Stage

REMARKS: dict[str, list[str]] = json.loads((CORPUS / "remarks.json").read_text("utf-8"))
"""``after`` and ``before`` a number, ``around`` it in other languages, ``alone`` without any."""
NUMBERS = {
    Stage.FRAMES: ("2", "frame 4", "frames 2 and 4", "3 and 5", "1-3", "#6", "the third one"),
    Stage.CLIPS: ("2", "clip 4", "clips 2 and 4", "3 and 5", "1-3", "#5", "the last one"),
    Stage.COMPLETE: ("frame 2", "clip 3", "clips 1 and 2", "frames 4 to 6"),
}
ORDERS = (
    "{}: darker", "{}: open the jacket", "open the jacket in {}", "{} too dark", "{}: more light",
    "please make {} darker", "{} needs more light", "{}: no hat", "remove the hat in {}",
    "I want {} darker", "could you make {} darker?", "{}: the hat should be red",
)  # fmt: skip
placed = st.sampled_from([(stage, number) for stage in NUMBERS for number in NUMBERS[stage]])


def _beside(remark: str, number: str) -> str:
    return f"{number}{'' if remark[0] in ',.?!' else ' '}{remark}"


def _decided(words: str, stage: Stage) -> list[str]:
    return [decision.type for decision in interpret(words, Situation(stage=stage)).decisions]


@given(placed, st.sampled_from(REMARKS["after"]), st.sampled_from(REMARKS["before"]))
@settings(max_examples=120, deadline=None)
def test_remark_beside_a_number_orders_nothing(
    place: tuple[Stage, str], after: str, before: str
) -> None:
    """Praise, comparison, use, order, report and supposition, before a number or after it."""
    stage, number = place
    assert _decided(_beside(after, number), stage) == []
    assert _decided(f"{before} {number}", stage) == []


@given(st.sampled_from(REMARKS["around"]), st.sampled_from(["2", "la 3", "die 4", "2 e 4"]))
@settings(max_examples=60, deadline=None)
def test_remark_in_another_language_orders_nothing(remark: str, number: str) -> None:
    """The same in German, French, Spanish, Italian, Dutch and Portuguese."""
    assert _decided(remark.format(n=number), Stage.FRAMES) == []


@given(st.sampled_from(REMARKS["alone"]), st.sampled_from(ORDER))
@settings(max_examples=100, deadline=None)
def test_remark_without_a_number_orders_nothing(remark: str, stage: Stage) -> None:
    """At the hero, too, where a wish needs no number."""
    assert _decided(remark, stage) == []


@pytest.mark.slow
def test_no_remark_at_all_orders_anything() -> None:
    """Every combination there is."""
    beside = [
        (words, stage)
        for stage, numbers in NUMBERS.items()
        for number in numbers
        for words in (
            *(_beside(after, number) for after in REMARKS["after"]),
            *(f"{before} {number}" for before in REMARKS["before"]),
        )
    ]
    alone = list(product(REMARKS["alone"], ORDER))
    assert [pair for pair in (*beside, *alone) if _decided(*pair)] == []


@pytest.mark.parametrize("words", ORDERS)
@pytest.mark.parametrize("stage", [Stage.FRAMES, Stage.CLIPS])
def test_plain_order_is_taken(words: str, stage: Stage) -> None:
    """The rules that hold remarks back are not mute."""
    taken = "modify" if stage is Stage.FRAMES else "regenerate"
    for number in NUMBERS[stage]:
        assert _decided(words.format(number), stage) == [taken], number
