"""What the wheel holds is what the image is built from, and what is type-checked."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PACKAGES = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_reaches_the_image(package: str) -> None:
    """It is let into the build and copied there; one that is missed fails only when deployed."""
    assert f"!{package}" in (ROOT / ".dockerignore").read_text().splitlines()
    assert f"COPY {package} {package}" in (ROOT / "Dockerfile").read_text().splitlines()


def test_every_package_is_type_checked() -> None:
    """The list of the type checker is the wheel's."""
    assert sorted(PYPROJECT["tool"]["mypy"]["packages"]) == sorted(PACKAGES)
