"""The proof of a frame taken again: visibly new, as asked, and at the same size."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from sandbox.scripts import _images, proof_frame
from sandbox.scripts._proof import mark

EXAMPLES = Path(__file__).parents[3] / "examples"
SIDE = 240


@pytest.fixture
def frame(tmp_path: Path) -> Path:
    """A frame with its plate."""
    target = tmp_path / "frame-3.png"
    photo = Image.open(EXAMPLES / "portrait.png").convert("RGB").resize((SIDE, SIDE))
    picture = np.ascontiguousarray(np.asarray(photo)[:, :, ::-1])
    mark.stamp(picture, "3", centred=True)
    _images.write_png(target, picture)
    return target


def again(frame: Path, instruction: str, *more: str) -> _images.Picture:
    """``frame`` taken again."""
    target = frame.parent / "again.png"
    given = ["--frame", str(frame), "--hero", str(frame), "--shot", "3", "--seed", "4"]
    words = ["--instruction", instruction, "--output", str(target)]
    assert proof_frame.main([*given, *more, *words]) == 0
    return _images.read(target)


def soft(picture: _images.Picture) -> npt.NDArray[np.float64]:
    """A glance at the upper part, where no plate is."""
    upper = picture[: SIDE * 4 // 5]
    glance = cv2.resize(upper, (32, 26), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(glance, cv2.COLOR_BGR2GRAY), np.float64)


def test_size_is_kept(frame: Path) -> None:
    """The frame comes back at its own size."""
    assert again(frame, "open the jacket").shape == (SIDE, SIDE, 3)


def test_unknown_words_still_vary(frame: Path) -> None:
    """An instruction that no proof can show gives a visibly new take all the same."""
    taken = soft(again(frame, "open the jacket"))
    assert np.abs(taken - soft(_images.read(frame))).mean() > 6


def test_darker_and_brighter(frame: Path) -> None:
    """Darker is darker than brighter."""
    assert again(frame, "darker").mean() < again(frame, "a bit brighter").mean() - 15


def test_warmer_and_cooler(frame: Path) -> None:
    """Warmer has more red to its blue than cooler."""
    warm, cool = (
        again(frame, words)[: SIDE // 2].reshape(-1, 3).mean(axis=0)
        for words in ("warmer", "cooler")
    )
    assert warm[2] / warm[0] > 1.15 * cool[2] / cool[0]


def test_black_and_white(frame: Path) -> None:
    """Black and white has no colour outside the plate."""
    assert np.ptp(again(frame, "in black and white")[: SIDE // 2].astype(int), axis=2).max() == 0


def test_flip(frame: Path) -> None:
    """A flipped frame is more like the mirrored original than like the original."""
    taken, before = soft(again(frame, "flip it")), soft(_images.read(frame))
    same = np.corrcoef(taken.ravel(), before.ravel())[0, 1]
    mirrored = np.corrcoef(taken.ravel(), before[:, ::-1].ravel())[0, 1]
    assert mirrored > same


def test_one_plate(frame: Path) -> None:
    """The old plate goes; the new one holds the instruction and so is wider."""
    before = mark.find(_images.read(frame))
    taken = again(frame, "closer, please")
    after = mark.find(taken)
    assert before is not None
    assert after is not None
    assert after.width > before.width
    without = mark.erase(taken, after)
    assert mark.find(without) is None


def test_same_arguments_same_frame(frame: Path) -> None:
    """Rendering again gives the same picture."""
    assert np.array_equal(again(frame, "darker"), again(frame, "darker"))


def test_shot_seven(frame: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There are six shots; a seventh is refused."""
    given = ["--frame", str(frame), "--hero", str(frame), "--shot", "7"]
    assert proof_frame.main([*given, "--output", str(frame.parent / "new.png")]) == 2
    assert "7" in capsys.readouterr().err
    assert not (frame.parent / "new.png").exists()
