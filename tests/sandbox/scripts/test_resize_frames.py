"""Frames in another ratio: sizes, what stays in the picture, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PIL import Image

from sandbox.scripts import _images, _subject, resize_frames
from sandbox.scripts._images import Picture
from sandbox.scripts._proof import mark

BACKDROP, SKIN, CLOTH = (205, 200, 198), (140, 165, 220), (60, 40, 30)


@pytest.fixture
def frames(tmp_path: Path) -> Path:
    """An empty folder for frames."""
    folder = tmp_path / "frames"
    folder.mkdir()
    return folder


def figure(width: int, height: int, centre: float, head: float, feet: float) -> Picture:
    """A person on a grey backdrop: head and feet at shares of the height, centre of the width."""
    picture = np.full((height, width, 3), BACKDROP, np.uint8)
    x, top, foot = round(centre * width), round(head * height), round(feet * height)
    tall = foot - top
    cv2.rectangle(picture, (x - tall // 8, top + tall // 6), (x + tall // 8, foot), CLOTH, -1)
    cv2.circle(picture, (x, top + tall // 12), tall // 12, SKIN, -1)
    return picture


def resize(source: Path, target: Path, ratio: str = "16:9") -> int:
    """The exit status of bringing ``source`` to ``ratio``."""
    given = ["--input-dir", str(source), "--output-dir", str(target), "--aspect-ratio", ratio]
    return resize_frames.main(given)


@given(st.integers(40, 4000), st.integers(40, 4000), st.sampled_from(list(resize_frames.RATIOS)))
def test_sizes_are_exact(width: int, height: int, name: str) -> None:
    """Sides are even, within a pixel of the ratio, never larger, and one is hardly cut."""
    ratio = resize_frames.RATIOS[name]
    across, down = resize_frames.crop_size(width, height, ratio, "frame")
    assert across % 2 == down % 2 == 0
    assert abs(across - down * ratio) <= 1
    assert abs(down - across / ratio) <= 1
    assert across <= width
    assert down <= height
    assert width - across < 8 or height - down < 8


@pytest.mark.parametrize("ratio", resize_frames.RATIOS)
def test_frames_keep_their_names(
    frames: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], ratio: str
) -> None:
    """Each frame comes out under its name, in the ratio, and is announced."""
    for number in (1, 2):
        _images.write_png(frames / f"frame-{number}.png", figure(300, 200, 0.5, 0.2, 0.9))
    assert resize(frames, tmp_path / "out", ratio) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "frame-1.png",
        "frame-2.png",
    ]
    height, width = _images.read(tmp_path / "out" / "frame-2.png").shape[:2]
    assert abs(width - height * Fraction(ratio.replace(":", "/"))) <= 1
    assert capfd.readouterr().out.count('"type":"artifact"') == 2


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp"])
def test_formats_are_kept(frames: Path, tmp_path: Path, suffix: str) -> None:
    """A frame stays what it was: PNG, JPEG or WebP."""
    Image.fromarray(figure(120, 80, 0.5, 0.2, 0.9)).save(frames / f"frame.{suffix}")
    assert resize(frames, tmp_path / "out", "1:1") == 0
    with Image.open(tmp_path / "out" / f"frame.{suffix}") as image:
        assert image.format == {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}[suffix]
        assert image.size == (80, 80)


def test_pixels_are_taken_as_they_are() -> None:
    """A crop is a part of the frame: nothing is scaled."""
    noise = np.random.default_rng(1).integers(0, 255, (90, 120, 3), dtype=np.uint8)
    part = resize_frames.crop(noise, Fraction(1), "frame")
    found = cv2.matchTemplate(noise, part, cv2.TM_SQDIFF)
    assert part.shape == (90, 90, 3)
    assert found.min() == 0


@given(st.floats(0.2, 0.8))
def test_the_subject_stays_in_a_narrow_crop(centre: float) -> None:
    """From 3:2 to 9:16 the crop goes where the person is, not to the middle."""
    picture = figure(360, 240, centre, 0.15, 0.95)
    part = resize_frames.crop(picture, Fraction(9, 16), "frame")
    skin = np.all(picture == SKIN, axis=2).sum()
    assert np.all(part == SKIN, axis=2).sum() == skin


@given(st.floats(0.05, 0.4), st.floats(0.6, 1.0))
def test_heads_stay_in_a_wide_crop(head: float, feet: float) -> None:
    """From 2:3 to 16:9 a standing person may lose the legs, never the head."""
    assume(feet - head > 0.4)
    picture = figure(240, 360, 0.5, head, feet)
    part = resize_frames.crop(picture, Fraction(16, 9), "frame")
    skin = np.all(picture == SKIN, axis=2).sum()
    assert np.all(part == SKIN, axis=2).sum() == skin


def test_a_head_at_the_upper_edge_stays_whole() -> None:
    """A head that touches the upper edge keeps its hair, without a backdrop to tell it by."""
    picture = _images.read(Path(__file__).parent / "cases" / "frame-2-crop-to-16x9.jpg")
    width, height = resize_frames.crop_size(830, 826, Fraction(16, 9), "frame")
    assert _subject.window(picture, width, height)[1] <= 10


def test_a_plain_frame_is_cropped_in_the_middle_of_its_width() -> None:
    """Where nothing stands out, nothing is preferred."""
    ramp = np.repeat(np.arange(200, dtype=np.uint8)[None, :, None], 3, axis=2)
    part = resize_frames.crop(np.repeat(ramp // 100, 100, axis=0), Fraction(1), "frame")
    assert abs(int((part[0, :, 0] == 0).sum()) - 50) <= 6


def test_the_same_frame_gives_the_same_crop() -> None:
    """Nothing depends on chance."""
    noise = np.random.default_rng(2).integers(0, 255, (90, 160, 3), dtype=np.uint8)
    first, second = (resize_frames.crop(noise, Fraction(2, 3), "frame") for _ in range(2))
    assert np.array_equal(first, second)


def _text(folder: Path) -> None:
    (folder / "notes.txt").write_text("no frame")


def _posing(folder: Path) -> None:
    (folder / "posing.png").write_text("no frame")


def _short(folder: Path) -> None:
    whole = folder / "short.png"
    noise = np.random.default_rng(3).integers(0, 255, (64, 64, 3), dtype=np.uint8)
    _images.write_png(whole, noise)
    whole.write_bytes(whole.read_bytes()[:-4000])


def _tiny(folder: Path) -> None:
    _images.write_png(folder / "tiny.png", np.zeros((1, 1, 3), np.uint8))


@pytest.mark.parametrize(
    ("spoil", "named"),
    [(_text, "notes.txt"), (_posing, "posing.png"), (_short, "short.png"), (_tiny, "tiny.png")],
)
def test_all_or_nothing(
    frames: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    spoil: Callable[[Path], None],
    named: str,
) -> None:
    """One file that is no frame is refused by name, and no other comes out."""
    _images.write_png(frames / "a-good-one.png", figure(120, 80, 0.5, 0.2, 0.9))
    spoil(frames)
    assert resize(frames, tmp_path / "out") == 2
    assert re.fullmatch(rf"resize_frames: {named}: [^\n]+\n", capfd.readouterr().err)
    assert not (tmp_path / "out").exists()


def test_a_failure_keeps_earlier_results(frames: Path, tmp_path: Path) -> None:
    """Frames that came out before stay when the next attempt fails."""
    _images.write_png(frames / "frame.png", figure(120, 80, 0.5, 0.2, 0.9))
    assert resize(frames, tmp_path / "out", "1:1") == 0
    _posing(frames)
    assert resize(frames, tmp_path / "out", "16:9") == 2
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["frame.png"]
    assert _images.read(tmp_path / "out" / "frame.png").shape == (80, 80, 3)


def test_empty_and_missing_folders_are_refused(
    frames: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A folder without frames is refused by name; hidden files are no frames."""
    (frames / ".DS_Store").touch()
    assert resize(frames, tmp_path / "out") == 2
    assert capfd.readouterr().err == "resize_frames: frames: no frames in this folder\n"
    assert resize(tmp_path / "nowhere", tmp_path / "out") == 2
    assert capfd.readouterr().err == "resize_frames: nowhere: no such folder\n"


def test_a_proof_keeps_its_plate() -> None:
    """A plate that the crop would cut stands whole on the middle of the lower edge instead."""
    picture = figure(600, 400, 0.5, 0.02, 0.7)
    stamped = mark.stamp(picture, "4", "softer light", centred=True)
    for name in ("16:9", "9:16", "3:2"):
        cropped = resize_frames.crop_proof(picture, resize_frames.RATIOS[name], name)
        found = mark.find(cropped)
        assert found is not None, name
        assert found.x + found.width <= cropped.shape[1]
        assert found.height >= min(stamped.height, mark.SMALLEST) / 2


def test_originals_are_not_overwritten(frames: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The output folder cannot be the input folder, since the way back would be lost."""
    _images.write_png(frames / "frame.png", figure(120, 80, 0.5, 0.2, 0.9))
    assert resize(frames, frames) == 2
    assert "both input and output" in capfd.readouterr().err


def test_an_unknown_ratio_is_refused(
    frames: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Only the seven ratios are taken, and the refusal lists them."""
    assert resize(frames, tmp_path / "out", "5:4") == 2
    assert "16:9" in capfd.readouterr().err
