"""Text as tokens: words, numbers, ratios and marks, each knowing where in the text it stands.

Words are compared by their folded form (no case, accents or apostrophes); what a person said is
always quoted from the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import gcd
from typing import Literal

Kind = Literal["word", "number", "ratio", "bezier", "mark", "emoji"]

_TOKEN = re.compile(
    r"""
      (?P<bezier>cubic[-\s]?bezier\s?\([^()]{0,60}\))
    | (?P<ratio>(?<![\d.,])(?:
          \d{1,4}(?:\.\d{1,2})?\s?:\s?\d{1,4}(?:\.\d{1,2})?(?![\d%x×])
        | \d{1,4}(?:[x×]|\s[x×]\s)\d{1,4}(?![\d.,])
        | \d{1,2}/\d{1,2}(?![\d/])
      ))
    | (?P<number>\d*[¼½¾]|\d+(?:[.,]\d+)?)
      (?:(?P<th>st|nd|rd|th|er|[eè]re|[eè]me|e|[oaºª]|de|ste)(?![^\W_])
        |\s?(?P<unit>[x×](?![^\W_])|%))?
    | (?P<word>[^\W\d_]+(?:['’ʼ`´][^\W\d_]+)*)
    | (?P<ellipsis>\.{2,}|…)
    | (?P<dash>[-–—−]+)
    | (?P<mark>[.!?;:,\n()=/&+#？؟¿！，。：；、])
    | (?P<emoji>[☀-➿\U0001F000-\U0001FAFF])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FRACTIONS = {"¼": 0.25, "½": 0.5, "¾": 0.75}
_SAME_MARK = {
    "？": "?", "؟": "?", "¿": "?", "！": "!", "，": ",", "、": ",", "。": ".", "：": ":", "；": ";",
    "=": ":",
}  # fmt: skip
_CAMEL = re.compile(r"[a-z]+(?:[A-Z][a-z]+)+")
_HUMP = re.compile(r"^[a-z]+|[A-Z][a-z]+")
_APOSTROPHE = re.compile(r"['’ʼ`´]")
_ELIDED = frozenset(
    [
        "l",
        "d",
        "c",
        "j",
        "m",
        "n",
        "s",
        "t",
        "qu",
        "un",
        "dell",
        "nell",
        "all",
        "sull",
        "dall",
        "quest",
        "jusqu",
        "lorsqu",
        "puisqu",
    ]
)
_AFTER_DECIMAL = re.compile(r"\s?(?:mal|fach|fois|veces|vezes|volte|keer|times|sek|sec|s\b)", re.I)
_BEFORE_DECIMAL = frozenset(
    [
        "tempo",
        "geschwindigkeit",
        "vitesse",
        "velocidad",
        "velocita",
        "snelheid",
        "velocidade",
        "ritmo",
        "speed",
        "pace",
        "auf",
        "bei",
        "a",
        "op",
        "em",
        "at",
        "to",
    ]
)
_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Token:
    """One token. ``text`` is as written, ``norm`` folded; ``start`` and ``end`` are offsets.

    A number has a ``value`` and maybe a ``unit``: ``x``, ``%`` or ``th`` for an ordinal. A ratio
    has ``sides``, reduced where they are whole.
    """

    kind: Kind
    text: str
    norm: str
    start: int
    end: int
    value: float | None = None
    unit: str = ""
    sides: tuple[float, float] | None = None

    @property
    def whole(self) -> int | None:
        """The value where it is a whole number."""
        return int(self.value) if self.value is not None and self.value.is_integer() else None


Tokens = tuple[Token, ...]


def fold(text: str) -> str:
    """Without case, accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c) and not _APOSTROPHE.match(c))


def tokenise(text: str) -> Tokens:
    """The tokens of ``text``; quotes, braces, asterisks and the like are no tokens."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        tokens.extend(_tokens_of(match, text, tokens[-1] if tokens else None))
    return tuple(tokens)


def norms(text: str) -> tuple[str, ...]:
    """The folded words of ``text``, as phrases in the tables are compared."""
    return tuple(token.norm for token in tokenise(text))


def word_set(text: str) -> frozenset[str]:
    """The words of ``text``, folded, as they are compared one by one."""
    return frozenset(fold(word) for word in text.split())


def slice_of(text: str, tokens: Tokens) -> str:
    """What was written from the first of ``tokens`` to the last."""
    return text[tokens[0].start : tokens[-1].end] if tokens else ""


def _tokens_of(match: re.Match[str], text: str, before: Token | None) -> Iterator[Token]:
    kind = match.lastgroup
    start, end, raw = match.start(), match.end(), match.group()
    if match["number"] is not None:
        yield from _number(match, text, before)
    elif kind == "word":
        yield from _words(raw, start)
    elif kind == "ratio":
        yield from _ratio(raw, start)
    elif kind == "bezier":
        yield Token("bezier", raw, raw.casefold(), start, end)
    elif kind == "emoji":
        yield Token("emoji", raw, raw, start, end)
    else:
        norm = {"ellipsis": "…", "dash": "-"}.get(kind or "", _SAME_MARK.get(raw, raw))
        if not (norm == "-" and _inside_word(text, start, end)):
            yield Token("mark", raw, norm, start, end)


def _inside_word(text: str, start: int, end: int) -> bool:
    return start > 0 and end < len(text) and text[start - 1].isalpha() and text[end].isalpha()


def _words(raw: str, start: int) -> Iterator[Token]:
    parts = _APOSTROPHE.split(raw)
    if len(parts) == 1 and _CAMEL.fullmatch(raw):
        for hump in _HUMP.finditer(raw):
            yield _word(hump.group(), start + hump.start())
        return
    offset = 0
    while len(parts) > 1 and fold(parts[0]) in _ELIDED:
        yield _word(parts[0], start + offset)
        offset += len(parts[0]) + 1
        parts = parts[1:]
    yield _word(raw[offset:], start + offset)


def _word(raw: str, start: int) -> Token:
    return Token("word", raw, fold(raw), start, start + len(raw))


def _number(match: re.Match[str], text: str, before: Token | None) -> Iterator[Token]:
    digits, start, end = match["number"], match.start(), match.end()
    unit = "th" if match["th"] else (match["unit"] or "").casefold().replace("×", "x")
    if "," in digits and not (
        unit
        or _AFTER_DECIMAL.match(text, end)
        or (before is not None and before.norm in _BEFORE_DECIMAL)
    ):
        first, second = digits.split(",")
        comma = start + len(first)
        yield Token("number", first, first, start, comma, _float(first))
        yield Token("mark", ",", ",", comma, comma + 1)
        yield Token("number", second, second, comma + 1, end, _float(second))
        return
    raw, value = match.group(), _float(digits)
    if text[start - 1 : start] in ("-", "−") and not _after_number(text, start - 1):
        value = -value
    yield Token("number", raw, raw.casefold(), start, end, value, unit)


def _after_number(text: str, index: int) -> bool:
    """Whether a dash at ``index`` leads on from a number or a word, and is no minus."""
    return text[:index].rstrip()[-1:].isalnum() and not text[index - 1 : index].isspace()


def _float(digits: str) -> float:
    fraction = _FRACTIONS.get(digits[-1:], 0.0)
    whole = digits.rstrip("¼½¾").replace(",", ".")
    return float(whole[:_LONGEST_NUMBER] or 0) + fraction


def _ratio(raw: str, start: int) -> Iterator[Token]:
    first, second = (part.strip() for part in re.split(r"[:x×/]", raw, flags=re.I))
    width, height = float(first), float(second)
    scored = width == height != 1
    if "/" in raw and (scored or (max(width, height) <= 6 and abs(width - height) > 1)):
        # "frames 2/4" is a list, "10/10" a mark; no ratio written with a stroke looks like them.
        cut = start + len(first)
        yield Token("number", first, first, start, cut, width)
        yield Token("mark", "/", "/", cut, cut + 1)
        yield Token("number", second, second, cut + 1, cut + 1 + len(second), height)
        return
    if width.is_integer() and height.is_integer() and (shared := gcd(int(width), int(height))):
        width, height = width / shared, height / shared
    token = Token("ratio", raw, raw.casefold(), start, start + len(raw))
    yield replace(token, sides=(width, height))
