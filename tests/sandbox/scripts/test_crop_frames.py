"""Cutting frames from contact sheets with known truth."""

from __future__ import annotations

import json
import subprocess
import sys

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench import crop_frames as bench
from bench import families
from sandbox.scripts import crop_frames

RULED = [
    *("white", "black", "grey", "coloured", "hairline", "wide", "uneven", "borderless", "noisy"),
    *("near backdrop", "same backdrop in 1-3", "labels in cells", "labels in gutters"),
    *("skewed", "rounded", "staggered", "other grids", "small"),
]


def _cut(sheet, folder, *more):
    path = folder / "sheet.png"
    cv2.imwrite(str(path), sheet)
    status = crop_frames.main(["--input", str(path), "--output-dir", str(folder / "out"), *more])
    return status, sorted((folder / "out").glob("*")) if (folder / "out").exists() else []


@pytest.mark.parametrize("family", RULED)
def test_ruled_sheets_are_cut_to_the_cell(family):
    """On ruled sheets every frame overlaps its cell by 0.97 or more."""
    made = bench.score(family, range(100, 102))
    assert made.refused == 0
    assert min(made.overlaps) >= bench.GOAL


def test_frames_are_uniform_and_numbered(tmp_path):
    """Six frames come out, numbered in reading order and of one size."""
    sheet = families.make("uneven", 7)
    status, files = _cut(sheet.picture, tmp_path)
    assert status == 0
    assert [file.name for file in files] == [f"frame-{n}.png" for n in range(1, 7)]
    assert len({cv2.imread(str(file)).shape for file in files}) == 1


@pytest.mark.parametrize("family", ["white", "black", "coloured", "wide"])
def test_no_gutter_gets_into_a_frame(tmp_path, family):
    """Cells painted magenta come out magenta to the last pixel."""
    sheet = families.make(family, 11)
    solid = np.where(sheet.content[..., None] > 0, np.uint8((255, 0, 255)), sheet.picture)
    status, files = _cut(solid.astype(np.uint8), tmp_path)
    assert status == 0
    for file in files:
        frame = cv2.imread(str(file)).astype(int)
        apart = np.abs(frame - (255, 0, 255)).max(axis=2)
        assert (apart > 60).mean() < 0.001


def test_sheet_without_gutters_is_split_evenly_and_says_so(tmp_path, capfd):
    """An even split is told in a status frame, and in the provenance of every frame."""
    sheet = families.make("no gutter", 3)
    status, files = _cut(sheet.picture, tmp_path)
    said = capfd.readouterr().out
    frames = [json.loads(line[6:]) for line in said.splitlines() if line.startswith("data: ")]
    assert status == 0
    assert len(files) == 6
    assert any(frame["type"] == "status" and "even" in frame["message"] for frame in frames)
    methods = {f["provenance"]["method"] for f in frames if f["type"] == "artifact"}
    assert methods == {"even-split"}


def test_single_photo_is_no_sheet(tmp_path, capfd):
    """A photograph is refused, in one line, and nothing is written."""
    photo = cv2.imread("examples/portrait.png")
    status, files = _cut(photo, tmp_path)
    assert (status, files) == (2, [])
    assert len(capfd.readouterr().err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "more", [["--rows", "0"], ["--cols", "99"], ["--rows", "1", "--cols", "1"]]
)
def test_impossible_grids_are_refused(tmp_path, more):
    """Rows and columns have limits."""
    sheet = families.make("small", 1)
    assert _cut(sheet.picture, tmp_path, *more)[0] == 2


def test_truncated_sheet_is_refused(tmp_path):
    """Half a file is no picture, and leaves nothing behind."""
    cv2.imwrite(str(tmp_path / "whole.png"), families.make("small", 1).picture)
    content = (tmp_path / "whole.png").read_bytes()
    (tmp_path / "half.png").write_bytes(content[: len(content) // 2])
    words = ["--input", str(tmp_path / "half.png"), "--output-dir", str(tmp_path / "out")]
    assert crop_frames.main(words) == 2
    assert not list((tmp_path / "out").glob("*"))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_noise_never_becomes_frames(tmp_path, content):
    """Whatever bytes come in, there are no frames and no traceback."""
    (tmp_path / "noise.png").write_bytes(b"\x89PNG\r\n\x1a\n" + content)
    words = ["--input", str(tmp_path / "noise.png"), "--output-dir", str(tmp_path / "out")]
    assert crop_frames.main(words) == 2


def test_runs_as_a_command():
    """``python -m sandbox.scripts.crop_frames --help`` explains itself."""
    done = subprocess.run(
        [sys.executable, "-m", "sandbox.scripts.crop_frames", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "--output-dir" in done.stdout
