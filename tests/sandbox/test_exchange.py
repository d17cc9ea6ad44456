"""Small files between the worker and a script: nothing in the script's folder is trusted."""

from __future__ import annotations

import os

import pytest

from sandbox import exchange


def test_placed_file_is_there_whole(tmp_path):
    """What is placed can be read, and replaces what was there."""
    exchange.place(tmp_path, "go", b"one")
    exchange.place(tmp_path, "go", b"two")
    assert exchange.left(tmp_path, "go") == b"two"
    assert os.listdir(tmp_path) == ["go"]


def test_links_are_replaced_not_followed(tmp_path):
    """A link laid in wait is replaced; what it pointed at is untouched."""
    (tmp_path / "out").mkdir()
    precious = tmp_path / "precious"
    precious.write_bytes(b"mine")
    (tmp_path / "out" / "go").symlink_to(precious)
    exchange.place(tmp_path / "out", "go", b"leave")
    assert precious.read_bytes() == b"mine"


@pytest.mark.parametrize("kind", ["link", "fifo", "folder", "huge"])
def test_only_small_plain_files_are_read(tmp_path, kind):
    """Links, pipes, folders and large files are as good as absent."""
    path = tmp_path / "links.json"
    match kind:
        case "link":
            path.symlink_to("/etc/hostname")
        case "fifo":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case _:
            path.write_bytes(b"x" * (exchange.MAX_BYTES + 1))
    assert exchange.left(tmp_path, "links.json") is None


@pytest.mark.parametrize("name", ["", ".lock", "../go", "a/b", "a\0b"])
def test_names_lead_nowhere(tmp_path, name):
    """Only plain names are taken."""
    with pytest.raises(ValueError, match="plain file name"):
        exchange.place(tmp_path, name, b"")
