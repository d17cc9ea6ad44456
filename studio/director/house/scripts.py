"""Scripts that these rules cannot read: they know languages in Latin letters alone."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


def unread_script(text: str) -> str:
    """The script of the first letter that is not Latin, such as ``Arabic``; empty if all are."""
    return next((script for letter in text if (script := _script(letter)) != "Latin"), "")


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """A letter's script by its Unicode name; what is no letter counts as Latin."""
    name = unicodedata.name(letter, "")
    if (
        not letter.isalpha()
        or not name
        or name.startswith(("LATIN", "MODIFIER", "FEMININE", "MASCULINE", "MICRO"))
    ):
        return "Latin"
    first = name.split()[0]
    return {"CJK": "Chinese or Japanese", "HANGUL": "Korean", "FULLWIDTH": "Latin"}.get(
        first, first.capitalize()
    )
