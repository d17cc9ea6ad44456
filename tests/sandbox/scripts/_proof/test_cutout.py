"""Cut-outs: people, objects, and pictures without a subject."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from sandbox.scripts import _images
from sandbox.scripts._images import Picture
from sandbox.scripts._proof import body, figure
from sandbox.scripts._proof.cutout import Cutout, cut_out

EXAMPLES = Path(__file__).parents[4] / "examples"


@pytest.fixture(scope="module")
def person() -> Cutout:
    """The example portrait, cut out."""
    return cut_out(_images.read(EXAMPLES / "portrait.png"))


def product(tone: int) -> tuple[Picture, Picture]:
    """A red bag on plain paper with a soft shadow, and its true mask."""
    paper = np.full((300, 240, 3), tone, np.uint8)
    shadow = np.zeros((300, 240), np.float32)
    cv2.ellipse(shadow, (125, 235), (80, 14), 0, 0, 360, 0.3, -1)
    paper = (paper * (1 - cv2.GaussianBlur(shadow, (0, 0), 9))[:, :, None]).astype(np.uint8)
    mask = np.zeros((300, 240), np.uint8)
    cv2.rectangle(mask, (60, 90), (180, 230), 1, -1)
    cv2.circle(mask, (120, 90), 40, 1, -1)
    noise = np.random.default_rng(2).normal(0, 3, paper.shape)
    bag = np.where(mask[:, :, None] > 0, np.array([40, 30, 170]), paper)
    return np.clip(bag + noise, 0, 255).astype(np.uint8), mask


def test_person(person: Cutout) -> None:
    """The face is found, head and body are inside, the background is not."""
    assert person.kind == "person"
    assert person.cropped
    assert person.head is not None
    assert abs(person.head.centre[0] - 226) < 25
    assert abs(person.head.centre[1] - 110) < 30
    inside, outside = ((226, 110), (150, 350), (226, 50)), ((40, 60), (420, 100), (330, 60))
    assert all(person.matte[y, x] > 0.9 for x, y in inside)
    assert all(person.matte[y, x] < 0.1 for x, y in outside)


@pytest.mark.parametrize("tone", [235, 128])
def test_object_on_plain_paper(tone: int) -> None:
    """A product's outline is met within two percent, its shadow left out."""
    picture, truth = product(tone)
    cut = cut_out(picture)
    assert cut.kind == "object"
    matte = cv2.resize(cut.matte, (240, 300)) > 0.5
    union, meet = (matte | (truth > 0)).sum(), (matte & (truth > 0)).sum()
    assert meet / union > 0.97


def test_patchwork_is_a_scene() -> None:
    """A picture without a subject stays whole."""
    colours = np.random.default_rng(3).integers(0, 255, (8, 12, 3)).astype(np.uint8)
    cut = cut_out(np.asarray(np.kron(colours, np.ones((25, 25, 1), np.uint8)), np.uint8))
    assert cut.kind == "scene"
    assert cut.matte.min() == 1


def test_twice_the_same(person: Cutout) -> None:
    """The cut does not depend on what was cut before."""
    again = cut_out(_images.read(EXAMPLES / "portrait.png"))
    assert np.array_equal(again.matte, person.matte)


def test_turning(person: Cutout) -> None:
    """A turn moves the face within the head, to the side it turns to; none changes nothing."""
    assert body.turned(person, 0) is person
    assert person.head is not None
    x, y = (int(v) for v in person.head.centre)
    nose = np.ascontiguousarray(person.light[y - 20 : y + 5, x - 12 : x + 12])
    places = []
    for degrees in (-20, 20):
        face = body.turned(person, degrees).light[y - 30 : y + 20, x - 70 : x + 70]
        match = cv2.matchTemplate(np.ascontiguousarray(face), nose, cv2.TM_CCOEFF_NORMED)
        places.append(cv2.minMaxLoc(match)[3][0] - (70 - 12))
    assert places[0] < -10 < 10 < places[1]


def test_side_light(person: Cutout) -> None:
    """Light from the right leaves the left darker."""
    lit = body.side_lit(person, 1, 1.0)
    gain = lit.light[:, :, 2] / np.maximum(person.light[:, :, 2], 0.01)
    across = body.form(person).across
    seen = (person.matte > 0.9) & (person.light[:, :, 2] > 0.1)
    assert gain[seen & (across > 0.3)].mean() > 1.5 * gain[seen & (across < -0.3)].mean()


def test_placed(person: Cutout) -> None:
    """A cut-out lands where its matrix puts it."""
    box = figure.extent(person.matte)
    matrix = figure.similarity((box.x, box.bottom), 0.5, 0, (200, 300))
    landed = figure.extent(figure.place(replace(person), matrix, (400, 300)).matte)
    assert landed.x == pytest.approx(200, abs=3)
    assert landed.height == pytest.approx(box.height / 2, abs=4)
