"""Who does which work: chosen once a shoot, by its options and the keys the worker has."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from temporalio.exceptions import ApplicationError

from activities.scripts import CLIP_SECONDS
from providers import claude, fal, kling
from providers.refusals import Refusal
from studio.settings import Settings
from studio.shoot import Providers, ShootOptions

NO_KEY = "no-key"
BAD_SETTING = "bad-setting"
KLING_KEYS = {"KLING_ACCESS_KEY", "KLING_SECRET_KEY"}

Wanted = Literal["auto", "live", "proof"]


def choose(options: ShootOptions, settings: Settings) -> Providers:
    """The providers for a shoot, with the prices of a picture and a clip in US dollars.

    ``auto`` is live where the keys are there. A proof shoot calls nobody, Claude included.
    Raises :class:`ApplicationError` of type ``no-key`` where ``live`` lacks a key, and of type
    ``bad-setting`` where the models that are set cannot make a film: before anything is paid for.
    """
    keys = settings.secrets.keys()
    images, clips = who(options, settings)
    if wrong := unsuitable(images, clips, settings):
        raise ApplicationError("; ".join(wrong), type=BAD_SETTING, non_retryable=True)
    thinks = options.provider != "proof" and "ANTHROPIC_API_KEY" in keys
    return Providers(
        images=images,
        clips=clips,
        direction="claude" if thinks else "house",
        image_usd=image_price(settings) if images == "fal" else 0.0,
        clip_usd=clip_price(clips, settings),
        turn_usd=claude.turn(settings.director_model) if thinks else 0.0,
    )


def who(
    options: ShootOptions, settings: Settings
) -> tuple[Literal["proof", "fal"], Literal["proof", "kling", "fal"]]:
    """Who makes the pictures and who the clips, by the options and the keys at hand.

    Raises :class:`ApplicationError` of type ``no-key`` where ``live`` lacks a key.
    """
    keys = settings.secrets.keys()
    images = _images(options.images or options.provider, keys)
    return images, _clips(options.clips or options.provider, keys)


def _images(wanted: Wanted, keys: Collection[str]) -> Literal["proof", "fal"]:
    if wanted == "proof" or (wanted == "auto" and "FAL_KEY" not in keys):
        return "proof"
    if "FAL_KEY" not in keys:
        raise _missing("pictures", "FAL_KEY")
    return "fal"


def _clips(wanted: Wanted, keys: Collection[str]) -> Literal["proof", "kling", "fal"]:
    if wanted == "proof":
        return "proof"
    if set(keys) >= KLING_KEYS:
        return "kling"
    if "FAL_KEY" in keys:
        return "fal"
    if wanted == "live":
        raise _missing("clips", "KLING_ACCESS_KEY and KLING_SECRET_KEY, or FAL_KEY")
    return "proof"


def _missing(what: str, names: str) -> ApplicationError:
    return ApplicationError(
        f"live {what} need {names}, which the worker does not have: set them and retry, "
        "or start the shoot with provider auto or proof",
        type=NO_KEY,
        non_retryable=True,
    )


def image_price(settings: Settings) -> float | None:
    """A picture at fal in US dollars, ``None`` where no price is known."""
    return fal.image_price(settings.image_model, settings.image_resolution)


def clip_price(clips: Literal["proof", "kling", "fal"], settings: Settings) -> float | None:
    """A clip in US dollars, ``None`` where no price is known."""
    match clips:
        case "kling":
            model, mode = settings.kling_model, settings.kling_mode
            return kling.clip_price(model, mode, CLIP_SECONDS)
        case "fal":
            return fal.clip_price(settings.fal_video_model, CLIP_SECONDS)
        case "proof":
            return 0.0


def unsuitable(
    images: Literal["proof", "fal"], clips: Literal["proof", "kling", "fal"], settings: Settings
) -> list[str]:
    """What is set and cannot make a film, each in one line with the setting, the rule, the remedy.

    A film's clips begin on one frame and end on the next, so a model has to take both.
    """
    found: list[tuple[Refusal | None, dict[str, str]]] = []
    if images == "fal":
        refusal = fal.image_refusal(settings.image_model, settings.image_resolution)
        found.append((refusal, _IMAGE_SETTINGS))
    if clips == "kling":
        refusal = kling.refusal(settings.kling_model, settings.kling_mode, CLIP_SECONDS)
        found.append((refusal, _KLING_SETTINGS))
    if clips == "fal":
        found.append((fal.clip_refusal(settings.fal_video_model, CLIP_SECONDS), _FAL_SETTINGS))
    return [_line(refusal, names) for refusal, names in found if refusal is not None]


_IMAGE_SETTINGS = {"model": "SHOOT_IMAGE_MODEL", "resolution": "SHOOT_IMAGE_RESOLUTION"}
_KLING_SETTINGS = {"model": "SHOOT_KLING_MODEL", "mode": "SHOOT_KLING_MODE"}
_FAL_SETTINGS = {"model": "SHOOT_FAL_VIDEO_MODEL"}


def _line(refusal: Refusal, names: dict[str, str]) -> str:
    """What a refusal is about that has no setting (a clip's length) is the model's matter."""
    setting = names.get(refusal.what)
    if setting is None:
        return f"{names['model']}: {refusal.rule}; set another model"
    remedy = refusal.remedy("set it to")
    return f"{setting}={refusal.value}: {refusal.rule}{remedy}, and start the worker anew"
