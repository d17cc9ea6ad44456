"""What calls are likely to cost."""

from __future__ import annotations

from datetime import date

import pytest

from sandbox.scripts._live import fal_video, kling
from studio import prices


def test_pictures() -> None:
    """By model and resolution; the edit endpoint costs the same."""
    assert prices.image("fal-ai/nano-banana-pro", "2K") == 0.15
    assert prices.image("fal-ai/nano-banana-pro/edit", "4K") == 0.30
    assert prices.image("fal-ai/unknown", "2K") is None


@pytest.mark.parametrize("model", kling.MODELS)
def test_every_model_of_kling_has_a_price(model: str) -> None:
    """A clip of ten seconds costs twice one of five, and pro no less than std."""
    five, ten = prices.kling_clip(model, "pro", 5), prices.kling_clip(model, "pro", 10)
    plain = prices.kling_clip(model, "std", 5)
    assert five is not None and ten is not None and plain is not None
    assert ten == pytest.approx(2 * five)
    assert plain <= five


def test_the_default_through_fal_has_a_price() -> None:
    """Whoever sets a budget must be told of what is used unless asked otherwise."""
    assert prices.fal_clip(fal_video.DEFAULT, 5) == 0.35
    assert prices.fal_clip("v9", 5) is None


def test_tokens() -> None:
    """Reading the cache is cheap, writing it a little dear, speaking costs most."""
    assert prices.tokens("claude-sonnet-5-5", 1_000_000, 0, 0, 0) == 2.0
    assert prices.tokens("claude-sonnet-5-5", 0, 1_000_000, 0, 0) == 2.5
    assert prices.tokens("claude-sonnet-5-5", 0, 0, 1_000_000, 0) == 0.2
    assert prices.tokens("claude-sonnet-5-5", 0, 0, 0, 1_000_000) == 10.0
    assert prices.tokens("claude-unknown", 1, 1, 1, 1) is None


def test_the_table_is_dated() -> None:
    """The date is a date."""
    assert date.fromisoformat(prices.AS_OF)
