"""Notes: what was said of a take, kept once however many takes follow from it.

A recipe holds every note that led to it, so twenty revisions would keep the first one twenty
times. In the state's takes the recipes only name their notes, by a mark of their content, and the
state has each text once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TypeVar

from studio.takes import ClipsRecipe, FramesRecipe, HeroRecipe, Recipe, SheetRecipe, Slot

MAX_PROMPT = 16_000
"""Characters of notes that go into one prompt: the latest count most."""
MAX_TABLE = 700_000
"""Bytes of notes in a state. What no longer fits is shortened; the event log has all of it."""
EXCERPT = 200

Noted = TypeVar("Noted", HeroRecipe, SheetRecipe, Slot)


def latest(notes: tuple[str, ...]) -> tuple[str, ...]:
    """The notes that fit a prompt: the last one, and as many before it as there is room for."""
    kept: list[str] = []
    room = MAX_PROMPT
    for note in reversed(notes):
        room -= len(note)
        if kept and room < 0:
            break
        kept.append(note)
    return tuple(reversed(kept))


def packed(recipe: Recipe) -> tuple[Recipe, dict[str, str]]:
    """The recipe with its notes named, and the texts by those names."""
    texts: dict[str, str] = {}

    def pack(noted: Noted) -> Noted:
        texts.update((_mark(note), note) for note in noted.notes)
        said = (*noted.said, *map(_mark, noted.notes))
        return noted.model_copy(update={"notes": (), "said": said})

    match recipe:
        case HeroRecipe(notes=(_, *_)):
            recipe = pack(recipe)
        case SheetRecipe(notes=(_, *_)):
            recipe = pack(recipe)
        case FramesRecipe(instruction=str(words)):
            texts[_mark(words)] = words
            recipe = recipe.model_copy(update={"instruction": None, "said": (_mark(words),)})
        case ClipsRecipe(slots=slots) if any(slot.notes for slot in slots):
            recipe = recipe.model_copy(update={"slots": tuple(map(pack, slots))})
    return recipe, texts


def unpacked(recipe: Recipe, texts: Mapping[str, str]) -> Recipe:
    """The recipe with its notes in words."""

    def unpack(noted: Noted) -> Noted:
        notes = (*(texts[mark] for mark in noted.said), *noted.notes)
        return noted.model_copy(update={"notes": notes, "said": ()})

    match recipe:
        case HeroRecipe(said=(_, *_)):
            recipe = unpack(recipe)
        case SheetRecipe(said=(_, *_)):
            recipe = unpack(recipe)
        case FramesRecipe(said=(mark,)):
            recipe = recipe.model_copy(update={"instruction": texts[mark], "said": ()})
        case ClipsRecipe(slots=slots) if any(slot.said for slot in slots):
            recipe = recipe.model_copy(update={"slots": tuple(map(unpack, slots))})
    return recipe


def named(recipe: Recipe) -> tuple[str, ...]:
    """The marks that a packed recipe needs."""
    match recipe:
        case HeroRecipe(said=said) | SheetRecipe(said=said) | FramesRecipe(said=said):
            return said
        case ClipsRecipe(slots=slots):
            return tuple(mark for slot in slots for mark in slot.said)
        case _:
            return ()


def bounded(texts: Mapping[str, str], whole: Iterable[str]) -> dict[str, str]:
    """The texts within ``MAX_TABLE``, the oldest shortened first, those in ``whole`` never."""
    kept, held = dict(texts), set(whole)
    over = sum(len(text.encode()) for text in kept.values()) - MAX_TABLE
    for mark, text in texts.items():
        if over <= 0:
            break
        if mark not in held and len(text) > EXCERPT:
            kept[mark] = f"{text[:EXCERPT]}…"
            over -= len(text.encode()) - len(kept[mark].encode())
    return kept


def _mark(note: str) -> str:
    return hashlib.sha256(note.encode()).hexdigest()[:12]
