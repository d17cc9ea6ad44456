"""What one message asks for twice is made, and paid for, once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.decisions import Approve, Modify, Regenerate, Resize, Revise
from studio.stages import Stage
from studio.text import MAX_WORDS
from workflows.merging import merged

numbers = st.lists(st.integers(1, 6), min_size=1, max_size=4).map(tuple)
words = st.sampled_from(["darker", "open the jacket", "softer light."])
wishes = st.one_of(
    st.builds(Revise, stage=st.sampled_from([Stage.HERO, Stage.CONTACT_SHEET]), instruction=words),
    st.builds(Modify, frames=numbers, instruction=words),
    st.builds(Regenerate, clips=numbers, instruction=st.none() | words),
    st.just(Resize(aspect_ratio="1:1")),
)


def _asked(decisions):
    """What is asked for: picture or clip, with the words said of it."""
    found = []
    for one in decisions:
        match one:
            case Revise():
                found.append((one.stage.value, one.instruction))
            case Modify():
                found += [(f"frame {n}", one.instruction) for n in one.frames]
            case Regenerate():
                found += [(f"clip {n}", one.instruction) for n in one.clips]
    return found


def test_two_revisions_are_one_picture():
    """Words add up, and the later pose and background count."""
    said = (
        Revise(stage=Stage.HERO, instruction="darker", pose="urban-lean"),
        Revise(stage=Stage.HERO, instruction="a blue coat", pose="street-walk"),
    )
    expected = Revise(stage=Stage.HERO, instruction="darker. a blue coat", pose="street-walk")
    assert merged(said) == (expected,)


def test_frame_named_twice_is_rendered_once():
    """Only the frame that both wishes name has both their words."""
    said = (Modify(frames=(2, 3), instruction="warmer"), Modify(frames=(3,), instruction="smile"))
    assert merged(said) == (
        Modify(frames=(2,), instruction="warmer"),
        Modify(frames=(3,), instruction="warmer. smile"),
    )


def test_what_follows_an_approval_is_another_wish():
    """A wish after going on is not joined to one before it."""
    revise = Revise(stage=Stage.HERO, instruction="darker")
    assert merged((revise, Approve(), revise)) == (revise, Approve(), revise)


def test_wishes_that_would_be_too_long_together_stay_two():
    """Nothing that was said is cut."""
    long = "x" * (MAX_WORDS - 10)
    said = tuple(Revise(stage=Stage.HERO, instruction=long + end) for end in "ab")
    assert merged(said) == said


@given(st.lists(wishes, max_size=6))
def test_everything_asked_for_is_asked_for_once(said):
    """No picture or clip is named twice, none is lost, and each keeps all that was said of it."""
    once = _asked(merged(said))
    things = [thing for thing, _ in once]
    assert len(things) == len(set(things))
    assert set(things) == {thing for thing, _ in _asked(said)}
    for thing, instruction in _asked(said):
        assert (instruction or "").rstrip(".") in (dict(once)[thing] or "")
