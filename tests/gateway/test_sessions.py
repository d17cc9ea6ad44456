"""The session API, as the existing front end uses it."""

from __future__ import annotations

import asyncio
import itertools
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from temporalio.exceptions import ApplicationError

from tests.waiting import until

STARTS = "/api/generate-stream"


async def turn(stack, path, read_frames, **body):
    """Run one turn and answer its events."""
    async with stack.http.stream("POST", path, json=body) as answer:
        assert answer.status_code == 200, await answer.aread()
        events = [seen.event async for seen in read_frames(answer)]
    session = events[0]["sessionId"]
    if session not in stack.started:
        stack.started.append(session)
    return events


@pytest.fixture
def say(stack, read_frames):
    """Say something to a session, and get the turn's events."""

    async def run(session, prompt):
        path = f"/api/sessions/{session}/continue-stream"
        return await turn(stack, path, read_frames, prompt=prompt)

    return run


@pytest.fixture
def start(stack, read_frames):
    """Start, continue or attach, and get the turn's events."""

    async def run(prompt="a brief", **body):
        return await turn(stack, STARTS, read_frames, prompt=prompt, **body)

    return run


def types(events):
    """The types, in order."""
    return [event["type"] for event in events]


def of(events, kind):
    """The events of one type."""
    return [event for event in events if event["type"] == kind]


def holds_null(value):
    """Whether ``null`` is anywhere in a value."""
    if isinstance(value, dict):
        return any(holds_null(one) for one in value.values())
    if isinstance(value, list):
        return any(holds_null(one) for one in value)
    return value is None


async def test_first_turn(start):
    """A turn is session_init, the director's words, the work, the checkpoint, complete; no more."""
    events = await start()
    assert types(events)[0] == "session_init"
    assert types(events)[-2:] == ["checkpoint", "complete"]
    spoken = [number for number, kind in enumerate(types(events)) if kind == "assistant_message"]
    assert max(spoken) < types(events).index("checkpoint")
    end = events[-1]
    assert (end["exitCode"], end["awaitingInput"]) == (0, True)
    assert end["pipeline"]["stage"] == "generating-hero"


async def test_whole_shoot_in_words(start, say):
    """Words alone lead from a brief through 9:16 and a loop at 1.5× to the film."""
    session = (await start())[0]["sessionId"]
    stages = []
    for words in ("continue", "Continue!", "resize all to 9:16", "looks good", "1.5x with a loop"):
        events = await say(session, words)
        stages.append(events[-1]["checkpoint"]["stage"])
    assert stages == ["contact-sheet", "frames", "frames", "clips", "complete"]
    film = of(events, "checkpoint")[-1]["checkpoint"]["artifact"]
    assert film == f"outputs/{session}/final/fashion-video.mp4"
    assert events[-1]["awaitingInput"] is False
    assert events[-1]["pipeline"]["stage"] == "completed"
    assert len(events[-1]["pipeline"]["assets"]["videos"]) == 6


async def test_cards_hold_what_the_client_can_take(start, say):
    """A checkpoint has one of artifact and artifacts, relative paths, strings, and no null."""
    session = (await start())[0]["sessionId"]
    for expected in ("artifact", "artifacts", "artifacts"):
        events = await say(session, "continue")
        card = of(events, "checkpoint")[-1]["checkpoint"]
        assert not holds_null(card)
        assert {"artifact", "artifacts"} & card.keys() == {expected}
        paths = card.get("artifacts") or [card["artifact"]]
        assert all(path.startswith(f"outputs/{session}/") for path in paths)
        assert isinstance(card["message"], str)


async def test_tools_under_the_clients_names(start):
    """Tools are told as tool_call and tool_result with strings; progress also as status."""
    events = await start()
    tools = of(events, "system")
    assert [one["subtype"] for one in tools] == ["tool_call", "tool_result"]
    for one in tools:
        assert one["data"]["tool_name"] == "render-hero"
        assert isinstance(one["data"]["detail"], str)
        assert isinstance(one["data"]["summary"], str)
    after = types(events)[types(events).index("progress") + 1]
    assert after == "status"
    assert {"type": "status", "message": "Hero 50 %"} in events


async def test_words_to_generate_stream_continue(start):
    """All typed text goes to generate-stream: there it approves or directs like anywhere else."""
    session = (await start())[0]["sessionId"]
    events = await start("make it edgier", sessionId=session)
    assert events[-1]["checkpoint"]["take"] == 2
    events = await start("yes, go on", sessionId=session)
    assert events[-1]["checkpoint"]["stage"] == "contact-sheet"


async def test_approval_needs_no_director(start, say, stack):
    """A plain approval is none of the director's business, so it works without one."""
    session = (await start())[0]["sessionId"]
    await say(session, "continue")
    state = await stack.shoots.state(session)
    assert (state.turns, state.stage) == (1, "contact-sheet")


async def test_every_turn_has_words(start, say):
    """A stage on which the director says nothing still has a message, ahead of its card."""
    session = (await start())[0]["sessionId"]
    events = await say(session, "continue")
    said = of(events, "assistant_message")
    assert [one["messageType"] for one in said] == ["response"]
    assert said[0]["text"] == events[-1]["checkpoint"]["message"]


async def test_same_id_is_one_shoot(start, stack, fresh_id):
    """Concurrent starts of one session are one shoot, and each is told its whole first turn."""
    turns = await asyncio.gather(*(start(sessionId=fresh_id) for _ in range(4)))
    for events in turns:
        assert types(events)[-1] == "complete"
        assert len(of(events, "assistant_message")) == 2
        assert events[-1]["checkpoint"]["id"] == "1-hero"
    assert (await stack.shoots.state(fresh_id)).checkpoints == 1


async def test_known_photos_again(start, stack, picture):
    """The client sends the same photos with every text: they are not new ones; others are told."""

    async def upload(colour):
        files = {"images": ("a.png", picture(colour), "image/png")}
        return (await stack.http.post("/api/upload", files=files)).json()["files"][0]["path"]

    first, second = await upload("red"), await upload("blue")
    events = await start(inputImages=[first])
    session = events[0]["sessionId"]
    events = await start("continue", sessionId=session, inputImages=[first])
    assert not any("photos" in one["message"] for one in of(events, "status"))
    events = await start("continue", sessionId=session, inputImages=[first, second])
    assert any("photos" in one["message"] for one in of(events, "status"))


async def test_attach_tells_the_turn_from_its_beginning(start, stack, fresh_id):
    """Who attaches in the middle of a turn is told all of it, and the turn is not disturbed."""
    gate, reached = asyncio.Event(), asyncio.Event()

    async def hold(job):
        reached.set()
        await gate.wait()

    stack.studio.before = hold
    first = asyncio.create_task(start(sessionId=fresh_id))
    await reached.wait()
    second = asyncio.create_task(start("hurry up", sessionId=fresh_id))
    await until(lambda: stack.measures("shoot_gateway_viewers 2.0"))
    gate.set()
    one, two = await asyncio.gather(first, second)
    assert [event for event in one if event["type"] != "complete"] == [
        event for event in two if event["type"] != "complete"
    ]
    assert (await stack.shoots.state(fresh_id)).turns == 1


async def test_closing_the_connection_stops_nothing(start, stack, fresh_id):
    """A shoot whose stream was torn goes on, and a later one picks it up."""
    async with stack.http.stream(
        "POST", STARTS, json={"prompt": "a", "sessionId": fresh_id}
    ) as cut:
        async for _ in cut.aiter_lines():
            break
    stack.started.append(fresh_id)
    events = await start("a", sessionId=fresh_id)
    assert events[-1]["checkpoint"]["id"] == "1-hero"


async def test_void_message_is_collapsed(start, stack):
    """A message that was interrupted ends as a thinking one; the new attempt has its own."""
    stack.studio.interrupt_once = True
    events = await start()
    void = of(events, "message_discarded")[-1]["messageId"]
    about = [event for event in events if event.get("messageId") == void]
    assert types(about)[-2:] == ["message_type_hint", "assistant_message"]
    assert (about[-1]["messageType"], about[-1]["text"]) == ("thinking", "A har")
    begun = {event["messageId"] for event in events if event["type"] in ("text_delta",)}
    ended = {event["messageId"] for event in of(events, "assistant_message")}
    assert begun == ended


async def test_failure_is_told_in_words(start, say, stack):
    """What fails is said, then the turn is complete with another exit code; continue retries."""

    async def fail(job):
        stack.studio.before = None
        raise ApplicationError("the picture was refused", type="refused", non_retryable=True)

    stack.studio.before = fail
    events = await start()
    assert "refused" in of(events, "assistant_message")[-1]["text"]
    assert (events[-1]["exitCode"], events[-1]["awaitingInput"]) == (1, True)
    assert events[-1]["pipeline"]["stage"] == "error"
    events = await say(events[0]["sessionId"], "continue")
    assert (events[-1]["exitCode"], events[-1]["checkpoint"]["status"]) == (0, "complete")


async def test_cancel_ends_the_turn(start, stack, fresh_id):
    """A shoot that is cancelled in the middle of a sentence ends it, says so, and is complete."""
    stack.studio.lines, stack.studio.pace = 1_000, 0.02
    running = asyncio.create_task(start(sessionId=fresh_id))

    async def speaking():
        known = (await stack.http.get(f"/api/sessions/{fresh_id}")).status_code != 404
        return known and (await stack.shoots.state(fresh_id)).turns

    await until(speaking)
    answer = await stack.http.post(f"/api/sessions/{fresh_id}/cancel")
    assert answer.json()["success"] is True
    events = await running
    assert (events[-1]["exitCode"], events[-1]["awaitingInput"]) == (3, False)
    begun = {event["messageId"] for event in of(events, "message_type_hint")}
    assert begun == {event["messageId"] for event in of(events, "assistant_message")}


async def test_approving_a_finished_film(stack, say):
    """There is nothing to approve about a film: it is shown, and stays open for another cut."""
    session, _ = await stack.reach("complete")
    events = await say(session, "continue")
    assert types(events)[-2:] == ["checkpoint", "complete"]
    assert events[-1]["exitCode"] == 0
    assert await stack.shoots.is_open(session)


async def test_film_is_cut_again(stack, say):
    """Words about a finished film cut it again."""
    session, _ = await stack.reach("complete")
    events = await say(session, "1.5x with a loop")
    assert events[-1]["checkpoint"]["take"] == 2


async def test_archived_session_is_taken_up_again(stack, say):
    """A shoot that is over, and not only waiting, is taken up where it stood."""
    session, _ = await stack.reach("contact-sheet")
    await stack.http.post(f"/api/sessions/{session}/cancel")
    await stack.shoots.client.get_workflow_handle(session).result()
    events = await say(session, "continue")
    assert events[-1]["checkpoint"]["stage"] == "frames"


async def test_autopilot_is_one_turn(start):
    """With autopilot the turn runs through all stages; passed checkpoints ask for nothing."""
    events = await start(options={"autopilot": True})
    cards = of(events, "checkpoint")
    stages = [one["checkpoint"]["stage"] for one in cards]
    assert stages[-1] == "complete"
    assert [one["awaitingInput"] for one in cards] == [False] * len(cards)
    assert types(events).count("complete") == 1


async def test_ends_are_held_back(stack):
    """Between text and what ends it there is always time to draw: they never share a write."""
    chunks = []
    async with stack.http.stream("POST", STARTS, json={"prompt": "a"}) as answer:
        async for chunk in answer.aiter_raw():
            chunks.append(chunk.decode())
    stack.started.append(chunks[0].partition('"sessionId":"')[2].partition('"')[0])
    for before, after in itertools.pairwise(chunks):
        assert not ("text_delta" in before and "assistant_message" in before)
        assert not ('"text_delta"' in before and '"complete"' in before), after


async def test_twin_answers_once(stack):
    """Without a stream, a turn is one answer with the words, the checkpoint and what it took."""
    answer = await stack.http.post("/api/generate", json={"prompt": "a"})
    result = answer.json()
    stack.started.append(result["sessionId"])
    assert (result["success"], result["awaitingInput"]) == (True, True)
    assert "concrete" in result["response"]
    assert result["checkpoint"]["stage"] == "hero"
    assert result["instrumentation"]["toolCalls"] == 1
    path = f"/api/sessions/{result['sessionId']}/continue"
    result = (await stack.http.post(path, json={"prompt": "continue"})).json()
    assert result["checkpoint"]["stage"] == "contact-sheet"
    assert result["sessionStats"]["takes"] == 2


async def test_looking_at_a_session(stack):
    """A session, its pipeline, its assets and the list all tell the same."""
    session, _ = await stack.reach("frames")
    one = (await stack.http.get(f"/api/sessions/{session}")).json()
    assert (one["sessionId"], one["awaitingInput"], one["stage"]) == (
        session,
        True,
        "cropping-frames",
    )
    assert [message["role"] for message in one["messages"]] == ["user", "assistant"]
    pipeline = (await stack.http.get(f"/api/sessions/{session}/pipeline")).json()
    assert (pipeline["stage"], pipeline["progress"]) == ("cropping-frames", 60)
    assets = (await stack.http.get(f"/api/sessions/{session}/assets")).json()["assets"]
    assert assets == pipeline["assets"] == one["pipeline"]["assets"]
    assert (await stack.http.get("/" + assets["frames"][5])).status_code == 200
    while True:
        rows = (await stack.http.get("/api/sessions")).json()["sessions"]
        if session in [row["sessionId"] for row in rows]:
            break


async def test_live_stream(stack, read_frames):
    """The live stream shows a waiting session its card, and from there on the next turn."""
    session, _ = await stack.reach("hero")
    path = f"/api/sessions/{session}/stream"
    async with stack.http.stream("GET", path) as answer:
        seen = [one async for one in read_frames(answer)]
    assert types([one.event for one in seen])[-2:] == ["checkpoint", "complete"]

    async def next_turn():
        headers = {"Last-Event-ID": str(seen[-1].offset)}
        async with stack.http.stream("GET", path, headers=headers) as answer:
            return [one.event async for one in read_frames(answer)]

    following = asyncio.create_task(next_turn())
    await stack.decide(session, type="approve")
    assert (await following)[-1]["checkpoint"]["stage"] == "contact-sheet"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"prompt": ""}, 400),
        ({"prompt": "a", "sessionId": "a/b"}, 422),
        ({"prompt": "a", "sessionId": "x" * 65}, 422),
        ({"prompt": "a", "inputImages": ["/etc/passwd"]}, 422),
        ({"prompt": "a", "inputImages": "x"}, 422),
    ],
)
async def test_bad_starts(stack, body, status):
    """What cannot start is an error in words, also for the stream."""
    for path in (STARTS, "/api/generate"):
        answer = await stack.http.post(path, json=body)
        assert answer.status_code == status
        assert answer.json()["message"]


async def test_unknown_fields_are_ignored(start):
    """What else a client sends along is not looked at."""
    events = await start(model="some-model", inputImages=None)
    assert types(events)[-1] == "complete"


async def test_unknown_session(stack):
    """A session that is not there is a 404 with a message, whatever is asked of it."""
    for path in ("", "/pipeline", "/assets", "/stream"):
        assert (await stack.http.get(f"/api/sessions/never-was{path}")).status_code == 404
    for path in ("continue", "continue-stream", "cancel"):
        answer = await stack.http.post(f"/api/sessions/never-was/{path}", json={"prompt": "a"})
        assert (answer.status_code, bool(answer.json()["message"])) == (404, True)


async def test_restart_ends_the_turn(stack, new_stack, read_frames):
    """A gateway that stops in the middle of a turn says so, and completes it."""
    gate, reached = asyncio.Event(), asyncio.Event()

    async def hold(job):
        reached.set()
        await gate.wait()

    stack.studio.before = hold
    async with AsyncExitStack() as exits:
        async with new_stack(home=stack.settings.home, workers=False) as other:
            client = await exits.enter_async_context(other.client())
            through_other = replace(stack, http=client)
            running = asyncio.create_task(turn(through_other, STARTS, read_frames, prompt="a"))
            await reached.wait()
        events = await running
    gate.set()
    assert "restarting" in of(events, "assistant_message")[-1]["text"]
    assert (events[-1]["type"], events[-1]["exitCode"]) == ("complete", 1)
