"""Sessions are get-or-create, whatever is left lying about and whoever asks at the same time."""

import asyncio
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from sandbox.errors import OutputRefused, PolicyViolation, ScriptFailed
from sandbox.layout import new_run, session_folder
from sandbox.protocol import Status
from sandbox.session import SandboxSession, SandboxSettings

COPY = """
import json, os, shutil, sys
shutil.copy(sys.argv[1], sys.argv[2] + "/hero.png")
print('data: {"type": "status", "message": "done"}\\n')
"""


def leftovers(settings: SandboxSettings, shoot: str) -> None:
    """What a crashed run leaves: its folder, full, with nobody holding it."""
    folder = new_run(session_folder(settings.home, shoot), "run")
    (folder.outputs / "hero.png").write_bytes(b"half a pict")
    (folder.inputs / "busy").mkdir()
    os.close(folder.lock)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A small reference."""
    path = tmp_path / "reference.png"
    Image.new("RGB", (12, 8), "blue").save(path)
    return path


async def work(settings: SandboxSettings, shoot: str, picture: Path) -> int:
    """One whole activity: session, run, script, output. Returns the picture's width."""
    session = await SandboxSession.get_or_create(shoot, settings)
    async with session.open("run") as run:
        run.add_input("reference.png", picture)
        events = [event async for event in run.exec("program", ["{in}/reference.png", "{out}"])]
        assert events == [Status(message="done")]
        return run.outputs(["hero.png"])[0].width


@pytest.mark.slow
async def test_fifty_continues_in_a_row(isolated, program, picture) -> None:
    """Each finds the leftovers of a crash, and none is told that anything already exists."""
    settings = program(isolated, COPY)

    for _ in range(50):
        leftovers(settings, "shoot")
        assert await work(settings, "shoot", picture) == 12

    assert [path.name for path in (settings.home / "sessions" / "shoot").iterdir()] == [".lock"]


async def test_twenty_at_once(isolated, program, picture) -> None:
    """Twenty activities of one shoot at the same moment do not see each other."""
    settings = program(isolated, COPY)
    leftovers(settings, "shoot")

    widths = await asyncio.gather(*(work(settings, "shoot", picture) for _ in range(20)))

    assert widths == [12] * 20


async def test_two_workers_at_once(settings: SandboxSettings, tmp_path: Path) -> None:
    """Get-or-create from several processes, while runs come and go, never fails."""
    code = (
        "import asyncio, sys; from pathlib import Path; "
        "from sandbox.layout import *; from sandbox.session import *\n"
        "home = Path(sys.argv[1])\n"
        "for _ in range(60):\n"
        "    folder = session_folder(home, 'shoot'); sweep(folder); run = new_run(folder, 'run')\n"
        "    assert run.outputs.is_dir() and not list(run.outputs.iterdir()); run.remove()\n"
    )
    workers = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", code, str(settings.home))
        for _ in range(4)
    ]

    assert [await worker.wait() for worker in workers] == [0] * 4


async def test_continue_on_an_empty_machine(settings, program, picture) -> None:
    """After the disk was lost everything is made again."""
    settings = program(settings, COPY)
    assert await work(settings, "shoot", picture) == 12

    shutil.rmtree(settings.home)

    assert await work(settings, "shoot", picture) == 12


async def test_failed_script_leaves_the_session_usable(settings, program, opened) -> None:
    """The same run goes on with the next script."""
    source = "import sys; sys.stdout.write(sys.argv[1]); sys.stdout.flush()"
    settings = program(settings, source)
    async with opened(settings) as run:
        with pytest.raises(ScriptFailed):
            _ = [event async for event in run.exec("program", ["data: half"])]
        good = 'data: {"type": "status", "message": "ü"}\n\n'

        assert [event async for event in run.exec("program", [good])] == [Status(message="ü")]


async def test_run_removes_its_folders(settings, program, opened) -> None:
    """Nothing of a run stays on disk, also when it failed."""
    settings = program(settings, "raise SystemExit(3)")
    with pytest.raises(ScriptFailed, match="exit status 3"):
        async with opened(settings) as run:
            _ = [event async for event in run.exec("program", [])]

    assert [path.name for path in (settings.home / "sessions" / "shoot").iterdir()] == [".lock"]


async def test_outputs_are_those_of_the_last_script(settings, program, opened) -> None:
    """An output that is not there is named, and so is one that cannot leave."""
    settings = program(settings, "import os, sys; open(sys.argv[1] + '/a.png', 'w').write('x')")
    async with opened(settings) as run:
        _ = [event async for event in run.exec("program", ["{out}"])]

        with pytest.raises(OutputRefused, match=r"'a\.png' is refused: it is no PNG picture"):
            run.outputs(["a.png"])
        with pytest.raises(OutputRefused, match=r"'b\.png' is refused: the script did not make it"):
            run.outputs(["b.png"])


async def test_foreign_secret_keeps_a_script_from_starting(settings, opened, program) -> None:
    """By name, by value in the environment, and by value in the arguments."""
    settings = program(settings, "open('/nowhere')")
    async with opened(settings) as run:
        for arguments, env in (
            ([], {"FAL_KEY": "own"}),
            ([], {"OTHER": "x marker-fal_key"}),
            (["--key=marker-fal_key"], {}),
        ):
            with pytest.raises(PolicyViolation) as refused:
                _ = [event async for event in run.exec("program", arguments, env=env)]
            assert "marker" not in str(refused.value)


@pytest.mark.parametrize("name", ["../x", "/x", "", ".", "a/../../x", "a\0b"])
async def test_input_name_leads_nowhere_else(settings, opened, picture, name: str) -> None:
    """A name of an input stays below the input folder."""
    async with opened(settings) as run:
        with pytest.raises(ValueError, match="relative path"):
            run.add_input(name, picture)


async def test_input_is_an_ordinary_file(settings, opened, tmp_path: Path) -> None:
    """A folder or a missing file is refused when it is added."""
    async with opened(settings) as run:
        with pytest.raises(ValueError, match="no ordinary file"):
            run.add_input("a", tmp_path)
        with pytest.raises(FileNotFoundError):
            run.add_input("a", tmp_path / "missing")


async def test_no_isolation_only_by_explicit_setting(settings, caplog) -> None:
    """It is loud, and says so in the provenance."""
    session = await SandboxSession.get_or_create("shoot", replace(settings, backend="none"))

    assert session.provenance["sandbox"] == "none"
    assert "THE SANDBOX IS OFF" in caplog.text
