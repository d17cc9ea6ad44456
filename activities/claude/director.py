"""The director that thinks with Claude: a few exchanges a turn, every one of them paid for."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

from anthropic import AnthropicError, AsyncAnthropic, BadRequestError
from anthropic.types import (
    ContentBlock,
    ContentBlockParam,
    Message,
    ToolParam,
    ToolResultBlockParam,
    ToolUseBlock,
)
from temporalio.exceptions import ApplicationError

from activities.claude import prompts
from activities.claude.guard import may_approve
from activities.claude.talk import BrokenStreamError, Spent, answer
from activities.claude.tools import (
    DIRECTION,
    WrongInputError,
    decision_of,
    decision_tools,
    direction_of,
    direction_tool,
)
from providers import claude
from sandbox.scripts import _outcomes
from studio.decisions import Approve, Decision
from studio.director.interface import Opening, Reply, Situation, Voice
from studio.ledger import LedgerEntry
from studio.shoot import Brief, Direction
from studio.shoot import Message as Said

MAX_EXCHANGES = 5
MAX_TOKENS = 16_000
"""For an answer with its thoughts: they count, and must not crowd out the words."""

BUDGET = 4_000
"""Tokens of thought for models that want a number."""

_BUDGETED = re.compile(r"claude-(opus|sonnet|haiku)-(4-5|4-1|4-0|4|3-7)\b(?!-\d\b)")
"""Models from before adaptive thinking."""

REFUSED = "refused-content"
STUCK = "director-stuck"

_TOO_STRICT = re.compile(r"grammar|strict|too complex|too many optional", re.IGNORECASE)
"""What Claude says of schemas that it cannot hold itself to; how many those may be changes."""

Book = Callable[[LedgerEntry], Awaitable[None]]
Objection = Callable[[Sequence[Decision]], str | None]


def no_objection(decisions: Sequence[Decision]) -> str | None:
    """Anything can follow."""
    return None


@dataclass
class ClaudeDirector:
    """One turn's director. ``book`` puts its cost on the ledger; ``mark`` names the attempt.

    ``pictures`` are the references (for a brief) or what is shown (at a checkpoint).
    ``objection`` says why decisions cannot follow one after the other, if they cannot. Raises
    :class:`ApplicationError` whose type is an outcome's code, retryable where that can help.
    """

    client: AsyncAnthropic
    model: str
    book: Book
    mark: str
    brief: Brief
    pictures: Sequence[ContentBlockParam] = ()
    objection: Objection = no_objection
    _count: int = field(default=0, init=False)

    async def direct(self, brief: Brief, voice: Voice) -> Opening:
        """Read a brief: a direction by tool, then words."""
        talk = _Talk(
            prompts.OPEN, [direction_tool()], [*self.pictures, _text(prompts.brief_text(brief))]
        )
        found: list[Direction] = []

        def take(call: ToolUseBlock) -> str:
            if call.name != DIRECTION:
                raise WrongInputError(f"there is no tool {call.name!r}")
            found[:] = [direction_of(call.input)]
            return "The direction is set."

        said = await self._converse(talk, take, voice)
        if not found:
            talk.messages.append(_user(_text("Call set_direction now, then say your sentences.")))
            said = await self._converse(talk, take, voice)
        if not found:
            raise _stuck("it gave no direction")
        return Opening(direction=_bound(found[0], brief), words=said)

    async def hear(
        self, words: str, situation: Situation, transcript: tuple[Said, ...], voice: Voice
    ) -> Reply:
        """Answer what a person said: decisions by tools, in order, then words."""
        text = prompts.hearing_text(words, self.brief, situation, transcript)
        talk = _Talk(prompts.HEAR, decision_tools(), [*self.pictures, _text(text)])
        decisions: list[Decision] = []

        def take(call: ToolUseBlock) -> str:
            decision = decision_of(call.name, call.input)
            if isinstance(decision, Approve) and not may_approve(words):
                raise WrongInputError(
                    "these words are a question, a hesitation or a mixed message, which is never "
                    "an approval: ask the person instead"
                )
            if why := self.objection((*decisions, decision)):
                raise WrongInputError(
                    f"this cannot be done here: {why}. Nothing was noted; call what can be done, "
                    "or tell the person why not"
                )
            decisions.append(decision)
            return "Noted; it will be done after your answer."

        spoken = await self._converse(talk, take, voice)
        return Reply(words=spoken, decisions=tuple(decisions))

    async def _converse(
        self, talk: _Talk, take: Callable[[ToolUseBlock], str], voice: Voice
    ) -> str:
        """Exchange until Claude has spoken to the person; returns what it said."""
        for _ in range(MAX_EXCHANGES):
            message = await self._exchange(talk, take, voice)
            match message.stop_reason:
                case "tool_use" | "pause_turn":
                    continue
                case "refusal":
                    raise _refused(message)
                case "max_tokens" | "model_context_window_exceeded":
                    raise _stuck("its answer became too long")
                case _:
                    spoken = _spoken(message)
                    if spoken:
                        return spoken
                    talk.messages.append(_user(_text("Answer the person in a sentence or two.")))
        raise _stuck("it came to no answer")

    async def _exchange(
        self, talk: _Talk, take: Callable[[ToolUseBlock], str], voice: Voice
    ) -> Message:
        request = talk.request(self.model)
        began = monotonic()
        spent = Spent()
        try:
            message, running = await answer(self.client, request, voice, spent)
        except BadRequestError as error:
            if not (talk.strict and _TOO_STRICT.search(str(error))):
                raise self._judged(error) from None
            talk.strict = False
            return await self._exchange(talk, take, voice)
        except BaseException as error:
            await self._pay(spent, monotonic() - began)
            raise self._judged(error) from None  # its causes may quote the key
        await self._pay(spent, monotonic() - began)
        content = _replayed(message)
        if content:
            talk.messages.append({"role": "assistant", "content": content})
        results: list[ContentBlockParam] = []
        calls = [block for block in message.content if isinstance(block, ToolUseBlock)]
        for call, done in zip(calls, running, strict=True):
            result = _result(call, take)
            results.append(result)
            await done("refused" if result.get("is_error") else "done")
        if results:
            talk.messages.append({"role": "user", "content": results})
        return message

    def _judged(self, error: BaseException) -> BaseException:
        """What to raise for ``error``: a decision where it is Claude's, else the error itself."""
        if isinstance(error, BrokenStreamError):
            return ApplicationError(str(error), type=_outcomes.Code.RETRY.value)
        if not (isinstance(error, AnthropicError) or _outcomes.is_transport(error)):
            return error
        outcome = _outcomes.anthropic(error)
        key, wait = self.client.api_key, outcome.retry_after
        return ApplicationError(
            outcome.message.replace(key, "[key]") if key else outcome.message,
            type=outcome.code.value,
            non_retryable=not outcome.retryable,
            next_retry_delay=None if wait is None else timedelta(seconds=wait),
        )

    async def _pay(self, spent: Spent, seconds: float) -> None:
        """Put what was used on the ledger; an answer that never began has cost nothing."""
        usage = spent.usage
        if usage is None:
            return
        self._count += 1
        cost = claude.tokens(
            self.model,
            usage.input_tokens,
            usage.cache_creation_input_tokens or 0,
            usage.cache_read_input_tokens or 0,
            spent.output,
        )
        await self.book(
            LedgerEntry(
                id=f"{self.mark}.{self._count}",
                at=datetime.now(UTC),
                provider="anthropic",
                operation=self.model,
                purpose="direction",
                state="settled",
                remote_id=spent.message_id,
                estimate_usd=cost,
                latency_seconds=round(seconds, 3),
            )
        )


@dataclass
class _Talk:
    """A conversation in the making: the fixed part is marked for the cache."""

    task: str
    tools: list[ToolParam]
    opening: list[ContentBlockParam]
    strict: bool = True
    """Whether Claude is held to the tools' schemas while it writes; they are checked anyway."""
    messages: list[dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.messages = [_user(*self.opening)]

    def request(self, model: str) -> dict[str, Any]:
        cached = {"type": "ephemeral"}
        tools = self.tools if self.strict else [{**tool, "strict": False} for tool in self.tools]
        return {
            "model": model,
            "max_tokens": MAX_TOKENS,
            "system": [
                {"type": "text", "text": prompts.HOUSE},
                {"type": "text", "text": self.task, "cache_control": cached},
            ],
            "tools": tools,
            "thinking": _thinking(model),
            "messages": self.messages,
        }


def _thinking(model: str) -> dict[str, Any]:
    """Thoughts, shown as a summary, in the form that the model knows."""
    if _BUDGETED.match(model):
        return {"type": "enabled", "budget_tokens": BUDGET, "display": "summarized"}
    return {"type": "adaptive", "display": "summarized"}


def _result(call: ToolUseBlock, take: Callable[[ToolUseBlock], str]) -> ToolResultBlockParam:
    result: ToolResultBlockParam = {"type": "tool_result", "tool_use_id": call.id}
    try:
        result["content"] = take(call)
    except WrongInputError as error:
        result["content"] = str(error)
        result["is_error"] = True
    return result


def _bound(direction: Direction, brief: Brief) -> Direction:
    """The direction with what the person set at the start: that is not Claude's to change."""
    options = brief.options
    said = {"pose": options.pose, "background": options.background}
    return direction.model_copy(update={name: value for name, value in said.items() if value})


def _user(*blocks: ContentBlockParam) -> dict[str, Any]:
    return {"role": "user", "content": list(blocks)}


def _text(text: str) -> ContentBlockParam:
    return {"type": "text", "text": text}


def _replayed(message: Message) -> list[ContentBlock]:
    """What goes back of an answer: blank text, or thoughts with nothing after them, may not."""
    blocks = [block for block in message.content if block.type != "text" or block.text.strip()]
    while blocks and blocks[-1].type in ("thinking", "redacted_thinking"):
        blocks.pop()
    return blocks


def _spoken(message: Message) -> str:
    return "".join(block.text for block in message.content if block.type == "text").strip()


def _refused(message: Message) -> ApplicationError:
    said = message.stop_details.explanation if message.stop_details else None
    why = f": “{_outcomes.clip(said)}”" if said else ""
    return ApplicationError(
        f"Claude declines to go on with this{why}; say it differently",
        type=REFUSED,
        non_retryable=True,
    )


def _stuck(why: str) -> ApplicationError:
    return ApplicationError(
        f"the director could not finish: {why}; say it again, or in other words",
        type=STUCK,
        non_retryable=True,
    )
