"""Fingerprints: a hash of what determines the content of a task's results.

The workflow branches on them (what is made is not made again), and they live as long as shoots do:
in histories, states, manifests and order keys. So they are made of a named list of fields per kind
of task, never of the whole model: a field that is not listed changes no fingerprint. A list that
has been released never changes; what newly determines the content gets a new list at the end, and
the ones before it stay, so that work of earlier releases is still found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from workflows.tasks import Task

Fields = tuple[str, ...]

_PICTURE = ("kind", "styling", "glasses", "notes", "pose", "background", "references.*.sha256")
_RESIZE = ("kind", "aspectRatio", "indexes", "frames.*.sha256")

DETERMINING: Mapping[str, tuple[Fields, ...]] = {
    "render-hero": ((*_PICTURE, "prompt"),),
    "render-contact-sheet": ((*_PICTURE, "hero.sha256"),),
    "cut-frames": (("kind", "sheet.sha256"),),
    "modify-frame": (
        (
            "kind",
            "index",
            "instruction",
            "width",
            "height",
            "frame.sha256",
            "hero.sha256",
            "references.*.sha256",
        ),
    ),
    "resize-frames": (_RESIZE, (*_RESIZE, "proofs")),
    "render-clip": (("kind", "index", "variation", "notes", "start.sha256", "end.sha256"),),
    "cut-film": (("kind", "edit.loop", "edit.pace", "edit.easing", "clips.*.sha256"),),
}
"""What determines the content, by kind of task: one list per version, oldest first.

A path names fields as the JSON does, and leads into each item of a list by ``*``."""

_UNNUMBERED = {"resize-frames": 2}
"""How many versions of a kind, one where it is not named, came before versions were numbered: their
hash has no number, because shoots made by them are under way."""


def fingerprints(task: Task, provider: str, salt: str = "") -> tuple[str, ...]:
    """The task's fingerprints by every version, newest first: work is found by any of them.

    ``salt`` separates requests that must not share a result although nothing differs.
    """
    content = task.model_dump(mode="json")
    marks = []
    for version, paths in enumerate(DETERMINING[task.kind], start=1):
        chosen = json.dumps(
            _only(content, [tuple(path.split(".")) for path in paths]), sort_keys=True
        )
        number = f"{version}\n" if version > _UNNUMBERED.get(task.kind, 1) else ""
        marks.append(hashlib.sha256(f"{number}{provider}\n{salt}\n{chosen}".encode()).hexdigest())
    return tuple(reversed(marks))


def fingerprint(task: Task, provider: str, salt: str = "") -> str:
    """The fingerprint that new work is given: a hash of what determines it, and of who renders."""
    return fingerprints(task, provider, salt)[0]


def _only(value: Any, paths: Sequence[tuple[str, ...]]) -> Any:
    """The value with nothing but what the paths lead to."""
    if value is None or () in paths:
        return value
    if isinstance(value, list):
        return [_only(item, [path[1:] for path in paths]) for item in value]
    heads = dict.fromkeys(path[0] for path in paths)
    return {
        head: _only(value[head], [path[1:] for path in paths if path[0] == head]) for head in heads
    }
