"""The proof of a clip: its format, its exact ends, and a move between them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from sandbox.scripts import _images, _probe, proof_clip
from sandbox.scripts._proof import mark

EXAMPLES = Path(__file__).parents[3] / "examples"
SIDE = 202


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two frames of one person, near and nearer, with their plates."""
    folder = tmp_path_factory.mktemp("frames")
    photo = Image.open(EXAMPLES / "portrait.png").convert("RGB")
    paths = []
    for number, box in enumerate(((40, 0, 440, 400), (110, 20, 370, 280)), start=1):
        near = np.asarray(photo.crop(box).resize((SIDE, SIDE)))[:, :, ::-1]
        picture = np.ascontiguousarray(near)
        mark.stamp(picture, str(number), centred=True)
        paths.append(folder / f"frame-{number}.png")
        _images.write_png(paths[-1], picture)
    return paths[0], paths[1]


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A frame that shares nothing with the others."""
    target = tmp_path_factory.mktemp("frames") / "frame-6.png"
    cup = Image.open(EXAMPLES / "accessory-cup.png").convert("RGB").crop((150, 0, 550, 400))
    cup.resize((SIDE, SIDE)).save(target)
    return target


def render(target: Path, start: Path, end: Path, *more: str) -> Path:
    """A clip of one second."""
    given = ["--start", str(start), "--end", str(end), "--seconds", "1", "--output", str(target)]
    assert proof_clip.main([*given, *more]) == 0
    return target


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory, ends: tuple[Path, Path]) -> Path:
    """The clip between the two related frames."""
    return render(tmp_path_factory.mktemp("clip") / "clip.mp4", *ends)


def alike(one: _images.Picture, other: _images.Picture) -> float:
    """Structural similarity (Wang et al. 2004) of two pictures' brightness."""
    x, y = (cv2.cvtColor(p, cv2.COLOR_BGR2GRAY).astype(np.float64) for p in (one, other))

    def mean(plane: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.asarray(cv2.GaussianBlur(plane, (11, 11), 1.5), np.float64)

    mx, my = mean(x), mean(y)
    vx, vy, vxy = mean(x * x) - mx * mx, mean(y * y) - my * my, mean(x * y) - mx * my
    a, b = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return float(((2 * mx * my + a) * (2 * vxy + b) / ((mx**2 + my**2 + a) * (vx + vy + b))).mean())


def pictures(barcodes: Any, path: Path) -> npt.NDArray[np.uint8]:
    """Every frame of a clip, BGR."""
    decoded: npt.NDArray[np.uint8] = barcodes.decode(path)
    return np.ascontiguousarray(decoded[..., ::-1])


def test_format(clip: Path) -> None:
    """H.264, yuv420p, BT.709, constant rate, exactly as many frames as asked."""
    info = _probe.probe(clip)
    assert (info.facts.codec, info.facts.pixel_format, info.facts.matrix) == (
        "h264",
        "yuv420p",
        "bt709",
    )
    assert (info.frames, info.fps, info.width, info.height) == (24, 24, SIDE, SIDE)


def test_default_length(ends: tuple[Path, Path], tmp_path: Path) -> None:
    """Five seconds at 24 frames a second are 120 frames."""
    target = tmp_path / "clip.mp4"
    given = ["--start", str(ends[0]), "--end", str(ends[1]), "--long-side", "64"]
    assert proof_clip.main([*given, "--output", str(target)]) == 0
    assert _probe.probe(target).frames == 120


def test_ends_are_exact(clip: Path, ends: tuple[Path, Path], barcodes: Any) -> None:
    """The first and the last frame are the two pictures."""
    seen = pictures(barcodes, clip)
    assert alike(seen[0], _images.read(ends[0])) > 0.97
    assert alike(seen[-1], _images.read(ends[1])) > 0.97


def test_moves_instead_of_fading(clip: Path, ends: tuple[Path, Path], barcodes: Any) -> None:
    """Half-way the face has half the zoom: nearer than at the start, and no double exposure."""
    middle = pictures(barcodes, clip)[12]
    start, end = (_images.read(path) for path in ends)
    fade = cv2.addWeighted(start, 0.5, end, 0.5, 0)
    photo = Image.open(EXAMPLES / "portrait.png").convert("RGB")
    between = np.asarray(photo.crop((75, 10, 405, 340)).resize((SIDE, SIDE)))[:, :, ::-1]
    face = slice(SIDE // 5, SIDE * 3 // 5)
    truth = np.ascontiguousarray(between[face, face])
    assert alike(middle[face, face], truth) > alike(np.asarray(fade[face, face], np.uint8), truth)


def test_plates_do_not_move(clip: Path, ends: tuple[Path, Path], barcodes: Any) -> None:
    """All along, a plate stands where the frames have theirs."""
    spot = mark.find(_images.read(ends[0]))
    assert spot is not None
    for picture in pictures(barcodes, clip)[::6]:
        seen = mark.find(np.ascontiguousarray(picture))
        assert seen is not None
        assert abs(seen.x - spot.x) <= 2
        assert abs(seen.y - spot.y) <= 2


def test_strangers_are_joined_by_a_whip_pan(
    ends: tuple[Path, Path],
    stranger: Path,
    tmp_path: Path,
    barcodes: Any,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    """Frames that share nothing keep exact ends, and the middle is a streak."""
    seen = pictures(barcodes, render(tmp_path / "clip.mp4", ends[0], stranger))
    events = capfdbinary.readouterr().out.decode().split("\n\n")
    said = [json.loads(event.removeprefix("data: ")) for event in events if event.strip()]
    assert "camera move: whip pan" in [event.get("message") for event in said]
    assert alike(seen[0], _images.read(ends[0])) > 0.97
    middle = cv2.GaussianBlur(seen[12], (0, 0), 2).astype(int)
    across, down = (np.abs(np.diff(middle, axis=axis)).mean() for axis in (1, 0))
    assert across < down * 0.8


def test_same_arguments_same_clip(clip: Path, ends: tuple[Path, Path], tmp_path: Path) -> None:
    """Rendering again writes the same bytes."""
    assert render(tmp_path / "again.mp4", *ends).read_bytes() == clip.read_bytes()


def test_odd_and_different_sizes(stranger: Path, tmp_path: Path) -> None:
    """The clip takes the start's shape, with even sides, whatever the end's is."""
    wide = tmp_path / "wide.png"
    Image.open(stranger).resize((181, 101)).save(wide)
    info = _probe.probe(render(tmp_path / "clip.mp4", wide, stranger, "--long-side", "120"))
    assert (info.width, info.height) == (120, 66)


def test_stopped_half_way(ends: tuple[Path, Path], tmp_path: Path) -> None:
    """A clip that is told to stop leaves neither a file nor an encoder behind."""
    given = ["--start", str(ends[0]), "--end", str(ends[1]), "--seconds", "30", "--fps", "60"]
    command = [sys.executable, "-m", "sandbox.scripts.proof_clip", *given]
    folder = tmp_path / "out"
    with subprocess.Popen(
        [*command, "--output", str(folder / "clip.mp4")], stdout=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert any(b"rendering" in line for line in running.stdout)
        running.terminate()
        assert running.wait() == 128 + signal.SIGTERM
    assert not folder.exists()


@pytest.mark.parametrize("bad", ["--start", "--end"])
def test_bad_frame(
    ends: tuple[Path, Path], tmp_path: Path, bad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A damaged frame is refused by name, and nothing is left behind."""
    broken = tmp_path / "broken.png"
    broken.write_bytes(ends[0].read_bytes()[:200])
    folder = tmp_path / "out"
    frames = {"--start": str(ends[0]), "--end": str(ends[1]), bad: str(broken)}
    words = [word for pair in frames.items() for word in pair]
    assert proof_clip.main([*words, "--output", str(folder / "clip.mp4")]) == 2
    assert "broken.png" in capsys.readouterr().err
    assert not folder.exists()


def test_absurd_length(ends: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """A clip of an hour is refused, with the range that is allowed."""
    given = ["--start", str(ends[0]), "--end", str(ends[1]), "--seconds", "3600"]
    assert proof_clip.main([*given, "--output", "clip.mp4"]) == 2
    assert "0.2 to 30" in capsys.readouterr().err
