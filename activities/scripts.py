"""From a job to the script that does it: its arguments, its inputs, and what it must leave."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import singledispatch
from pathlib import PurePosixPath

from studio.edit import bezier_of
from studio.presets import FRAME_COUNT
from workflows.tasks import (
    CutFilm,
    CutFrames,
    Job,
    ModifyFrame,
    RenderClip,
    RenderHero,
    RenderSheet,
    ResizeFrames,
    Source,
    Task,
)

CLIP_SECONDS = 5
CLIP_RATE = 24
FILM_RATE = 60
HERO = "hero.png"
SHEET = "contact-sheet.png"
FILM = "final/fashion-video.mp4"


@dataclass(frozen=True)
class Result:
    """One file to expect: ``file`` in the output folder, ``name`` in the shoot."""

    file: str
    name: str
    folder: str = ""
    """A folder below the take's, where a plain name would be taken already."""

    def key(self, job: Job) -> str:
        """Where the result is stored."""
        return str(PurePosixPath(job.folder, self.folder, PurePosixPath(self.name).name))


@dataclass(frozen=True)
class ScriptRun:
    """A script with its arguments, where ``{in}`` and ``{out}`` stand for the sandbox's folders."""

    script: str
    args: tuple[str, ...]
    results: tuple[Result, ...]
    inputs: dict[str, Source] = field(default_factory=dict)


def frame_name(index: int) -> str:
    """A frame's name in the shoot."""
    return f"frames/frame-{index}.png"


def clip_name(index: int) -> str:
    """A clip's name in the shoot."""
    return f"videos/video-{index}.mp4"


def script_run(job: Job, proof_width: int) -> ScriptRun:
    """The script that does ``job``. ``proof_width`` is the width of proof pictures in pixels."""
    return _script(job.task, job, proof_width)


@singledispatch
def _script(task: Task, job: Job, width: int) -> ScriptRun:
    raise TypeError(f"there is no script for {task.kind!r}")


@_script.register
def _hero(task: RenderHero, job: Job, width: int) -> ScriptRun:
    inputs = _numbered("reference", task.references)
    return ScriptRun(
        "proof_hero",
        (
            *_flags("--reference", inputs),
            *("--pose", task.pose, "--background", task.background),
            *_instruction(task.notes),
            *("--take", str(job.take), "--seed", _seed(job), "--size", _size(width)),
            *("--output", f"{{out}}/{HERO}"),
        ),
        (Result(HERO, HERO),),
        inputs,
    )


@_script.register
def _sheet(task: RenderSheet, job: Job, width: int) -> ScriptRun:
    references = _numbered("reference", task.references)
    set_up = [("--pose", task.pose), ("--background", task.background)]
    return ScriptRun(
        "proof_contact_sheet",
        (
            *("--hero", "{in}/hero.png"),
            *_flags("--reference", references),
            *(word for flag, value in set_up if value for word in (flag, value)),
            *_instruction(task.notes),
            *("--seed", _seed(job), "--size", _size(width), "--output", f"{{out}}/{SHEET}"),
        ),
        (Result(SHEET, SHEET),),
        {"hero.png": task.hero, **references},
    )


@_script.register
def _frames(task: CutFrames, job: Job, width: int) -> ScriptRun:
    return ScriptRun(
        "crop_frames",
        ("--input", "{in}/sheet.png", "--output-dir", "{out}"),
        tuple(Result(f"frame-{n}.png", frame_name(n)) for n in range(1, FRAME_COUNT + 1)),
        {"sheet.png": task.sheet},
    )


@_script.register
def _frame(task: ModifyFrame, job: Job, width: int) -> ScriptRun:
    references = _numbered("reference", task.references)
    return ScriptRun(
        "proof_frame",
        (
            *("--frame", "{in}/frame.png", "--hero", "{in}/hero.png"),
            *_flags("--reference", references),
            *("--shot", str(task.index), "--instruction", task.instruction),
            *("--seed", _seed(job), "--output", f"{{out}}/frame-{task.index}.png"),
        ),
        (Result(f"frame-{task.index}.png", frame_name(task.index)),),
        {"frame.png": task.frame, "hero.png": task.hero, **references},
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
        ),
        tuple(Result(f"frame-{n}.png", frame_name(n), folder) for n, _ in pairs),
        {f"frames/frame-{n}.png": frame for n, frame in pairs},
    )


@_script.register
def _clip(task: RenderClip, job: Job, width: int) -> ScriptRun:
    file = f"video-{task.index}.mp4"
    return ScriptRun(
        "proof_clip",
        (
            *("--start", "{in}/start.png", "--end", "{in}/end.png"),
            *("--seconds", str(CLIP_SECONDS), "--fps", str(CLIP_RATE)),
            *_instruction(task.notes),
            *("--seed", _seed(job), "--long-side", str(min(1280, width // 2))),
            *("--output", f"{{out}}/{file}"),
        ),
        (Result(file, clip_name(task.index)),),
        {"start.png": task.start, "end.png": task.end},
    )


@_script.register
def _film(task: CutFilm, job: Job, width: int) -> ScriptRun:
    clips = _numbered("clip", task.clips)
    bezier = bezier_of(task.edit.easing)
    easing = (
        ("--easing", task.edit.easing)
        if bezier is None
        else (f"--bezier={','.join(f'{number:g}' for number in bezier)}",)
    )
    return ScriptRun(
        "stitch_clips",
        (
            *_flags("--clip", clips),
            *("--clip-seconds", f"{task.edit.clip_seconds:.6g}", "--fps", str(FILM_RATE)),
            *easing,
            *("--output", "{out}/fashion-video.mp4"),
        ),
        (Result("fashion-video.mp4", FILM),),
        clips,
    )


def _numbered(name: str, sources: tuple[Source, ...]) -> dict[str, Source]:
    """Inputs called ``name-1``, ``name-2`` … with the suffixes of their keys."""
    return {
        f"{name}-{number}{PurePosixPath(one.key).suffix}": one
        for number, one in enumerate(sources, start=1)
    }


def _flags(flag: str, inputs: dict[str, Source]) -> tuple[str, ...]:
    return tuple(word for name in inputs for word in (flag, f"{{in}}/{name}"))


def _instruction(notes: tuple[str, ...]) -> tuple[str, ...]:
    return (f"--instruction={'. '.join(notes)}",) if notes else ()


def _seed(job: Job) -> str:
    return str(int(job.fingerprint[:8], 16) % 2**31)


def _size(width: int) -> str:
    """3:2, in even pixels; 2528 wide gives 2528×1696, the size of the real model's pictures."""
    height = 1696 if width == 2528 else round(width / 3) * 2
    return f"{width}x{height}"
