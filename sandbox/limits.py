"""How much of the machine one execution may use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB


@dataclass(frozen=True)
class Limits:
    """Ceilings for the whole process tree of one execution; reaching one ends it by name.

    All sizes are bytes. ``memory`` is the sum of resident memory over the tree, ``output`` the
    space used in the output folder, ``tmp`` the private ``/tmp`` and ``/dev/shm`` together,
    ``file_size`` any single file, ``cpu`` the processor time of any single process, ``stdout``
    everything written there. ``processes`` counts threads as well. ``said`` are the events that go
    into a shoot's history and stream, ``provenance`` what they say, taken together, of how the
    artifacts were made; both end up in payloads of Temporal's (see :mod:`sandbox.budget`).
    """

    memory: int = 4 * GIB
    processes: int = 1024
    open_files: int = 1024
    file_size: int = 1 * GIB
    output: int = 2 * GIB
    output_files: int = 256
    tmp: int = 1 * GIB
    cpu: timedelta = timedelta(minutes=30)
    stdout: int = 64 * MIB
    said: int = 256 * KIB
    provenance: int = 4 * KIB
