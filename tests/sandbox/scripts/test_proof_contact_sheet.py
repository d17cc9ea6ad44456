"""The proof of a contact sheet: six different shots, gutters, and plates inside the cells."""

from __future__ import annotations

import itertools
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from sandbox.scripts import _images, proof_contact_sheet, proof_hero
from sandbox.scripts._proof import mark, sheet

EXAMPLES = Path(__file__).parents[3] / "examples"
SIZE = (504, 336)
SEED = 5


@pytest.fixture(scope="module")
def references(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The arguments that name a portrait and an accessory."""
    portrait = tmp_path_factory.mktemp("references") / "portrait.png"
    Image.open(EXAMPLES / "portrait.png").resize((256, 256)).save(portrait)
    return ["--reference", str(portrait), "--reference", str(EXAMPLES / "accessory-cup.png")]


@pytest.fixture(scope="module")
def hero(tmp_path_factory: pytest.TempPathFactory, references: list[str]) -> Path:
    """A hero in the industrial set."""
    return make_hero(tmp_path_factory.mktemp("hero") / "hero.png", references)


def make_hero(target: Path, references: list[str], *more: str) -> Path:
    """A hero in the industrial set, with more arguments."""
    scene = ["--pose", "leaning-casual", "--background", "industrial", "--size", "504x336"]
    assert proof_hero.main([*references, *scene, *more, "--output", str(target)]) == 0
    return target


def draw(target: Path, hero: Path, *more: str) -> _images.Picture:
    """The sheet of ``hero`` rendered into ``target``."""
    given = ["--hero", str(hero), "--size", f"{SIZE[0]}x{SIZE[1]}", "--seed", str(SEED)]
    scene = ["--pose", "leaning-casual", "--background", "industrial"]
    assert proof_contact_sheet.main([*given, *scene, *more, "--output", str(target)]) == 0
    return _images.read(target)


@pytest.fixture(scope="module")
def drawn(
    tmp_path_factory: pytest.TempPathFactory, hero: Path, references: list[str]
) -> _images.Picture:
    """A sheet of the hero."""
    return draw(tmp_path_factory.mktemp("sheet") / "sheet.png", hero, *references)


def cells(picture: _images.Picture) -> list[_images.Picture]:
    """The six cells of a sheet drawn with the tests' seed."""
    return [
        np.ascontiguousarray(picture[c.y : c.y + c.height, c.x : c.x + c.width])
        for c in sheet.layout(SIZE, SEED)
    ]


def test_size(drawn: _images.Picture) -> None:
    """The sheet has the size that was asked for."""
    assert drawn.shape == (SIZE[1], SIZE[0], 3)


def test_six_different_shots(drawn: _images.Picture) -> None:
    """No two shots are near copies of each other."""
    small = [
        cv2.resize(cv2.cvtColor(cell, cv2.COLOR_BGR2GRAY), (40, 40), interpolation=cv2.INTER_AREA)
        for cell in cells(drawn)
    ]
    for one, other in itertools.combinations(small, 2):
        alike = np.corrcoef(one.ravel(), other.ravel())[0, 1]
        assert alike < 0.85


def test_gutters_are_clear(drawn: _images.Picture) -> None:
    """Nothing but paper lies between the cells: the marks stay inside."""
    paper = np.ones(drawn.shape[:2], bool)
    for cell in sheet.layout(SIZE, SEED):
        paper[cell.y : cell.y + cell.height, cell.x : cell.x + cell.width] = False
    assert (drawn[paper] == sheet.PAPER).all()


def test_every_cell_is_marked(drawn: _images.Picture) -> None:
    """Each cell carries a plate, away from its edges."""
    for cell in cells(drawn):
        spot = mark.find(cell)
        assert spot is not None
        assert spot.x > 3
        assert spot.x + spot.width < cell.shape[1] - 3
        assert spot.y + spot.height < cell.shape[0] - 3


def test_same_arguments_same_sheet(
    drawn: _images.Picture, hero: Path, references: list[str], tmp_path: Path
) -> None:
    """Rendering again gives the same picture."""
    assert np.array_equal(drawn, draw(tmp_path / "again.png", hero, *references))


def test_mannequin_without_references(tmp_path: Path) -> None:
    """The sheet of a proof made without references shows the mannequin, in no colour."""
    bare = make_hero(tmp_path / "bare.png", [])
    shown = cells(draw(tmp_path / "sheet.png", bare))
    assert all(cell.std() > 8 for cell in shown)
    assert all(abs(cell[..., 2].astype(int).mean() - cell[..., 0].mean()) < 25 for cell in shown)


def test_hero_that_is_no_proof(tmp_path: Path) -> None:
    """Without references the shots are taken of whoever is in the hero."""
    shown = cells(draw(tmp_path / "sheet.png", EXAMPLES / "portrait.png"))
    assert shown[2][..., 2].astype(int).mean() - shown[2][..., 0].mean() > 25


def test_follows_the_hero(references: list[str], tmp_path: Path) -> None:
    """The sheet of a black and white hero is black and white, but for its plates."""
    grey = make_hero(tmp_path / "grey.png", references, "--instruction", "black and white")
    drawn = draw(tmp_path / "sheet.png", grey, *references)
    top = [cell[: cell.shape[0] // 2].astype(int) for cell in cells(drawn)]
    assert max(np.ptp(half, axis=2).max() for half in top) == 0


def test_missing_hero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A hero that is not there is refused by name, and nothing is written."""
    target = tmp_path / "sheet.png"
    given = ["--hero", str(tmp_path / "hero.png"), "--output", str(target)]
    assert proof_contact_sheet.main(given) == 2
    assert "hero.png" in capsys.readouterr().err
    assert not target.exists()
