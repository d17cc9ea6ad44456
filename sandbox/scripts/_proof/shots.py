"""The six shots: one subject and one set, seen by six cameras."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import cv2
import numpy as np

from sandbox.scripts._images import Picture
from sandbox.scripts._proof import backdrops, body, figure, grade
from sandbox.scripts._proof.backdrops import View
from sandbox.scripts._proof.cutout import Cutout
from sandbox.scripts._proof.head import Head
from sandbox.scripts._proof.presets import LIGHTINGS
from sandbox.scripts._proof.raster import Light, Size, blur, grid, radial, resize, size_of
from sandbox.scripts._proof.seeds import stream
from sandbox.scripts._proof.tone import toned
from sandbox.scripts._proof.words import AS_IT_IS, Adjustment


@dataclass(frozen=True)
class Camera:
    """Where one shot's camera stands.

    ``face`` is the height of the face and ``at`` its middle, in fractions of the picture; a
    ``face`` of 0 takes in the whole subject, about the column ``at`` names;
    ``keystone`` widens the picture's lower edge (below 0: its upper edge), as a camera that
    looks up (down) does; ``turn``, ``tilt`` and ``roll`` are degrees, of the body, the figure and
    the camera; ``squeeze`` narrows a head seen from the side; ``side`` is how much of the light
    comes from the right (below 0: the left); ``focus`` blurs what is far from the face;
    ``shadow`` and ``grow`` are where the flash throws the shadow, and how large.
    """

    face: float
    at: tuple[float, float]
    view: View
    keystone: float = 0.0
    turn: float = 0.0
    tilt: float = 0.0
    side: float = 0.0
    focus: float = 0.0
    shadow: tuple[float, float] = (0.03, 0.02)
    grow: float = 1.0
    roll: float = 0.0
    squeeze: float = 1.0


CAMERAS = {
    1: Camera(0.43, (0.50, 0.46), View(1.4, (0.5, 0.4), 0.006)),
    2: Camera(
        0.215, (0.43, 0.32), View(ground=True, lamp=(0.42, 0.38)), keystone=-0.36, turn=-12, tilt=6,
        shadow=(0.13, 0.11), grow=1.04,
    ),
    3: Camera(
        0.0, (0.50, 0.0), View(0.93, (0.5, 0.55)), keystone=0.34, turn=8, tilt=-3,
        shadow=(0.10, -0.02), grow=1.16, roll=-5,
    ),
    4: Camera(
        0.37, (0.35, 0.43), View(1.5, (0.86, 0.42), 0.030), turn=24, squeeze=0.88, tilt=-3,
        side=0.85, shadow=(-0.05, 0.01),
    ),
    5: Camera(
        0.86, (0.66, 0.47), View(1.5, (0.7, 0.2), 0.03), keystone=-0.20, tilt=-12, turn=-8,
        focus=1.0, side=-0.35,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """What a sheet is made of."""

    subject: Cutout
    others: Sequence[Cutout]
    background: str
    seed: int
    tone: Adjustment = AS_IT_IS


def render(number: int, scene: Scene, size: Size) -> Picture:
    """Shot ``number`` (1 to 6) at ``size``, without its plate."""
    if number == 6:
        return _detail(scene, size)
    camera = _varied(CAMERAS[number], stream(scene.seed, "camera", number))
    return _portrait(camera, scene, size, number)


def _varied(camera: Camera, rng: np.random.Generator) -> Camera:
    """``camera`` a step to the side: no two takes are framed alike."""
    return replace(
        camera,
        face=camera.face * float(rng.uniform(0.93, 1.07)),
        at=(camera.at[0] + float(rng.uniform(-0.025, 0.025)), camera.at[1]),
        tilt=camera.tilt + float(rng.uniform(-2.0, 2.0)),
    )


def _portrait(camera: Camera, scene: Scene, size: Size, number: int) -> Picture:
    lighting = LIGHTINGS[scene.background]
    light = backdrops.paint(scene.background, size, camera.view, scene.seed)
    cut = scene.subject
    if camera.side:
        cut = body.side_lit(cut, float(np.sign(camera.side)), abs(camera.side))
    cut = body.turned(cut, camera.turn)
    placed = figure.relight(figure.place(cut, _aim(cut, camera, size), size), lighting)
    light = figure.hard_shadow(light, placed.matte, lighting.shadow, camera.shadow, camera.grow)
    light = figure.stand(light, placed)
    if camera.focus:
        light = _shallow(light, camera)
    light = figure.rolled(light, camera.roll)
    return _developed(light, camera.view.lamp, scene, number)


def _developed(light: Light, lamp: tuple[float, float], scene: Scene, number: int) -> Picture:
    lighting = LIGHTINGS[scene.background]
    light = toned(grade.flash(light, lamp, lighting.flash, lighting.falloff), scene.tone)
    rng = stream(scene.seed, "grain", number)
    return grade.develop(light, rng, saturation=lighting.saturation, mono=scene.tone.mono)


def _aim(cut: Cutout, camera: Camera, size: Size) -> figure.Matrix:
    """The 3×3 matrix from the subject's photo to the picture."""
    width, height = size
    if camera.face:
        head = cut.head or _stand_in(cut)
        scale = camera.face * height / head.height
        anchor, at = head.centre, (camera.at[0] * width, camera.at[1] * height)
    else:
        box = figure.extent(cut.matte)
        scale = min(0.94 * height / box.height, 0.86 * width / box.width)
        foot = 1.02 if cut.cropped and cut.kind == "person" else 0.95
        anchor, at = (box.x, box.bottom), (camera.at[0] * width, foot * height)
    flat = np.vstack([figure.similarity(anchor, scale, camera.tilt, at), [0, 0, 1]])
    narrow = np.array([[camera.squeeze, 0, at[0] * (1 - camera.squeeze)], [0, 1, 0], [0, 0, 1]])
    flat = narrow @ flat
    k = camera.keystone
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    low, high = max(0.0, k) * width / 2, max(0.0, -k) * width / 2
    seen = corners + np.array([[-high, 0], [high, 0], [low, 0], [-low, 0]], np.float32)
    return cast(figure.Matrix, cv2.getPerspectiveTransform(corners, seen) @ flat)


def _stand_in(cut: Cutout) -> Head:
    """What an object shows instead of a face: the upper middle of it."""
    box = figure.extent(cut.matte)
    return Head(
        box.x - 0.2 * box.width, box.top + 0.2 * box.height, 0.4 * box.width, 0.4 * box.height
    )


def _shallow(light: Light, camera: Camera) -> Light:
    """``light`` in focus about the face's eyes only."""
    size = size_of(light)
    sharp = radial(size, (camera.at[0], camera.at[1] - 0.08), 0.42)
    soft = blur(light, size[1] * 0.012 * camera.focus)
    return cast(Light, soft + (light - soft) * sharp[:, :, None])


def _detail(scene: Scene, size: Size) -> Picture:
    """As near as a macro lens: the richest corner of the last reference, or of the subject."""
    source = scene.others[-1] if scene.others else scene.subject
    light = _macro(source, size)
    xs, ys = grid(size)
    tilt = np.clip(np.abs((ys - 0.5) + 0.35 * (xs - 0.5)) * 2.4 - 0.35, 0, 1)
    soft = blur(light, size[1] * 0.012)
    light = cast(Light, light + (soft - light) * tilt[:, :, None].astype(np.float32))
    lighting = LIGHTINGS[scene.background]
    light = light * np.asarray(lighting.ambient, np.float32)
    left, right = (np.asarray(rim, np.float32) for rim in lighting.rims)
    stray = ((1 - xs) ** 2)[:, :, None] * left + (xs**2)[:, :, None] * right
    tone = 0.10 + 0.9 * grade.luma(light)[:, :, None]
    light = light + lighting.wrap * tone * stray
    return _developed(light, (0.45, 0.42), scene, 6)


def _macro(source: Cutout, size: Size) -> Light:
    """The square of ``source`` with most detail in it, enlarged and sharpened."""
    side = 0.36 * min(size_of(source.photo))
    left, top = _busiest(source, side)
    window = source.photo[top : top + round(side), left : left + round(side)]
    aspect = size[0] / size[1]
    tall = min(window.shape[0], round(window.shape[1] / aspect))
    wide = min(window.shape[1], round(tall * aspect))
    window = np.ascontiguousarray(window[:tall, :wide])
    return figure.crisp(resize(window, size), min(6.0, size[0] / wide))


def _busiest(source: Cutout, side: float) -> tuple[int, int]:
    """Left and top of the window of ``side`` pixels with the most edges inside the subject."""
    tone = grade.luma(source.light)
    edges = np.abs(cv2.Laplacian(blur(tone, 1.2), cv2.CV_32F)) * source.matte
    box = (round(side), round(side))
    mass = cv2.boxFilter(
        np.minimum(edges, 0.2), -1, box, anchor=(0, 0), borderType=cv2.BORDER_CONSTANT
    )
    solid = cv2.boxFilter(source.matte, -1, box, anchor=(0, 0), borderType=cv2.BORDER_CONSTANT)
    rows, columns = tone.shape[0] - box[1], tone.shape[1] - box[0]
    score = (mass * solid**2)[: max(1, rows), : max(1, columns)]
    top, left = np.unravel_index(int(score.argmax()), score.shape)
    return int(left), int(top)
