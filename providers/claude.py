"""Anthropic's models for the director, and what their tokens cost.

US dollars per million tokens, by Anthropic's price list of November 2026. Reading the cache costs
a share of the input's price that depends on the model; writing it is a quarter dearer for all.
"""

from __future__ import annotations

from dataclasses import dataclass

CACHE_WRITE = 1.25
TURN_READ = 12_000
TURN_WRITTEN = 2_000
"""Tokens that a turn usually reads and produces, thoughts and all its exchanges included."""


@dataclass(frozen=True)
class Model:
    """What a million tokens cost: read, produced, and the share for what the cache has."""

    read: float
    written: float
    cached: float = 0.05


MODELS = {
    "claude-haiku-5-5": Model(0.1, 0.5),
    "claude-sonnet-5-5": Model(2.0, 10.0),
    "claude-opus-5-5": Model(4.0, 20.0),
}


def tokens(model: str, fresh: int, written: int, cached: int, output: int) -> float | None:
    """One call: tokens read fresh, written to the cache, read from it, and produced."""
    price = MODELS.get(model)
    if price is None:
        return None
    reading = fresh + CACHE_WRITE * written + price.cached * cached
    return round((reading * price.read + output * price.written) / 1e6, 6)


def turn(model: str) -> float | None:
    """A turn of the director, before it is taken: what one with a few pictures usually uses."""
    return tokens(model, fresh=TURN_READ, written=0, cached=0, output=TURN_WRITTEN)
