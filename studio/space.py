"""A full disk, recognized however it shows: in our own writing, in the store's, in a script's."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

FULL = "disk-full"
_NUMBERS = (errno.ENOSPC, errno.EDQUOT)
_SIGNS = ("No space left on device", "Disk quota exceeded", "os error 28", "os error 122")


def is_full(error: BaseException) -> bool:
    """Whether ``error`` comes from a disk, or a share of it, that is used up."""
    return any(
        (isinstance(one, OSError) and one.errno in _NUMBERS)
        or any(sign in str(one) for sign in _SIGNS)
        for one in _causes(error)
    )


def free(folder: Path) -> int:
    """Bytes that may still be written below ``folder``, or below what there is of its path."""
    return shutil.disk_usage(next(one for one in (folder, *folder.parents) if one.exists())).free


def words(folder: Path) -> str:
    """What a person is told, and can do."""
    return (
        f"no space is left on the disk of {folder} ({free(folder) / 1024**2:.0f} MB): free some "
        "there, or lower SHOOT_CACHE_MB, then retry"
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__
