"""How long each proof takes, as a shoot runs it: its own process, default size, one core.

A hero, its contact sheet, one frame taken again, and two clips: one between related frames, one
between strangers. Each is started as a command and bound to one core where the system can do that,
because a shoot renders two clips at a time on a small machine. Processor time is what the work
costs when nothing else runs.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from sandbox.scripts import _images
from sandbox.scripts._proof import sheet

NAME = "proofs: one core, default sizes"

ROUNDS = 3
EXAMPLES = Path(__file__).parents[1] / "examples"
REFERENCES = tuple(
    word
    for name in ("portrait.png", "accessory-cup.png")
    for word in ("--reference", str(EXAMPLES / name))
)
SCENE = ("--pose", "leaning-casual", "--background", "industrial")
SEED = 1
BUDGETS = {"hero": 8, "contact-sheet": 8, "frame": 4, "clip, morph": 12, "clip, whip pan": 12}


def table() -> Table:
    """Measure, and return the table; takes about a minute."""
    shown = Table(title=NAME)
    for heading in ("proof", "wall", "processor", "budget", "file"):
        shown.add_column(heading, justify="left" if heading == "proof" else "right")
    with tempfile.TemporaryDirectory() as folder:
        for name, arguments, target in _jobs(Path(folder)):
            runs = [_timed(arguments) for _ in range(ROUNDS)]
            wall, processor = (statistics.median(column) for column in zip(*runs, strict=True))
            size = target.stat().st_size / 1e6
            budget = f"{BUDGETS[name]} s"
            shown.add_row(name, f"{wall:.1f} s", f"{processor:.1f} s", budget, f"{size:.1f} MB")
    shown.caption = f"medians of {ROUNDS}; processor time counts the encoder"
    return shown


def _jobs(home: Path) -> list[tuple[str, list[str], Path]]:
    """Name, command line and output of every proof; what they need is made first."""
    hero, contact = home / "hero.png", home / "contact-sheet.png"
    make_hero = ["proof_hero", *REFERENCES, *SCENE, "--output", str(hero)]
    make_sheet = ["proof_contact_sheet", "--hero", str(hero), *REFERENCES, *SCENE]
    make_sheet += ["--seed", str(SEED), "--output", str(contact)]
    _timed(make_hero)
    _timed(make_sheet)
    frames = _frames(home, contact)
    jobs = [("hero", make_hero, hero), ("contact-sheet", make_sheet, contact)]
    again = home / "frame-again.png"
    retake = ["proof_frame", "--frame", str(frames[2]), "--hero", str(hero), "--shot", "3"]
    jobs.append(("frame", [*retake, "--instruction", "darker", "--output", str(again)], again))
    for name, start, end in (("clip, morph", 0, 1), ("clip, whip pan", 4, 5)):
        clip = home / f"clip-{start}.mp4"
        ends = ["--start", str(frames[start]), "--end", str(frames[end])]
        jobs.append((name, ["proof_clip", *ends, "--output", str(clip)], clip))
    return jobs


def _frames(home: Path, contact: Path) -> list[Path]:
    """The six cells of the sheet, all of one size."""
    picture = _images.read(contact)
    cells = sheet.layout((picture.shape[1], picture.shape[0]), SEED)
    width, height = min(cell.width for cell in cells), min(cell.height for cell in cells)
    paths = [home / f"frame-{number}.png" for number in range(1, 7)]
    for path, cell in zip(paths, cells, strict=True):
        _images.write_png(path, picture[cell.y : cell.y + height, cell.x : cell.x + width])
    return paths


def _timed(arguments: Sequence[str]) -> tuple[float, float]:
    """Seconds by the clock and of processor time that one command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    command = [sys.executable, "-m", f"sandbox.scripts.{arguments[0]}", *arguments[1:]]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, preexec_fn=_one_core)
    wall = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
