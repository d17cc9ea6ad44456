"""Notes are kept once, named by the takes, and bounded without harm to what is bought."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio import notes
from studio.decisions import MAX_WORDS
from studio.shoot import Brief, ShootState
from studio.stages import Stage
from studio.takes import ClipsRecipe, FilmRecipe, FramesRecipe, HeroRecipe, SheetRecipe, Slot, Take
from workflows import steps
from workflows.steps import Make, Pause

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = st.text(min_size=1, max_size=20)
RECIPES = st.one_of(
    st.builds(
        HeroRecipe,
        pose=st.just("street-walk"),
        background=st.just("industrial"),
        notes=st.lists(WORDS).map(tuple),
    ),
    st.builds(SheetRecipe, notes=st.lists(WORDS).map(tuple)),
    st.builds(FramesRecipe, base=st.just(1), instruction=st.none() | WORDS),
    st.builds(
        ClipsRecipe,
        slots=st.lists(st.builds(Slot, index=st.just(1), notes=st.lists(WORDS).map(tuple))).map(
            tuple
        ),
    ),
    st.just(FilmRecipe(edit={"pace": 1.5})),
)


def _take(recipe, number=1):
    return Take(
        stage=recipe.stage,
        number=number,
        artifacts=(),
        recipe=recipe,
        made_from=None,
        provider="proof",
        created_at=NOW,
    )


def _hero(*said):
    return HeroRecipe(pose="street-walk", background="industrial", notes=said)


def _state(*takes):
    return ShootState(id="s", brief=Brief(prompt="x"), created_at=NOW, updated_at=NOW, takes=takes)


@settings(max_examples=30, deadline=None)
@given(st.lists(RECIPES, max_size=6))
def test_takes_keep_their_words(recipes):
    """Whatever was said of a take is read from the state as it was said, also after transport."""
    state = _state()
    for number, recipe in enumerate(recipes, start=1):
        state = state.with_take(_take(recipe, number))
    state = ShootState.model_validate_json(state.model_dump_json())
    read = [state.take(one.stage, number).recipe for number, one in enumerate(recipes, start=1)]
    assert read == recipes


@settings(max_examples=30, deadline=None)
@given(st.lists(RECIPES, max_size=6))
def test_older_states_are_read_and_packed(recipes):
    """A state with its notes in every recipe, as it was stored before, says the same packed."""
    takes = [_take(recipe, number) for number, recipe in enumerate(recipes, start=1)]
    older, state = _state(*takes), _state(*takes).packed()
    for stage in Stage:
        assert older.takes_of(stage) == state.takes_of(stage)
    assert state.packed() == state


@settings(max_examples=30, deadline=None)
@given(RECIPES, st.booleans())
def test_steps_are_carried_with_their_words(recipe, failed):
    """A step that one run hands to the next says there what it said here."""
    step = Make(recipe=recipe, number=2, made_from=None)
    if failed:
        step = Pause(stage=recipe.stage, reason="refused", failed=step)
    state, carried = steps.packed(step, _state(_take(_hero("darker"))))
    assert steps.worded(carried, state) == step
    assert state.take(Stage.HERO, 1).recipe.notes == ("darker",)


def test_a_note_is_kept_once():
    """Revisions upon revisions, and six clips of the same words, hold each text once."""
    said = [f"note {n}: " + "x" * 1000 for n in range(20)]
    state = _state()
    for count in range(1, 21):
        state = state.with_take(_take(_hero(*said[:count]), count))
    slots = tuple(Slot(index=n, notes=tuple(said)) for n in range(1, 7))
    state = state.with_take(_take(ClipsRecipe(slots=slots)))
    assert len(state.notes) == 20
    assert len(state.model_dump_json()) < 2 * sum(map(len, said))


def test_the_oldest_are_shortened_never_the_clips():
    """Above the bound the oldest words shrink; clips are recognized by theirs, so they stay."""
    clip = "c" * MAX_WORDS
    state = _state().with_take(_take(ClipsRecipe(slots=(Slot(index=1, notes=(clip,)),))))
    for number in range(1, 301):
        state = state.with_take(_take(_hero(f"{number} " + "é" * (MAX_WORDS - 10)), number))
    assert sum(len(text.encode()) for text in state.notes.values()) <= notes.MAX_TABLE
    assert state.take(Stage.CLIPS, 1).recipe.slots[0].notes == (clip,)
    first, last = (state.take(Stage.HERO, n).recipe.notes[0] for n in (1, 300))
    assert first.startswith("1 é") and len(first) == notes.EXCERPT + 1
    assert len(last) > 3_000


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ((), ()),
        (("a", "b"), ("a", "b")),
        (("x" * 10_000, "y" * 6_000), ("x" * 10_000, "y" * 6_000)),
        (("x" * 10_001, "y" * 6_000), ("y" * 6_000,)),
        (("a", "x" * 20_000), ("x" * 20_000,)),
    ],
)
def test_the_latest_go_into_a_prompt(said, kept):
    """The last note always, and those before it as far as there is room."""
    assert notes.latest(said) == kept
