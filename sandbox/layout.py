"""The sandbox's folders on the host: one home per shoot, one fresh folder per execution.

A run's folder is never reused. Its owner holds a lock on it for as long as it lives; the lock goes
with the owner's life, however that ends, so whoever comes next can tell a crashed run's leftovers
from a run that is still going on.
"""

from __future__ import annotations

import fcntl
import itertools
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_SAFE_ID = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._:-]{0,127}")
_LOCK = ".lock"


def check_id(kind: str, value: str) -> str:
    """``value`` if it can name a folder; raises ``ValueError`` saying the rule otherwise."""
    if not _SAFE_ID.fullmatch(value):
        raise ValueError(
            f"{kind} {value!r} cannot name a folder: use up to 128 letters, digits, '.', '_', ':' "
            "and '-', not beginning with '.'"
        )
    return value


@dataclass(frozen=True)
class RunFolder:
    """``inputs``, ``outputs`` and ``tmp`` of one run, below ``root``; held until ``remove``.

    ``lock`` is a descriptor of the folder, locked: deleting what is in it does not let go of it.
    """

    root: Path
    lock: int

    @property
    def inputs(self) -> Path:
        return self.root / "in"

    @property
    def outputs(self) -> Path:
        return self.root / "out"

    @property
    def tmp(self) -> Path:
        return self.root / "tmp"

    @property
    def etc(self) -> Path:
        return self.root / "etc"

    def nested(self, name: str) -> RunFolder:
        """A fresh run folder within this one, held and removed with it."""
        return _parts(
            RunFolder(Path(tempfile.mkdtemp(prefix=f"{name}.", dir=self.root)), self.lock)
        )

    def remove(self) -> None:
        """Delete the folder and let go of it. A second call does nothing."""
        if self.root.exists():
            try:
                delete(self.root)
            finally:
                os.close(self.lock)


def session_folder(home: Path, shoot_id: str) -> Path:
    """The shoot's folder, made if it is missing; safe to call from anywhere at any time."""
    folder = home.absolute() / "sessions" / check_id("The shoot id", shoot_id)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def new_run(session: Path, run_id: str) -> RunFolder:
    """A fresh, locked folder for one run, whatever an earlier run of that id has left."""
    check_id("The run id", run_id)
    with _exclusive(session):
        root = Path(tempfile.mkdtemp(prefix=f"{run_id}.", dir=session))
        lock = _lock(root)
    assert lock is not None  # noqa: S101 - nobody else could have had it
    return _parts(RunFolder(root, lock))


def _parts(folder: RunFolder) -> RunFolder:
    for part in (folder.inputs, folder.outputs, folder.tmp, folder.etc):
        part.mkdir(mode=0o700)
    return folder


def sweep(session: Path) -> int:
    """Delete what crashed runs have left in ``session``; returns how many were deleted."""
    with _exclusive(session):
        folders = [root for root in session.iterdir() if root.is_dir() and not root.is_symlink()]
        ours = [(root, lock) for root in folders if (lock := _lock(root)) is not None]
    for root, lock in ours:
        try:
            delete(root)
        finally:
            os.close(lock)
    return len(ours)


def sweep_all(home: Path) -> None:
    """Delete what crashed runs have left in any session below ``home``, and sessions with no run:
    shoots come and go for years, and a session is made again when it is needed."""
    sessions = home.absolute() / "sessions"
    if sessions.is_dir():
        for session in sessions.iterdir():
            sweep(session)
            _retire(session)


def _retire(session: Path) -> None:
    with _exclusive(session):
        if [path.name for path in session.iterdir()] == [_LOCK]:
            (session / _LOCK).unlink()
            session.rmdir()


@contextmanager
def _exclusive(session: Path) -> Iterator[None]:
    """Between making a folder and locking it nobody may look. The session is made if need be."""
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    while True:
        session.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            lock = os.open(session / _LOCK, flags, 0o600)
        except FileNotFoundError:  # retired since the line before
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if _is_at(lock, session / _LOCK):
                yield
                return
        finally:
            os.close(lock)


def _is_at(descriptor: int, path: Path) -> bool:
    """Whether the open file is still the one of that name: whoever held it may have removed it."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except FileNotFoundError:
        return False


def _lock(root: Path) -> int | None:
    """A lock on the folder itself; ``None`` if somebody lives there, or has just deleted it."""
    try:
        lock = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def delete(root: Path) -> None:
    """Delete a folder that a script has written to, whatever modes and depth it left there.

    Symbolic links are removed, never followed. Folders are moved up before they are emptied, so
    that no path grows longer than the file system allows.
    """
    if root.is_symlink() or not root.is_dir():
        return
    names = itertools.count()
    root.chmod(0o700)
    while below := [Path(entry.path) for entry in os.scandir(root)]:
        for path in below:
            if path.is_symlink() or not path.is_dir():
                path.unlink()
            else:
                _empty(path, root, names)
    root.rmdir()


def _empty(folder: Path, into: Path, names: Iterator[int]) -> None:
    folder.chmod(0o700)
    for entry in list(os.scandir(folder)):
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            path.chmod(0o700)
            path.rename(into / f".moved-{os.getpid()}-{next(names)}")
        else:
            path.unlink()
    folder.rmdir()
