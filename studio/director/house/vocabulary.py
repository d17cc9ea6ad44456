"""Every word that the tables know, so that the speller leaves it alone."""

from __future__ import annotations

from types import ModuleType

from studio.director.house.lexicon import Table
from studio.director.house.words import (
    acts,
    approval,
    brief,
    changes,
    doubt,
    joints,
    presets,
    settings,
    units,
)

_MODULES: tuple[ModuleType, ...] = (
    acts, approval, brief, changes, doubt, joints, presets, settings, units,
)  # fmt: skip


def known_words() -> frozenset[str]:
    """The folded words of all tables."""
    tables = [t for module in _MODULES for t in vars(module).values() if isinstance(t, Table)]
    return frozenset().union(*(table.vocabulary for table in tables))
