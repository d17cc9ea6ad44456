"""Outputs that are whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.scripts._files import replacing


def test_a_finished_file_takes_its_place(tmp_path: Path) -> None:
    """The folder is made, and holds the target alone."""
    target = tmp_path / "a" / "b" / "film.mp4"
    with replacing(target) as temporary:
        temporary.write_bytes(b"whole")
    assert target.read_bytes() == b"whole"
    assert list(target.parent.iterdir()) == [target]


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    """Neither a file nor a folder that was made for it."""
    with pytest.raises(ValueError, match="torn"), replacing(tmp_path / "a" / "b" / "film.mp4"):
        raise ValueError("torn")
    assert list(tmp_path.iterdir()) == []


def test_a_failure_keeps_what_was_there(tmp_path: Path) -> None:
    """An earlier result and its neighbours stay as they were."""
    target = tmp_path / "film.mp4"
    target.write_bytes(b"earlier")
    with pytest.raises(ValueError, match="torn"), replacing(target) as temporary:
        temporary.write_bytes(b"half")
        raise ValueError("torn")
    assert [(one, one.read_bytes()) for one in tmp_path.iterdir()] == [(target, b"earlier")]
