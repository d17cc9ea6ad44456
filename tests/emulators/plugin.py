"""Fixtures: stand-ins for the providers, and scripts run against them.

Load them with ``pytest_plugins = ("tests.emulators.plugin",)``.

``providers.env`` is the environment to add to a process's own; ``providers.fal``, ``.kling`` and
``.anthropic`` have ``submissions``, ``calls``, ``complaints`` and ``fail_next(route, fault)``.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.emulators.scripts import Script
from tests.emulators.service import Emulators, running


@pytest.fixture(scope="session")
def _emulators(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulators]:
    with running(tmp_path_factory.mktemp("emulators")) as emulators:
        yield emulators


@pytest.fixture
def providers(_emulators: Emulators) -> Iterator[Emulators]:
    """fal, Kling and Anthropic as if they were there, with nothing bought yet."""
    _emulators.reset()
    yield _emulators
    _emulators.reset()


@pytest.fixture
def script(providers: Emulators) -> Script:
    """Run a script of the sandbox by its name; change ``env`` before that if need be."""
    return Script(providers)
