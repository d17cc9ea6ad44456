"""The house director as a director: what it says through a voice, and in which order."""

from __future__ import annotations

from typing import Any

from studio.decisions import Approve
from studio.director.house import HouseDirector
from studio.director.interface import Director, Situation
from studio.shoot import Brief
from studio.stages import Stage


def test_house_director_is_a_director() -> None:
    """The type checker agrees that it stands in for any other."""
    director: Director = HouseDirector()
    assert director is not None


async def test_opening_is_spoken_in_words(voice: Any) -> None:
    """The tool comes first, then one response, a word at a time."""
    opening = await HouseDirector().direct(Brief(prompt="edgy, on black"), voice)
    kinds = [what for what, _ in voice.said]
    assert kinds[:3] == ["tool", "done", "begin"]
    assert kinds.count("begin") == kinds.count("end") == 1
    assert kinds.count("say") == len(opening.words.split())
    assert voice.words == opening.words


async def test_reply_is_spoken_and_returned(voice: Any) -> None:
    """What is heard through the voice is what the reply says."""
    situation = Situation(stage=Stage.HERO)
    reply = await HouseDirector().hear("looks good", situation, (), voice)
    assert reply.decisions == (Approve(),)
    assert ("done", "approve") in voice.said
    assert voice.words == reply.words


async def test_house_director_costs_nothing(voice: Any) -> None:
    """No paid call, no ledger."""
    opening = await HouseDirector().direct(Brief(prompt="edgy"), voice)
    assert opening.ledger == ()
