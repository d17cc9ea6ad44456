"""Who does which work, by options and keys."""

from __future__ import annotations

import pytest
from pydantic import SecretStr
from temporalio.exceptions import ApplicationError

from activities.providers import BAD_SETTING, choose
from studio.settings import Settings
from studio.shoot import ShootOptions

FAL, KLING_A, KLING_S, CLAUDE = (
    "fal_key",
    "kling_access_key",
    "kling_secret_key",
    "anthropic_api_key",
)


def _settings(tmp_path, *keys):
    blank = dict.fromkeys((FAL, KLING_A, KLING_S, CLAUDE))
    given = {**blank, **{key: SecretStr("k") for key in keys}}
    return Settings.model_construct(
        **{
            name: field.get_default(call_default_factory=True)
            for name, field in Settings.model_fields.items()
        }
    ).model_copy(update={**given, "home": tmp_path})


@pytest.mark.parametrize(
    ("wanted", "keys", "chosen"),
    [
        ("auto", (), ("proof", "proof", "house")),
        ("auto", (FAL,), ("fal", "fal", "house")),
        ("auto", (FAL, KLING_A, KLING_S, CLAUDE), ("fal", "kling", "claude")),
        ("auto", (KLING_A, KLING_S), ("proof", "kling", "house")),
        ("auto", (KLING_A,), ("proof", "proof", "house")),
        ("proof", (FAL, KLING_A, KLING_S, CLAUDE), ("proof", "proof", "house")),
        ("live", (FAL,), ("fal", "fal", "house")),
    ],
)
def test_keys_and_options_choose(tmp_path, wanted, keys, chosen):
    """Live where the keys are there, unless a proof was asked for; then nobody is called."""
    made = choose(ShootOptions(provider=wanted), _settings(tmp_path, *keys))
    assert (made.images, made.clips, made.direction) == chosen


def test_kinds_of_work_can_be_mixed(tmp_path):
    """A live hero in a proof shoot."""
    made = choose(ShootOptions(provider="proof", images="live"), _settings(tmp_path, FAL))
    assert (made.images, made.clips) == ("fal", "proof")
    assert made.image_usd > 0
    assert made.clip_usd == 0


@pytest.mark.parametrize("keys", [(), (KLING_A,), (CLAUDE,)])
def test_live_without_keys_names_them(tmp_path, keys):
    """Live work without its key is refused with the names of the keys."""
    with pytest.raises(ApplicationError, match="FAL_KEY") as caught:
        choose(ShootOptions(provider="live"), _settings(tmp_path, *keys))
    assert caught.value.non_retryable


@pytest.mark.parametrize(
    ("keys", "setting", "value", "said"),
    [
        ((FAL, KLING_A, KLING_S), "kling_mode", "std", "SHOOT_KLING_MODE=std: .*set it to pro"),
        (
            (FAL, KLING_A, KLING_S),
            "kling_model",
            "kling-v2-master",
            "SHOOT_KLING_MODEL=kling-v2-master: takes no end frame.*kling-v2-6",
        ),
        ((FAL,), "fal_video_model", "v4", "SHOOT_FAL_VIDEO_MODEL=v4: .*v2.5-turbo/pro"),
        ((FAL,), "image_model", "banana", "SHOOT_IMAGE_MODEL=banana: .*owner/name"),
    ],
)
def test_models_that_cannot_make_a_film_are_refused_by_name(tmp_path, keys, setting, value, said):
    """At the start, before the first picture is paid for, with the setting and what would do."""
    settings = _settings(tmp_path, *keys).model_copy(update={setting: value})
    with pytest.raises(ApplicationError, match=said) as caught:
        choose(ShootOptions(provider="live"), settings)
    assert (caught.value.type, caught.value.non_retryable) == (BAD_SETTING, True)
    assert choose(ShootOptions(provider="proof"), settings).clips == "proof"


def test_only_what_is_used_is_checked(tmp_path):
    """Kling's mode is no matter for clips that fal makes."""
    settings = _settings(tmp_path, FAL).model_copy(update={"kling_mode": "std"})
    assert choose(ShootOptions(provider="live"), settings).clips == "fal"
