"""Keys are read whole and never shown."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.scripts._live import secrets
from sandbox.scripts._live.failure import Failure

KEYS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=8, max_size=60)


@given(key=KEYS, before=st.text(max_size=20), after=st.text(max_size=20))
def test_a_key_is_masked_wherever_it_stands(key: str, before: str, after: str) -> None:
    """As it is, as part of an address, and in base64."""
    environ = {"FAL_KEY": key}
    for form in (key, quote(key, safe=""), b64encode(key.encode()).decode()):
        assert form not in secrets.mask(f"{before} {form} {after}", environ)


@given(text=st.text(max_size=80))
def test_words_without_a_key_are_left_alone(text: str) -> None:
    """Without keys in the environment only tokens are touched."""
    if "eyJ" not in text:
        assert secrets.mask(text, {}) == text


def test_both_halves_of_a_key_are_masked() -> None:
    """fal's key is an id and a secret; either alone is masked too."""
    environ = {"FAL_KEY": "1234-5678:abcdef0123"}
    assert secrets.mask("1234-5678 and abcdef0123", environ) == "••• and •••"


def test_a_token_is_masked() -> None:
    """A token of Kling's would open the account for half an hour."""
    token = jwt.encode({"iss": "someone"}, "k" * 40, algorithm="HS256")
    assert secrets.mask(f"Bearer {token}.", {}) == "Bearer •••."


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "ключ", "tab\there"])
def test_a_key_that_no_header_takes_is_refused_unseen(key: str) -> None:
    """The message names the variable, not the value."""
    with pytest.raises(Failure, match="FAL_KEY holds blanks") as refused:
        secrets.fal_key({"FAL_KEY": key})
    assert key not in str(refused.value)


@pytest.mark.parametrize("environ", [{}, {"FAL_KEY": ""}, {"FAL_KEY": "  "}, {"FAL_KEY_ID": "x"}])
def test_no_key_is_none(environ: dict[str, str]) -> None:
    """Unset, empty and half are all no key."""
    assert secrets.fal_key(environ) is None


def test_klings_keys_come_in_pairs() -> None:
    """One of the two is none."""
    both = {"KLING_ACCESS_KEY": "access", "KLING_SECRET_KEY": "secret"}
    assert secrets.kling_keys(both) == ("access", "secret")
    assert secrets.kling_keys({"KLING_ACCESS_KEY": "access"}) is None
