"""A JPEG's picture as it came, without anything else that was in the file."""

from __future__ import annotations

SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
TABLES = frozenset({0xDB, 0xC4, 0xDD, 0xCC})  # DQT, DHT, DRI, DAC
FRAMES = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended, progressive
ADOBE, JFIF = 0xEE, 0xE0
PLAIN_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"


def bare(content: bytes) -> bytes | None:
    """The first picture in ``content`` with the same compressed pixels, or ``None``.

    Kept is what a decoder needs: tables, frame, scans, and what tells how colours are stored.
    Comments, EXIF, thumbnails and whatever follows the picture's end are left out. ``None`` where
    the file is not of that plain build; whether the pixels decode is for a decoder to say.
    """
    if content[:2] != b"\xff\xd8":
        return None
    kept = [b"\xff\xd8"]
    place = 2
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            return None
        marker = content[place + 1]
        if marker == 0xFF:  # filling
            place += 1
            continue
        if marker == EOI:
            return b"".join([*kept, b"\xff\xd9"])
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4])
        if marker == SOS:
            end = _scan_end(content, end)
        if marker in TABLES or marker in FRAMES or marker == SOS:
            kept.append(content[place:end])
        elif marker == JFIF and content[place + 4 : place + 9] == b"JFIF\x00":
            kept.append(PLAIN_JFIF)
        elif marker == ADOBE and content[place + 4 : place + 9] == b"Adobe":
            kept.append(b"\xff\xee\x00\x0e" + content[place + 4 : place + 16])
        elif marker < 0xE0:
            return None
        place = end
    return b"".join([*kept, b"\xff\xd9"]) if content[place : place + 2] == b"\xff\xd9" else None


def _scan_end(content: bytes, place: int) -> int:
    """Where compressed data ends: at a marker that is neither a restart nor a stuffed byte."""
    while (place := content.find(b"\xff", place)) >= 0 and place + 1 < len(content):
        following = content[place + 1]
        if following != 0x00 and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return place
        place += 1 if following == 0xFF else 2
    return len(content)
