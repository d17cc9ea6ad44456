"""Claude as the director: what is shown while it answers, also where an answer breaks off."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest

from activities.claude import talk
from activities.claude.director import MAX_EXCHANGES
from activities.claude.talk import BrokenStreamError, Narrator
from tests.activities.claude_kit import (
    APPROVED,
    DONE,
    LONG,
    Recorder,
    Studio,
    turn,
)
from tests.emulators import faults
from tests.emulators.claude import event
from tests.emulators.claude_mind import Block, Text, Thinking, Tool
from tests.emulators.wire import Reply

pytest_plugins = ("tests.emulators.plugin",)


async def test_words_before_a_tool_are_thinking(studio: Studio) -> None:
    """Only the last text is the response; the rest shows as thinking, tools as tools."""
    await studio.hear(
        "frame 1 darker",
        turn(
            Thinking("one frame"),
            Text("Let me see."),
            Tool("modify", {"frames": [1, 3], "instruction": "darker"}),
        ),
        turn(Thinking("done"), Text("Frame 1 "), Text("gets darker.")),
    )
    assert studio.voice.said == [
        ("thinking", "one frame"),
        ("thinking", "Let me see."),
        ("thinking", "done"),
        ("response", "Frame 1 gets darker."),
    ]
    assert studio.voice.known == ["thinking", None, "thinking", None]
    assert studio.voice.tools == [("modify", "frames: 1, 3; instruction: darker", "done")]


async def test_thoughts_are_asked_for(studio: Studio) -> None:
    """Without being asked Claude hides them."""
    await studio.hear("hello", turn(Thinking("a greeting"), Text("Hello.")))
    assert studio.bodies[0]["thinking"] == {"type": "adaptive", "display": "summarized"}
    assert studio.voice.said[0] == ("thinking", "a greeting")


async def test_blank_words_are_no_message(studio: Studio) -> None:
    """Line breaks before a tool are neither shown nor sent back, which Claude would refuse."""
    reply = await studio.hear("yes", turn(Text("\n\n"), Tool("approve")), DONE)
    assert len(reply.decisions) == 1
    assert studio.voice.said == [("response", "Done.")]
    assert studio.claude.complaints == []


@pytest.mark.parametrize("blank", [(), (Text(""),), (Text(" \n"),), (Thinking("hm"), Text(""))])
async def test_an_empty_answer_is_asked_again(studio: Studio, blank: tuple[Block, ...]) -> None:
    """Claude is asked for a sentence, and no empty response is shown."""
    reply = await studio.hear("yes", APPROVED, turn(*blank, stop="end_turn"), DONE)
    assert (reply.words, len(reply.decisions)) == ("Done.", 1)
    assert [words for kind, words in studio.voice.said if kind == "response"] == ["Done."]
    assert studio.claude.complaints == []


async def test_thoughts_alone_are_not_sent_back(studio: Studio) -> None:
    """A message may not end with a thinking block."""
    await studio.hear("yes", turn(Thinking("hm"), stop="end_turn"), DONE)
    assert {message["role"] for message in studio.bodies[1]["messages"]} == {"user"}


async def test_only_emptiness_comes_to_an_end(studio: Studio) -> None:
    """Not asked for ever."""
    error = await studio.fails("yes", *[turn(Text(""), stop="end_turn")] * MAX_EXCHANGES)
    assert (error.type, error.non_retryable) == ("director-stuck", True)


@pytest.mark.parametrize("after", range(1, 18))
@pytest.mark.parametrize(
    "fault", [faults.broken_stream, faults.ended_stream, faults.error_in_stream]
)
async def test_every_message_is_ended(
    studio: Studio, fault: Callable[[int], faults.Fault], after: int
) -> None:
    """Wherever a stream breaks, nothing is left open, half of an answer is no response, the turn
    may be tried again, and what came is paid for."""
    studio.claude.fail_next("messages", fault(after))
    blocks = [Thinking("a thought"), Tool("approve"), Tool("retry", {}), LONG]
    error = await studio.fails("yes", turn(*blocks, stop="end_turn"))
    assert not error.non_retryable
    assert studio.voice.settled
    assert {kind for kind, _ in studio.voice.said} <= {"thinking"}
    assert {summary for _, _, summary in studio.voice.tools} <= {"interrupted"}
    [entry] = studio.ledger
    assert entry.estimate_usd and entry.remote_id


async def test_a_voice_that_fails_is_not_claudes_fault(studio: Studio) -> None:
    """A stream of ours that cannot be written to is no defect of a request: Temporal retries."""

    async def say(text: str) -> None:
        raise RuntimeError("the workflow is not there")

    studio.voice.say = say  # type: ignore[method-assign]
    with pytest.raises(RuntimeError, match="not there"):
        await studio.hear("yes", DONE)


async def test_unreadable_input_breaks_the_answer_off() -> None:
    """The client's words on a tool call that is no JSON are not those of a rejected request."""

    class Stream:
        """Ends as the client's does on such a call."""

        async def __aenter__(self) -> Stream:
            return self

        async def __aexit__(self, *_: object) -> None:
            return None

        async def __aiter__(self) -> AsyncIterator[Any]:
            raise ValueError("Unable to parse tool parameter JSON from model")
            yield

    class Client:
        """Streams that alone."""

        @property
        def messages(self) -> Client:
            return self

        def stream(self) -> Stream:
            return Stream()

    client: Any = Client()
    with pytest.raises(BrokenStreamError, match="unreadable"):
        await talk.answer(client, {}, Recorder(), talk.Spent())


async def test_a_wire_that_grew(studio: Studio) -> None:
    """Events, deltas and comments that nobody knows yet change nothing."""

    def grown(answer: Reply) -> Reply:
        first, second, *rest = answer.events or ()
        new = event("something_new", index=0, more={"a": [1]}) + b": alive\n\n"
        delta = event("content_block_delta", index=0, delta={"type": "new_delta", "new": "x"})
        return replace(answer, events=[first, new, second, delta, *rest])

    studio.claude.alter("messages", grown)
    reply = await studio.hear("yes", turn(Thinking("hm"), Tool("approve")), DONE)
    assert [decision.type for decision in reply.decisions] == ["approve"]
    assert studio.voice.said[-1] == ("response", "Done.")


async def test_unknown_events_are_passed_over() -> None:
    """The wire may grow."""

    class Event:
        type = "something_new"

    voice = Recorder()
    await Narrator(voice).hear(Event())
    assert voice.known == []
