"""Who does which work: chosen once a shoot, by its options and the keys the worker has."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from temporalio.exceptions import ApplicationError

from activities.scripts import CLIP_SECONDS
from studio import prices
from studio.settings import Settings
from studio.shoot import Providers, ShootOptions

NO_KEY = "no-key"
KLING_KEYS = {"KLING_ACCESS_KEY", "KLING_SECRET_KEY"}

Wanted = Literal["auto", "live", "proof"]


def choose(options: ShootOptions, settings: Settings) -> Providers:
    """The providers for a shoot, with the prices of a picture and a clip in US dollars.

    ``auto`` is live where the keys are there. A proof shoot calls nobody, Claude included.
    Raises :class:`ApplicationError` of type ``no-key`` where ``live`` lacks a key.
    """
    keys = settings.secrets.keys()
    images = _images(options.images or options.provider, keys)
    clips = _clips(options.clips or options.provider, keys)
    claude = options.provider != "proof" and "ANTHROPIC_API_KEY" in keys
    return Providers(
        images=images,
        clips=clips,
        direction="claude" if claude else "house",
        image_usd=image_price(settings) if images == "fal" else 0.0,
        clip_usd=clip_price(clips, settings),
        turn_usd=prices.turn(settings.director_model) if claude else 0.0,
    )


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
    return prices.image(settings.image_model, settings.image_resolution)


def clip_price(clips: Literal["proof", "kling", "fal"], settings: Settings) -> float | None:
    """A clip in US dollars, ``None`` where no price is known."""
    match clips:
        case "kling":
            model, mode = settings.kling_model, settings.kling_mode
            return prices.kling_clip(model, mode, CLIP_SECONDS)
        case "fal":
            return prices.fal_clip(settings.fal_video_model, CLIP_SECONDS)
        case "proof":
            return 0.0
