"""Folders: fresh for each run, swept when their owner is gone, deleted whatever is in them."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sandbox import layout


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """The folder of one shoot."""
    return layout.session_folder(tmp_path, "shoot")


@pytest.mark.parametrize("value", ["", ".", "..", "a/b", ".x", "a\0b", "x" * 129, "a b", "é"])
def test_id_that_is_no_folder_name_is_refused(tmp_path: Path, value: str) -> None:
    """The rule is in the message."""
    with pytest.raises(ValueError, match="cannot name a folder"):
        layout.session_folder(tmp_path, value)


def test_session_folder_is_get_or_create(tmp_path: Path) -> None:
    """A second time is the same folder, with what is in it."""
    folder = layout.session_folder(tmp_path, "shoot")
    (folder / "left").write_text("x")

    assert layout.session_folder(tmp_path, "shoot") == folder
    assert (folder / "left").exists()


def test_runs_of_one_id_are_apart(session: Path) -> None:
    """The same id twice gives two empty folders."""
    first, second = layout.new_run(session, "run"), layout.new_run(session, "run")

    assert first.root != second.root
    assert list(first.outputs.iterdir()) == []
    first.remove()
    second.remove()


def test_sweep_takes_leftovers_and_leaves_the_living(session: Path) -> None:
    """Whoever holds the lock lives; what nobody holds is deleted."""
    alive, dead = layout.new_run(session, "alive"), layout.new_run(session, "dead")
    (dead.outputs / "big.png").write_bytes(b"x")
    os.close(dead.lock)  # as the end of its owner does

    assert layout.sweep(session) == 1
    assert alive.root.exists()
    assert not dead.root.exists()
    alive.remove()


def test_sweep_takes_a_folder_without_a_lock(session: Path) -> None:
    """What was made by no living code of ours is a leftover, too."""
    (session / "old" / "out").mkdir(parents=True)

    assert layout.sweep(session) == 1


def test_remove_twice_is_once(session: Path) -> None:
    """The second call finds nothing to do."""
    run = layout.new_run(session, "run")
    run.remove()
    run.remove()

    assert not run.root.exists()


def test_deleting_copes_with_anything(tmp_path: Path) -> None:
    """Folders without permissions, links outwards, and paths longer than a path can be."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("x")
    root = tmp_path / "root"
    (root / "closed").mkdir(parents=True)
    (root / "closed" / "file").write_text("x")
    (root / "closed").chmod(0)
    (root / "link").symlink_to(outside)
    here = os.open(root, os.O_RDONLY)
    for _ in range(60):
        os.mkdir("x" * 100, dir_fd=here)
        below = os.open("x" * 100, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)

    layout.delete(root)

    assert not root.exists()
    assert (outside / "kept").exists()


def test_deleting_a_link_is_refused(tmp_path: Path) -> None:
    """A folder that turns out to be a link is left alone."""
    (tmp_path / "target").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "target")

    layout.delete(tmp_path / "link")

    assert (tmp_path / "target").exists()


def test_sessions_without_a_run_are_retired(tmp_path: Path) -> None:
    """A shoot's folder goes once nothing runs in it, and comes again when something shall."""
    held = layout.new_run(layout.session_folder(tmp_path, "held"), "run")
    idle = layout.session_folder(tmp_path, "idle")
    layout.new_run(idle, "run").remove()
    layout.sweep_all(tmp_path)
    assert [path.name for path in (tmp_path / "sessions").iterdir()] == ["held"]
    held.remove()
    layout.new_run(idle, "again").remove()
    assert idle.is_dir()


def test_retiring_disturbs_nobody(tmp_path: Path) -> None:
    """While sessions are retired as fast as can be, every run gets a folder that stays its own."""
    session = layout.session_folder(tmp_path, "busy")
    done = threading.Event()

    def retire() -> None:
        while not done.is_set():
            layout.sweep_all(tmp_path)

    def run(number: int) -> bool:
        folder = layout.new_run(session, f"run-{number}")
        try:
            (folder.outputs / "mine").write_text("x")
            return (folder.outputs / "mine").read_text() == "x"
        finally:
            folder.remove()

    with ThreadPoolExecutor(5) as pool:
        retiring = pool.submit(retire)
        try:
            assert all(pool.map(run, range(200)))
        finally:
            done.set()
        retiring.result()
