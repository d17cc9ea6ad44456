"""Which folders of this machine Python itself and its packages need, so that only those are shown.

The interpreter may be a system one, a virtual environment, or either in somebody's home folder
(pyenv, uv, conda); each step of the symbolic links that lead to it has to exist inside as well.
"""

from __future__ import annotations

import sys
import sysconfig
from functools import cache
from pathlib import Path

import imaging
import providers
import sandbox

_PACKAGES = ("site-packages", "dist-packages")
_STORES = (Path("/nix/store"), Path("/gnu/store"))


@cache
def read_only_folders() -> tuple[Path, ...]:
    """Folders to show read-only, each at its own path, parents before children.

    They hold the interpreter, its standard library, the installed packages, this package and the
    tables that its scripts read; for an editable install that means the packages' folders and not
    the repository around them.
    """
    wanted = [
        *_prefix_folders(Path(sys.prefix)),
        *_prefix_folders(Path(sys.base_prefix)),
        *(
            Path(sysconfig.get_path(name))
            for name in ("stdlib", "platstdlib", "purelib", "platlib")
        ),
        *(Path(entry) for entry in sys.path if Path(entry).name in _PACKAGES),
        *(hop.parent for hop in _hops(Path(sys.executable))),
        *own_packages().values(),
        *(store for store in _STORES if store.is_dir()),
    ]
    seen = {folder for path in wanted for folder in (path, path.resolve()) if folder.is_dir()}
    return _without_nested(seen)


def own_packages() -> dict[str, Path]:
    """This product's packages that scripts import, by name: each one's folder."""
    return {
        package.__name__: Path(str(package.__file__)).parent
        for package in (sandbox, providers, imaging)
    }


def _prefix_folders(prefix: Path) -> list[Path]:
    """The prefix itself, or only its useful parts where it would show somebody's whole home."""
    if prefix.resolve() in (Path("/"), *Path.home().resolve().parents, Path.home().resolve()):
        return [prefix / part for part in ("bin", "lib", "lib64")]
    return [prefix]


def _hops(executable: Path) -> list[Path]:
    """Every path on the way from ``executable`` to the real file."""
    hops = [executable]
    while hops[-1].is_symlink() and len(hops) < 40:
        hops.append(hops[-1].parent / hops[-1].readlink())
    return hops


def _without_nested(folders: set[Path]) -> tuple[Path, ...]:
    kept: list[Path] = []
    for folder in sorted(folders, key=lambda path: len(path.parts)):
        if not any(folder.is_relative_to(other) for other in kept):
            kept.append(folder)
    return tuple(kept)
