"""What fal's models accept: their fields, and the errors that fal makes of anything else."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

RATIOS = ("21:9", "16:9", "3:2", "4:3", "5:4", "1:1", "4:5", "3:4", "2:3", "9:16")
MEGABYTE = 1_000_000

Error = dict[str, Any]
Download = Callable[[str], bytes | None]


@dataclass(frozen=True)
class Field:
    """One field of a model's input. ``images`` says how many links to pictures it holds."""

    type: type | tuple[type, ...] = str
    required: bool = False
    among: tuple[object, ...] = ()
    least: float | None = None
    most: float | None = None
    images: tuple[int, int] | None = None


@dataclass(frozen=True)
class Model:
    """An endpoint. ``least_side``, ``ratios`` and ``most_bytes`` bound the pictures it takes."""

    makes: str
    fields: Mapping[str, Field]
    least_side: int = 1
    ratios: tuple[float, float] = (0.0, 1e9)
    most_bytes: int = 30 * MEGABYTE
    start: str = ""
    end: str = ""


_TEXT = Field(required=True, least=1, most=50_000)
_BANANA = {
    "prompt": _TEXT,
    "num_images": Field(int, least=1, most=4),
    "aspect_ratio": Field(among=RATIOS),
    "resolution": Field(among=("1K", "2K", "4K")),
    "output_format": Field(among=("png", "jpeg", "webp")),
    "sync_mode": Field(bool),
    "limit_generations": Field(bool),
    "enable_web_search": Field(bool),
    "seed": Field(int),
    "safety_tolerance": Field(among=("1", "2", "3", "4", "5", "6")),
}
_FRAME = Field(images=(1, 1))
_FIRST = Field(required=True, images=(1, 1))


def _video(start: str, end: str, lengths: tuple[str, ...], *, sound: bool) -> Model:
    fields = {
        "prompt": Field(required=True, least=1, most=2500),
        "negative_prompt": Field(most=2500),
        "duration": Field(among=lengths),
        start: _FIRST,
        end: _FRAME,
        **({"generate_audio": Field(bool)} if sound else {"cfg_scale": Field((int, float))}),
    }
    return Model("video", fields, 300, (0.4, 2.5), 10 * MEGABYTE, start, end)


_SHORT = ("5", "10")
_LONG = tuple(str(seconds) for seconds in range(3, 16))
_KLING = "fal-ai/kling-video"

MODELS: dict[str, Model] = {
    "fal-ai/nano-banana-pro": Model("image", _BANANA),
    "fal-ai/nano-banana-pro/edit": Model(
        "image",
        {
            **_BANANA,
            "aspect_ratio": Field(among=("auto", *RATIOS)),
            "image_urls": Field(list, required=True, images=(1, 14)),
        },
    ),
    f"{_KLING}/v2.1/pro/image-to-video": _video("image_url", "tail_image_url", _SHORT, sound=False),
    f"{_KLING}/v2.5-turbo/pro/image-to-video": _video(
        "image_url", "tail_image_url", _SHORT, sound=False
    ),
    f"{_KLING}/v2.6/pro/image-to-video": _video(
        "start_image_url", "end_image_url", _SHORT, sound=True
    ),
    f"{_KLING}/v3/pro/image-to-video": _video(
        "start_image_url", "end_image_url", _LONG, sound=True
    ),
    f"{_KLING}/o3/pro/image-to-video": _video("image_url", "end_image_url", _LONG, sound=True),
}


@dataclass
class Checked:
    """The outcome of checking an input: ``errors`` as fal words them, and the pictures' bytes by
    field."""

    errors: list[Error] = field(default_factory=list)
    pictures: dict[str, list[bytes]] = field(default_factory=dict)

    def wrong(self, name: str, type: str, message: str, value: object = None) -> None:
        """Record an error at the field ``name``."""
        url = f"https://docs.fal.ai/errors#{type}"
        self.errors.append(
            {"loc": ["body", name], "msg": message, "type": type, "url": url, "input": value}
        )


def check(model: Model, given: object, download: Download) -> Checked:
    """Check ``given`` against ``model``, fetching the pictures it links to by ``download``."""
    checked = Checked()
    if not isinstance(given, dict):
        checked.wrong("", "dict_type", "Input should be a valid dictionary")
        return checked
    for name in given.keys() - model.fields.keys():
        checked.wrong(name, "extra_forbidden", "Extra inputs are not permitted", given[name])
    for name, rule in model.fields.items():
        if name not in given:
            if rule.required:
                checked.wrong(name, "missing", "Field required")
        elif _check_value(checked, name, rule, given[name]) and rule.images:
            links = given[name] if isinstance(given[name], list) else [given[name]]
            pictures = (_picture(checked, model, name, link, download) for link in links)
            checked.pictures[name] = [data for data in pictures if data is not None]
    return checked


def _check_value(checked: Checked, name: str, rule: Field, value: Any) -> bool:
    """Check a value's type, choice and size; whether its type is right."""
    is_bool = isinstance(value, bool) and rule.type is not bool
    right: bool = not is_bool and isinstance(value, rule.type)
    if not right:
        checked.wrong(name, "type_error", f"Input should be a valid {rule.type}", value)
        return False
    if rule.among and value not in rule.among:
        checked.wrong(name, "literal_error", f"Input should be one of {rule.among}", value)
    amount = value if isinstance(value, int | float) else len(value)
    least, most = rule.least, rule.most
    if rule.images and isinstance(value, list):
        least, most = rule.images
    if least is not None and amount < least:
        checked.wrong(name, "sequence_too_short", f"At least {least}", value)
    if most is not None and amount > most:
        checked.wrong(name, "sequence_too_long", f"At most {most}", value)
    return True


def _picture(
    checked: Checked, model: Model, name: str, link: object, download: Download
) -> bytes | None:
    data = download(str(link))
    if data is None:
        checked.wrong(name, "file_download_error", "File download error", link)
        return None
    if len(data) > model.most_bytes:
        checked.wrong(name, "file_too_large", "File too large", link)
        return None
    try:
        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
            image.load()
    except OSError:
        checked.wrong(name, "image_load_error", "Image load error", link)
        return None
    if min(width, height) < model.least_side:
        checked.wrong(name, "image_too_small", "Image too small", link)
        return None
    if not model.ratios[0] <= width / height <= model.ratios[1]:
        checked.wrong(name, "image_aspect_ratio_error", "Image ratio out of range", link)
        return None
    return data
