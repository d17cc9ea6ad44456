"""Every decision that is offered can be followed, wherever and however a shoot has failed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from providers import kling
from studio.brief import OptionsSaid
from studio.decisions import (
    Approve,
    Feedback,
    Modify,
    Regenerate,
    Retry,
    Revise,
    SetBrief,
    SetEdit,
    UseTake,
)
from studio.shoot import Brief, Direction, Providers, ShootOptions, ShootState
from studio.stages import Stage
from studio.takes import Artifact, ClipsRecipe, FilmRecipe, FramesRecipe, HeroRecipe, Take
from workflows import decide
from workflows.checkpointing import checkpoint
from workflows.client import resting_step
from workflows.opening import edit
from workflows.steps import End, Make, Open, Pause, Step

NOW = datetime(2026, 1, 1, tzinfo=UTC)
COUNTS = {Stage.FRAMES: 6, Stage.CLIPS: 5}
CODES = ("refused-content", "failed-task", "no-credit", "worker-lost", "defect", "over-budget")
DIRECTION = Direction(pose="street-walk", background="studio-grey")


def begun(**brief: object) -> ShootState:
    """A shoot of which nothing is known but its brief."""
    return ShootState(
        id="s",
        brief=Brief(prompt="b", **brief),
        created_at=NOW,
        updated_at=NOW,  # type: ignore[arg-type]
    )


def opened(state: ShootState) -> tuple[ShootState, Step]:
    """What the workflow makes of a brief that was read."""
    options = state.brief.options
    update = {
        "providers": Providers(clips="kling"),
        "direction": DIRECTION,
        "edit": edit(options, DIRECTION),
        "aspect_ratio": options.aspect_ratio or "original",
    }
    return decide.advance(state.model_copy(update=update), Stage.HERO)


def made(state: ShootState, step: Make) -> tuple[ShootState, Step]:
    """The state and the next step once ``step`` has been done."""
    stage = step.recipe.stage
    slots = step.recipe.slots if isinstance(step.recipe, ClipsRecipe) else ()
    count = len(slots) or COUNTS.get(stage, 1)
    artifacts = tuple(
        Artifact(
            name=f"{stage}-{n}",
            key=f"{stage}/{step.number}/{n}",
            kind="image",
            sha256="0",
            size=1,
            width=3,
            height=2,
            fingerprint=f"{stage}/{step.number}/{n}",
        )
        for n in range(count)
    )
    take = Take(
        stage=stage,
        number=step.number,
        artifacts=artifacts,
        recipe=step.recipe,
        made_from=step.made_from,
        provider="proof",
        created_at=NOW,
    )
    state = state.model_copy(
        update={"takes": (*state.takes, take), "numbered": {**state.numbered, stage: step.number}}
    )
    state = decide.use_take(state, stage, step.number)
    following = stage.following
    if step.go_on and following:
        return decide.advance(state, following)
    return state, Pause(stage=stage)


def failed(state: ShootState, step: Open | Make, code: str, items: tuple[int, ...] = ()) -> Pause:
    """The pause after ``step`` has failed; ``items`` are the clips or frames that did."""
    stage = Stage.HERO if isinstance(step, Open) else step.recipe.stage
    kind = {Stage.CLIPS: "clip", Stage.FRAMES: "frame"}.get(stage)
    missing = tuple(f"{kind}-{n}" for n in items) if kind else ()
    words = code in ("refused-content", "failed-task")
    return Pause(
        stage=stage,
        reason="it failed",
        code=code,
        orders=("order",) if code == "over-budget" else (),
        failed=step,
        missing=missing,
        refused=(missing or (stage.value,)) if words else (),
    )


def assert_makeable(state: ShootState, step: Make) -> None:
    """What the maker needs for a step is there."""
    stage = step.recipe.stage
    assert state.take(stage, step.number) is None
    if stage.preceding:
        parent = state.take(stage.preceding, step.made_from or 0)
        assert parent is not None
        if stage in (Stage.CLIPS, Stage.COMPLETE):
            count = 6 if stage is Stage.CLIPS or state.edit.loop else 5
            assert len(parent.artifacts) == count
    match step.recipe:
        case HeroRecipe():
            assert state.direction is not None
        case FramesRecipe(base=int(base)):
            assert state.take(Stage.FRAMES, base) is not None
            assert state.current_take(Stage.HERO) is not None
        case ClipsRecipe(slots=slots):
            assert [slot.index for slot in slots] == list(range(1, len(slots) + 1))
        case FilmRecipe(edit=cut):
            assert cut == state.edit


class Failing(RuleBasedStateMachine):
    """A shoot in which anything may fail, and whatever is offered is taken."""

    def __init__(self) -> None:
        super().__init__()
        self.state = begun()
        self.at: Step = Open()

    @initialize(stages=st.integers(0, 5))
    def begin(self, stages: int) -> None:
        """Shoots begin anew, or go on after some stages, as from the record of one cancelled."""
        for _ in range(stages):
            if isinstance(self.at, Open):
                self.state, self.at = opened(self.state)
            else:
                assert isinstance(self.at, Pause)
                self.state, self.at = decide.follow(self.state, self.at, Approve())
            assert isinstance(self.at, Make)
            self.state, _ = made(self.state, self.at)
            self.at = resting_step(self.state)

    @precondition(lambda self: isinstance(self.at, Open | Make))
    @rule(
        code=st.none() | st.sampled_from(CODES),
        items=st.lists(st.integers(1, 6), min_size=1, max_size=3, unique=True).map(tuple),
    )
    def work(self, code: str | None, items: tuple[int, ...]) -> None:
        """A step is made, or fails for one of all reasons."""
        step = self.at
        assert isinstance(step, Open | Make)
        if isinstance(step, Make):
            assert_makeable(self.state, step)
            numbered = {**self.state.numbered, step.recipe.stage: step.number}
            self.state = self.state.model_copy(update={"numbered": numbered})
        if code is not None:
            self.at = failed(self.state, step, code, items)
        elif isinstance(step, Open):
            self.state, self.at = opened(self.state)
        else:
            self.state, self.at = made(self.state, step)

    @precondition(lambda self: isinstance(self.at, Pause))
    @rule(data=st.data(), more=st.booleans())
    def take_an_offer(self, data: st.DataObject, more: bool) -> None:
        """Whatever is offered is followed."""
        pause = self.at
        assert isinstance(pause, Pause)
        offers = decide.offers(self.state, pause)
        ending = ("cancel", "approve") if pause.stage is Stage.COMPLETE else ("cancel",)
        decision = data.draw(st.sampled_from([o for o in offers if o.type not in ending]))
        self.state, self.at = decide.follow(self.state, pause, decision, more=more)

    @invariant()
    def nobody_is_stuck(self) -> None:
        """At every pause there is a way on, and the checkpoint offers what the rules follow."""
        if not isinstance(self.at, Pause):
            assert not isinstance(self.at, End)
            return
        shown = checkpoint(self.state, self.at, 1)
        offers = decide.offers(self.state, self.at)
        assert set(shown.options.decisions) == {offer.type for offer in offers}
        assert {"feedback", "cancel", "revise"} <= set(shown.options.decisions)
        assert ("retry" in shown.options.decisions) == (self.at.reason is not None)
        assert ("approve" in shown.options.decisions) == (self.at.reason is None)
        for offer in offers:
            decide.check(self.state, self.at, offer)
            state, step = decide.follow(self.state, self.at, offer)
            if isinstance(step, Make):
                numbered = state.numbered.get(step.recipe.stage, 0)
                assert step.number in (numbered, numbered + 1)
                assert_makeable(state, step)
        if self.at.reason is not None and self.state.takes:
            assert "use-take" in shown.options.decisions


TestFailing = Failing.TestCase
TestFailing.settings = settings(max_examples=25, stateful_step_count=16, deadline=None)


class FailingForLong(Failing):
    """The same for longer."""


TestFailingForLong = pytest.mark.slow(FailingForLong.TestCase)
TestFailingForLong.settings = settings(max_examples=400, stateful_step_count=40, deadline=None)


def follow(state, pause, decision):
    """Check, then follow."""
    decide.check(state, pause, decision)
    return decide.follow(state, pause, decision)


def at_hero_failure(code: str, *notes: str) -> tuple[ShootState, Pause]:
    """A shoot whose first hero has failed, after ``notes`` were said."""
    state, step = opened(begun())
    assert isinstance(step, Make)
    recipe = step.recipe.model_copy(update={"notes": notes})
    return state, failed(state, step.model_copy(update={"recipe": recipe}), code)


def test_opening_that_failed_takes_a_brief_said_differently():
    """The words, the references and the options of a brief that could not be read may change."""
    state = begun(options=ShootOptions(pose="urban-lean", budget=2))
    pause = failed(state, Open(), "no-key")
    said = SetBrief(prompt="a coat", options=OptionsSaid(provider="proof"))
    state, step = follow(state, pause, said)
    assert (step, state.brief.prompt) == (Open(), "a coat")
    options = state.brief.options
    assert (options.provider, options.pose, options.budget) == ("proof", "urban-lean", 2)


def test_changed_providers_are_chosen_again():
    """Another provider is another choice; other words leave the providers and their prices."""
    state, _ = opened(begun())
    pause = failed(state, Open(), "bad-key")
    words, _ = follow(state, pause, SetBrief(prompt="x"))
    who, _ = follow(state, pause, SetBrief(options=OptionsSaid(images="proof")))
    assert (words.providers, who.providers) == (state.providers, None)


def test_revision_of_an_opening_adds_to_the_brief():
    """Where the brief could not be read, what is said of the hero is said of the brief."""
    state = begun()
    pause = failed(state, Open(), "no-credit")
    revise = Revise(stage=Stage.HERO, instruction="softer light", background="studio-black")
    state, step = follow(state, pause, revise)
    assert (step, state.brief.prompt) == (Open(), "b\nsofter light")
    assert state.brief.options.background == "studio-black"


@pytest.mark.parametrize("opening", [True, False])
def test_refused_brief_is_replaced(opening):
    """Words that were refused are not sent again beneath those that shall replace them."""
    state, pause = at_hero_failure("refused-content")
    pause = failed(state, Open(), "refused-content") if opening else pause
    state, step = follow(state, pause, Revise(stage=Stage.HERO, instruction="a coat"))
    assert (step, state.brief.prompt) == (Open(), "a coat")


def test_brief_is_settled_by_the_first_hero():
    """With a hero there, the brief is not changed any more."""
    state, step = opened(begun())
    state, pause = made(state, step)
    with pytest.raises(decide.NotApplicableError, match="revise the hero"):
        decide.check(state, pause, SetBrief(prompt="x"))


@pytest.mark.parametrize(
    ("code", "notes"), [("refused-content", ("softer",)), ("no-credit", ("nude", "softer"))]
)
def test_refused_words_go_with_the_revision(code, notes):
    """The next revision replaces refused words; where something else failed, words add up."""
    state, step = opened(begun())
    state, pause = made(state, step)
    state, step = follow(state, pause, Revise(stage=Stage.HERO, instruction="nude"))
    pause = failed(state, step, code)
    state, step = follow(state, pause, Revise(stage=Stage.HERO, instruction="softer"))
    assert step.recipe.notes == notes


def at_clips(*refused: int) -> tuple[ShootState, Pause]:
    """A shoot whose clips are made; with ``refused``, whose regeneration with words was."""
    state, step = opened(begun())
    state, at = made(state, step)
    while at.stage is not Stage.CLIPS:
        state, step = decide.follow(state, at, Approve())
        state, at = made(state, step)
    if refused:
        state, step = follow(state, at, Regenerate(clips=refused, instruction="faster"))
        return state, failed(state, step, "refused-content", refused)
    return state, at


def test_refused_words_go_with_the_clip():
    """A clip that was refused is asked for by the new words alone, or by none."""
    state, pause = at_clips(2, 4)
    _, step = follow(state, pause, Regenerate(clips=(2,), instruction="calmer"))
    assert [slot.notes for slot in step.recipe.slots] == [(), ("calmer",), (), ("faster",), ()]
    _, step = follow(state, pause, Regenerate(clips=(2, 4)))
    assert all(slot.notes == () for slot in step.recipe.slots)


def test_prompt_that_grows_too_long_is_refused_in_words():
    """What was said of a clip adds up; beyond Kling's limit it is said how much to leave out."""
    state, pause = at_clips()
    long = "slowly and gently " * 60
    state, step = follow(state, pause, Regenerate(clips=(3,), instruction=long))
    state, pause = made(state, step)
    with pytest.raises(decide.NotApplicableError, match=r"clip 3 would have [\d,]+ char") as caught:
        decide.check(state, pause, Regenerate(clips=(3,), instruction=long))
    words = str(caught.value)
    assert f"{kling.PROMPT_LIMIT:,}" in words
    allowed = int(words.rpartition("shorten the words to ")[2].split()[0].replace(",", ""))
    fitting = long[:allowed].rstrip()
    decide.check(state, pause, Regenerate(clips=(3,), instruction=fitting))
    decide.check(state, pause, Regenerate(clips=(2,), instruction=long))


def test_failed_revision_still_offers_the_take_in_use():
    """After a failed revision of the only hero, that hero can be used after all."""
    state, step = opened(begun())
    state, pause = made(state, step)
    state, step = follow(state, pause, Revise(stage=Stage.HERO, instruction="darker"))
    pause = failed(state, step, "refused-content")
    assert UseTake(stage=Stage.HERO, take=1) in decide.offers(state, pause)
    state, back = follow(state, pause, UseTake(stage=Stage.HERO, take=1))
    assert back == Pause(stage=Stage.HERO)


def test_words_and_retry_are_offered_at_every_failure():
    """Even before anything is there, one can try again, talk, revise or say the brief anew."""
    state = begun()
    offered = {offer.type for offer in decide.offers(state, failed(state, Open(), "defect"))}
    assert offered == {"retry", "brief", "revise", "feedback", "cancel"}


def test_edit_waits_for_the_brief_to_be_read():
    """What an edit would set before the brief is read, reading it would set back."""
    state = begun()
    with pytest.raises(decide.NotApplicableError, match="options"):
        decide.check(state, failed(state, Open(), "defect"), SetEdit(pace=2))


def test_frames_that_failed_cannot_be_modified():
    """There is nothing to modify or resize where the first frames were not cut."""
    state, step = opened(begun())
    state, at = made(state, step)
    state, step = decide.follow(state, at, Approve())
    state, at = made(state, step)
    state, step = decide.follow(state, at, Approve())
    pause = failed(state, step, "defect")
    offered = {offer.type for offer in decide.offers(state, pause)}
    assert not offered & {"modify", "resize", "approve"}
    with pytest.raises(decide.NotApplicableError, match="no frames yet"):
        decide.check(state, pause, Modify(frames=(1,), instruction="x"))
    assert Retry() in decide.offers(state, pause)
    assert any(isinstance(offer, Feedback) for offer in decide.offers(state, pause))
