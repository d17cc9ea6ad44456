"""Decode pictures and films and say what they really are; runs inside the sandbox.

``python -m sandbox.measure FOLDER NAME...`` emits one ``artifact`` event for each name, with its
size in pixels and, for a film, its duration in seconds and its number of frames, all taken from
the decoded content. A file that cannot be decoded in full, is not of its name's type, or goes on
behind its format's end comes with ``provenance.refused``, the reason.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sandbox import endings
from sandbox.scripts import _events

IMAGES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
VIDEOS = frozenset({".mp4"})
MAX_PIXELS = 120_000_000


class _Refused(Exception):
    pass


def main(argv: list[str]) -> int:
    """Measure each name below the folder; 0 unless the program itself fails."""
    folder = Path(argv[0])
    for name in argv[1:]:
        path = folder / name
        try:
            measured = _film(path) if path.suffix in VIDEOS else _picture(path)
            endings.check(path)
        except (_Refused, endings.Unending) as refused:
            measured = {"provenance": {"refused": str(refused)}}
        kind = "video" if path.suffix in VIDEOS else "image"
        _events.emit("artifact", path=name, artifactType=kind, **measured)
    return 0


def _picture(path: Path) -> dict[str, object]:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - never in the worker

    Image.MAX_IMAGE_PIXELS = None  # ours is checked before anything is decoded
    try:
        with Image.open(path, formats=[IMAGES[path.suffix]]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise _Refused(f"{picture.width}×{picture.height} is more than {MAX_PIXELS} pixels")
            picture.load()
            return {"width": picture.width, "height": picture.height}
    except UnidentifiedImageError:
        raise _Refused(f"it is no {IMAGES[path.suffix]} picture") from None
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise _Refused(f"it cannot be decoded: {error}") from None


def _film(path: Path) -> dict[str, object]:
    import cv2  # noqa: PLC0415 - never in the worker

    with path.open("rb") as file:
        if file.read(12)[4:8] != b"ftyp":
            raise _Refused("it is no MP4 film")
    film = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    try:
        declared, rate = film.get(cv2.CAP_PROP_FRAME_COUNT), film.get(cv2.CAP_PROP_FPS)
        seen, picture = film.read()
        if not seen or rate <= 0:
            raise _Refused("it has no frame that can be decoded")
        frames = 1
        while film.grab():
            frames += 1
    finally:
        film.release()
    if frames < declared - max(2, declared // 50):
        raise _Refused(f"it is cut short: {frames} of {declared:.0f} frames can be decoded")
    height, width = picture.shape[:2]
    return {
        "width": int(width),
        "height": int(height),
        "duration": round(frames / rate, 6),
        "frames": frames,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
