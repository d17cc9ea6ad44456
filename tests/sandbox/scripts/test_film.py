"""The film's size and graph, as far as they can be seen without pictures."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from sandbox.scripts._command import ScriptError
from sandbox.scripts._film import Cut, Encoding, arguments, canvas
from sandbox.scripts._probe import VideoInfo, probe
from sandbox.scripts._timeline import stretches

ENCODING = Encoding(Fraction(60), "medium", 18)


@pytest.fixture(scope="session")
def info(clip: Path) -> VideoInfo:
    """What is known of a clip."""
    return probe(clip)


def test_canvas_is_the_largest_clip(info: VideoInfo) -> None:
    """The clip with most pixels decides, less an odd column or row."""
    sizes = [(100, 100), (201, 75), (60, 160)]
    clips = [replace(info, width=width, height=height) for width, height in sizes]
    assert canvas(clips) == (200, 74)


def test_one_encoder_for_all_clips(info: VideoInfo) -> None:
    """However many clips, there is one graph and one encoder, and no picture on disk."""
    cuts = [Cut(Path("a.mp4"), info, stretches([0, 1, 1, 2]))] * 6
    words = arguments(cuts, (96, 64), ENCODING, Path("film.mp4"))
    assert words.count("-i") == 6
    assert words.count("-filter_complex") == words.count("-c:v") == 1
    assert words[words.index("-frames:v") + 1] == "24"


def test_a_graph_beyond_telling_is_refused(info: VideoInfo) -> None:
    """More clips than a program's argument can hold are refused with the remedy."""
    cuts = [Cut(Path("a.mp4"), info, stretches(list(range(0, 120, 3)) * 5))] * 60
    with pytest.raises(ScriptError, match="stitch fewer clips"):
        arguments(cuts, (96, 64), ENCODING, Path("film.mp4"))
