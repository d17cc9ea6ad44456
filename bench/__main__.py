"""Prints the tables of the benchmarks named on the command line, or of all."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from types import ModuleType

from rich.console import Console

import bench


def benchmarks() -> Iterator[ModuleType]:
    """Every module here that has a ``NAME`` and makes a ``table``."""
    for found in pkgutil.iter_modules(bench.__path__):
        if not found.name.startswith("_"):
            module = importlib.import_module(f"bench.{found.name}")
            if hasattr(module, "NAME") and hasattr(module, "table"):
                yield module


def main(wanted: list[str]) -> int:
    """Print the tables; 2 for a name that is no benchmark's."""
    known = {module.__name__.rpartition(".")[2]: module for module in benchmarks()}
    if unknown := [name for name in wanted if name not in known]:
        sys.stderr.write(f"bench: no {unknown[0]!r}; there are {', '.join(known)}\n")
        return 2
    console = Console()
    for name in wanted or known:
        console.print(known[name].table())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
