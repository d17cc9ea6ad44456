"""The house vocabulary of a shoot: poses, backgrounds, ratios, easings, the six shots, the look."""

from __future__ import annotations

from typing import Literal, get_args

Pose = Literal[
    "confident-standing",
    "seated-editorial",
    "leaning-casual",
    "editorial-drama",
    "relaxed-natural",
    "street-walk",
    "urban-lean",
]
Background = Literal[
    "studio-grey",
    "studio-white",
    "studio-black",
    "industrial",
    "warm-daylight",
    "color-gel",
    "outdoor-urban",
]
AspectRatio = Literal["original", "16:9", "9:16", "4:3", "3:4", "1:1", "3:2", "2:3"]
"""A frame's ratio, width to height; ``original`` is the frame as it was cut from the sheet."""

POSES: tuple[Pose, ...] = get_args(Pose)
BACKGROUNDS: tuple[Background, ...] = get_args(Background)
ASPECT_RATIOS: tuple[AspectRatio, ...] = get_args(AspectRatio)
DEFAULT_POSE: Pose = "confident-standing"
DEFAULT_BACKGROUND: Background = "studio-grey"

FRAME_COUNT = 6
MIN_PACE, MAX_PACE = 0.5, 2.0
SECONDS_PER_CLIP = 1.5
"""How long a clip stays in the film at pace 1."""

DEFAULT_EASING = "dramatic-swoop"
_FAMILIES = ("sine", "quad", "cubic", "quart", "expo")
EASINGS: tuple[str, ...] = (
    DEFAULT_EASING,
    "linear",
    "ease",
    "ease-in",
    "ease-out",
    "ease-in-out",
    *(f"ease-in-out-{family}" for family in _FAMILIES),
)

POSE_WORDS: dict[Pose, str] = {
    "confident-standing": "standing tall, weight even, chin level, eyes to the lens",
    "seated-editorial": "seated, long lines, one arm over the knee, gaze past the lens",
    "leaning-casual": "leaning at ease on one shoulder, hands loose, half a smile",
    "editorial-drama": "a sculptural, angular pose, tension in the hands, stare into the lens",
    "relaxed-natural": "relaxed and unposed, caught between two moments",
    "street-walk": "mid-stride towards the camera, clothes in motion",
    "urban-lean": "leaning on street furniture, one foot up, looking off",
}
BACKGROUND_WORDS: dict[Background, str] = {
    "studio-grey": "a seamless mid-grey studio paper",
    "studio-white": "a seamless pure white studio paper",
    "studio-black": "a deep black studio with no visible edges",
    "industrial": "raw concrete and steel, an empty workshop",
    "warm-daylight": "a plain room with late, warm window light",
    "color-gel": "a backdrop split by two saturated coloured gels",
    "outdoor-urban": "a city street, buildings falling out of focus",
}

SHOTS: tuple[str, ...] = (
    "beauty portrait, head and shoulders, frontal",
    "high-angle three-quarter view, camera above eye level looking down",
    "low-angle full body, camera near the ground looking up",
    "side-on profile through a long lens, compressed perspective",
    "intimate close portrait from an unexpected height",
    "extreme detail: texture of fabric, skin or accessory filling the frame",
)
LOOK = (
    "Shot on Fuji Velvia with a 55 mm prime; hard on-camera flash falling off to the edges, "
    "overexposed; strong grain, oversaturated colour, shiny skin"
)
GLASSES_LOOK = "hard flash reflections on the glasses"
