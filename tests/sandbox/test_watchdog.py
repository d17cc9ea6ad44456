"""What the watchdog sees, and that nothing goes on unwatched."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox import hidden
from sandbox.hidden import Hidden
from sandbox.limits import MIB, Limits
from sandbox.watchdog import Watchdog


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """An output folder and a temporary one."""
    out, tmp = tmp_path / "out", tmp_path / "tmp"
    out.mkdir()
    tmp.mkdir()
    return out, tmp


def watchdog(folders: tuple[Path, Path], limits: Limits | None = None) -> Watchdog:
    return Watchdog("program", os.getpid(), limits or Limits(), *folders)


async def test_failing_watchdog_ends_the_run(folders) -> None:
    """A look that raises is a verdict, not an end of watching."""
    folders[0].rmdir()

    breach = await asyncio.wait_for(watchdog(folders).first_breach(), 30)

    assert breach.code == "unwatched"
    assert "program is ended, because it cannot be watched: FileNotFoundError" in breach.message


class Slow(Watchdog):
    """Looks for as long as the event loop does not say otherwise, and then fails."""

    began: asyncio.Event
    go_on: asyncio.Event
    loop: asyncio.AbstractEventLoop

    def look(self) -> None:
        self.loop.call_soon_threadsafe(self.began.set)
        asyncio.run_coroutine_threadsafe(self.go_on.wait(), self.loop).result(30)
        raise OSError("enough")


async def test_looks_are_off_the_event_loop(folders) -> None:
    """However long a look takes, the worker goes on."""
    slow = Slow("program", os.getpid(), Limits(), *folders)
    slow.began, slow.go_on, slow.loop = asyncio.Event(), asyncio.Event(), asyncio.get_running_loop()

    verdict = asyncio.create_task(slow.first_breach())
    await asyncio.wait_for(slow.began.wait(), 30)
    slow.go_on.set()

    assert (await verdict).code == "unwatched"


def test_holes_count(folders) -> None:
    """A file that is mostly hole takes its length, because whoever copies it fills it."""
    with (folders[0] / "hero.png").open("wb") as file:
        file.truncate(8 * MIB)

    breach = watchdog(folders, Limits(output=4 * MIB)).look()

    assert breach is not None
    assert breach.code == "limit-output"


def test_deep_folders_cost_few_descriptors(folders) -> None:
    """A folder in a folder, and so on, is too much long before the worker's descriptors end."""
    here = folders[1]
    for _ in range(100):
        here = here / "d"
        here.mkdir()

    breach = watchdog(folders).look()

    assert breach is not None
    assert breach.code == "limit-tmp"


def test_mapped_file_without_a_name_counts(folders) -> None:
    """Its descriptor is closed, and its bytes are there until the mapping goes."""
    code = (
        "import mmap, os, sys\n"
        "file = open(sys.argv[1], 'w+b'); file.write(b'x' * 2**22); file.flush()\n"
        "held = mmap.mmap(file.fileno(), 4096); os.unlink(sys.argv[1]); os.closerange(3, 99)\n"
        "print('ready', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-S", "-c", code, str(folders[0] / "x")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        found = hidden.look(os.getpid(), folders[0], Limits(), Hidden())
        child.kill()

    assert found.disk >= 4 * MIB
