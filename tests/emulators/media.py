"""Real pictures and films, made from what was sent: quickly, and the same for the same."""

from __future__ import annotations

import functools
import hashlib
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from sandbox.scripts import _ffmpeg

Pixels = np.ndarray[Any, np.dtype[np.uint8]]

_BASE = {
    "21:9": (1584, 672),
    "16:9": (1376, 768),
    "3:2": (1264, 848),
    "4:3": (1200, 896),
    "5:4": (1152, 928),
    "1:1": (1024, 1024),
}
_SCALE = {"1K": 1, "2K": 2, "4K": 4}
RATE = 24


def size(ratio: str, resolution: str) -> tuple[int, int]:
    """Width and height in pixels that nano-banana-pro makes."""
    scale = _SCALE[resolution]
    if ratio in _BASE:
        width, height = _BASE[ratio]
    else:
        across, down = ratio.split(":")
        height, width = _BASE[f"{down}:{across}"]
    return width * scale, height * scale


def decode(data: bytes) -> Pixels:
    """A picture's pixels as BGR; raises ``ValueError`` if it is none."""
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if pixels is None:
        raise ValueError("not a picture")
    return np.asarray(pixels, dtype=np.uint8)


@functools.lru_cache(maxsize=64)
def picture(
    prompt: str, references: tuple[bytes, ...], width: int, height: int, type: str
) -> bytes:
    """A picture of the references before a backdrop that the prompt colours.

    A prompt that asks for a contact sheet gets six cells with gutters, not quite even. ``type``
    is ``png``, ``jpeg`` or ``webp``.
    """
    sources = [decode(reference) for reference in references] or [_backdrop(prompt, 600, 400)]
    if re.search(r"contact.?sheet", prompt, re.IGNORECASE):
        made = _sheet(prompt, sources, width, height)
    else:
        made = _scene(prompt, sources, width, height)
    flags = [cv2.IMWRITE_PNG_COMPRESSION, 1] if type == "png" else []
    done, encoded = cv2.imencode(f".{type}", made, flags)
    assert done
    return encoded.tobytes()


def _seed(words: str) -> np.random.Generator:
    return np.random.default_rng(int.from_bytes(hashlib.sha256(words.encode()).digest()[:8]))


def _backdrop(prompt: str, width: int, height: int) -> Pixels:
    top, bottom = _seed(prompt).uniform(40, 220, (2, 3))
    fade = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    column = top * (1 - fade) + bottom * fade
    return np.repeat(column, width, axis=1).astype(np.uint8)


def _covering(source: Pixels, width: int, height: int) -> Pixels:
    scale = max(width / source.shape[1], height / source.shape[0])
    grown = cv2.resize(
        source, (round(source.shape[1] * scale) + 1, round(source.shape[0] * scale) + 1)
    )
    top, left = (grown.shape[0] - height) // 2, (grown.shape[1] - width) // 2
    return np.asarray(grown[top : top + height, left : left + width], dtype=np.uint8)


def _scene(prompt: str, sources: list[Pixels], width: int, height: int) -> Pixels:
    made = _backdrop(prompt, width, height)
    margin, share = height // 10, (width - width // 5) // len(sources)
    for number, source in enumerate(sources):
        left = width // 10 + number * share
        made[margin : height - margin, left : left + share - width // 100] = _covering(
            source, share - width // 100, height - 2 * margin
        )
    return made


def _sheet(prompt: str, sources: list[Pixels], width: int, height: int) -> Pixels:
    chance = _seed(prompt + "sheet")
    made = np.full((height, width, 3), 244, np.uint8)
    gutter = max(6, width // 160)
    down = _cuts(chance, height, 2, gutter)
    across = _cuts(chance, width, 3, gutter)
    for row, (top, bottom) in enumerate(down):
        for column, (left, right) in enumerate(across):
            source = sources[(row * 3 + column) % len(sources)]
            zoom = 1 + 0.25 * (row * 3 + column)
            high, wide = (max(2, round(side / zoom)) for side in source.shape[:2])
            y, x = (source.shape[0] - high) // 2, (source.shape[1] - wide) // 2
            cell = _covering(source[y : y + high, x : x + wide], right - left, bottom - top)
            tint = chance.uniform(0.7, 1.0, 3)
            made[top:bottom, left:right] = (cell * tint).astype(np.uint8)
    return made


def _cuts(
    chance: np.random.Generator, length: int, parts: int, gutter: int
) -> list[tuple[int, int]]:
    gaps = [gutter + int(chance.integers(0, gutter)) for _ in range(parts + 1)]
    each = (length - sum(gaps)) // parts
    spans, at = [], 0
    for number in range(parts):
        at += gaps[number]
        spans.append((at, at + each))
        at += each
    return spans


@functools.lru_cache(maxsize=32)
def film(start: bytes, end: bytes, seconds: int, height: int) -> bytes:
    """An MP4 that begins on ``start`` and ends on ``end``: 24 frames a second and one more."""
    first = decode(start)
    width = round(first.shape[1] * height / first.shape[0] / 2) * 2
    first = np.asarray(cv2.resize(first, (width, height)), dtype=np.uint8)
    last = np.asarray(cv2.resize(decode(end), (width, height)), dtype=np.uint8)
    count = seconds * RATE + 1
    frames = b"".join(
        cv2.addWeighted(first, 1 - at / (count - 1), last, at / (count - 1), 0).tobytes()
        for at in range(count)
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "film.mp4"
        command = [
            *(_ffmpeg.find(), "-v", "error", "-f", "rawvideo", "-pix_fmt", "bgr24"),
            *("-s", f"{width}x{height}", "-r", str(RATE), "-i", "pipe:0"),
            *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "26", "-pix_fmt", "yuv420p"),
            *("-movflags", "+faststart", str(file)),
        ]
        subprocess.run(command, input=frames, capture_output=True, check=True)
        return file.read_bytes()
