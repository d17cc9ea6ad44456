"""Fingerprints stay as they are when models grow, and find work that earlier releases made."""

from __future__ import annotations

import typing

import pytest
from pydantic import BaseModel

from studio.edit import Edit
from workflows.fingerprints import DETERMINING, fingerprint, fingerprints
from workflows.tasks import (
    CutFilm,
    CutFrames,
    ModifyFrame,
    RenderClip,
    RenderHero,
    RenderSheet,
    ResizeFrames,
    Source,
    Task,
)

ONE = Source(key="uploads/one.png", sha256="1" * 64)
TWO = Source(key="uploads/two.png", sha256="2" * 64)
SET_UP = {"pose": "seated-editorial", "background": "industrial", "styling": "linen"}
RESIZE = ResizeFrames(aspect_ratio="9:16", indexes=(1,), frames=(ONE,), proofs=True)
KNOWN = {
    "a310697ac2e077ea": RenderHero(
        **SET_UP | {"styling": "x"}, glasses=True, prompt="p", notes=("a",), references=(ONE, TWO)
    ),
    "f6b5492debe9e110": RenderSheet(
        pose=None, background=None, styling="", glasses=False, notes=(), hero=ONE, references=()
    ),
    "dc829e5fad28b119": CutFrames(sheet=ONE),
    "a8a04b0cf27a5956": ModifyFrame(
        index=1, instruction="i", width=1, height=2, frame=ONE, hero=TWO, references=(ONE,)
    ),
    "90f2299dbba9aef6": RESIZE,
    "cf2177af4fe3f32d": RenderClip(index=1, variation=0, notes=(), start=ONE, end=TWO),
    "eafb68502147bb6c": CutFilm(edit=Edit(pace=1.5), clips=(ONE, TWO)),
}
"""The beginnings of fingerprints as 0.1.0 makes them."""


@pytest.mark.parametrize(("known", "task"), KNOWN.items(), ids=lambda one: getattr(one, "kind", ""))
def test_released_fingerprints_stay(known, task):
    """The fingerprints of tasks that shoots under way hold are the ones they were."""
    assert any(one.startswith(known) for one in fingerprints(task, "proof"))


@pytest.mark.parametrize("task", KNOWN.values(), ids=lambda task: task.kind)
def test_unlisted_field_changes_nothing(task):
    """A field that a later release adds is not in the list, and changes no fingerprint."""

    class Grown(type(task)):
        added: int = 3

    grown = Grown.model_validate(task.model_dump())
    assert fingerprints(grown, "proof", "salt") == fingerprints(task, "proof", "salt")


def test_unlisted_field_of_an_edit_changes_nothing():
    """Fields of the models inside a task are listed, too."""

    class GrownEdit(Edit):
        grain: bool = True

    film = CutFilm(edit=Edit(), clips=(ONE,))
    assert fingerprint(film.model_copy(update={"edit": GrownEdit()}), "proof") == fingerprint(
        film, "proof"
    )


def test_every_field_is_decided_on():
    """Whoever adds a field to a task lists it in a new version, or names it here as irrelevant."""
    irrelevant = {"key"}
    for model in typing.get_args(typing.get_args(Task)[0]):
        kind = model.model_fields["kind"].default
        listed = {path.replace("*.", "") for path in DETERMINING[kind][-1]}
        assert {
            path for path in _paths(model) if path.rpartition(".")[2] not in irrelevant
        } == listed


def _paths(model, before=""):
    """The paths of a model's fields in its JSON, and in those of the models in it."""
    for name, field in model.model_fields.items():
        path = before + (field.alias or name)
        inner = [one for one in (field.annotation, *typing.get_args(field.annotation)) if _is(one)]
        if inner:
            yield from _paths(inner[0], f"{path}.")
        else:
            yield path


def _is(annotation):
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


@pytest.mark.parametrize("task", KNOWN.values(), ids=lambda task: task.kind)
def test_address_changes_nothing(task):
    """The same content under another key is the same input; other content is another."""
    moved = type(task).model_validate_json(task.model_dump_json().replace("uploads/", "elsewhere/"))
    other = type(task).model_validate_json(task.model_dump_json().replace("1" * 64, "3" * 64))
    assert fingerprint(moved, "proof") == fingerprint(task, "proof") != fingerprint(other, "proof")


def test_who_renders_and_the_salt_count():
    """Another provider's, or another take's, result is not the same result."""
    marks = {fingerprint(RESIZE, who, salt) for who in ("proof", "fal") for salt in ("", "hero/2")}
    assert len(marks) == 4


def test_each_version_hashes_by_itself():
    """What 0.1.0 made before frames were marked as proofs is found, and is not what is made now."""
    new, old = fingerprints(RESIZE, "proof")
    plain = RESIZE.model_copy(update={"proofs": False})
    assert new != old
    assert fingerprints(plain, "proof")[1] == old
    assert fingerprint(plain, "proof") != new
