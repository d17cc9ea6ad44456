"""What a form for a new shoot needs: presets, ranges, limits, and who would render."""

from __future__ import annotations

from starlette.responses import JSONResponse

from gateway.context import Call
from gateway.wire import (
    Defaults,
    Limits,
    OptionsDocument,
    PaceRange,
    Preset,
    ProvidersAtHand,
    StageName,
)
from imaging.reading import MEDIA_TYPES
from studio import presets
from studio.references import MAX_BYTES
from studio.stages import ORDER


async def get(call: Call) -> JSONResponse:
    """The options."""
    providers = call.gateway.providers
    document = OptionsDocument(
        poses=tuple(Preset(id=one, words=presets.POSE_WORDS[one]) for one in presets.POSES),
        backgrounds=tuple(
            Preset(id=one, words=presets.BACKGROUND_WORDS[one]) for one in presets.BACKGROUNDS
        ),
        aspect_ratios=presets.ASPECT_RATIOS,
        easings=presets.EASINGS,
        pace=PaceRange(
            min=presets.MIN_PACE,
            max=presets.MAX_PACE,
            default=1.0,
            seconds_per_clip=presets.SECONDS_PER_CLIP,
        ),
        defaults=Defaults(
            pose=presets.DEFAULT_POSE,
            background=presets.DEFAULT_BACKGROUND,
            easing=presets.DEFAULT_EASING,
        ),
        stages=tuple(StageName(id=stage, product=stage.product) for stage in ORDER),
        limits=Limits(
            reference_bytes=MAX_BYTES,
            reference_types=MEDIA_TYPES,
        ),
        providers=ProvidersAtHand(
            live=providers.images != "proof",
            **providers.model_dump(by_alias=False),
        ),
        owner=call.person.owner,
    )
    return JSONResponse(document.model_dump(mode="json"))
