"""The frame decoder gives the same frames for any chunking, and holds little."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.frames import FrameDecoder
from sandbox.protocol import ProtocolError

text = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=40)
noise = st.sampled_from(["", ": comment", "event: x", "loading model 40 %", "dat", "data"])


def chunked(data: bytes, cuts: list[int]) -> list[bytes]:
    edges = [0, *sorted({cut % (len(data) + 1) for cut in cuts}), len(data)]
    return [data[start:end] for start, end in pairwise(edges)]


def decode(chunks: list[bytes], **limits: int) -> list[str]:
    decoder = FrameDecoder(**limits)
    frames = [frame for chunk in chunks for frame in decoder.feed(chunk)]
    decoder.close()
    return frames


@given(st.lists(text, max_size=8), st.lists(noise), st.lists(st.integers(0, 10_000)))
def test_any_chunking_gives_the_same_frames(
    bodies: list[str], between: list[str], cuts: list[int]
) -> None:
    """Frames come out as they went in, whatever is printed between them."""
    chatter = "".join(f"{line}\n" for line in between)
    stream = "".join(f"{chatter}data: {body}\n\n" for body in bodies).encode()

    assert decode(chunked(stream, cuts)) == bodies


@given(st.lists(text, min_size=1, max_size=5), st.lists(st.integers(0, 1000)))
def test_lines_of_one_frame_are_joined(lines: list[str], cuts: list[int]) -> None:
    """Several data lines are one frame, with CRLF as with LF."""
    stream = "".join(f"data: {line}\r\n" for line in lines).encode() + b"\r\n"

    assert decode(chunked(stream, cuts)) == ["\n".join(lines)]


@given(st.binary(max_size=3000), st.lists(st.integers(0, 3000)))
def test_any_bytes_end_in_frames_or_a_protocol_error(data: bytes, cuts: list[int]) -> None:
    """No input raises anything else, and chunking never changes the outcome."""

    def outcome(chunks: list[bytes]) -> list[str] | str:
        try:
            return decode(chunks, max_frame=500)
        except ProtocolError as error:
            return str(error)

    assert outcome(chunked(data, cuts)) == outcome([data])


@pytest.mark.parametrize("prefix", [b"data: ", b""])
def test_endless_line_is_not_kept(prefix: bytes) -> None:
    """A data line above the limit is an error; any other is dropped as it comes."""
    decoder = FrameDecoder(max_frame=1000, max_total=10**9)
    chunks = [prefix, *[b"x" * 500] * 1000]

    if prefix:
        with pytest.raises(ProtocolError, match="longer than 1000 bytes"):
            for chunk in chunks:
                list(decoder.feed(chunk))
    else:
        assert [frame for chunk in chunks for frame in decoder.feed(chunk)] == []
    assert len(decoder._line) <= 1500


def test_endless_frame_is_an_error() -> None:
    """Many short data lines without a blank one count as one long frame."""
    with pytest.raises(ProtocolError, match="longer than 1000 bytes"):
        decode([b"data:\n" * 1001], max_frame=1000)


def test_total_is_limited() -> None:
    """A stream of noise ends at the limit for the whole of it."""
    with pytest.raises(ProtocolError, match="more than 100 bytes"):
        decode([b"noise\n"] * 100, max_total=100)


@pytest.mark.parametrize("rest", [b"data: {", b"data: {}\n", b"da"])
def test_half_a_frame_at_the_end_is_an_error(rest: bytes) -> None:
    """What ends within a frame is told apart from what ends after one."""
    with pytest.raises(ProtocolError, match="middle of a frame"):
        decode([b"data: 1\n\n", rest])


def test_invalid_utf8_names_the_place() -> None:
    """Bytes that are no text are an error with their position."""
    with pytest.raises(ProtocolError, match="not UTF-8 at byte 2"):
        decode([b"data: ab\xff\n\n"])
