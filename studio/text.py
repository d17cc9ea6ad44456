"""Text from outside: what people type, paste and name files, made fit to be kept and passed on."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

MAX_WORDS = 4_000
_KEPT = "\n\t"


def printable(text: str) -> str:
    r"""``text`` without control characters (but line breaks and tabs) and lone surrogates.

    A NUL ends an argument of a program, and a lone surrogate cannot be written as UTF-8; nobody
    means either.
    """
    return "".join(
        one for one in text if one in _KEPT or unicodedata.category(one) not in ("Cc", "Cs")
    )


def _cleaned(value: object) -> object:
    return printable(value) if isinstance(value, str) else value


Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_WORDS),
    BeforeValidator(_cleaned),
]
"""What a person says: 1 to 4,000 characters, without control characters."""
