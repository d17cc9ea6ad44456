"""What decisions would cost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from studio.decisions import (
    Approve,
    Cancel,
    Decision,
    Modify,
    Regenerate,
    Resize,
    Retry,
    Revise,
    SetEdit,
    UseTake,
)
from studio.estimating import estimate
from studio.shoot import Brief, Providers, ShootState
from studio.stages import Stage

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def shoot(image: float | None = 0.15, clip: float | None = 0.35) -> ShootState:
    """A shoot with prices."""
    providers = Providers(images="fal", clips="kling", image_usd=image, clip_usd=clip)
    brief = Brief(prompt="a")
    return ShootState(
        id="s", owner=None, brief=brief, created_at=NOW, updated_at=NOW, providers=providers
    )


@pytest.mark.parametrize(
    ("stage", "decisions", "dollars"),
    [
        (Stage.HERO, [Approve()], 0.15),
        (Stage.HERO, [Revise(stage=Stage.HERO, instruction="a")], 0.15),
        (Stage.CONTACT_SHEET, [Approve()], 0.0),
        (Stage.FRAMES, [Approve()], 1.75),
        (Stage.FRAMES, [SetEdit(loop=True), Approve()], 2.1),
        (Stage.FRAMES, [SetEdit(loop=True)], 0.0),
        (Stage.FRAMES, [Modify(frames=(2, 4), instruction="a")], 0.3),
        (Stage.FRAMES, [Modify(frames=(2,), instruction="a"), Approve()], 1.9),
        (Stage.FRAMES, [Resize(aspect_ratio="9:16")], 0.0),
        (Stage.CLIPS, [Regenerate(clips=(1, 2, 3))], 1.05),
        (Stage.CLIPS, [UseTake(stage=Stage.HERO, take=1)], 0.0),
        (Stage.CLIPS, [Retry()], 1.75),
        (Stage.FRAMES, [Retry()], None),
        (Stage.COMPLETE, [Approve()], 0.0),
        (Stage.HERO, [Cancel()], 0.0),
        (Stage.HERO, [], 0.0),
    ],
)
def test_decisions_are_priced(
    stage: Stage, decisions: list[Decision], dollars: float | None
) -> None:
    """Pictures and clips made anew; all else is this machine's work."""
    assert estimate(decisions, shoot(), stage) == dollars


def test_unknown_price_is_none() -> None:
    """It is not taken for free; what needs none of it has its price all the same."""
    state = shoot(clip=None)
    assert estimate([Regenerate(clips=(1,))], state, Stage.CLIPS) is None
    assert estimate([Modify(frames=(1,), instruction="a")], state, Stage.FRAMES) == 0.15
