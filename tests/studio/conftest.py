"""Helpers for the tests of the shared language."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from studio.store import ArtifactStore


@pytest.fixture
def store(tmp_path: Path) -> ArtifactStore:
    """An artifact store in a folder of its own, with a blank in its path."""
    return ArtifactStore.open((tmp_path / "the store").as_uri())


@pytest.fixture
def photo() -> Callable[..., bytes]:
    """A factory of encoded photos."""

    def make(size: tuple[int, int] = (64, 48), format: str = "JPEG", **options: object) -> bytes:
        out = io.BytesIO()
        Image.new("RGB", size, (200, 40, 40)).save(out, format, **options)
        return out.getvalue()

    return make
