"""The hero: the model in the set, in the pose's framing, with the further references hung up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import cv2
import numpy as np

from sandbox.scripts._images import Picture
from sandbox.scripts._proof import backdrops, cards, figure, grade
from sandbox.scripts._proof.cutout import Cutout
from sandbox.scripts._proof.presets import FRAMINGS, LIGHTINGS, Framing
from sandbox.scripts._proof.raster import Light, Size, size_of
from sandbox.scripts._proof.seeds import stream


@dataclass(frozen=True)
class Direction:
    """What a proof is asked to show."""

    pose: str
    background: str
    seed: int


def render(
    subject: Cutout | None, others: Sequence[Cutout], want: Direction, size: Size
) -> Picture:
    """The hero without its plate."""
    framing = FRAMINGS[want.pose]
    lighting = LIGHTINGS[want.background]
    if not others:
        framing = replace(framing, x=0.5 + 0.45 * (framing.x - 0.5))
    lamp = (framing.x, 0.40)
    view = backdrops.View(horizon=0.83, lamp=lamp)
    scene = backdrops.paint(want.background, size, view, want.seed)
    middle = 0.845 if framing.cards == "right" else 0.155
    scene = cards.hang(scene, others, (middle, 0.25, 0.66), stream(want.seed, "cards"))
    if subject is not None:
        scene = _with_figure(scene, subject, framing, want, size)
    scene = grade.flash(scene, lamp, lighting.flash, lighting.falloff)
    scene = _rolled(scene, framing.roll)
    return grade.develop(scene, stream(want.seed, "grain"))


def _with_figure(
    scene: Light, subject: Cutout, framing: Framing, want: Direction, size: Size
) -> Light:
    lighting = LIGHTINGS[want.background]
    placed = figure.relight(figure.place(subject, _matrix(subject, framing, size), size), lighting)
    side = 1 if framing.x <= 0.5 else -1
    shadowed = figure.hard_shadow(scene, placed.matte, lighting.shadow, (0.028 * side, 0.022))
    if not subject.cropped:
        shadowed = figure.contact(shadowed, figure.extent(placed.matte), 0.55)
    return figure.stand(shadowed, placed)


def _matrix(subject: Cutout, framing: Framing, size: Size) -> figure.Matrix:
    """Where the pose wants the figure: cut-off figures reach below the edge, whole ones stand."""
    box = figure.extent(subject.matte)
    width, height = size
    if subject.cropped:
        tall = framing.height * height
        foot = (1 + framing.drop) * height
    else:
        tall = min(framing.height, 0.88) * height
        foot = 0.94 * height
    scale = min(tall / box.height, 0.66 * width / box.width)
    return figure.similarity((box.x, box.bottom), scale, framing.tilt, (framing.x * width, foot))


def _rolled(scene: Light, degrees: float) -> Light:
    """The whole picture turned by a tilted camera, enlarged until no corner is empty."""
    if not degrees:
        return scene
    width, height = size_of(scene)
    turn = abs(np.deg2rad(degrees))
    zoom = float(np.cos(turn) + np.sin(turn) * width / height)
    matrix = figure.similarity((width / 2, height / 2), zoom, degrees, (width / 2, height / 2))
    rolled = cv2.warpAffine(
        scene, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
    )
    return cast(Light, rolled)
