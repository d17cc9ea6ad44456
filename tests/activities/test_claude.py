"""Claude as the director, by Anthropic's own client, against the stand-in: what becomes of every
answer and of every failure."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

import pytest
from anthropic import AsyncAnthropic
from PIL import Image
from temporalio.exceptions import ApplicationError

from activities.claude.director import MAX_EXCHANGES, ClaudeDirector
from activities.claude.guard import may_approve
from activities.claude.pictures import LONG_SIDE, picture
from activities.claude.talk import BrokenStreamError, Narrator
from activities.claude.tools import (
    WrongInputError,
    decision_of,
    decision_tools,
    direction_of,
    direction_tool,
)
from studio.decisions import (
    DECISION,
    Approve,
    Cancel,
    Decision,
    Modify,
    Regenerate,
    Resize,
    Revise,
)
from studio.director.interface import Reply, Situation
from studio.ledger import LedgerEntry
from studio.shoot import Brief, Message, Reference, ShootOptions
from studio.stages import Stage
from tests.emulators import faults
from tests.emulators.claude_mind import Block, Text, Thinking, Tool, Turn
from tests.emulators.claude_rules import Invalid, check
from tests.emulators.service import ANTHROPIC_API_KEY, Emulators

pytest_plugins = ("tests.emulators.plugin",)

MODEL = "claude-sonnet-5-5"
DIRECTION = {
    "pose": "street-walk",
    "background": "outdoor-urban",
    "styling": "a camel coat over black",
    "wardrobe": ["camel coat", "black boots"],
    "glasses": True,
}
SET = Tool("set_direction", DIRECTION)
WORDS = Text("We go out into the street — ça sera beau. 📷")
LONG = Text("A long answer that comes in very many pieces, one after the other, all of it.")
Kind = Literal["thinking", "response"]


class Recorder:
    """A voice that keeps what it is told, and holds the director to its contract."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        """Messages that were ended: kind and whole text."""
        self.known: list[str | None] = []
        """The kinds as they were when messages began."""
        self.tools: list[tuple[str, str, str]] = []
        """Tools that have ended: name, detail, summary."""
        self.running = 0
        self.text: list[str] | None = None

    async def begin(self, kind: Kind | None) -> None:
        assert self.text is None, "a message began inside another"
        self.text = []
        self.known.append(kind)

    async def say(self, text: str) -> None:
        assert self.text is not None, "words outside of a message"
        self.text.append(text)

    async def end(self, kind: Kind = "response") -> None:
        assert self.text is not None, "an end without a beginning"
        self.said.append((self.known[-1] or kind, "".join(self.text)))
        self.text = None

    async def tool(self, name: str, detail: str) -> Callable[[str], Awaitable[None]]:
        self.running += 1

        async def done(summary: str) -> None:
            self.running -= 1
            self.tools.append((name, detail, summary))

        return done

    @property
    def settled(self) -> bool:
        """Whether everything that was begun has ended."""
        return self.text is None and self.running == 0


class Studio:
    """A director at work: its client, voice and ledger, and the stand-in it talks to."""

    def __init__(self, client: AsyncAnthropic, providers: Emulators) -> None:
        self.client = client
        self.claude = providers.anthropic
        self.voice = Recorder()
        self.ledger: list[LedgerEntry] = []
        self.brief = Brief(prompt="A camel coat in the city.")
        self.pictures: Sequence[Any] = ()
        self.model = MODEL

    def director(self) -> ClaudeDirector:
        return ClaudeDirector(
            client=self.client,
            model=self.model,
            book=self._book,
            mark="shoot-1.turn-1.1",
            brief=self.brief,
            pictures=self.pictures,
        )

    async def open(self, *turns: Turn) -> Any:
        self.claude.script(*turns)
        return await self.director().direct(self.brief, self.voice)

    async def hear(
        self, words: str, *turns: Turn, stage: Stage = Stage.FRAMES, before: Sequence[Message] = ()
    ) -> Reply:
        self.claude.script(*turns)
        situation = Situation(stage=stage, clips=5)
        return await self.director().hear(words, situation, tuple(before), self.voice)

    async def fails(self, words: str, *turns: Turn) -> ApplicationError:
        """The error in which hearing ``words`` ends."""
        with pytest.raises(ApplicationError) as caught:
            await self.hear(words, *turns)
        return caught.value

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """What Claude was asked."""
        return [one.body for one in self.claude.submissions]

    def results(self, request: int) -> list[dict[str, Any]]:
        """The tool results that request number ``request`` (from 0) brought."""
        content = self.bodies[request]["messages"][-1]["content"]
        return [block for block in content if block["type"] == "tool_result"]

    async def _book(self, entry: LedgerEntry) -> None:
        self.ledger.append(entry)


@pytest.fixture
async def studio(providers: Emulators, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Studio]:
    """A director whose client finds the stand-in by the environment alone."""
    for name, value in {**providers.env, "NO_PROXY": "127.0.0.1"}.items():
        monkeypatch.setenv(name, value)
    async with AsyncAnthropic(max_retries=0, timeout=5) as client:
        yield Studio(client, providers)
    assert providers.strays == []


def turn(*blocks: Block, stop: str | None = None) -> Turn:
    return Turn(blocks, stop)


APPROVED = turn(Tool("approve"))
DONE = turn(Text("Done."))


# ---------------------------------------------------------------------------------- opening


async def test_an_opening_has_a_direction_and_words(studio: Studio) -> None:
    """What Claude sets by tool is the direction, what it says afterwards are the words."""
    opening = await studio.open(turn(Thinking("a street"), SET), turn(WORDS))
    assert (opening.direction.pose, opening.direction.background) == (
        "street-walk",
        "outdoor-urban",
    )
    assert opening.direction.wardrobe == ("camel coat", "black boots")
    assert opening.direction.glasses
    assert opening.words == WORDS.text
    assert studio.claude.complaints == []


async def test_what_the_person_set_wins(studio: Studio) -> None:
    """Pose and background of the brief's options are not Claude's to change."""
    options = ShootOptions(pose="urban-lean", background="color-gel")
    studio.brief = Brief(prompt="A coat.", options=options)
    opening = await studio.open(turn(SET), turn(WORDS))
    assert (opening.direction.pose, opening.direction.background) == ("urban-lean", "color-gel")
    assert "urban-lean" in str(studio.bodies[0]["messages"])


async def test_a_forgotten_direction_is_asked_for(studio: Studio) -> None:
    """Words without the tool: Claude is asked for it once more."""
    opening = await studio.open(turn(WORDS), turn(SET), turn(WORDS))
    assert opening.direction.pose == "street-walk"
    assert "set_direction" in str(studio.bodies[1]["messages"][-1])


async def test_no_direction_at_all_is_an_error(studio: Studio) -> None:
    """It is not made up."""
    with pytest.raises(ApplicationError, match="gave no direction") as caught:
        await studio.open(turn(WORDS), turn(WORDS))
    assert caught.value.non_retryable


async def test_a_direction_outside_the_presets_is_corrected(studio: Studio) -> None:
    """Claude is told which field is wrong, and sets it again."""
    wrong = Tool("set_direction", {**DIRECTION, "pose": "headstand"})
    opening = await studio.open(turn(wrong), turn(SET), turn(WORDS))
    assert opening.direction.pose == "street-walk"
    (result,) = studio.results(1)
    assert result["is_error"] and "pose" in result["content"]
    assert [summary for _, _, summary in studio.voice.tools] == ["refused", "done"]


async def test_references_are_sent_as_images(studio: Studio, tmp_path: Any) -> None:
    """Each as a small JPEG before the words, whose names are told in order."""
    for name, size in (("coat.png", (1600, 400)), ("model.png", (40, 60))):
        Image.new("RGBA", size, "teal").save(tmp_path / name)
    shown = [await picture(tmp_path / name) for name in ("coat.png", "model.png")]
    references = tuple(
        Reference(key=f"k/{name}", name=name, sha256="0" * 64, size=9, width=9, height=9)
        for name in ("coat.png", "model.png")
    )
    studio.brief, studio.pictures = Brief(prompt="A coat.", references=references), shown
    await studio.open(turn(SET), turn(WORDS))
    content = studio.bodies[0]["messages"][0]["content"]
    assert [block["type"] for block in content] == ["image", "image", "text"]
    assert "coat.png, model.png" in content[-1]["text"]
    assert studio.claude.complaints == []


async def test_pictures_are_made_small(tmp_path: Any) -> None:
    """At most 1,024 pixels a side, as JPEG, whatever they were; small ones stay as they are."""
    import base64
    import io

    for size, expected in (((2048, 512), (LONG_SIDE, 256)), ((30, 20), (30, 20))):
        Image.new("P", size).save(tmp_path / "one.png")
        block: Any = await picture(tmp_path / "one.png")
        with Image.open(io.BytesIO(base64.b64decode(block["source"]["data"]))) as image:
            assert (image.format, image.size) == ("JPEG", expected)


async def test_the_fixed_part_is_cached(studio: Studio) -> None:
    """Tools and instructions are the same from turn to turn and marked: the second turn reads
    them from the cache, and costs less."""
    await studio.hear("hello", DONE)
    await studio.hear("hello", DONE)
    first, second = studio.bodies
    assert (first["tools"], first["system"]) == (second["tools"], second["system"])
    assert first["system"][-1]["cache_control"] == {"type": "ephemeral"}
    assert studio.ledger[1].estimate_usd < studio.ledger[0].estimate_usd


# ---------------------------------------------------------------------------------- hearing


async def test_intents_become_decisions_in_order(studio: Studio) -> None:
    """Several tools in one answer and in the next are decisions in the order they were called."""
    reply = await studio.hear(
        "frame 2 darker, all in 16:9, redo clip 1",
        turn(
            Tool("modify", {"frames": [4, 2], "instruction": "make it darker"}),
            Tool("resize", {"aspectRatio": "16:9"}),
        ),
        turn(Tool("regenerate", {"clips": [1], "instruction": None})),
        turn(Text("All three, in that order.")),
    )
    assert [type(one) for one in reply.decisions] == [Modify, Resize, Regenerate]
    modify = reply.decisions[0]
    assert isinstance(modify, Modify)
    assert (modify.frames, modify.instruction, modify.by) == (
        (2, 4),
        "make it darker",
        "director",
    )
    assert reply.words == "All three, in that order."
    assert len(studio.results(1)) == 2
    assert studio.claude.complaints == []


async def test_a_question_is_answered_with_words_alone(studio: Studio) -> None:
    """No tool, no decision, one exchange."""
    reply = await studio.hear("why is it so dark?", turn(Text("The gel swallows the light.")))
    assert (reply.words, reply.decisions) == ("The gel swallows the light.", ())
    assert len(studio.bodies) == 1


async def test_plain_approval_is_approval(studio: Studio) -> None:
    """A clear yes reaches the decisions."""
    reply = await studio.hear("yes, go on", APPROVED, DONE)
    assert [one.type for one in reply.decisions] == ["approve"]


@pytest.mark.parametrize(
    "words",
    [
        "is this good enough to go on?",
        "should we go on",
        "hmm, maybe ok",
        "I'm not sure, go on I suppose",
        "if the hands are right, continue",
        "love it, but the light is too hard",
        "yeah right, great",
        "not yet",
    ],
)
async def test_approval_needs_plain_words(studio: Studio, words: str) -> None:
    """On a question, a doubt or a mixed message Claude's approval is refused as a tool error."""
    reply = await studio.hear(words, APPROVED, turn(Text("Shall I go on?")))
    assert reply.decisions == ()
    (result,) = studio.results(1)
    assert result["is_error"] and "never an approval" in result["content"]
    assert studio.voice.tools[0][2] == "refused"


async def test_the_rest_of_a_refused_answer_counts(studio: Studio) -> None:
    """Beside an approval that is refused, a change is taken."""
    reply = await studio.hear(
        "hmm, nearly; frame 1 darker please",
        turn(Tool("modify", {"frames": [1], "instruction": "darker"}), Tool("approve")),
        DONE,
    )
    assert [one.type for one in reply.decisions] == ["modify"]
    assert [result.get("is_error", False) for result in studio.results(1)] == [False, True]


@pytest.mark.parametrize(
    "words",
    [
        "yes",
        "love it, continue",
        "This is exactly what I wanted. Continue!",
        "prima, ga maar door",
        "no changes, continue",
        "weiter",
        "parfait, on continue",
    ],
)
def test_plain_words_are_not_held_up(words: str) -> None:
    """The rule under the model leaves clear approvals alone."""
    assert may_approve(words)


@pytest.mark.parametrize(
    ("tool", "wrong", "complaint"),
    [
        ("modify", {"frames": [7], "instruction": "x"}, "frames"),
        ("modify", {"frames": [], "instruction": "x"}, "frames"),
        ("modify", {"frames": [1], "instruction": " "}, "instruction"),
        ("resize", {"aspectRatio": "5:4"}, "aspectRatio"),
        ("edit", {"pace": 9}, "pace"),
        ("edit", {}, "edit needs"),
        ("use_take", {"stage": "hero", "take": 0}, "take"),
        ("approve", {"frames": [1]}, "frames"),
        ("feedback", {"text": "x"}, "no tool"),
        ("nonsense", {}, "no tool"),
    ],
)
async def test_wrong_input_is_corrected(
    studio: Studio, tool: str, wrong: dict[str, Any], complaint: str
) -> None:
    """Claude is told what is wrong, and what it calls instead is what counts."""
    reply = await studio.hear(
        "frame 1 darker",
        turn(Tool(tool, wrong)),
        turn(Tool("modify", {"frames": [1], "instruction": "darker"})),
        DONE,
    )
    assert [one.type for one in reply.decisions] == ["modify"]
    (result,) = studio.results(1)
    assert result["is_error"] and complaint in result["content"]


async def test_endless_mistakes_come_to_an_end(studio: Studio) -> None:
    """After a few exchanges the turn fails, each of them paid for."""
    wrong = turn(Tool("modify", {"frames": [9], "instruction": "x"}))
    error = await studio.fails("frame 9", *[wrong] * MAX_EXCHANGES)
    assert (error.type, error.non_retryable) == ("director-stuck", True)
    assert len(studio.ledger) == MAX_EXCHANGES


async def test_a_decision_cannot_choose_its_checkpoint(studio: Studio) -> None:
    """Whom a decision answers and who took it is not the model's to say."""
    given = {"checkpointId": "other", "by": "the owner"}
    reply = await studio.hear("yes", turn(Tool("approve", given)), DONE)
    (approve,) = reply.decisions
    assert (approve.checkpoint_id, approve.by) == (None, "director")


async def test_everything_that_words_refer_to_is_told(studio: Studio) -> None:
    """Brief, conversation, situation, and the person's words last."""
    before = Message(
        id="m1", role="person", text="less red", stage=Stage.HERO, at=datetime.now(UTC)
    )
    await studio.hear("as I said before", DONE, before=[before])
    text = studio.bodies[0]["messages"][0]["content"][-1]["text"]
    places = [
        text.index(part)
        for part in ("A camel coat", "person (hero): less red", '"clips":5', "as I said before")
    ]
    assert places == sorted(places)


# ------------------------------------------------------------------------------------ voice


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
    """Wherever a stream breaks, nothing is left open, half of an answer is no response, and
    the turn may be tried again."""
    studio.claude.fail_next("messages", fault(after))
    blocks = [Thinking("a thought"), Tool("approve"), Tool("retry", {}), LONG]
    error = await studio.fails("yes", turn(*blocks, stop="end_turn"))
    assert not error.non_retryable
    assert studio.voice.settled
    assert {kind for kind, _ in studio.voice.said} <= {"thinking"}
    assert {summary for _, _, summary in studio.voice.tools} <= {"interrupted"}
    assert studio.ledger == []


async def test_a_voice_that_fails_is_not_claudes_fault(studio: Studio) -> None:
    """A stream of ours that cannot be written to is no defect of a request: Temporal retries."""

    async def say(text: str) -> None:
        raise RuntimeError("the workflow is not there")

    studio.voice.say = say  # type: ignore[method-assign]
    with pytest.raises(RuntimeError, match="not there"):
        await studio.hear("yes", DONE)


async def test_unreadable_input_breaks_the_answer_off() -> None:
    """The client's words on a tool call that is no JSON are not those of a rejected request."""
    from activities.claude import talk

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
        await talk.answer(client, {}, Recorder())


async def test_unknown_events_are_passed_over() -> None:
    """The wire may grow."""

    class Event:
        type = "something_new"

    voice = Recorder()
    await Narrator(voice).hear(Event())
    assert voice.known == []


# --------------------------------------------------------------------------------- failures


def error(status: int, kind: str, words: str = "no", **headers: str) -> faults.Fault:
    return faults.anthropic_error(status, kind, words, **headers)


CREDIT = "Your credit balance is too low to access the Anthropic API."
FAILURES = [
    pytest.param(faults.anthropic_overloaded(), "retry", True, id="529"),
    pytest.param(error(500, "api_error"), "retry", True, id="500"),
    pytest.param(error(504, "timeout_error"), "retry", True, id="504"),
    pytest.param(error(429, "rate_limit_error"), "retry", True, id="429"),
    pytest.param(
        error(429, "rate_limit_error", retry_after="7"), "retry-after", True, id="429-after"
    ),
    pytest.param(faults.cut(), "retry", True, id="cut"),
    pytest.param(faults.cut_after(), "retry", True, id="cut-after"),
    pytest.param(faults.error_in_stream(4), "retry", True, id="overloaded-in-stream"),
    pytest.param(
        faults.error_in_stream(4, "api_error", "Internal"), "retry", True, id="fault-in-stream"
    ),
    pytest.param(faults.ended_stream(5), "retry", True, id="no-message-stop"),
    pytest.param(faults.broken_stream(5), "retry", True, id="broken-stream"),
    pytest.param(error(401, "authentication_error"), "bad-key", False, id="401"),
    pytest.param(error(403, "permission_error"), "bad-key", False, id="403"),
    pytest.param(error(402, "billing_error"), "no-credit", False, id="402"),
    pytest.param(error(400, "invalid_request_error", CREDIT), "no-credit", False, id="credit"),
    pytest.param(error(400, "invalid_request_error"), "defect", False, id="400"),
    pytest.param(error(404, "not_found_error"), "defect", False, id="404"),
    pytest.param(error(413, "request_too_large"), "defect", False, id="413"),
]


@pytest.mark.parametrize(("fault", "kind", "again"), FAILURES)
async def test_failures_have_their_type(
    studio: Studio, fault: faults.Fault, kind: str, again: bool
) -> None:
    """Each is what the errors' one module says of it, and retried where that can help."""
    studio.claude.fail_next("messages", fault)
    failed = await studio.fails("yes", turn(LONG))
    assert (failed.type, not failed.non_retryable) == (kind, again)
    assert len(studio.claude.asked("messages")) == 1, "the client itself must not try again"
    assert studio.voice.settled


async def test_retry_after_is_the_delay(studio: Studio) -> None:
    """Temporal waits as long as Claude asks for, and no longer."""
    studio.claude.fail_next("messages", error(429, "rate_limit_error", retry_after="7"))
    assert (await studio.fails("yes")).next_retry_delay == timedelta(seconds=7)
    studio.claude.fail_next("messages", faults.anthropic_overloaded())
    assert (await studio.fails("yes")).next_retry_delay is None


@pytest.mark.parametrize("after", [0, 4])
async def test_silence_is_tried_again(studio: Studio, after: int) -> None:
    """Before an answer or in the middle of it: the client's timeout ends it."""
    fault = faults.silent_stream(after) if after else faults.hang()
    studio.claude.fail_next("messages", fault)
    studio.client = studio.client.with_options(timeout=0.3)
    failed = await studio.fails("yes", turn(LONG))
    assert (failed.type, failed.non_retryable) == ("retry", False)
    assert studio.voice.settled


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("refusal", "refused-content"),
        ("max_tokens", "director-stuck"),
        ("model_context_window_exceeded", "director-stuck"),
    ],
)
async def test_half_answers_are_for_a_person(studio: Studio, reason: str, kind: str) -> None:
    """Trying again brings the same; what was said until then is no response, but was paid for."""
    failed = await studio.fails("yes", turn(LONG, stop=reason))
    assert (failed.type, failed.non_retryable) == (kind, True)
    assert studio.voice.said == [("thinking", LONG.text)]
    assert len(studio.ledger) == 1


async def test_no_decision_outlives_a_failure(studio: Studio) -> None:
    """An approval whose answer then fails is not taken: the turn is over as a whole."""
    studio.claude.fail_next("messages", faults.anthropic_overloaded(), after=1)
    failed = await studio.fails("yes", APPROVED)
    assert failed.type == "retry"
    assert len(studio.ledger) == 1


# ----------------------------------------------------------------------------------- ledger


async def test_every_exchange_is_on_the_ledger(studio: Studio) -> None:
    """With its price by the tokens used, how long it took, and an id of its own."""
    await studio.hear("yes", APPROVED, DONE)
    assert [entry.id for entry in studio.ledger] == ["shoot-1.turn-1.1.1", "shoot-1.turn-1.1.2"]
    assert len({entry.remote_id for entry in studio.ledger}) == 2
    for entry in studio.ledger:
        assert (entry.provider, entry.operation, entry.state) == ("anthropic", MODEL, "settled")
        assert entry.purpose == "direction"
        assert 0 < entry.estimate_usd < 0.1
        assert entry.latency_seconds is not None


async def test_a_model_without_a_price_still_counts(studio: Studio) -> None:
    """A call is on the ledger also where nobody knows what it costs."""
    studio.model = "claude-haiku-5-5"
    await studio.hear("yes", DONE)
    assert [entry.estimate_usd for entry in studio.ledger] == [0.0]


def _chain(failed: BaseException) -> str:
    """All that a failure says, its causes included, as Temporal would keep it."""
    texts = []
    at: BaseException | None = failed
    while at is not None:
        texts += [str(at), repr(at)]
        at = at.__cause__
    return "\n".join(texts)


@pytest.mark.parametrize(
    "fault",
    [
        error(401, "authentication_error", f"invalid x-api-key: {ANTHROPIC_API_KEY}"),
        faults.anthropic_overloaded(),
        faults.cut(),
        faults.broken_stream(3),
        faults.error_in_stream(3, "api_error", f"key {ANTHROPIC_API_KEY}"),
    ],
)
async def test_the_key_stays_secret(studio: Studio, fault: faults.Fault) -> None:
    """Nothing that is kept says it, even where a provider quotes it."""
    studio.claude.fail_next("messages", fault, after=1)
    failed = await studio.fails("yes", APPROVED, turn(LONG))
    assert ANTHROPIC_API_KEY not in _chain(failed)
    assert ANTHROPIC_API_KEY not in "".join(one.model_dump_json() for one in studio.ledger)


async def test_a_key_that_is_no_header_stays_secret(studio: Studio) -> None:
    """The network library quotes a header that it cannot send; we do not."""
    studio.client = studio.client.with_options(api_key="sk-ant-pasted\nwith-a-break")
    assert "sk-ant-pasted" not in _chain(await studio.fails("yes", DONE))


# ------------------------------------------------------------------------------------ tools


def test_schemas_are_strict() -> None:
    """The API takes every tool's schema as a strict one."""
    words = [{"role": "user", "content": "x"}]
    for tools in ([direction_tool()], decision_tools()):
        assert all(tool["strict"] for tool in tools)
        try:
            check({"model": MODEL, "max_tokens": 9, "messages": words, "tools": tools}, {})
        except Invalid as invalid:
            pytest.fail(str(invalid))


def test_every_decision_has_a_tool() -> None:
    """All but feedback, which is what the tools are made from; none asks for what is ours."""
    kinds = {model.model_fields["type"].default for model in get_args(get_args(Decision)[0])}
    tools = {tool["name"].replace("_", "-"): tool for tool in decision_tools()}
    assert tools.keys() == kinds - {"feedback"}
    for tool in tools.values():
        assert not {"type", "checkpointId", "by"} & set(dict(tool["input_schema"])["properties"])


@pytest.mark.parametrize(
    "decision",
    [
        Approve(),
        Cancel(),
        Revise(stage=Stage.HERO, instruction="darker", pose="urban-lean"),
        Modify(frames=(1, 6), instruction="darker"),
        Resize(aspect_ratio="2:3"),
        Regenerate(clips=(2,)),
        DECISION.validate_python({"type": "edit", "pace": 1.25, "easing": "linear"}),
        DECISION.validate_python({"type": "use-take", "stage": "clips", "take": 2}),
        DECISION.validate_python({"type": "retry"}),
    ],
    ids=lambda decision: decision.type,
)
def test_what_a_schema_allows_is_the_decision(decision: Decision) -> None:
    """A decision's own fields fit its tool's schema, and come back as the same decision."""
    import jsonschema_rs

    name = decision.type.replace("-", "_")
    schema = next(tool["input_schema"] for tool in decision_tools() if tool["name"] == name)
    fields = decision.model_dump(mode="json", exclude={"type", "checkpoint_id", "by"})
    given = {key: value for key, value in fields.items() if value is not None}
    assert jsonschema_rs.is_valid(dict(schema), given)
    assert decision_of(name, given) == decision.model_copy(update={"by": "director"})


def test_a_revision_must_say_what_to_change() -> None:
    """A button may leave the words out, a model may not."""
    schema = next(one["input_schema"] for one in decision_tools() if one["name"] == "revise")
    assert {"stage", "instruction"} <= set(dict(schema)["required"])
    assert "null" not in str(dict(schema)["properties"]["instruction"])


@pytest.mark.parametrize("given", [None, "text", [], {}, {**DIRECTION, "pace": 3}])
def test_no_direction_is_made_of_nonsense(given: object) -> None:
    """Whatever comes, the complaint is one for the model to read."""
    with pytest.raises(WrongInputError):
        direction_of(given)
