"""Clips whose every picture says its own number, and the reader of what became of them."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import numpy.typing as npt
import pytest

from sandbox.scripts import _probe

BITS = 8
WIDTH, HEIGHT = 96, 64


class Barcodes:
    """Makes clips in a folder; frame n of each shows n as eight black or white bars on grey."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(
        self,
        name: str,
        frames: int,
        *,
        fps: str = "24",
        size: tuple[int, int] = (WIDTH, HEIGHT),
        options: Sequence[str] = ("-c:v", "libx264", "-crf", "12", "-pix_fmt", "yuv420p"),
    ) -> Path:
        """A clip of ``frames`` numbered pictures, encoded with ffmpeg's ``options``."""
        path = self.folder / name
        pictures = b"".join(self.picture(number, size).tobytes() for number in range(frames))
        raw = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{size[0]}x{size[1]}", "-r", fps]
        self.ffmpeg([*raw, "-i", "-", *options, str(path)], pictures)
        return path

    def copy(self, source: Path, name: str, *options: str) -> Path:
        """``source`` passed through ffmpeg with output ``options``."""
        path = self.folder / name
        self.ffmpeg(["-i", str(source), *options, str(path)])
        return path

    @staticmethod
    def picture(number: int, size: tuple[int, int]) -> npt.NDArray[np.uint8]:
        """One numbered picture."""
        picture = np.full((size[1], size[0]), 128, np.uint8)
        edges = np.linspace(0, size[0], BITS + 1).astype(int)
        for bit in range(BITS):
            shade = 235 if number >> bit & 1 else 16
            picture[size[1] // 8 : -size[1] // 8, edges[bit] : edges[bit + 1]] = shade
        return picture

    def read(self, path: Path, box: tuple[int, int, int, int] | None = None) -> list[int]:
        """The number that each frame of ``path`` shows, inside left, top, width, height."""
        pictures = self.decode(path, "gray")[..., 0]
        left, top, width, height = box or (0, 0, pictures.shape[2], pictures.shape[1])
        row = pictures[:, top + height // 3 : top + 2 * height // 3, left : left + width]
        means = row.mean(axis=1)
        centres = ((np.arange(BITS) + 0.5) * width / BITS).astype(int)
        return [sum(1 << bit for bit in range(BITS) if mean[centres[bit]] > 128) for mean in means]

    def decode(self, path: Path, pixels: str = "rgb24") -> npt.NDArray[np.uint8]:
        """Every frame of ``path``: frames × height × width × channels."""
        info = _probe.probe(path)
        flags = "scale=flags=accurate_rnd+full_chroma_int"
        output = ["-fps_mode", "passthrough", "-vf", flags, "-f", "rawvideo", "-pix_fmt", pixels]
        raw = self.ffmpeg(["-i", str(path), *output, "-"])
        return np.frombuffer(raw, np.uint8).reshape(
            -1, info.height, info.width, 3 if pixels == "rgb24" else 1
        )

    @staticmethod
    def ffmpeg(arguments: Sequence[str], given: bytes = b"") -> bytes:
        """Run ffmpeg, the wheel's so that clips are alike everywhere; returns its stdout."""
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *arguments]
        return subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True).stdout


@pytest.fixture(scope="session")
def barcodes(tmp_path_factory: pytest.TempPathFactory) -> Barcodes:
    """Makes numbered clips in a folder of the session."""
    return Barcodes(tmp_path_factory.mktemp("clips"))


@pytest.fixture(scope="session")
def clip(barcodes: Barcodes) -> Path:
    """What a provider delivers: 121 frames at 24 frames per second, 5.04 s."""
    return barcodes.make("clip.mp4", 121)
