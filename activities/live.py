"""Scripts that order from a provider: pictures at fal, clips at Kling or at fal."""

from __future__ import annotations

import math
from functools import singledispatch

from activities.scripts import (
    CLIP_SECONDS,
    HERO,
    SHEET,
    ScriptRun,
    clip_result,
    flags,
    frame_result,
    hero_result,
    numbered,
    sheet_result,
)
from providers.fal import RATIOS, SHEET_RATIO
from studio.prompts import clip_prompt, frame_prompt, hero_prompt, sheet_prompt
from studio.settings import Settings
from workflows.tasks import Job, ModifyFrame, RenderClip, RenderHero, RenderSheet, Source, Task

PROMPT = "prompt.txt"


def script_run(job: Job, settings: Settings) -> ScriptRun:
    """The live script for ``job``. The order's key and its links are added by who buys."""
    return _script(job.task, job, settings)


@singledispatch
def _script(task: Task, job: Job, settings: Settings) -> ScriptRun:
    raise TypeError(f"no live script does {task.kind!r}")


@_script.register
def _hero(task: RenderHero, job: Job, settings: Settings) -> ScriptRun:
    prompt = hero_prompt(
        task.prompt,
        task.pose,
        task.background,
        styling=task.styling,
        glasses=task.glasses,
        notes=task.notes,
        references=len(task.references),
    )
    references = numbered("reference", task.references)
    args = _image(settings, references, SHEET_RATIO, HERO)
    return ScriptRun("generate_image", args, (hero_result(),), references, {PROMPT: prompt}, "fal")


@_script.register
def _sheet(task: RenderSheet, job: Job, settings: Settings) -> ScriptRun:
    prompt = sheet_prompt(
        task.pose,
        task.background,
        styling=task.styling,
        glasses=task.glasses,
        notes=task.notes,
    )
    inputs = numbered("reference", (task.hero, *task.references))
    args = _image(settings, inputs, SHEET_RATIO, SHEET)
    return ScriptRun("generate_image", args, (sheet_result(),), inputs, {PROMPT: prompt}, "fal")


@_script.register
def _frame(task: ModifyFrame, job: Job, settings: Settings) -> ScriptRun:
    prompt = frame_prompt(task.index, task.instruction)
    inputs = numbered("reference", (task.frame, task.hero, *task.references))
    result = frame_result(task.index)
    args = _image(settings, inputs, _nearest_ratio(task.width, task.height), result.file)
    return ScriptRun("generate_image", args, (result,), inputs, {PROMPT: prompt}, "fal")


@_script.register
def _clip(task: RenderClip, job: Job, settings: Settings) -> ScriptRun:
    result = clip_result(task.index)
    kling = ("--mode", settings.kling_mode, "--kling-host", settings.kling_host)
    model = settings.kling_model if job.provider == "kling" else settings.fal_video_model
    return ScriptRun(
        "generate_video",
        (
            *("--start", "{in}/start.png", "--end", "{in}/end.png"),
            *("--prompt-file", f"{{in}}/{PROMPT}", "--seconds", str(CLIP_SECONDS)),
            *("--provider", job.provider, "--model", model),
            *(kling if job.provider == "kling" else ()),
            *("--output", f"{{out}}/{result.file}"),
        ),
        (result,),
        {"start.png": task.start, "end.png": task.end},
        {PROMPT: clip_prompt(task.index, task.notes)},
        job.provider,
    )


def _image(
    settings: Settings, references: dict[str, Source], ratio: str, file: str
) -> tuple[str, ...]:
    return (
        *flags("--reference", references),
        *("--prompt-file", f"{{in}}/{PROMPT}", "--aspect-ratio", ratio),
        *("--resolution", settings.image_resolution, "--model", settings.image_model),
        *("--output", f"{{out}}/{file}"),
    )


def _nearest_ratio(width: int, height: int) -> str:
    """The model's ratio that is closest to a frame's own."""

    def distance(ratio: str) -> float:
        across, down = map(int, ratio.split(":"))
        return abs(math.log(width / height) - math.log(across / down))

    return min(RATIOS, key=distance)
