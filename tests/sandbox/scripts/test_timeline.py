"""Which source frame each frame of the film shows."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sandbox.scripts._easing import named
from sandbox.scripts._timeline import Stretch, shares, shown, stretches

SWOOP, LINEAR = named("dramatic-swoop"), named("linear")


def even(frames: int, fps: int = 24) -> list[Fraction]:
    """The times of frames at a constant rate."""
    return [Fraction(n, fps) for n in range(frames)]


def unfold(parts: list[Stretch]) -> list[int]:
    """The frames that stretches show, one for each output frame."""
    found = []
    for part in parts:
        ends = [*part.starts[1:], part.length]
        for frame, start, end in zip(part.frames, part.starts, ends, strict=True):
            found += [frame] * (end - start)
    return found


def test_shares_are_exact() -> None:
    """Five clips of 1.5 s at 60 frames per second get 90 frames each."""
    assert shares(5, Fraction("1.5"), Fraction(60)) == [90] * 5


@given(
    st.integers(1, 12),
    st.fractions(Fraction(1, 10), 10, max_denominator=1000),
    st.sampled_from([Fraction(24), Fraction(25), Fraction(60), Fraction(30000, 1001)]),
)
def test_shares_add_up(clips: int, seconds: Fraction, fps: Fraction) -> None:
    """The film is within half a frame of clips × seconds × fps, however odd the numbers."""
    counts = shares(clips, seconds, fps)
    assert abs(sum(counts) - clips * seconds * fps) <= Fraction(1, 2)
    assert max(counts) - min(counts) <= 1


@given(st.integers(1, 300), st.integers(2, 200))
def test_is_within_half_a_frame(frames: int, count: int) -> None:
    """At a constant rate each output frame is the one that the easing asks for, rounded."""
    wanted = [SWOOP(k / (count - 1)) * (frames - 1) for k in range(count)]
    found = shown(even(frames), count, SWOOP)
    assert all(abs(a - b) <= 0.5 + 1e-9 for a, b in zip(wanted, found, strict=True))


def test_shows_both_ends() -> None:
    """The first frame comes first and the last one last."""
    found = shown(even(121), 90, SWOOP)
    assert (found[0], found[-1]) == (0, 120)


def test_variable_rate_goes_by_time() -> None:
    """Where frames are rare each stands for longer, so that motion keeps its pace."""
    times = [Fraction(0), Fraction(1), Fraction(2), Fraction(3), Fraction(9)]
    assert shown(times, 10, LINEAR) == [0, 1, 2, 3, 3, 3, 4, 4, 4, 4]


def test_rounded_times_are_a_constant_rate() -> None:
    """Milliseconds, as Matroska keeps them, choose the same frames as exact times."""
    rounded = [Fraction(round(time * 1000), 1000) for time in even(121)]
    assert shown(rounded, 90, SWOOP) == shown(even(121), 90, SWOOP)


def test_overshoot_is_held() -> None:
    """An easing that leaves 0 to 1 shows the first or the last frame meanwhile."""
    assert shown(even(11), 4, lambda x: 3 * x - 1) == [0, 0, 10, 10]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=80))
def test_stretches_unfold_again(frames: list[int]) -> None:
    """Splitting at the turns loses nothing, and each part runs one way."""
    parts = stretches(frames)
    assert unfold(parts) == frames
    for part in parts:
        assert sorted(set(part.frames)) in (list(part.frames), list(part.frames)[::-1])


def test_named_easings_never_turn() -> None:
    """The usual film needs one stretch a clip."""
    assert len(stretches(shown(even(121), 90, SWOOP))) == 1
