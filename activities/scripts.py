"""From a job to the script that does it: its arguments, its inputs, and what it must leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from workflows.tasks import Job, Source

CLIP_SECONDS = 5
HERO = "hero.png"
SHEET = "contact-sheet.png"
FILM = "final/fashion-video.mp4"


@dataclass(frozen=True)
class Result:
    """One file to expect: ``file`` in the output folder, ``name`` in the shoot."""

    file: str
    name: str
    folder: str = ""
    """A folder below the take's, so that people who look there see what is what."""

    def key(self, job: Job, sha256: str) -> str:
        """Where the result is stored: another content at the same take has another key."""
        name = PurePosixPath(self.name)
        own = f"{name.stem}-{sha256[:16]}{name.suffix}"
        return str(PurePosixPath(job.folder, self.folder, own))


@dataclass(frozen=True)
class ScriptRun:
    """A script with its arguments, where ``{in}`` and ``{out}`` stand for the sandbox's folders.

    ``texts`` are inputs whose content is given here: what is too long, or too private, for argv.
    ``route`` is the sandbox's way to a provider, for scripts that have one.
    """

    script: str
    args: tuple[str, ...]
    results: tuple[Result, ...]
    inputs: Mapping[str, Source] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    route: str | None = None


def hero_result() -> Result:
    """The hero's one file."""
    return Result(HERO, HERO)


def sheet_result() -> Result:
    """The contact sheet's one file."""
    return Result(SHEET, SHEET)


def frame_result(index: int, folder: str = "") -> Result:
    """Frame ``index``, 1 to 6."""
    return Result(f"frame-{index}.png", f"frames/frame-{index}.png", folder)


def clip_result(index: int) -> Result:
    """Clip ``index``, 1 to 6."""
    return Result(f"video-{index}.mp4", f"videos/video-{index}.mp4")


def numbered(name: str, sources: Sequence[Source]) -> dict[str, Source]:
    """Inputs called ``name-1``, ``name-2`` … with the suffixes of their keys."""
    return {
        f"{name}-{number}{PurePosixPath(one.key).suffix}": one
        for number, one in enumerate(sources, start=1)
    }


def flags(flag: str, inputs: Mapping[str, Source]) -> tuple[str, ...]:
    """``flag`` before each of the inputs, as the script will see them."""
    return tuple(word for name in inputs for word in (flag, f"{{in}}/{name}"))


def seed(job: Job) -> str:
    """A seed that is the same for the same job."""
    return str(int(job.fingerprint[:8], 16) % 2**31)
