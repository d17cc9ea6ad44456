"""Known secrets are masked in any of their forms, and in any chunking."""

import base64
import urllib.parse
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.redact import MASK, Redactor

SECRET = "fal-id-12345678:s3cret/with+odd=chars"
redact = Redactor([SECRET, "another-secret"])
filler = st.text("abc123 /+=", max_size=20)


def forms() -> list[str]:
    raw = SECRET.encode()
    return [
        SECRET,
        urllib.parse.quote(SECRET, safe=""),
        urllib.parse.quote_plus(SECRET).lower(),
        raw.hex(),
        raw.hex().upper(),
        SECRET.split(":")[1],
    ]


@pytest.mark.parametrize("form", forms())
def test_form_is_masked(form: str) -> None:
    """Nothing of it is left."""
    assert redact(f"key={form}; next") == f"key={MASK}; next"


@given(st.binary(max_size=20), st.binary(max_size=20))
def test_base64_is_masked_wherever_it_begins(before: bytes, after: bytes) -> None:
    """A header or data URL with the secret in it does not give it away."""
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        masked = redact(encode(before + SECRET.encode() + after).decode())

        around = sum(4 * -(-len(part) // 3) for part in (before, after))
        assert MASK in masked
        assert len(masked) - len(MASK) <= around + 8  # the two quartets that it shares with them


@given(filler, filler, st.lists(st.integers(0, 200), max_size=12))
def test_chunks_are_masked_as_a_whole(before: str, after: str, cuts: list[int]) -> None:
    """A secret that is cut by the end of a chunk is found all the same."""
    data = f"{before}{SECRET}{after}another-secret".encode()
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    stream = redact.stream()

    out = b"".join(stream.feed(data[a:b]) for a, b in pairwise(edges))

    assert (out + stream.close()).decode() == redact(data.decode())


def test_stream_holds_back_no_more_than_it_must() -> None:
    """Text that cannot become a secret goes on at once."""
    stream = redact.stream()

    assert stream.feed(b"plain text!") == b"plain text!"
    assert stream.feed(b"ends with another-sec") == b"ends with "
    assert stream.feed(b"ond thought") == b"another-second thought"


def test_json_is_masked_in_names_and_values() -> None:
    """Every string of a value is looked at, at any depth."""
    value = redact.value({SECRET: [1, None, {"a": f"x {SECRET}"}], "n": 2.5})

    assert value == {MASK: [1, None, {"a": f"x {MASK}"}], "n": 2.5}


def test_short_values_are_left_alone() -> None:
    """A secret of a few letters would blank half of every text."""
    assert Redactor(["abc", ""])("abcabc") == "abcabc"


def test_no_secrets_change_nothing() -> None:
    """An empty redactor passes everything."""
    empty = Redactor([])

    assert empty("text") == "text"
    assert empty.longest == 0
    assert not empty.found_in(b"bytes")
