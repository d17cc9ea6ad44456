"""Kling's own API: its models, their modes, and what a second of silent video costs.

A film needs clips that begin on one frame and end on the next, so a model serves in those modes
alone in which it takes both.

Sources: Kling's capability map and price list, January to November 2026.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from providers.refusals import Refusal

SHORT = (5, 10)
LONG = tuple(range(3, 16))
DEFAULT = "kling-v2-6"
PROMPT_LIMIT = 2500
"""Characters of a prompt, and of a negative prompt."""


@dataclass(frozen=True)
class Model:
    """One model. ``seconds`` are the lengths it makes with two frames, ``per_second`` the price by
    mode in US dollars, ``framed`` the modes that take an end frame, ``sound`` whether it has to be
    told to be silent."""

    per_second: Mapping[str, float]
    framed: tuple[str, ...] = ("pro",)
    seconds: tuple[int, ...] = SHORT
    sound: bool = False


MODELS = {
    "kling-v1": Model({"std": 0.028, "pro": 0.098}, ("std", "pro"), (5,)),
    "kling-v1-5": Model({"std": 0.056, "pro": 0.098}),
    "kling-v1-6": Model({"std": 0.056, "pro": 0.098}),
    "kling-v2-master": Model({}, framed=()),
    "kling-v2-1": Model({"std": 0.056, "pro": 0.098}),
    "kling-v2-1-master": Model({}, framed=()),
    "kling-v2-5-turbo": Model({"std": 0.042, "pro": 0.07}),
    "kling-v2-6": Model({"std": 0.042, "pro": 0.07}, sound=True),
    "kling-v3": Model({"std": 0.084, "pro": 0.112}, ("std", "pro"), LONG, sound=True),
}

SUITABLE = tuple(name for name, model in MODELS.items() if model.framed)
"""Models that take an end frame in some mode."""


def refusal(name: str, mode: str, seconds: int) -> Refusal | None:
    """Why Kling would not make a clip between two frames with these; ``None`` if it would."""
    model = MODELS.get(name)
    if model is None:
        return Refusal("model", name, "Kling has none that is known here by this name", SUITABLE)
    if not model.framed:
        rule = "takes no end frame, and a film's clips begin and end on frames"
        return Refusal("model", name, rule, SUITABLE)
    if mode not in model.framed:
        rule = f"{name} takes an end frame in mode {' or '.join(model.framed)} only"
        return Refusal("mode", mode, rule, model.framed)
    if seconds not in model.seconds:
        lengths = ", ".join(map(str, model.seconds))
        rule = f"{name} makes clips of {lengths} s"
        return Refusal("seconds", str(seconds), rule, tuple(map(str, model.seconds)))
    return None


def clip_price(name: str, mode: str, seconds: int) -> float | None:
    """A silent clip in US dollars, ``None`` where no price is known."""
    model = MODELS.get(name)
    price = model.per_second.get(mode) if model else None
    return None if price is None else round(price * seconds, 4)
