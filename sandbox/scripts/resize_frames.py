"""Bring a folder of frames to another aspect ratio by cropping, never by stretching or enlarging.

Each frame keeps its name and as many of its pixels as the ratio allows; the window is laid where
the subject is.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path

import cv2

from sandbox.scripts import _command, _events, _images, _subject
from sandbox.scripts._command import ScriptError
from sandbox.scripts._images import Picture
from sandbox.scripts._proof import mark
from sandbox.scripts._proof.mark import Spot

RATIOS = {
    name: Fraction(name.replace(":", "/"))
    for name in ("16:9", "9:16", "4:3", "3:4", "1:1", "3:2", "2:3")
}

LOSSY = {
    ".jpg": [cv2.IMWRITE_JPEG_QUALITY, 95],
    ".jpeg": [cv2.IMWRITE_JPEG_QUALITY, 95],
    ".webp": [cv2.IMWRITE_WEBP_QUALITY, 95],
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    return _command.run("resize_frames", _arguments(), _resize, argv)


def _arguments() -> argparse.ArgumentParser:
    parser = _command.parser("resize_frames", "Crop frames to another aspect ratio.")
    for name, use in (
        ("--input-dir", "a folder of PNG, JPEG or WebP frames"),
        ("--output-dir", "where they go, under their names"),
    ):
        parser.add_argument(
            name, type=Path, required=True, default=argparse.SUPPRESS, metavar="DIR", help=use
        )
    parser.add_argument(
        "--aspect-ratio",
        choices=RATIOS,
        required=True,
        default=argparse.SUPPRESS,
        help="width:height",
    )
    parser.add_argument(
        "--proof", action="store_true", help="keep the plate that marks the frames as proofs"
    )
    return parser


def _resize(arguments: argparse.Namespace) -> None:
    source: Path = arguments.input_dir
    target: Path = arguments.output_dir
    if source.resolve() == target.resolve():
        raise ScriptError(
            f"{target.name}: both input and output: name another --output-dir, "
            "so that the originals stay"
        )
    frames = _frames(source)
    sizes = []
    with _staged(target) as staging:
        for done, frame in enumerate(frames):
            _events.progress(done, len(frames), f"Cropping {frame.name}")
            picture = _images.read(frame)
            resized = crop_proof if arguments.proof else crop
            cropped = resized(picture, RATIOS[arguments.aspect_ratio], frame.name)
            _write(staging / frame.name, cropped)
            sizes.append((cropped.shape[1], cropped.shape[0]))
        for frame in frames:
            (staging / frame.name).replace(target / frame.name)
    _events.progress(len(frames), len(frames))
    for frame, (width, height) in zip(frames, sizes, strict=True):
        _events.artifact(frame.name, "image", width=width, height=height)


def _frames(folder: Path) -> list[Path]:
    """The pictures in ``folder`` by name; hidden files and folders are no frames."""
    if not folder.is_dir():
        raise ScriptError(f"{folder.name}: no such folder")
    files = sorted(
        path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")
    )
    if not files:
        raise ScriptError(f"{folder.name}: no frames in this folder")
    for path in files:
        if path.suffix.lower() not in (".png", *LOSSY):
            raise ScriptError(f"{path.name}: not a frame: take all but PNG, JPEG and WebP out")
    return files


@contextmanager
def _staged(target: Path) -> Iterator[Path]:
    """A folder beside the results, where all are finished before the first takes its place."""
    made = not target.exists()
    if not made and not target.is_dir():
        raise ScriptError(f"{target.name}: a file, where a folder is to be")
    target.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix=".resize-", dir=target) as staging:
            yield Path(staging)
    finally:
        if made:
            with suppress(OSError):  # not empty: the work was done
                target.rmdir()


def _write(target: Path, picture: Picture) -> None:
    suffix = target.suffix.lower()
    if suffix == ".png":
        _images.write_png(target, picture)
    else:
        _images.write(target, picture, LOSSY[suffix])


def crop(picture: Picture, ratio: Fraction, name: str) -> Picture:
    """The largest part of ``picture`` in ``ratio`` (width / height) that keeps its subject."""
    return _window(picture, ratio, name).of(picture)


def crop_proof(picture: Picture, ratio: Fraction, name: str) -> Picture:
    """The same of a proof: a plate that the crop would cut is moved into it."""
    window, plate = _window(picture, ratio, name), mark.find(picture)
    if plate is None or window.holds(plate):
        return window.of(picture)
    cropped = window.of(mark.erase(picture, plate)).copy()
    mark.move(plate.of(picture), cropped)
    return cropped


def _window(picture: Picture, ratio: Fraction, name: str) -> Spot:
    height, width = picture.shape[:2]
    kept_width, kept_height = crop_size(width, height, ratio, name)
    left, top = _subject.window(picture, kept_width, kept_height)
    return Spot(left, top, kept_width, kept_height)


def crop_size(width: int, height: int, ratio: Fraction, name: str) -> tuple[int, int]:
    """The largest even size within width × height that is within a pixel of ``ratio``.

    Both sides are: the width of what the height asks for, and the height of what the width does.
    """
    widest = min(width, int(height * ratio) + 1) // 2 * 2
    for across in range(widest, 0, -2):
        down = 2 * round(across / ratio / 2)
        if 0 < down <= height and abs(across - down * ratio) <= 1 >= abs(down - across / ratio):
            return across, down
    raise ScriptError(f"{name}: {width}×{height} pixels, too few to crop")


if __name__ == "__main__":
    sys.exit(main())
