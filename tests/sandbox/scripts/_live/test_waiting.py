"""How often a provider is asked, and how much trouble is forgiven."""

from __future__ import annotations

import argparse

import pytest

from sandbox.scripts._command import ScriptError
from sandbox.scripts._live import waiting
from sandbox.scripts._live.failure import Failure
from sandbox.scripts._live.waiting import Cadence, Pace
from sandbox.scripts._outcomes import Code, Outcome


def _quick() -> Pace:
    return Pace(first=0.001, longest=0.004, patience=0.05, deadline=0.2, timeout=1)


def test_pauses_grow_to_a_limit_and_are_jittered() -> None:
    """Each pause is longer than the last but for chance, and none longer than the longest."""
    cadence = Cadence(Pace(1, 5, 1, 1, 1), "it")
    pauses = [cadence._next() for _ in range(30)]
    assert 0.8 <= pauses[0] <= 1.2
    assert all(4 <= pause <= 6 for pause in pauses[-10:])
    assert len(set(pauses)) == 30


def test_the_deadline_ends_it_as_something_to_resume() -> None:
    """A job that is not ready is left to the next run."""
    with pytest.raises(Failure) as ended:
        for _ in Cadence(_quick(), "The job"):
            pass
    assert ended.value.outcome.code is Code.RESUME


def test_trouble_is_forgiven_until_the_patience_ends() -> None:
    """Lasting trouble ends as something to resume, with the provider's words."""
    rounds = 0
    cadence = Cadence(_quick(), "The job")
    with pytest.raises(Failure, match="down") as ended:
        for _ in cadence:
            rounds += 1
            cadence.stumbled(Failure(Outcome(Code.RETRY, "it is down")))
    assert ended.value.outcome.code is Code.RESUME
    assert rounds > 2


def test_what_a_person_must_decide_is_not_forgiven() -> None:
    """A bad key is told at once."""
    refusal = Failure(Outcome(Code.BAD_KEY, "no"))
    with pytest.raises(Failure) as ended:
        Cadence(_quick(), "The job").stumbled(refusal)
    assert ended.value is refusal


def test_good_answers_renew_the_patience() -> None:
    """Trouble is counted from its begin, and forgotten when it is over."""
    cadence = Cadence(Pace(0.001, 0.001, 0.02, 0.3, 1), "The job")
    with pytest.raises(Failure, match="not ready"):
        for _ in cadence:
            cadence.stumbled(Failure(Outcome(Code.RETRY, "hiccup")))
            cadence.recovered()


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf"])
def test_a_pace_that_is_none_is_refused(value: str) -> None:
    """Every pace is a positive number of seconds."""
    parser = argparse.ArgumentParser()
    waiting.options(parser, _quick())
    with pytest.raises(ScriptError, match="--patience"):
        waiting.pace(parser.parse_args([f"--patience={value}"]))
