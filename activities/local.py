"""Scripts that run on this machine: the proofs, the cutting of frames, the film."""

from __future__ import annotations

from functools import singledispatch

from activities.scripts import (
    CLIP_SECONDS,
    FILM,
    HERO,
    SHEET,
    Result,
    ScriptRun,
    clip_result,
    flags,
    frame_result,
    hero_result,
    numbered,
    seed,
    sheet_result,
)
from studio.edit import bezier_of
from studio.presets import FRAME_COUNT
from studio.settings import Settings
from workflows.tasks import (
    CutFilm,
    CutFrames,
    Job,
    ModifyFrame,
    RenderClip,
    RenderHero,
    RenderSheet,
    ResizeFrames,
    Task,
)

CLIP_RATE = 24
FILM_RATE = 60
MODEL_SIZE = (2528, 1696)
"""What the image model makes at 3:2 and 2K; proofs have the same size by default."""
_WORDS = "instruction.txt"
_INSTRUCTION = ("--instruction-file", f"{{in}}/{_WORDS}")
"""Words go by file: one argument has at most 128 KiB, and all of them are seen in the list of
processes."""


def script_run(job: Job, settings: Settings) -> ScriptRun:
    """The local script for ``job``."""
    return _script(job.task, job, settings.proof_width)


@singledispatch
def _script(task: Task, job: Job, width: int) -> ScriptRun:
    raise TypeError(f"no local script does {task.kind!r}")


@_script.register
def _hero(task: RenderHero, job: Job, width: int) -> ScriptRun:
    inputs = numbered("reference", task.references)
    return ScriptRun(
        "proof_hero",
        (
            *flags("--reference", inputs),
            *("--pose", task.pose, "--background", task.background),
            *_INSTRUCTION,
            *("--take", str(job.take), "--seed", seed(job), "--size", _size(width)),
            *("--output", f"{{out}}/{HERO}"),
        ),
        (hero_result(),),
        inputs,
        _words(task.notes),
    )


@_script.register
def _sheet(task: RenderSheet, job: Job, width: int) -> ScriptRun:
    references = numbered("reference", task.references)
    set_up = [("--pose", task.pose), ("--background", task.background)]
    return ScriptRun(
        "proof_contact_sheet",
        (
            *("--hero", "{in}/hero.png"),
            *flags("--reference", references),
            *(word for flag, value in set_up if value for word in (flag, value)),
            *_INSTRUCTION,
            *("--seed", seed(job), "--size", _size(width), "--output", f"{{out}}/{SHEET}"),
        ),
        (sheet_result(),),
        {"hero.png": task.hero, **references},
        _words(task.notes),
    )


@_script.register
def _frames(task: CutFrames, job: Job, width: int) -> ScriptRun:
    return ScriptRun(
        "crop_frames",
        ("--input", "{in}/sheet.png", "--output-dir", "{out}"),
        tuple(frame_result(n) for n in range(1, FRAME_COUNT + 1)),
        {"sheet.png": task.sheet},
    )


@_script.register
def _frame(task: ModifyFrame, job: Job, width: int) -> ScriptRun:
    references = numbered("reference", task.references)
    return ScriptRun(
        "proof_frame",
        (
            *("--frame", "{in}/frame.png", "--hero", "{in}/hero.png"),
            *flags("--reference", references),
            *("--shot", str(task.index), *_INSTRUCTION),
            *("--seed", seed(job), "--output", f"{{out}}/frame-{task.index}.png"),
        ),
        (frame_result(task.index),),
        {"frame.png": task.frame, "hero.png": task.hero, **references},
        _words((task.instruction,)),
    )


@_script.register
def _resized(task: ResizeFrames, job: Job, width: int) -> ScriptRun:
    folder = task.aspect_ratio.replace(":", "x")
    pairs = list(zip(task.indexes, task.frames, strict=True))
    return ScriptRun(
        "resize_frames",
        (
            *("--input-dir", "{in}/frames", "--output-dir", "{out}"),
            *("--aspect-ratio", task.aspect_ratio),
            *(("--proof",) if task.proofs else ()),
        ),
        tuple(frame_result(n, folder) for n, _ in pairs),
        {f"frames/frame-{n}.png": frame for n, frame in pairs},
    )


@_script.register
def _clip(task: RenderClip, job: Job, width: int) -> ScriptRun:
    return ScriptRun(
        "proof_clip",
        (
            *("--start", "{in}/start.png", "--end", "{in}/end.png"),
            *("--seconds", str(CLIP_SECONDS), "--fps", str(CLIP_RATE)),
            *_INSTRUCTION,
            *("--seed", seed(job), "--long-side", str(min(1280, width // 2))),
            *("--output", f"{{out}}/video-{task.index}.mp4"),
        ),
        (clip_result(task.index),),
        {"start.png": task.start, "end.png": task.end},
        _words(task.notes),
    )


@_script.register
def _film(task: CutFilm, job: Job, width: int) -> ScriptRun:
    clips = numbered("clip", task.clips)
    bezier = bezier_of(task.edit.easing)
    easing = (
        ("--easing", task.edit.easing)
        if bezier is None
        else (f"--bezier={','.join(f'{number:g}' for number in bezier)}",)
    )
    return ScriptRun(
        "stitch_clips",
        (
            *flags("--clip", clips),
            *("--clip-seconds", f"{task.edit.clip_seconds:.6g}", "--fps", str(FILM_RATE)),
            *easing,
            *("--output", "{out}/fashion-video.mp4"),
        ),
        (Result("fashion-video.mp4", FILM),),
        clips,
    )


def _words(notes: tuple[str, ...]) -> dict[str, str]:
    return {_WORDS: ". ".join(notes)}


def _size(width: int) -> str:
    """3:2, in even pixels."""
    height = MODEL_SIZE[1] if width == MODEL_SIZE[0] else round(width / 3) * 2
    return f"{width}x{height}"
