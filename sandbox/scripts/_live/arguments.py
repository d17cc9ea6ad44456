"""The arguments that every script that orders something takes alike."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from sandbox.scripts._command import ScriptError

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")


def add_prompt(parser: argparse.ArgumentParser, meaning: str) -> None:
    """Add ``--prompt`` and ``--prompt-file``, of which one is needed."""
    words = parser.add_mutually_exclusive_group(required=True)
    words.add_argument("--prompt", metavar="TEXT", help=meaning)
    words.add_argument("--prompt-file", type=Path, metavar="FILE", help="the same, from a file")


def prompt(options: argparse.Namespace) -> str:
    """The prompt from either source, stripped; raises :class:`ScriptError` if there is none."""
    words = options.prompt
    if options.prompt_file is not None:
        try:
            words = options.prompt_file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            name = options.prompt_file.name
            raise ScriptError(f"{name}: not a readable text file") from None
    words = words.strip()
    if not words:
        raise ScriptError("The prompt is empty; say what to make")
    return str(words)


def add_order(parser: argparse.ArgumentParser) -> None:
    """Add what an order is known by, and what may be handed in from earlier runs."""
    group = parser.add_argument_group("the order")
    group.add_argument(
        "--key", required=True, help="the caller's name for this order, the same at every retry"
    )
    group.add_argument("--resume", metavar="ID", help="follow this job; order nothing")
    group.add_argument(
        "--uploads", type=Path, metavar="FILE", help="JSON of links, read and written, to reuse"
    )
    group.add_argument(
        "--go", type=Path, metavar="FILE", help="order only once this file exists, within a minute"
    )


def check_order(options: argparse.Namespace, suffix: str) -> None:
    """Refuse a key that cannot be part of an address and an output of another kind."""
    if not _KEY.fullmatch(options.key):
        raise ScriptError(f"--key {options.key!r}: 1 to 128 letters, digits, or . _ : -", "usage")
    if options.output.suffix.lower() != suffix:
        raise ScriptError(f"--output {options.output.name}: must end in {suffix}", "usage")
