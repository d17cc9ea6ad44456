"""What is said of money: the offer before anything is paid for, and checkpoints' estimates."""

from __future__ import annotations

from typing import Any

import pytest

from studio.shoot import Providers, ShootState
from studio.stages import Stage
from workflows.checkpointing import checkpoint
from workflows.details import offer
from workflows.steps import Pause


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Proofs: rendered on this machine, nothing is paid for."),
        (
            {"images": "fal", "clips": "kling", "image_usd": 0.15, "clip_usd": 0.35},
            "Live: pictures by fal ($0.15 each), clips by kling ($0.35 each); about $2.05 for a "
            "shoot without changes.",
        ),
        (
            {"direction": "claude"},
            "Proofs: rendered on this machine, direction by Claude for a few cents a turn.",
        ),
        (
            {"images": "fal", "image_usd": 0.15, "direction": "claude"},
            "Live: pictures by fal ($0.15 each), clips as proofs, direction by Claude for a few "
            "cents a turn; about $0.30 for a shoot without changes.",
        ),
        (
            {"images": "fal", "image_usd": 0.15},
            "Live: pictures by fal ($0.15 each), clips as proofs; about $0.30 for a shoot without "
            "changes.",
        ),
        (
            {"images": "fal", "clips": "fal", "image_usd": 0.15, "clip_usd": None},
            "Live: pictures by fal ($0.15 each), clips by fal (price not known).",
        ),
    ],
)
def test_the_offer_names_prices(given: dict[str, Any], words: str) -> None:
    """Who does which work and for how much; no sum where a price is not known."""
    assert offer(Providers(**given)) == words


@pytest.mark.parametrize(
    ("stage", "given", "estimate"),
    [
        (Stage.HERO, {"image_usd": 0.15}, 0.15),
        (Stage.HERO, {"image_usd": None}, None),
        (Stage.FRAMES, {"clip_usd": 0.35}, 1.75),
        (Stage.CLIPS, {"image_usd": None, "clip_usd": None}, 0.0),
    ],
)
def test_what_approving_costs(stage: Stage, given: dict[str, Any], estimate: float | None) -> None:
    """The next stage's pictures or clips; unknown is not free."""
    now = "2026-11-22T12:00:00Z"
    state = ShootState.model_validate(
        {"id": "a", "brief": {"prompt": "A coat"}, "created_at": now, "updated_at": now}
    ).model_copy(update={"providers": Providers(**given)})
    assert checkpoint(state, Pause(stage=stage), 1).estimate == estimate
