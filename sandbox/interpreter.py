"""What of this machine Python itself and its packages need, so that only that is shown.

Files are shown for what they are, never a prefix as a whole: an environment can have been made in
somebody's home or in the folder of a project, with keys beside it. The interpreter may be a system
one, a virtual environment, or either in a home folder (pyenv, uv, conda); each step of the symbolic
links that lead to it has to exist inside as well.
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
def read_only_paths() -> tuple[Path, ...]:
    """Folders and files to show read-only, each at its own path, parents before children.

    They are the interpreter, its standard library, the installed packages, this package and the
    tables that its scripts read; for an editable install that means the packages' folders and not
    the repository around them.
    """
    wanted = [
        *_parts_of(Path(sys.prefix), Path(sys.base_prefix)),
        *(
            Path(sysconfig.get_path(name))
            for name in ("stdlib", "platstdlib", "purelib", "platlib")
        ),
        *(Path(entry) for entry in sys.path if Path(entry).name in _PACKAGES),
        *_hops(Path(sys.executable)),
        *own_packages().values(),
        *(store for store in _STORES if store.is_dir()),
    ]
    seen = {shown for path in wanted for shown in (path, path.resolve()) if shown.exists()}
    return _without_nested(seen)


def own_packages() -> dict[str, Path]:
    """This product's packages that scripts import, by name: each one's folder."""
    return {
        package.__name__: Path(str(package.__file__)).parent
        for package in (sandbox, providers, imaging)
    }


def _parts_of(prefix: Path, base: Path) -> list[Path]:
    """Programs and settings of an environment; those of the base interpreter, and its libraries."""
    parts = [base / name for name in ("bin", "lib", "lib64")]
    return [*parts, prefix / "bin", prefix / "pyvenv.cfg"]


def _hops(executable: Path) -> list[Path]:
    """Every path on the way from ``executable`` to the real file."""
    hops = [executable]
    while hops[-1].is_symlink() and len(hops) < 40:
        hops.append(hops[-1].parent / hops[-1].readlink())
    return hops


def _without_nested(paths: set[Path]) -> tuple[Path, ...]:
    kept: list[Path] = []
    for path in sorted(paths, key=lambda shown: len(shown.parts)):
        if not any(path.is_relative_to(other) for other in kept):
            kept.append(path)
    return tuple(kept)
