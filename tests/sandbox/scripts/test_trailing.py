"""A bought clip is kept when something follows it."""

from __future__ import annotations

import struct

import pytest

from sandbox.scripts._live import trailing


def box(name, content=b"x" * 8):
    """A box of an MP4 file."""
    return struct.pack(">I4s", 8 + len(content), name) + content


FILM = box(b"ftyp") + box(b"moov") + box(b"mdat", b"y" * 5000)


@pytest.mark.parametrize("behind", [b"<html>too much</html>", b"\0" * 100, b"x", box(b"free")[:-1]])
def test_what_follows_the_film_is_cut_off(tmp_path, behind):
    """Whatever is no whole box goes; the film stays to the byte."""
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(FILM + behind)
    assert trailing.cut(clip) == len(behind)
    assert clip.read_bytes() == FILM


@pytest.mark.parametrize(
    "content",
    [
        FILM,
        FILM + box(b"free"),
        box(b"ftyp") + box(b"moov") + struct.pack(">I4s", 0, b"mdat") + b"z" * 99,
        box(b"ftyp") + box(b"moov") + struct.pack(">I4sQ", 1, b"mdat", 16 + 20) + b"z" * 20,
        b"no film at all, but a page of words",
        FILM[:-100],
    ],
    ids=["film", "free box", "open end", "long box", "no film", "cut short"],
)
def test_nothing_else_is_touched(tmp_path, content):
    """A whole film, and what is none, stay as they are: others judge them."""
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(content)
    assert trailing.cut(clip) == 0
    assert clip.read_bytes() == content
