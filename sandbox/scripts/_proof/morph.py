"""A camera move between two related frames: aligned, then morphed along optical flow."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from sandbox.scripts._images import Picture
from sandbox.scripts._proof.align import Similarity
from sandbox.scripts._proof.raster import Plane, Size, size_of, smoothstep

Field = npt.NDArray[np.float32]
"""Height × width × 2: where to look, or how far things move, in pixels."""

COARSE = 4
SMOOTH = 6.0


class Morph:
    """Everything that is the same for all frames of one clip.

    ``start`` and ``end`` have the same size. The view at time t looks at the start through the
    first t of the camera's move and at the end through the rest of it, backwards; what the camera
    does not explain is morphed along optical flow both ways (the intermediate flows of Jiang et
    al. 2018, eq. 5).
    """

    def __init__(self, start: Picture, end: Picture, camera: Similarity) -> None:
        self.start, self.end = start, end
        self.size = size_of(start)
        self.camera = camera
        # The wider picture can fill the view throughout, the closer one only at its own end.
        self.turn = 0.5 + float(np.clip(0.25 * np.log2(camera.zoom), -0.22, 0.22))
        self.forward, self.backward = _flows(start, end, camera.at(1.0))

    def frame(self, t: float) -> Picture:
        """The picture at time ``t``, 0 to 1."""
        if t <= 0:
            return self.start
        if t >= 1:
            return self.end
        home = _seen_through(_inverse(self.camera.at(t)), self.size)
        early = _sampled(self.forward, home) * np.float32(-(1 - t) * t)
        early += _sampled(self.backward, home) * np.float32(t * t)
        late = _sampled(self.forward, home) * np.float32((1 - t) ** 2)
        late -= _sampled(self.backward, home) * np.float32(t * (1 - t))
        there = _moved(home + late, self.camera.at(1.0))
        before, seen_before = _looked(self.start, home + early)
        after, seen_after = _looked(self.end, there)
        turn = smoothstep(self.turn - 0.25, self.turn + 0.25, np.full((1, 1), t, np.float32))[0, 0]
        # Before the turn there is only the start, and after it only the end, mirrored outwards.
        weight_a = (1 - turn) * (seen_before + 0.02)
        weight_b = turn * (seen_after + 0.02)
        alpha = weight_b / (weight_a + weight_b)
        full = cv2.resize(alpha, self.size, interpolation=cv2.INTER_LINEAR)
        return _blended(before, after, full)


def _flows(start: Picture, end: Picture, camera: npt.NDArray[np.float64]) -> tuple[Field, Field]:
    """Flow from the start to the aligned end and back, in the start's pixels, coarse and smooth."""
    width, height = size_of(start)
    aligned = cv2.warpPerspective(
        end,
        np.linalg.inv(camera),
        (width, height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    small = (max(32, width // 3), max(32, height // 3))
    a, b = (_prepared(picture, small) for picture in (start, cast(Picture, aligned)))
    dis = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    scale = width / small[0]
    limit = 0.10 * width
    flows = []
    for here, there in ((a, b), (b, a)):
        flow = (
            cv2.GaussianBlur(
                dis.calc(here, there, np.zeros((small[1], small[0], 2), np.float32)), (0, 0), SMOOTH
            )
            * scale
        )
        length = np.linalg.norm(flow, axis=2, keepdims=True) + 1e-6
        flows.append((flow * (limit * np.tanh(length / limit) / length)).astype(np.float32))
    return flows[0], flows[1]


def _prepared(picture: Picture, size: Size) -> npt.NDArray[np.uint8]:
    grey = cv2.cvtColor(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    even = cv2.createCLAHE(2.0, (4, 4)).apply(cv2.GaussianBlur(grey, (0, 0), 1.2))
    return cast(npt.NDArray[np.uint8], even)


def _seen_through(matrix: npt.NDArray[np.float64], size: Size) -> Field:
    """For a coarse grid of view pixels, where ``matrix`` puts them, in full pixels."""
    width, height = size
    across, down = max(2, width // COARSE), max(2, height // COARSE)
    xs = (np.arange(across, dtype=np.float32) + 0.5) * (width / across) - 0.5
    ys = (np.arange(down, dtype=np.float32) + 0.5) * (height / down) - 0.5
    grid = np.dstack(np.meshgrid(xs, ys))
    return _moved(grid, matrix)


def _inverse(matrix: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(np.linalg.inv(matrix), np.float64)


def _moved(grid: Field, matrix: npt.NDArray[np.float64]) -> Field:
    linear = matrix[:2, :2].astype(np.float32)
    return cast(Field, grid @ linear.T + matrix[:2, 2].astype(np.float32))


def _sampled(flow: Field, grid: Field) -> Field:
    """``flow`` at the places that ``grid`` names, in the start's full pixels."""
    scale = np.float32(flow.shape[1] / (grid.shape[1] * COARSE))
    xs, ys = cv2.split(grid * scale)
    return cast(Field, cv2.remap(flow, xs, ys, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))


def _looked(picture: Picture, grid: Field) -> tuple[Picture, Plane]:
    """``picture`` seen through the coarse ``grid``, and how well inside it each place is."""
    size = size_of(picture)
    width, height = size
    inside = np.minimum(
        np.minimum(grid[..., 0], width - 1 - grid[..., 0]) / width,
        np.minimum(grid[..., 1], height - 1 - grid[..., 1]) / height,
    )
    # The more of its surroundings is in view, the softer a picture's edge dissolves into them.
    outside = max(0.0, -float(inside.min()))
    feather = float(np.clip(0.06 + 3 * outside, 0.0, 0.38)) if outside > 0.004 else 0.004
    seen = smoothstep(0.0, feather, cast(Plane, inside.astype(np.float32)) + 0.004)
    xs, ys = cv2.split(cv2.resize(grid, size, interpolation=cv2.INTER_LINEAR))
    shown = cv2.remap(picture, xs, ys, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    return cast(Picture, shown), seen


def _blended(before: Picture, after: Picture, alpha: Plane) -> Picture:
    weight = cv2.merge([alpha] * 3)
    mixed = before + (after.astype(np.float32) - before) * weight
    return np.clip(mixed + 0.5, 0, 255).astype(np.uint8)
