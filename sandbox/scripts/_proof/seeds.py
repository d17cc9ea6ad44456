"""Chance that repeats: seeds from what was asked, and a named random stream for each use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from sandbox.scripts._command import ScriptError


def derive(files: Iterable[Path], words: Iterable[object]) -> int:
    """A 32-bit seed from the contents of ``files`` and from ``words``, the same every time.

    Raises :class:`ScriptError` when a file cannot be read.
    """
    digest = hashlib.sha256()
    for path in files:
        try:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError as failure:
            reason = (failure.strerror or "unreadable").lower()
            raise ScriptError(f"{path.name}: {reason}; give a readable picture file") from None
    for word in words:
        digest.update(f"|{word}".encode())
    return int.from_bytes(digest.digest()[:4], "big")


def stream(seed: int, *names: object) -> np.random.Generator:
    """The random numbers for one use, independent of every other use of the same ``seed``."""
    return np.random.default_rng(derive((), (seed, *names)))
