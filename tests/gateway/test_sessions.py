"""The session API, as the existing front end uses it."""

from __future__ import annotations


async def turn(stack, path, read_frames, **body):
    """Run one turn and answer its events."""
    async with stack.http.stream("POST", path, json=body) as answer:
        assert answer.status_code == 200, await answer.aread()
        events = [seen.event async for seen in read_frames(answer)]
    if events[0]["sessionId"] not in stack.started:
        stack.started.append(events[0]["sessionId"])
    return events


def types(events):
    return [event["type"] for event in events]


async def test_first_turn_ends_at_hero(stack, read_frames):
    """A brief is answered by session_init, the director's words, the checkpoint and complete."""
    events = await turn(stack, "/api/generate-stream", read_frames, prompt="Edgy")
    assert types(events)[0] == "session_init"
    assert types(events)[-2:] == ["checkpoint", "complete"]
    assert events[-1]["exitCode"] == 0
    print(types(events))
    session = events[0]["sessionId"]
    for prompt in (
        "continue",
        "continue",
        "make all 9:16",
        "continue",
        "stitch at 1.5x with a loop",
    ):
        events = await turn(
            stack, f"/api/sessions/{session}/continue-stream", read_frames, prompt=prompt
        )
        print(prompt, types(events), events[-2]["checkpoint"]["message"], events[-1])
    assert 0
