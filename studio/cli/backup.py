"""Backup and restore of a studio on one machine: the embedded server's database and the store.

The database comes first, because the store only grows: what an older database knows of is in every
newer store. What a newer store has beyond that is found by its content, and not made again.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from temporalio.envconfig import ClientConfigProfile

from studio.settings import Settings

DATABASE = "temporal/temporal.db"
STORE = "store"
_IMMUTABLE = ("takes", "uploads")
"""Folders of the store whose files never change: one of another size is damaged."""


class BackupError(RuntimeError):
    """A backup that cannot be made or restored; the message says why and what to do."""


def backup(settings: Settings, file: Path) -> int:
    """Write everything to ``file``, a tar archive, also while shoots are under way.

    Returns how many files of the store are in it. Raises :class:`BackupError`.
    """
    store = _store_folder(settings)
    database = settings.home / DATABASE
    if not database.is_file():
        raise BackupError(f"there is nothing to back up: no studio has run in {settings.home}")
    if file.exists():
        raise BackupError(f"{file} exists already: name a new file")
    partial = file.with_name(f".{file.name}.part")
    try:
        with tarfile.open(partial, "w") as archive:
            with _snapshot(database) as copy:
                archive.add(copy, DATABASE)
            count = 0
            for path in _files(store):
                with suppress(FileNotFoundError):  # a temporary one, gone by now
                    archive.add(path, f"{STORE}/{path.relative_to(store).as_posix()}")
                    count += 1
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    return count


def restore(settings: Settings, file: Path) -> int:
    """Bring back the database, and what the store no longer has; nothing newer is lost from it.

    Returns how many files of the store were brought back. Raises :class:`BackupError`; nobody may
    use the studio meanwhile.
    """
    store = _store_folder(settings)
    database = settings.home / DATABASE
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(database.parent), _opened(file) as archive:
        partial = database.with_suffix(".restored")
        count = 0
        for member in archive:
            if member.name == DATABASE:
                _extract(archive, member, partial)
            elif (key := _key(member)) and _wanted(store / key, key, member.size):
                _extract(archive, member, store / key)
                count += 1
        if not partial.exists():
            raise BackupError(f"{file} has no database in it: it is no backup of a studio")
        for beside in ("-wal", "-shm"):  # they belong to the database that goes
            database.with_name(f"{database.name}{beside}").unlink(missing_ok=True)
        partial.replace(database)
    return count


def _store_folder(settings: Settings) -> Path:
    if ClientConfigProfile.load().address:
        raise BackupError(
            "this studio uses a Temporal cluster, whose database is backed up where it runs: "
            "see docs/deploy.md"
        )
    url = urlsplit(settings.store_url)
    if url.scheme != "file":
        raise BackupError(
            f"the store is at {settings.store_url}, not on this machine: back it up there, after "
            "the database"
        )
    return Path(unquote(url.path))


@contextmanager
def _snapshot(database: Path) -> Iterator[Path]:
    """A consistent copy of a database that is in use."""
    handle, name = tempfile.mkstemp(prefix=".backup-", dir=database.parent)
    os.close(handle)
    try:
        source = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=60)
        with closing(source), closing(sqlite3.connect(name)) as copy:
            source.backup(copy)
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _files(store: Path) -> Iterator[Path]:
    """Every file of the store; a name with ``#`` is still being written."""
    for folder, _, names in os.walk(store):
        yield from (Path(folder, name) for name in sorted(names) if "#" not in name)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody uses the home's server while the body runs, nor can begin to."""
    with (folder / "users.lock").open("a") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(
                "the studio is running here: stop 'shoot up' and every 'shoot worker', then restore"
            ) from None
        yield


@contextmanager
def _opened(file: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(file) as archive:
            yield archive
    except (OSError, tarfile.TarError) as error:
        raise BackupError(f"{file} cannot be restored: {error}") from error


def _key(member: tarfile.TarInfo) -> str | None:
    """The store's key of an archived file, or ``None`` for anything else."""
    path = PurePosixPath(member.name)
    inside = path.parts[:1] == (STORE,) and ".." not in path.parts
    return str(PurePosixPath(*path.parts[1:])) if member.isreg() and inside else None


def _wanted(target: Path, key: str, size: int) -> bool:
    """Whether the store lacks the file, or holds a damaged one."""
    if not target.exists():
        return True
    return not set(_IMMUTABLE).isdisjoint(PurePosixPath(key).parts) and (
        target.stat().st_size != size
    )


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    """Write one file, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    source = archive.extractfile(member)
    partial = target.with_name(f".{target.name}.part")
    try:
        if source is not None:
            with source, partial.open("wb") as copy:
                shutil.copyfileobj(source, copy)
            os.utime(partial, (member.mtime, member.mtime))
            partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
