"""Kling through fal: what an endpoint wants its frames, length and silence under."""

from __future__ import annotations

from typing import Any

from providers.fal import CLIPS, version


def arguments(model: str, start: str, end: str, prompt: str, seconds: int) -> dict[str, Any]:
    """What to send to ``model``; ``start`` and ``end`` are links."""
    clip = CLIPS[version(model)]
    body: dict[str, Any] = {
        "prompt": prompt,
        clip.start: start,
        clip.end: end,
        "duration": str(seconds),
    }
    if clip.sound:
        body["generate_audio"] = False
    return body
