"""Turns of phrase for what the director says about a brief."""

from __future__ import annotations

from studio.presets import Background, Pose

POSE: dict[Pose, str] = {
    "confident-standing": "standing tall, chin level, eyes straight into the lens",
    "seated-editorial": "seated, long lines, one arm over the knee, the gaze past the lens",
    "leaning-casual": "leaning at ease on one shoulder, hands loose, half a smile",
    "editorial-drama": "a sculptural, angular pose, tension in the hands, a stare into the lens",
    "relaxed-natural": "relaxed and unposed, caught between two moments",
    "street-walk": "mid-stride towards the camera, clothes in motion",
    "urban-lean": "leaning on the street's own furniture, one foot up, looking off",
}
PLACE: dict[Background, str] = {
    "studio-grey": "on seamless mid-grey paper",
    "studio-white": "on seamless pure white",
    "studio-black": "in a deep black studio with no edge to be seen",
    "industrial": "among raw concrete and steel",
    "warm-daylight": "in a plain room with late, warm window light",
    "color-gel": "against a backdrop split by two saturated gels",
    "outdoor-urban": "on a city street, the buildings falling out of focus",
}
RATIO = {
    "9:16": "upright, 9:16",
    "16:9": "wide, 16:9",
    "1:1": "square",
}
