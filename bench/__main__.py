"""Prints the tables of the benchmarks named on the command line, or of all.

With ``--save`` each table is also kept in ``bench/results``, with the day and the machine's kind.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import platform
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from rich.console import Console
from rich.table import Table

import bench

RESULTS = Path(__file__).with_name("results")
WIDTH = 110
"""Columns of a saved table."""


def benchmarks() -> Iterator[ModuleType]:
    """Every module here that has a ``NAME`` and makes a ``table``."""
    for found in pkgutil.iter_modules(bench.__path__):
        if not found.name.startswith("_"):
            module = importlib.import_module(f"bench.{found.name}")
            if hasattr(module, "NAME") and hasattr(module, "table"):
                yield module


def main(argv: Sequence[str]) -> int:
    """Print the tables; 2 for a name that is no benchmark's."""
    known = {module.__name__.rpartition(".")[2]: module for module in benchmarks()}
    parser = argparse.ArgumentParser(prog="bench", description="Measure, and print the tables.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(known)}")
    parser.add_argument("--save", action="store_true", help=f"keep the tables in {RESULTS.name}/")
    options = parser.parse_args(argv)
    if unknown := [name for name in options.names if name not in known]:
        parser.error(f"no {unknown[0]!r}; there are {', '.join(known)}")
    console = Console()
    for name in options.names or known:
        table = known[name].table()
        console.print(table)
        if options.save:
            _save(name, table)
    return 0


def _save(name: str, table: Table) -> None:
    RESULTS.mkdir(exist_ok=True)
    with (RESULTS / f"{name}.txt").open("w", encoding="utf-8") as file:
        saved = Console(file=file, width=WIDTH)
        saved.print(table)
        saved.print(
            f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, "
            f"{os.cpu_count()} cores, shared; Python {platform.python_version()}"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
