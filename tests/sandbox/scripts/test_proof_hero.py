"""The proof of a hero: its size, what changes it, and what it makes of odd references."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from sandbox.scripts import _images, proof_hero
from sandbox.scripts._proof import mark
from sandbox.scripts._proof.presets import BACKGROUNDS, POSES

EXAMPLES = Path(__file__).parents[3] / "examples"
SIZE = (252, 168)


@pytest.fixture
def portrait(tmp_path: Path) -> Path:
    """The example portrait, small."""
    target = tmp_path / "portrait.png"
    Image.open(EXAMPLES / "portrait.png").resize((220, 220)).save(target)
    return target


def hero(
    target: Path,
    *references: Path,
    pose: str = POSES[0],
    background: str = BACKGROUNDS[0],
    more: tuple[str, ...] = (),
) -> _images.Picture:
    """The hero rendered into ``target``."""
    given = [word for path in references for word in ("--reference", str(path))]
    given += ["--pose", pose, "--background", background, "--size", f"{SIZE[0]}x{SIZE[1]}"]
    assert proof_hero.main([*given, "--output", str(target), *more]) == 0
    return _images.read(target)


def apart(one: _images.Picture, other: _images.Picture) -> float:
    """Mean difference of two pictures without their grain, in levels."""
    soft = [cv2.blur(picture, (9, 9)).astype(np.float32) for picture in (one, other)]
    return float(np.abs(soft[0] - soft[1]).mean())


def test_size(portrait: Path, tmp_path: Path) -> None:
    """The hero has the size that was asked for."""
    assert hero(tmp_path / "hero.png", portrait).shape == (SIZE[1], SIZE[0], 3)


def test_full_size_is_three_by_two() -> None:
    """Unless told otherwise, a hero is 2528 × 1696."""
    options = proof_hero.arguments().parse_args(
        ["--pose", POSES[0], "--background", BACKGROUNDS[0], "--output", "hero.png"]
    )
    assert options.size == (2528, 1696)


def test_same_arguments_same_file(portrait: Path, tmp_path: Path) -> None:
    """Rendering twice writes the same bytes."""
    for name in ("one.png", "two.png"):
        hero(tmp_path / name, portrait)
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()


@pytest.mark.parametrize("more", [("--seed", "7"), ("--take", "2")])
def test_seed_and_take_vary(portrait: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    """Another seed, or another take, is another picture."""
    one = hero(tmp_path / "one.png", portrait)
    assert not np.array_equal(one, hero(tmp_path / "two.png", portrait, more=more))


def test_backgrounds_differ(tmp_path: Path) -> None:
    """No two backgrounds look alike."""
    seen = [hero(tmp_path / "hero.png", background=name) for name in BACKGROUNDS]
    assert min(apart(one, other) for one, other in itertools.combinations(seen, 2)) > 6


def test_poses_differ(tmp_path: Path) -> None:
    """No two poses look alike."""
    seen = [hero(tmp_path / "hero.png", pose=name) for name in POSES]
    assert min(apart(one, other) for one, other in itertools.combinations(seen, 2)) > 4


def test_marked(portrait: Path, tmp_path: Path) -> None:
    """The plate stands in the lower left corner."""
    spot = mark.find(hero(tmp_path / "hero.png", portrait))
    assert spot is not None
    assert spot.x < SIZE[0] * 0.1
    assert spot.y > SIZE[1] * 0.8


def test_further_references_show(portrait: Path, tmp_path: Path) -> None:
    """An accessory changes the picture on the side that the pose gives it."""
    alone = hero(tmp_path / "one.png", portrait)
    both = hero(tmp_path / "two.png", portrait, EXAMPLES / "accessory-cup.png")
    right = slice(round(SIZE[0] * 0.75), None)
    assert apart(alone[:, right], both[:, right]) > 8


def test_model_is_found_among_references(portrait: Path, tmp_path: Path) -> None:
    """A person is the model even when an accessory is given first."""
    first = hero(tmp_path / "one.png", portrait, EXAMPLES / "accessory-cup.png", more=SEEDED)
    second = hero(tmp_path / "two.png", EXAMPLES / "accessory-cup.png", portrait, more=SEEDED)
    assert apart(first, second) < 1


SEEDED = ("--seed", "1")


def test_no_reference(tmp_path: Path) -> None:
    """Without references a mannequin stands in."""
    assert hero(tmp_path / "hero.png").std() > 10


def ramp(width: int, height: int) -> npt.NDArray[np.uint8]:
    """Colours without a subject."""
    xs, ys = np.meshgrid(np.linspace(0, 255, width), np.linspace(0, 255, height))
    return np.dstack([xs, ys, 255 - xs]).astype(np.uint8)


@pytest.mark.parametrize("size", [(1, 1), (8, 8), (3, 400), (1200, 9), (2600, 1500)])
def test_any_size_of_reference(tmp_path: Path, size: tuple[int, int]) -> None:
    """References may be of any size and shape."""
    odd = tmp_path / "odd.png"
    _images.write_png(odd, ramp(*size))
    assert hero(tmp_path / "hero.png", odd, odd).shape == (SIZE[1], SIZE[0], 3)


def test_words_set_the_tone(portrait: Path, tmp_path: Path) -> None:
    """A darker hero is darker, and a black and white one has no colour."""
    plain = hero(tmp_path / "one.png", portrait, more=SEEDED)
    dark = hero(tmp_path / "two.png", portrait, more=(*SEEDED, "--instruction", "much darker"))
    grey = hero(
        tmp_path / "three.png", portrait, more=(*SEEDED, "--instruction", "black and white")
    )
    assert dark.mean() < plain.mean() * 0.9
    assert np.ptp(grey[: SIZE[1] // 2].astype(int), axis=2).max() == 0


def test_says_what_it_made(
    portrait: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """The last but one frame announces the artifact with its size; progress ends complete."""
    hero(tmp_path / "hero.png", portrait)
    frames = capfdbinary.readouterr().out.decode().strip().split("\n\n")
    events = [json.loads(frame.removeprefix("data: ")) for frame in frames]
    assert events[-2]["type"] == "artifact"
    assert (events[-2]["path"], events[-2]["width"]) == ("hero.png", SIZE[0])
    assert events[-1]["completed"] == events[-1]["total"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("--pose", "handstand"), "handstand"),
        (("--reference", "/nowhere/gone.png"), "gone.png"),
        (("--size", "big"), "WIDTHxHEIGHT"),
        (("--size", "4x4"), "96 to 8192"),
    ],
)
def test_refusals(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: tuple[str, str],
    said: str,
) -> None:
    """Bad input is refused in one line, with status 2, and nothing is written."""
    given = {
        "--pose": POSES[0],
        "--background": BACKGROUNDS[0],
        "--output": str(tmp_path / "h.png"),
    }
    words = [word for pair in ({**given, change[0]: change[1]}).items() for word in pair]
    assert proof_hero.main(words) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_damaged_reference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is no picture is refused by name."""
    text = tmp_path / "notes.png"
    text.write_text("not a picture")
    given = ["--pose", POSES[0], "--background", BACKGROUNDS[0], "--reference", str(text)]
    assert proof_hero.main([*given, "--output", str(tmp_path / "hero.png")]) == 2
    assert "notes.png" in capsys.readouterr().err
    assert not (tmp_path / "hero.png").exists()
