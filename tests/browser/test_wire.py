"""The page's own modules, one by one, imported in the browser as the page imports them."""

from __future__ import annotations

import pytest

STATE = {
    "id": "s", "offset": 10, "status": "awaiting-input", "stage": "frames", "takes": [],
    "current": {}, "ledger": [], "running": [], "transcript": [], "aspectRatio": "original",
    "edit": {"loop": False, "pace": 1.0, "easing": "linear"},
    "providers": {"images": "fal", "clips": "kling", "direction": "house",
                  "imageUsd": 0.15, "clipUsd": 0.35},
    "checkpoint": {"id": "3-frames", "stage": "frames", "status": "complete", "message": "",
                   "take": 1, "estimate": 1.75,
                   "options": {"decisions": [], "frames": 6, "clips": 5, "aspectRatios": []}},
}  # fmt: skip


@pytest.fixture
async def run(open_page):
    """Runs a function body in the page, with its modules at hand by ``from(path)``."""
    page = await open_page("/new")

    async def done(body: str, argument=None):
        script = (
            "async (given) => { const from = (path) => import(`/app/${path}.js`); " + body + " }"
        )
        return await page.evaluate(script, argument)

    return done


STREAM = (
    'id: 1\ndata: {"a":"é"}\n\n: heartbeat\n\nid: 2\r\ndata: one\r\ndata: two\r\n\r\nevent: x\n\n'
)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
async def test_frames_survive_any_chunking(size, run):
    """The same frames come out, however the text was cut; comments and empty frames are none."""
    body = """
    const { frameReader } = await from('wire/frames');
    const read = frameReader();
    const found = [];
    const { text, size } = given;
    for (let at = 0; at < text.length; at += size) found.push(...read(text.slice(at, at + size)));
    return found;
    """
    found = await run(body, {"text": STREAM, "size": size})
    assert found == [{"id": "1", "data": '{"a":"é"}'}, {"id": "2", "data": "one\ntwo"}]


FOLD = """
const { adopt, apply, unknown } = await from('desk/live');
let live = unknown();
if (given.state) live = adopt(live, given.state);
for (const [offset, event] of given.events) live = apply(live, event, offset);
"""


async def test_an_event_counts_once(run):
    """An offset that was seen is not taken again."""
    delta = {"type": "text_delta", "messageId": "m", "text": "once "}
    told = await run(
        FOLD + "return live.talk[0].text;", {"events": [[4, delta], [4, delta], [5, delta]]}
    )
    assert told == "once once "


async def test_events_before_the_state_do_not_change_it(run):
    """A replayed decision fills the notes and leaves the newer checkpoint open."""
    decision = {"type": "decision", "checkpointId": "2-hero", "decision": {"type": "approve"}}
    found = await run(
        FOLD + "return [live.state.checkpoint.id, live.talk.length, live.doubtful];",
        {"state": STATE, "events": [[7, decision]]},
    )
    assert found == ["3-frames", 1, False]


async def test_events_after_the_state_change_it_and_cast_doubt(run):
    """A new decision closes the checkpoint, and the state is to be fetched again."""
    decision = {"type": "decision", "checkpointId": "3-frames", "decision": {"type": "approve"}}
    found = await run(
        FOLD + "return [live.state.checkpoint, live.state.status, live.doubtful];",
        {"state": STATE, "events": [[10, decision]]},
    )
    assert found == [None, "running", True]


async def test_older_state_is_refused(run):
    """A state from before the events already seen does not turn the clock back."""
    old = {**STATE, "offset": 8}
    body = (
        FOLD + "const back = adopt(live, given.old); return [back.state.checkpoint, back.doubtful];"
    )
    decision = {"type": "decision", "checkpointId": "3-frames", "decision": {"type": "approve"}}
    assert await run(body, {"state": STATE, "events": [[10, decision]], "old": old}) == [None, True]


async def test_snapshot_after_a_gap_is_drawn_from(run):
    """What was missed is told by the transcript, and what is being said goes on."""
    transcript = [
        {"id": "1", "role": "person", "text": "the brief", "stage": "hero", "at": ""},
        {"id": "2", "role": "director", "text": "I see.", "stage": "hero", "at": ""},
    ]
    speaking = [{"messageId": "m", "messageType": "response", "text": "so "}]
    snapshot = {"type": "snapshot", "offset": 40, "speaking": speaking,
                "state": {**STATE, "offset": 40, "transcript": transcript}}  # fmt: skip
    found = await run(
        FOLD + "return [live.talk.map((one) => one.text), live.seen];",
        {"events": [[0, {"type": "gap", "from": 0, "to": 40}], [39, snapshot],
                    [40, {"type": "text_delta", "messageId": "m", "text": "far"}]]},
    )  # fmt: skip
    assert found == [["I see.", "so far"], 40]


async def test_discarded_message_is_gone(run):
    """A retried turn leaves nothing of what it had begun to say."""
    events = [
        [1, {"type": "message_type_hint", "messageId": "a", "messageType": "response"}],
        [2, {"type": "text_delta", "messageId": "a", "text": "half"}],
        [3, {"type": "message_discarded", "messageId": "a", "reason": "again"}],
        [
            4,
            {
                "type": "assistant_message",
                "messageId": "b",
                "messageType": "response",
                "text": "whole",
            },
        ],
    ]
    assert await run(FOLD + "return live.talk.map((one) => one.text);", {"events": events}) == [
        "whole"
    ]


ANSWER = """
const { answer } = await from('bar/proposal');
const said = { words: '', marks: [], setUp: { pose: null, background: null }, ...given.said };
return answer(given.state, given.stage, new Set(given.can), said);
"""
ALL = ["revise", "modify", "regenerate", "feedback"]


@pytest.mark.parametrize(
    ("stage", "said", "decision", "dollars"),
    [
        ("frames", {"marks": [2, 5], "words": " darker "},
         {"type": "modify", "frames": [2, 5], "instruction": "darker"}, 0.3),
        ("clips", {"marks": [1]}, {"type": "regenerate", "clips": [1]}, 0.35),
        ("hero", {"setUp": {"pose": None, "background": "industrial"}},
         {"type": "revise", "stage": "hero", "background": "industrial"}, 0.15),
        ("hero", {"words": "colder"}, {"type": "feedback", "text": "colder"}, None),
    ],
)  # fmt: skip
async def test_what_was_said_becomes_one_decision(stage, said, decision, dollars, run):
    """Words, marks and a set-up make the decision that they mean, with its price."""
    proposal = await run(ANSWER, {"state": STATE, "stage": stage, "can": ALL, "said": said})
    assert proposal["decision"] == decision
    assert proposal.get("dollars") == (dollars and pytest.approx(dollars))


@pytest.mark.parametrize("said", [{}, {"marks": [3]}, {"words": "  "}])
async def test_nothing_said_is_no_decision(said, run):
    """Marked frames without words say nothing yet."""
    assert await run(ANSWER, {"state": STATE, "stage": "frames", "can": ALL, "said": said}) is None


async def test_changed_edit_goes_on_as_an_edit(run):
    """At the clips, a pace that differs is sent; one set back to what it was is an approval."""
    body = """
    const { onward } = await from('bar/proposal');
    const clips = { ...given, checkpoint: { ...given.checkpoint, stage: 'clips' } };
    const can = new Set(['approve', 'edit']);
    return [{ pace: 1.5 }, { pace: 1 }].map((edit) => onward(clips, can, edit).decision);
    """
    assert await run(body, STATE) == [{"type": "edit", "pace": 1.5}, {"type": "approve"}]


@pytest.mark.parametrize(
    ("stage", "dollars"),
    [("hero", 0.15), ("contact-sheet", 0.15), ("clips", 1.75), ("complete", 0)],
)
async def test_trying_again_says_what_it_may_cost(stage, dollars, run):
    """A failed stage is priced by what is missing, whatever the checkpoint's own estimate."""
    checkpoint = {**STATE["checkpoint"], "stage": stage, "status": "failed", "estimate": 0}
    body = """
    const { onward } = await from('bar/proposal');
    return onward(given, new Set(['retry']), {});
    """
    proposal = await run(body, {**STATE, "checkpoint": checkpoint})
    assert proposal["decision"] == {"type": "retry"}
    assert proposal["dollars"] == pytest.approx(dollars)


async def test_unknown_price_is_not_free(run):
    """Where no price is known none is shown, and nothing is called free but what is."""
    providers = {**STATE["providers"], "imageUsd": None}
    body = """
    const { price, wholeShoot } = await from('desk/choices');
    const offer = { providers: given.providers };
    return [price(given, { pictures: 2 }), price(given, { clips: 2 }), price(given, {}),
      wholeShoot(offer, { images: true, clips: true, loop: false }),
      wholeShoot(offer, { images: false, clips: false, loop: false })];
    """
    found = await run(body, {**STATE, "providers": providers})
    assert found == [None, pytest.approx(0.7), 0, None, 0]


async def test_frames_of_bought_pictures_are_no_proofs(run):
    """What was cut on this machine is as genuine as what it was cut from."""

    def take(stage, provider):
        return {"stage": stage, "number": 1, "provider": provider, "madeFrom": 1, "artifacts": []}

    body = """
    const { isProof } = await from('desk/looking');
    return given.takes.map((one) => isProof(given, one));
    """
    bought = [take("hero", "live"), take("contact-sheet", "live"), take("frames", "proof"),
              take("clips", "proof"), take("complete", "proof")]  # fmt: skip
    assert await run(body, {**STATE, "takes": bought}) == [False, False, False, True, True]


async def test_addresses_are_read_back(run):
    """What is written as an address of the page is read as the same place."""
    body = """
    const { parse, shootHref } = await from('core/route');
    const own = [shootHref('a-1'), shootHref('a-1', 'frames'), shootHref('a-1', 'frames', 3)];
    return [...own, '/nonsense/x', '/shoots/a?stage=no&take=2']
      .map((href) => parse(new URL(href, location.origin)));
    """
    here = {"name": "shoot", "id": "a-1", "stage": None, "take": None}
    assert await run(body) == [
        here,
        {**here, "stage": "frames"},
        {**here, "stage": "frames", "take": 3},
        None,
        {**here, "id": "a"},
    ]


READ = """
    const { answer } = await from('bar/proposal');
    const none = { words: 'darker in 2', marks: [], setUp: { pose: null, background: null } };
    const reading = {
      text: 'darker in 2', checkpointId: '3-frames', words: 'Frame 2.', dollars: 0.15,
    };
    const can = new Set(['feedback']);
    const free = { ...given, providers: { ...given.providers, imageUsd: 0, clipUsd: 0 } };
    const claude = { ...free, providers: { ...free.providers, direction: 'claude' } };
    const at = (state, more) => {
      const { label, hint, dollars } = answer(state, 'frames', can, { ...none, ...more });
      return [label, hint ?? '', dollars ?? null];
    };
    return [at(free), at(given), at(claude), at(given, { reading }),
      at(given, { reading, words: 'darker in 3' }),
      at(given, { reading: { ...reading, checkpointId: '2-contact-sheet' } })];
"""


async def test_words_say_that_they_may_cost(run):
    """Where anything is paid for; once they were read, the button has the price of that reading."""
    tell, priced = ["Tell the director", "may cost", None], ["Do that", "", 0.15]
    assert await run(READ, STATE) == [
        ["Tell the director", "", None],
        tell,
        tell,
        priced,
        tell,
        tell,
    ]
