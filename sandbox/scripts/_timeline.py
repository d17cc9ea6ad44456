"""Which source frame each frame of the film shows: arithmetic only, no pictures."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise

from sandbox.scripts._easing import Easing

STEADY = 0.05
"""How far, in frames, a time may lie off a constant rate and still be the container's rounding."""


@dataclass(frozen=True)
class Stretch:
    """A part of a cut clip in which the clip runs one way, forwards or backwards."""

    frames: tuple[int, ...]
    """The source frames shown, in display order of the film, each once."""
    starts: tuple[int, ...]
    """When each is shown first: output frames after the stretch's first. Rises from 0."""
    length: int
    """Output frames in the stretch."""

    @property
    def backwards(self) -> bool:
        """Whether the source runs backwards here."""
        return self.frames[0] > self.frames[-1]


def shares(clips: int, seconds: Fraction, fps: Fraction) -> list[int]:
    """How many output frames each clip gets.

    They add up to clips × seconds × fps, rounded half up; where seconds × fps is no whole number
    the clips differ by one frame, rather than the film's length by one for every clip.
    """
    ends = [math.floor(clip * seconds * fps + Fraction(1, 2)) for clip in range(clips + 1)]
    return [end - start for start, end in pairwise(ends)]


def shown(times: Sequence[Fraction], count: int, easing: Easing) -> list[int]:
    """For each of ``count`` output frames, the index of the source frame that it shows.

    ``times`` are the source frames' in seconds, rising from 0. Output frame k shows the frame
    nearest to the place ease(k / (count - 1)) of the way from the first frame to the last. Places
    are measured in time, because motion is: where a source of variable rate has few frames, each
    stands for longer. At a constant rate that is the same as counting frames, and is done by
    counting, so that a container's rounded times decide nothing. What an easing overshoots is
    held at the first or last frame.
    """
    last = len(times) - 1
    span = float(times[-1])
    places = [
        min(1.0, max(0.0, easing(k / (count - 1) if count > 1 else 0.0))) for k in range(count)
    ]
    if last == 0 or _is_steady(times):
        return [math.floor(place * last + 0.5) for place in places]
    seconds = [float(time) for time in times]
    return [_nearest(seconds, place * span) for place in places]


def _is_steady(times: Sequence[Fraction]) -> bool:
    step = times[-1] / (len(times) - 1)
    return all(abs(time - n * step) <= STEADY * step for n, time in enumerate(times))


def _nearest(seconds: Sequence[float], wanted: float) -> int:
    after = min(bisect_left(seconds, wanted), len(seconds) - 1)
    before = max(after - 1, 0)
    return before if wanted - seconds[before] < seconds[after] - wanted else after


def stretches(frames: Sequence[int]) -> list[Stretch]:
    """Split a list of shown frames where its direction turns; most easings never turn."""
    runs = [(frame, len(list(same))) for frame, same in groupby(frames)]
    found: list[Stretch] = []
    begin = 0
    while begin < len(runs):
        end = _turn(runs, begin)
        part = runs[begin:end]
        starts = [sum(length for _, length in part[:n]) for n in range(len(part))]
        found.append(
            Stretch(
                frames=tuple(frame for frame, _ in part),
                starts=tuple(starts),
                length=starts[-1] + part[-1][1],
            )
        )
        begin = end
    return found


def _turn(runs: Sequence[tuple[int, int]], begin: int) -> int:
    """The index after the last run that goes the same way as the first two from ``begin``."""
    end = begin + 2
    while end < len(runs) and (runs[end][0] > runs[end - 1][0]) == (
        runs[begin + 1][0] > runs[begin][0]
    ):
        end += 1
    return min(end, len(runs))
