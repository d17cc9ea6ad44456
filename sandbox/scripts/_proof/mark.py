"""The PROOF plate: a small slate in the corner of every proof, and how to find it again."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from sandbox.scripts._images import Picture
from sandbox.scripts._proof.raster import size_of

WORD = "PROOF"
INK = (12, 12, 12)
PAPER = (246, 244, 240)
FAINT = (178, 176, 172)
TALLY = (255, 62, 44)
TYPOGRAPHY = frozenset("“”‘’–—…€™•")

MARGIN = 0.045
HEIGHT = 0.038
SMALLEST = 13


@dataclass(frozen=True)
class Spot:
    """A rectangle of a picture in pixels: left, top, width, height."""

    x: int
    y: int
    width: int
    height: int

    def of(self, picture: Picture) -> Picture:
        """This part of ``picture``, not copied."""
        return picture[self.y : self.y + self.height, self.x : self.x + self.width]

    def holds(self, other: Spot) -> bool:
        """Whether all of ``other`` lies inside."""
        across = self.x <= other.x and other.x + other.width <= self.x + self.width
        return across and self.y <= other.y and other.y + other.height <= self.y + self.height


def stamp(picture: Picture, label: str, note: str = "", *, centred: bool = False) -> Spot:
    """Draw the plate at the lower edge of ``picture``, in place; return where.

    It stands in the left corner, or in the middle, where a crop to a narrower ratio leaves it.
    ``label`` says what the proof shows; ``note`` is quoted after it and shortened to the room
    there is.
    """
    width, height = size_of(picture)
    tall = plate_height(picture)
    inset = round(MARGIN * min(width, height))
    drawn = plate(tall, label, note, max(tall, width - 2 * inset))
    across, down = size_of(drawn)
    left = (width - across) // 2 if centred else inset
    spot = Spot(left, height - inset - down, across, down)
    rows = slice(max(0, spot.y), spot.y + spot.height)
    target = picture[rows, spot.x : spot.x + spot.width]
    target[:] = drawn[: target.shape[0], : target.shape[1]]
    return spot


def move(plate: Picture, picture: Picture) -> None:
    """Lay a plate cut from elsewhere on the middle of ``picture``'s lower edge, in place.

    One that is too wide is made smaller.
    """
    width, height = size_of(picture)
    inset = round(MARGIN * min(width, height))
    across, down = size_of(plate)
    if (scale := (width - 2 * inset) / across) < 1:
        size = round(across * scale), max(1, round(down * scale))
        plate = np.asarray(cv2.resize(plate, size, interpolation=cv2.INTER_AREA), np.uint8)
    across, down = size_of(plate)
    left, top = (width - across) // 2, height - inset - down
    picture[top : top + down, left : left + across] = plate


def plate_height(picture: Picture) -> int:
    """How tall the plate is on ``picture``, in pixels."""
    return int(max(SMALLEST, round(HEIGHT * min(size_of(picture)))))


def plate(height: int, label: str, note: str, room: int) -> Picture:
    """The plate itself, ``height`` pixels tall and at most ``room`` wide."""
    scale = 2
    tall = height * scale
    font = ImageFont.load_default(tall * 0.46)
    pad = tall * 0.42
    pieces = _pieces(label, note, font, tall, room * scale - 2 * pad)
    width = int(min(room * scale, 2 * pad + sum(piece.advance for piece in pieces)))
    image = Image.new("RGB", (width, tall), INK)
    draw = ImageDraw.Draw(image)
    x = pad
    for piece in pieces:
        piece.draw(draw, x, tall)
        x += piece.advance
    small = image.resize((max(1, width // scale), height), Image.Resampling.LANCZOS)
    return np.ascontiguousarray(np.asarray(small, np.uint8)[:, :, ::-1])


@dataclass(frozen=True)
class _Piece:
    text: str
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont
    fill: tuple[int, int, int]
    spacing: float
    after: float
    weight: float = 0

    @property
    def advance(self) -> float:
        if self.text == "●":
            return self.spacing + self.after
        return sum(self.font.getlength(c) + self.spacing for c in self.text) + self.after

    def draw(self, draw: ImageDraw.ImageDraw, x: float, tall: int) -> None:
        middle = tall / 2
        if self.text == "●":
            radius = self.spacing / 2
            draw.ellipse((x, middle - radius, x + 2 * radius, middle + radius), fill=self.fill)
            return
        for character in self.text:
            draw.text(
                (x, middle * 1.02),
                character,
                font=self.font,
                fill=self.fill,
                anchor="lm",
                stroke_width=self.weight,
                stroke_fill=self.fill,
            )
            x += self.font.getlength(character) + self.spacing


def _pieces(
    label: str,
    note: str,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    tall: int,
    room: float,
) -> list[_Piece]:
    gap = tall * 0.34
    pieces = [
        _Piece("●", font, TALLY, tall * 0.26, tall * 0.26),
        _Piece(WORD, font, PAPER, tall * 0.105, 0, tall * 0.018),
    ]
    left = room - sum(piece.advance for piece in pieces)
    for text, fill, spacing in (
        (legible(label).upper(), FAINT, tall * 0.06),
        (_quoted(legible(note)), PAPER, tall * 0.01),
    ):
        fitted = _fitted(text, font, spacing, left - gap)
        if fitted:
            pieces.append(_Piece("", font, fill, 0, gap))
            pieces.append(_Piece(fitted, font, fill, spacing, 0))
            left -= gap + pieces[-1].advance
    return pieces


def legible(text: str) -> str:
    """``text`` on one line, without the characters that the plate's font cannot draw.

    Empty when less than half of it could be drawn: a row of gaps says nothing.
    """
    line = " ".join(text.split())
    kept = "".join(c for c in line if (c.isprintable() and ord(c) < 0x180) or c in TYPOGRAPHY)
    return " ".join(kept.split()) if 2 * len(kept) >= len(line) else ""


def _quoted(text: str) -> str:
    return f"“{text}”" if text else ""


def _fitted(
    text: str,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    spacing: float,
    room: float,
) -> str:
    """``text``, cut at the end with an ellipsis until it is at most ``room`` wide.

    Of a long text no more is measured than there is room for.
    """

    def wide(candidate: str) -> float:
        return sum(font.getlength(c) + spacing for c in candidate)

    widths = itertools.accumulate(font.getlength(c) + spacing for c in text)
    fitting = sum(1 for _ in itertools.takewhile(lambda width: width <= room, widths))
    if fitting == len(text):
        return text
    end = "…”" if text.endswith("”") else "…"
    text = text[: fitting + 1]
    while text and wide(text + end) > room:
        text = text[:-1].rstrip("” ,.;:")
    return text + end if len(text) > 3 else ""


SCALES = (1.0, 0.94, 1.07, 0.88, 1.14, 1.24, 1.33, 1.42, 1.5, 1.64, 1.78, 1.92, 0.8, 0.7)
"""Plate heights over what the picture's size would give: a crop makes the picture smaller."""

LOWER = 0.7
SURE = 0.72


def find(picture: Picture) -> Spot | None:
    """Where a plate is in the lower part of ``picture``, at whatever scale; None without one."""
    above = round(picture.shape[0] * LOWER)
    grey = cv2.cvtColor(picture[above:], cv2.COLOR_BGR2GRAY)
    best: tuple[float, Spot] | None = None
    for scale in SCALES:
        tall = round(plate_height(picture) * scale)
        if tall < 10:
            continue
        word = cv2.cvtColor(plate(tall, "", "", 12 * tall), cv2.COLOR_BGR2GRAY)
        if word.shape[0] >= grey.shape[0] or word.shape[1] >= grey.shape[1]:
            continue
        match = cv2.matchTemplate(grey, word, cv2.TM_CCOEFF_NORMED)
        _, peak, _, at = cv2.minMaxLoc(match)
        if peak > SURE and (best is None or peak > best[0]):
            best = peak, Spot(int(at[0]), int(at[1]) + above, word.shape[1], word.shape[0])
        if peak > 0.95:
            break
    return _whole(picture, best[1]) if best else None


def _whole(picture: Picture, word: Spot) -> Spot:
    """``word``'s spot extended to the right for as long as the plate's ink goes on."""
    rows = picture[word.y + 1 : word.y + word.height - 1].astype(np.int16)
    edge = max(1, word.height // 8)
    rim = np.concatenate([rows[:edge], rows[-edge:]])
    ink = np.abs(rim - INK[0]).max(axis=2).mean(axis=0) < 7
    right = word.x + word.width
    while right < picture.shape[1] and ink[right]:
        right += 1
    return Spot(word.x, word.y, right - word.x, word.height)


def erase(picture: Picture, spot: Spot) -> Picture:
    """``picture`` with what is around ``spot`` mirrored into it, from above and from below."""
    height, width = picture.shape[:2]
    pad = max(2, spot.height // 10)
    top, bottom = max(0, spot.y - pad), min(height, spot.y + spot.height + pad)
    left, right = max(0, spot.x - pad), min(width, spot.x + spot.width + pad)
    tall = bottom - top
    above = np.clip(top - 1 - np.arange(tall), 0, height - 1)
    below = np.clip(2 * bottom - 1 - np.arange(top, bottom), 0, height - 1)
    blend = np.linspace(0, 1, tall, dtype=np.float32)[:, None, None]
    over, under = picture[above, left:right], picture[below, left:right]
    patch = over * (1 - blend) + under * blend
    result = picture.copy()
    result[top:bottom, left:right] = np.clip(patch + 0.5, 0, 255).astype(np.uint8)
    return result
