"""Seeds: the same for the same inputs, and for nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.scripts._command import ScriptError
from sandbox.scripts._proof import seeds


def test_content_decides(tmp_path: Path) -> None:
    """A copied file gives the same seed; another content, or another word, does not."""
    for name, content in (("a", b"1"), ("b", b"1"), ("c", b"2")):
        (tmp_path / name).write_bytes(content)
    one, copy, other = (seeds.derive([tmp_path / name], ["x"]) for name in "abc")
    assert one == copy != other
    assert seeds.derive([tmp_path / "a"], ["y"]) != one


def test_streams_are_apart() -> None:
    """A stream repeats itself, and differs from those of other names."""
    assert seeds.stream(1, "grain").random() == seeds.stream(1, "grain").random()
    assert seeds.stream(1, "grain").random() != seeds.stream(1, "set").random()


def test_missing_file(tmp_path: Path) -> None:
    """A file that cannot be read is named."""
    with pytest.raises(ScriptError, match=r"gone\.png"):
        seeds.derive([tmp_path / "gone.png"], [])
