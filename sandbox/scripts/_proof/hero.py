"""The hero: the model in the set, in the pose's framing, with the further references hung up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import cv2
import numpy as np

from sandbox.scripts._images import Picture
from sandbox.scripts._proof import backdrops, body, cards, figure, grade, props
from sandbox.scripts._proof.cutout import Cutout
from sandbox.scripts._proof.mannequin import mannequin
from sandbox.scripts._proof.presets import FRAMINGS, LIGHTINGS, Framing
from sandbox.scripts._proof.raster import Light, Size
from sandbox.scripts._proof.seeds import stream
from sandbox.scripts._proof.tone import toned
from sandbox.scripts._proof.words import AS_IT_IS, Adjustment


@dataclass(frozen=True)
class Direction:
    """What a proof is asked to show."""

    pose: str
    background: str
    seed: int
    tone: Adjustment = AS_IT_IS


def cast_roles(cuts: Sequence[Cutout]) -> tuple[Cutout | None, list[Cutout]]:
    """The model, and everything else: the first person shown, else the first reference."""
    people = [index for index, cut in enumerate(cuts) if cut.kind == "person"]
    chosen = people[0] if people else 0
    others = [cut for index, cut in enumerate(cuts) if index != chosen]
    return (cuts[chosen] if cuts else None), others


def render(cuts: Sequence[Cutout], want: Direction, size: Size) -> Picture:
    """The hero of the references ``cuts``, without its plate."""
    subject, others = cast_roles(cuts)
    subject = subject or mannequin()
    framing = _varied(FRAMINGS[want.pose], stream(want.seed, "framing"))
    lighting = LIGHTINGS[want.background]
    if not others:
        framing = replace(framing, x=0.5 + 0.45 * (framing.x - 0.5))
    lamp = (framing.x, 0.40)
    view = backdrops.View(horizon=0.83, lamp=lamp)
    scene = backdrops.paint(want.background, size, view, want.seed)
    scene = _furnished(scene, framing, want)
    middle = 0.845 if framing.cards == "right" else 0.155
    scene = cards.hang(scene, others, (middle, 0.215, 0.62), stream(want.seed, "cards"))
    if subject.kind == "scene":
        scene = cards.poster(scene, subject, (framing.x, 0.46), (0.62, 0.74))
    else:
        scene = _with_figure(scene, subject, framing, want, size)
    if framing.prop == "table":
        scene = props.table(scene, want.background, 0.83, stream(want.seed, "table"))
    scene = grade.flash(scene, lamp, lighting.flash, lighting.falloff)
    scene = toned(figure.rolled(scene, framing.roll), want.tone)
    rng = stream(want.seed, "grain")
    return grade.develop(scene, rng, saturation=lighting.saturation, mono=want.tone.mono)


def _varied(framing: Framing, rng: np.random.Generator) -> Framing:
    """``framing`` as it comes out on one day and not quite the same on another."""
    return replace(
        framing,
        height=framing.height * float(rng.uniform(0.96, 1.04)),
        x=framing.x + float(rng.uniform(-0.02, 0.02)),
        tilt=framing.tilt + float(rng.uniform(-1.2, 1.2)),
    )


def _furnished(scene: Light, framing: Framing, want: Direction) -> Light:
    if framing.prop == "flat":
        return props.flat(scene, want.background, framing.x + 0.20, 1)
    if framing.prop == "pillar":
        return props.pillar(scene, want.background, framing.x - 0.26, 0.13)
    return scene


def _with_figure(
    scene: Light, subject: Cutout, framing: Framing, want: Direction, size: Size
) -> Light:
    lighting = LIGHTINGS[want.background]
    if subject.kind == "person":
        subject = body.turned(subject, framing.turn)
    placed = figure.relight(figure.place(subject, _matrix(subject, framing, size), size), lighting)
    side = 1 if framing.x <= 0.5 else -1
    shadowed = figure.hard_shadow(scene, placed.matte, lighting.shadow, (0.030 * side, 0.024))
    if subject.kind == "person" and not subject.cropped:
        shadowed = figure.contact(shadowed, figure.extent(placed.matte), 0.55)
    if framing.echo:
        shadowed = _trailed(shadowed, placed, framing.echo)
    return figure.stand(shadowed, placed)


def _trailed(under: Light, placed: figure.Placed, reach: float) -> Light:
    """The blur of a walking figure before the flash fired, trailing to its left."""
    height, width = placed.matte.shape
    small = (max(16, width // 4), max(16, height // 4))
    matte = cv2.resize(placed.matte, small, interpolation=cv2.INTER_AREA)
    light = cv2.resize(placed.light, small, interpolation=cv2.INTER_AREA) * matte[:, :, None]
    span = max(3, round(reach * small[0]))
    kernel = np.zeros((1, 2 * span + 1), np.float32)
    kernel[0, :span] = np.linspace(1.0, 0.15, span)
    kernel /= kernel.sum()
    colour, cover = (
        cv2.resize(
            cv2.filter2D(plane, -1, kernel, borderType=cv2.BORDER_CONSTANT),
            (width, height),
            interpolation=cv2.INTER_CUBIC,
        )
        for plane in (light, matte)
    )
    alpha = np.clip(cover * 0.85, 0, 1)[:, :, None]
    return cast(Light, (under * (1 - alpha) + 0.95 * colour).astype(np.float32))


def _matrix(subject: Cutout, framing: Framing, size: Size) -> figure.Matrix:
    """Where the pose wants the figure.

    Cut-off figures reach below the edge, whole ones stand on the floor, objects hang in the air.
    """
    box = figure.extent(subject.matte)
    width, height = size
    if subject.kind == "object":
        scale = min(0.66 * height / box.height, 0.50 * width / box.width)
        centre = (box.x, (box.top + box.bottom) / 2)
        return figure.similarity(centre, scale, framing.tilt, (framing.x * width, 0.46 * height))
    if subject.cropped:
        tall, foot = framing.height * height, (1 + framing.drop) * height
    else:
        tall, foot = min(framing.height, 0.88) * height, 0.94 * height
    scale = min(tall / box.height, 0.70 * width / box.width)
    return figure.similarity((box.x, box.bottom), scale, framing.tilt, (framing.x * width, foot))
