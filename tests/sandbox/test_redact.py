"""Known secrets are masked in any of their forms."""

import base64
import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.redact import MASK, Redactor

SECRET = "fal-id-12345678:s3cret/with+odd=chars"
redact = Redactor([SECRET, "another-secret"])


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
