"""Prompt templates: what the image and video models are told, built from a direction.

Plain functions of plain values. The look and the six shots are always the same; what varies is
the person's brief, the set-up and what was said since.
"""

from __future__ import annotations

from collections.abc import Sequence

from studio.presets import (
    BACKGROUND_WORDS,
    FRAME_COUNT,
    GLASSES_LOOK,
    LOOK,
    POSE_WORDS,
    SHOTS,
    Background,
    Pose,
)

KEEP_PERSON = (
    "Keep the person of the first reference exactly: face, hair, skin tone, age and build. "
    "Dress them in the garments and accessories of the references, true in cut, fabric, colour "
    "and detail; invent no logo and no text."
)
NO_EXTRAS = "One person only. No text, no watermark, no border, no collage."

_MOVES = (
    "the camera drifts up and around to a three-quarter view from above",
    "the camera sinks to the floor and looks up at the full figure",
    "the camera circles to the side until the profile is reached",
    "the camera glides in, close and from an unusual height",
    "the camera pushes in until a single detail fills the frame",
    "the camera pulls back from the detail to the frontal portrait",
)


def hero_prompt(
    brief: str,
    pose: Pose,
    background: Background,
    *,
    styling: str = "",
    glasses: bool = False,
    notes: Sequence[str] = (),
    references: int = 0,
) -> str:
    """The prompt for the hero. ``references`` is how many photos go with it."""
    return _join(
        f"Fashion editorial photograph. {_sentence(brief)}",
        f"Pose: {POSE_WORDS[pose]}.",
        f"Background: {BACKGROUND_WORDS[background]}.",
        f"Styling: {_sentence(styling)}" if styling else "",
        KEEP_PERSON if references else "",
        look(glasses=glasses),
        _changes(notes),
        NO_EXTRAS,
    )


def sheet_prompt(
    pose: Pose | None,
    background: Background | None,
    *,
    styling: str = "",
    glasses: bool = False,
    notes: Sequence[str] = (),
) -> str:
    """The prompt for the contact sheet; the hero is its first reference."""
    shots = " ".join(f"{number}. {shot}." for number, shot in enumerate(SHOTS, start=1))
    return _join(
        "A photographer's contact sheet: one picture, a grid of 2 rows and 3 columns, six "
        "separate photographs of equal size with thin white gutters between them.",
        "Every frame shows the person of the first reference in the same clothes, the same light "
        f"and the same place. In reading order: {shots}",
        f"Pose: {POSE_WORDS[pose]}." if pose else "",
        f"Background: {BACKGROUND_WORDS[background]}." if background else "",
        f"Styling: {_sentence(styling)}" if styling else "",
        look(glasses=glasses),
        _changes(notes),
        "No text, no numbers, no watermark.",
    )


def frame_prompt(index: int, instruction: str, *, glasses: bool = False) -> str:
    """The prompt that changes frame ``index`` (1 to 6); the frame is its first reference."""
    _require(index)
    return _join(
        f"Edit the first reference, a fashion photograph ({SHOTS[index - 1]}): "
        f"{_sentence(instruction)}",
        "Change only what is asked for. Keep the person, the framing, the angle, the light and "
        "everything else exactly as they are; the second reference shows the same person.",
        look(glasses=glasses),
        NO_EXTRAS,
    )


def clip_prompt(index: int, notes: Sequence[str] = ()) -> str:
    """The prompt for clip ``index``, from frame ``index`` to the next (6 leads back to 1)."""
    _require(index)
    begin, end = SHOTS[index - 1], SHOTS[index % FRAME_COUNT]
    return _join(
        f"One continuous fashion film shot, no cut: it begins on the first frame ({begin}) and "
        f"{_MOVES[index - 1]}, ending on the last frame ({end}).",
        "The person holds the pose, alive: breath, a blink, fabric and hair in a light draught. "
        "Steady, deliberate camera; hard flash look throughout; nobody else enters.",
        _changes(notes),
    )


CLIP_AVOID = "cuts, cross-fades, morphing faces, extra limbs, extra people, text, watermark, blur"
"""What a clip must not show: the negative prompt."""


def look(*, glasses: bool = False) -> str:
    """The house look as a sentence."""
    return f"{LOOK}; {GLASSES_LOOK}." if glasses else f"{LOOK}."


def _require(index: int) -> None:
    if not 1 <= index <= FRAME_COUNT:
        raise ValueError(f"there is no frame {index}: they are numbered 1 to {FRAME_COUNT}")


def _changes(notes: Sequence[str]) -> str:
    said = " ".join(_sentence(note) for note in notes)
    return f"The director asks, latest last and most important: {said}" if said else ""


def _sentence(text: str) -> str:
    flat = " ".join(text.split())
    return flat if flat.endswith((".", "!", "?")) else f"{flat}."


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)
