"""Every task becomes a command line that its script understands."""

from __future__ import annotations

import importlib

import pytest

from activities import live, local
from studio.edit import Edit
from studio.presets import EASINGS
from studio.settings import Settings
from studio.stages import Stage
from workflows.fingerprints import fingerprint
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
)

ONE = Source(key="shoots/a/one.png", sha256="0" * 64)
JPG = Source(key="uploads/x.jpg", sha256="1" * 64)
HERO = RenderHero(
    pose="street-walk",
    background="color-gel",
    styling="a coat",
    glasses=True,
    prompt="A brief",
    notes=("-- edgier", "darker"),
    references=(ONE, JPG),
)
SHEET = RenderSheet(
    pose=None,
    background="industrial",
    styling="",
    glasses=False,
    notes=(),
    hero=ONE,
    references=(JPG,),
)
FRAME = ModifyFrame(
    index=3,
    instruction="--open the jacket",
    width=840,
    height=846,
    frame=ONE,
    hero=ONE,
    references=(JPG,),
)
CLIP = RenderClip(index=6, variation=2, notes=("slower",), start=ONE, end=JPG)
LOCAL = [
    HERO,
    SHEET,
    CutFrames(sheet=ONE),
    FRAME,
    ResizeFrames(aspect_ratio="9:16", indexes=(2, 5), frames=(ONE, ONE)),
    CLIP,
    *(CutFilm(edit=Edit(easing=name, pace=1.5), clips=(ONE, JPG)) for name in EASINGS),
    CutFilm(edit=Edit(easing="cubic-bezier(0.1,-0.2,0.3,1.4)"), clips=(ONE,)),
]


def _job(task, provider):
    mark = fingerprint(task, provider)
    return Job(
        shoot_id="s",
        stage=Stage.HERO,
        take=2,
        item="item",
        provider=provider,
        task=task,
        fingerprint=mark,
        prints=(mark,),
        order=f"s.item.{mark[:12]}.1",
    )


def _parse(run, *more):
    """Let the script's own parser read the arguments."""
    module = importlib.import_module(f"sandbox.scripts.{run.script}")
    names = ("_arguments", "arguments", "_parser", "parser")
    found = [getattr(module, name) for name in names if hasattr(module, name)]
    return found[0]().parse_args([*run.args, *more])


@pytest.mark.parametrize("task", LOCAL, ids=lambda task: task.kind)
def test_local_scripts_understand(task):
    """The arguments are the script's, and every input they name is an input."""
    run = local.script_run(_job(task, "proof"), Settings())
    _parse(run)
    named = {word.removeprefix("{in}/") for word in run.args if word.startswith("{in}/")}
    assert named <= {*run.inputs, *run.texts, "frames"}
    assert run.results


@pytest.mark.parametrize("task", [HERO, SHEET, FRAME, CLIP], ids=lambda task: task.kind)
def test_words_go_by_file(task):
    """However much is said, no argument grows; the script reads it all from its file."""
    long = "wört " * 800
    field = {"instruction": long} if task is FRAME else {"notes": (long,) * 40}
    run = local.script_run(_job(task.model_copy(update=field), "proof"), Settings())
    assert max(map(len, run.args)) < 200
    assert sum(text.count("wört") for text in run.texts.values()) >= 800
    assert _parse(run).instruction_file.name in run.texts


@pytest.mark.parametrize(
    ("task", "provider"),
    [(HERO, "fal"), (SHEET, "fal"), (FRAME, "fal"), (CLIP, "fal"), (CLIP, "kling")],
    ids=lambda value: getattr(value, "kind", value),
)
def test_live_scripts_understand(task, provider):
    """The same for orders; the prompt goes by file, never by argument."""
    run = live.script_run(_job(task, provider), Settings())
    _parse(run, "--key", "k", "--go", "{out}/leave")
    assert run.route == provider
    assert run.texts[live.PROMPT]
    assert not any("edgier" in word or "jacket" in word for word in run.args)


def test_modified_frame_keeps_its_ratio():
    """A changed frame is ordered at the ratio of its cell."""
    run = live.script_run(_job(FRAME, "fal"), Settings())
    assert _parse(run, "--key", "k").aspect_ratio == "1:1"
    assert live._nearest_ratio(1920, 1080) == "16:9"


@pytest.mark.parametrize("task", LOCAL, ids=lambda task: task.kind)
def test_contents_share_no_key(task):
    """The results of another take, and another content at the same take, are stored elsewhere."""
    first = _job(task, "proof")
    second = first.model_copy(update={"take": 3})
    results = local.script_run(first, Settings()).results
    contents = ("0" * 64, "1" * 64)
    keys = {r.key(job, sha256) for r in results for job in (first, second) for sha256 in contents}
    assert len(keys) == 4 * len(results)
