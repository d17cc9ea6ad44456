"""What models can do and what calls are likely to cost: one table a provider."""

from __future__ import annotations

from datetime import date

import pytest

import providers
from providers import claude, fal, kling
from tests.emulators import fal_models
from tests.emulators import kling as klings


def test_pictures() -> None:
    """By model and resolution; the edit endpoint costs the same."""
    assert fal.image_price("fal-ai/nano-banana-pro", "2K") == 0.15
    assert fal.image_price("fal-ai/nano-banana-pro/edit", "4K") == 0.30
    assert fal.image_price("fal-ai/unknown", "2K") is None


@pytest.mark.parametrize("model", kling.SUITABLE)
def test_every_model_of_kling_has_a_price(model: str) -> None:
    """A clip of ten seconds costs twice one of five, and pro no less than std."""
    five, ten = kling.clip_price(model, "pro", 5), kling.clip_price(model, "pro", 10)
    plain = kling.clip_price(model, "std", 5)
    assert five is not None and ten is not None and plain is not None
    assert ten == pytest.approx(2 * five)
    assert plain <= five


def test_the_default_through_fal_has_a_price() -> None:
    """Whoever sets a budget must be told of what is used unless asked otherwise."""
    assert fal.clip_price(fal.DEFAULT_CLIP, 5) == 0.35
    assert fal.clip_price("v9", 5) is None


def test_tokens() -> None:
    """Reading the cache is cheap, writing it a little dear, speaking costs most."""
    assert claude.tokens("claude-sonnet-5-5", 1_000_000, 0, 0, 0) == 2.0
    assert claude.tokens("claude-sonnet-5-5", 0, 1_000_000, 0, 0) == 2.5
    assert claude.tokens("claude-sonnet-5-5", 0, 0, 1_000_000, 0) == 0.1
    assert claude.tokens("claude-sonnet-5-5", 0, 0, 0, 1_000_000) == 10.0
    assert claude.tokens("claude-unknown", 1, 1, 1, 1) is None
    turn = claude.turn("claude-sonnet-5-5")
    assert turn is not None and 0.01 < turn < 0.1


def test_the_table_is_dated() -> None:
    """The date is a date."""
    assert date.fromisoformat(providers.AS_OF)


@pytest.mark.parametrize("mode", ["std", "pro"])
@pytest.mark.parametrize("model", [*klings.MODELS, "kling-v9"])
def test_what_kling_refuses_is_refused_here(model: str, mode: str) -> None:
    """The table says of every model and mode what the stand-in says, by the documents."""
    known = model in klings.MODELS
    takes = known and model not in klings.NO_TAIL
    fits = takes and (mode == "pro" or model in klings.TAIL_IN_STD)
    assert (kling.refusal(model, mode, 5) is None) is fits


@pytest.mark.parametrize("model", fal.CLIPS)
def test_clips_through_fal_name_fields_that_exist(model: str) -> None:
    """Both frames go into fields that the stand-in's schema has."""
    schema = fal_models.MODELS.get(fal.clip_app(model))
    if schema is not None:
        assert {fal.CLIPS[model].start, fal.CLIPS[model].end} <= schema.fields.keys()


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (kling.refusal("kling-v2-6", "std", 5), "mode std: .* in mode pro only; use pro"),
        (kling.refusal("kling-v2-master", "pro", 5), "model kling-v2-master: takes no end frame"),
        (kling.refusal("kling-v1", "pro", 10), "seconds 10: kling-v1 makes clips of 5 s"),
        (fal.clip_refusal("v4", 5), "model v4: .* use v2.1/pro, "),
        (fal.clip_refusal("v2-master", 5), "model v2-master: not known here"),
        (fal.clip_refusal("v3/pro", 20), "makes clips of 3, 4"),
        (fal.image_refusal("fal-ai/nano-banana-pro", "8K"), "resolution 8K: .* 1K, 2K, 4K"),
        (fal.image_refusal("nano-banana-pro", "2K"), "form owner/name"),
        (fal.image_refusal("fal-ai/nano-banana-pro", "2K", "7:1"), "ratio 7:1: .* makes 21:9"),
    ],
)
def test_refusals_say_value_rule_and_remedy(refusal: object, said: str) -> None:
    """By name, with what would do."""
    import re

    assert re.search(said, str(refusal))


def test_unknown_picture_models_may_be_tried() -> None:
    """Nothing is known of them or held against them; a budget asks about their price."""
    assert fal.image_refusal("somebody/new-model", "4K") is None
