"""The house director: speaks the lines, and needs no key."""

from __future__ import annotations

import re

from studio.director.house.opening import open_shoot
from studio.director.house.replies import listed
from studio.director.house.turns import answer
from studio.director.interface import Opening, Reply, Situation, Voice
from studio.shoot import Brief, Message

_CHUNK = re.compile(r"\S+\s*|\s+")


class HouseDirector:
    """Directs by rules and tables of words: the same answer to the same words every time.

    It implements :class:`studio.director.interface.Director`. It sees no picture and says nothing
    about any; its replies cost nothing, so they carry no ledger.
    """

    async def direct(self, brief: Brief, voice: Voice) -> Opening:
        """Read a brief by the presets and the customary pairings, and say what will be shot."""
        done = await voice.tool("read_brief", "Reading the brief")
        opening = open_shoot(brief)
        direction = opening.direction
        await done(f"{direction.pose}, {direction.background}")
        await _speak(opening.words, voice)
        return opening

    async def hear(
        self, words: str, situation: Situation, transcript: tuple[Message, ...], voice: Voice
    ) -> Reply:
        """Take the decisions that ``words`` clearly ask for, or ask back."""
        done = await voice.tool("interpret", "Working out what was asked")
        reply = answer(words, situation, transcript)
        await done(listed([d.type for d in reply.decisions]) if reply.decisions else "no decision")
        await _speak(reply.words, voice)
        return reply


async def _speak(words: str, voice: Voice) -> None:
    """Say ``words`` as one response, a word at a time."""
    await voice.begin("response")
    for chunk in _CHUNK.findall(words):
        await voice.say(chunk)
    await voice.end()
