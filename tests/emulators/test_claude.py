"""Anthropic's own client takes the stand-in for Claude."""

from __future__ import annotations

from typing import Any

import anthropic
import httpx2
import pytest

from tests.emulators import faults
from tests.emulators.claude_mind import Text, Thinking, Tool, Turn
from tests.emulators.service import Emulators

pytest_plugins = ("tests.emulators.plugin",)

APPROVE: dict[str, Any] = {
    "name": "approve",
    "description": "go on",
    "strict": True,
    "input_schema": {
        "type": "object",
        "properties": {"stage": {"enum": ["hero", "frames"]}},
        "required": ["stage"],
        "additionalProperties": False,
    },
}
CANCEL = {"name": "cancel", "input_schema": {"type": "object", "properties": {}}}
WORDS = {"role": "user", "content": "continue with the frames"}
USUAL: dict[str, Any] = {"model": "claude-sonnet-5-5", "max_tokens": 2000, "messages": [WORDS]}


def _turn(claude: anthropic.Anthropic, **more: Any) -> tuple[list[str], Any]:
    with claude.messages.stream(**{**USUAL, **more}) as stream:
        events: list[str] = [event.type for event in stream]
        return events, stream.get_final_message()


def test_a_turn_streams(claude: anthropic.Anthropic, providers: Emulators) -> None:
    """Thinking, words and a tool arrive as the client's own events, whole."""
    said = "Grüße — voilà 📷, on y va."
    providers.anthropic.script(
        Turn([Thinking("they want to go on"), Text(said), Tool("approve", {"stage": "frames"})])
    )
    shown = {"type": "adaptive", "display": "summarized"}
    events, message = _turn(claude, tools=[APPROVE], thinking=shown)
    thinking, text, tool = message.content
    assert (thinking.type, thinking.thinking) == ("thinking", "they want to go on")
    assert (text.type, text.text) == ("text", said)
    assert (tool.type, tool.input) == ("tool_use", {"stage": "frames"})
    assert {"thinking", "text", "input_json", "message_stop"} <= set(events)
    assert message.stop_reason == "tool_use" and message.usage.output_tokens > 0
    assert providers.complaints == []


def test_a_turn_without_streaming(claude: anthropic.Anthropic, providers: Emulators) -> None:
    """The same message comes whole."""
    providers.anthropic.script(Turn([Text("hello")]))
    message = claude.messages.create(**USUAL)
    assert message.content[0].type == "text" and message.content[0].text == "hello"
    assert [one.streamed for one in providers.anthropic.submissions] == [False]


def test_the_environment_alone_leads_there(program: Any, providers: Emulators) -> None:
    """A program that knows of nothing reaches the stand-in, certificate and key included."""
    source = (
        "import anthropic; answer = anthropic.Anthropic().messages.create(max_tokens=9, "
        "model='claude-sonnet-5-5', messages=[{'role': 'user', 'content': 'hi'}]); "
        "print(len(answer.content))"
    )
    assert program(source) == 1
    assert len(providers.anthropic.submissions) == 1


def test_thoughts_are_hidden_unless_asked_for(
    claude: anthropic.Anthropic, providers: Emulators
) -> None:
    """A thinking block comes all the same, empty, with its signature."""
    providers.anthropic.script(Turn([Thinking("secret"), Text("hello")]))
    block = _turn(claude)[1].content[0]
    assert block.type == "thinking" and block.thinking == "" and block.signature


def test_it_uses_the_tool_that_fits(claude: anthropic.Anthropic) -> None:
    """Without a script, words choose the tool, and the schema its input."""
    block = _turn(claude, tools=[CANCEL, APPROVE])[1].content[-1]
    assert block.type == "tool_use"
    assert (block.name, block.input) == ("approve", {"stage": "frames"})


def test_a_turn_is_replayed_with_its_result(claude: anthropic.Anthropic) -> None:
    """Thinking goes back unchanged, the tool has its result, and a turn of words follows."""
    first = _turn(claude, tools=[APPROVE])[1]
    used = first.content[-1]
    assert used.type == "tool_use"
    result = {"type": "tool_result", "tool_use_id": used.id, "content": "done"}
    history = [WORDS, first.to_param(), {"role": "user", "content": [result]}]
    assert _turn(claude, tools=[APPROVE], messages=history)[1].stop_reason == "end_turn"


def test_a_tool_without_its_result_is_refused(claude: anthropic.Anthropic) -> None:
    """As the API does."""
    first = _turn(claude, tools=[APPROVE])[1]
    history = [WORDS, first.to_param(), {"role": "user", "content": "and?"}]
    with pytest.raises(anthropic.BadRequestError, match="tool_result"):
        _turn(claude, tools=[APPROVE], messages=history)


def test_a_changed_thought_is_refused(claude: anthropic.Anthropic) -> None:
    """Thinking blocks go back as they came or not at all."""
    thought = _turn(claude, tools=[APPROVE])[1].content[0]
    assert thought.type == "thinking"
    changed = {"type": "thinking", "thinking": "no", "signature": thought.signature}
    said = {"role": "assistant", "content": [changed]}
    with pytest.raises(anthropic.BadRequestError, match="thinking blocks cannot be modified"):
        _turn(claude, messages=[WORDS, said, WORDS])


def _schema(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


IMAGE = {
    "type": "image",
    "source": {"type": "base64", "media_type": "image/png", "data": "AAAA"},
}
WRONG: list[Any] = [
    pytest.param({"extra_body": {"temperature": 0.5}}, "temperature", id="temperature"),
    pytest.param({"extra_body": {"nonsense": 1}}, "Extra inputs", id="unknown-field"),
    pytest.param(
        {"thinking": {"type": "enabled", "budget_tokens": 1024}}, "adaptive", id="thinking"
    ),
    pytest.param(
        {"tools": [APPROVE], "tool_choice": {"type": "any"}}, "forced tool use", id="forced"
    ),
    pytest.param({"messages": [{"role": "user", "content": " "}]}, "non-empty", id="empty"),
    pytest.param({"messages": [{"role": "assistant", "content": "x"}]}, "user role", id="first"),
    pytest.param(
        {"messages": [WORDS, {"role": "assistant", "content": "I"}]}, "prefilled", id="prefill"
    ),
    pytest.param({"messages": [{"role": "user", "content": [IMAGE]}]}, "image", id="image"),
    pytest.param(
        {"tools": [{**APPROVE, "input_schema": {"type": "object", "properties": {}}}]},
        "additionalProperties",
        id="open-schema",
    ),
    pytest.param(
        {"tools": [{**APPROVE, "input_schema": _schema(n={"type": "integer", "minimum": 1})}]},
        "minimum",
        id="strict-minimum",
    ),
    pytest.param({"tools": [APPROVE, APPROVE]}, "unique", id="two-of-a-name"),
]


@pytest.mark.parametrize(("change", "words"), WRONG)
def test_requests_are_checked(
    claude: anthropic.Anthropic, providers: Emulators, change: dict[str, Any], words: str
) -> None:
    """What the API refuses is refused, with a reason, and counts as no answer."""
    with pytest.raises(anthropic.BadRequestError, match=words):
        _turn(claude, **change)
    assert words in providers.complaints[0]
    assert providers.anthropic.submissions == []


def test_an_unknown_model_is_not_found(claude: anthropic.Anthropic) -> None:
    """404, as the API says."""
    with pytest.raises(anthropic.NotFoundError):
        _turn(claude, model="claude-nobody")


REFUSED: list[Any] = [
    pytest.param(faults.anthropic_overloaded(), anthropic.OverloadedError, id="overloaded"),
    pytest.param(
        faults.anthropic_error(429, "rate_limit_error", "slow", retry_after="3"),
        anthropic.RateLimitError,
        id="rate-limit",
    ),
    pytest.param(faults.cut(), anthropic.APIConnectionError, id="cut"),
    pytest.param(faults.broken_stream(5), httpx2.RemoteProtocolError, id="cut-half-way"),
    pytest.param(faults.error_in_stream(5), anthropic.APIStatusError, id="error-half-way"),
]


@pytest.mark.parametrize(("fault", "error"), REFUSED)
def test_faults_reach_the_client(
    claude: anthropic.Anthropic, providers: Emulators, fault: faults.Fault, error: type[Exception]
) -> None:
    """Each misdeed shows itself in the client as the real one does."""
    providers.anthropic.script(Turn([Text("a long answer, said in many pieces, one by one")]))
    providers.anthropic.fail_next("messages", fault)
    with pytest.raises(error):
        _turn(claude)


def test_an_end_without_an_end(claude: anthropic.Anthropic, providers: Emulators) -> None:
    """A stream that just ends raises nothing: only the missing stop reason tells."""
    providers.anthropic.fail_next("messages", faults.ended_stream(5))
    assert _turn(claude)[1].stop_reason is None


def test_silence_in_a_stream(claude: anthropic.Anthropic, providers: Emulators) -> None:
    """A stream that falls silent ends by the client's own timeout."""
    providers.anthropic.fail_next("messages", faults.silent_stream(3))
    with pytest.raises(httpx2.ReadTimeout):
        _turn(claude, timeout=0.3)


def test_the_cache_is_counted(claude: anthropic.Anthropic) -> None:
    """What was marked to be kept is written once and read after that."""
    fixed = {"type": "text", "text": "fixed " * 50, "cache_control": {"type": "ephemeral"}}
    first, second = (_turn(claude, system=[fixed])[1].usage for _ in range(2))
    assert first.cache_creation_input_tokens and not first.cache_read_input_tokens
    assert second.cache_read_input_tokens and not second.cache_creation_input_tokens


def test_a_stranger_is_refused(claude: anthropic.Anthropic) -> None:
    """A wrong key is a 401."""
    with pytest.raises(anthropic.AuthenticationError):
        claude.with_options(api_key="sk-wrong").messages.create(**USUAL)
