"""The edit: how clips become the film."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from studio.model import Model
from studio.presets import DEFAULT_EASING, EASINGS, MAX_PACE, MIN_PACE, SECONDS_PER_CLIP

_BEZIER = re.compile(r"cubic-bezier\(([^,]+),([^,]+),([^,]+),([^,]+)\)")


def _known_easing(value: str) -> str:
    if value in EASINGS or bezier_of(value) is not None:
        return value
    raise ValueError(
        f"{value!r} is no easing; use one of {', '.join(EASINGS)}, or "
        "cubic-bezier(x1,y1,x2,y2) with both x from 0 to 1"
    )


def bezier_of(easing: str) -> tuple[float, float, float, float] | None:
    """The four numbers of ``cubic-bezier(x1,y1,x2,y2)``, or ``None`` where it is no such thing."""
    match = _BEZIER.fullmatch(easing.replace(" ", ""))
    if match is None:
        return None
    try:
        x1, y1, x2, y2 = (float(number) for number in match.groups())
    except ValueError:
        return None
    inside = 0 <= x1 <= 1 and 0 <= x2 <= 1 and abs(y1) <= 10 and abs(y2) <= 10
    return (x1, y1, x2, y2) if inside else None


Easing = Annotated[str, AfterValidator(_known_easing)]
Pace = Annotated[float, Field(ge=MIN_PACE, le=MAX_PACE)]
"""Speed of the film: 0.5 to 2, where 1 gives each clip 1.5 seconds."""


class Edit(Model):
    """The cut of a film. With ``loop`` a sixth clip leads from the last frame to the first."""

    loop: bool = False
    pace: Pace = 1.0
    easing: Easing = DEFAULT_EASING

    @property
    def clip_seconds(self) -> float:
        """How long each clip stays in the film, in seconds."""
        return SECONDS_PER_CLIP / self.pace
