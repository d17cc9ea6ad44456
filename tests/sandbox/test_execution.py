"""How a script can end, and what is left of it then: nothing."""

import asyncio
import os
import signal
import sys
import textwrap
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.errors import OutputRefused, ScriptFailed
from sandbox.limits import MIB, Limits
from sandbox.protocol import Progress, Status
from tests.waiting import until

SAY = (
    "import sys; say = lambda text: (sys.stdout.write(f'data: {text}\\n\\n'), sys.stdout.flush())\n"
)
READY = SAY + """say('{"type": "status", "message": "ready"}')\n"""
SLEEPER = (
    READY
    + """
import os, subprocess, time
sleeper = [sys.executable, "-S", "-c", f"import time; {sys.argv[1]!r}; time.sleep(600)"]
subprocess.Popen(sleeper)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execv(sys.executable, sleeper)
    os._exit(0)
say('{"type": "progress", "completed": 1, "total": 2}')
time.sleep(600)
"""
)


def alive(marker: str) -> list[str]:
    """The processes of this machine that have ``marker`` in their command line."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and marker.encode() in (process / "cmdline").read_bytes():
                found.append(process.name)
        except OSError:
            continue
    return found


async def fails(run, *arguments: str, **options: object) -> ScriptFailed:
    with pytest.raises(ScriptFailed) as failed:
        _ = [event async for event in run.exec("program", arguments, **options)]
    return failed.value


async def test_events_come_as_they_are_said(isolated, program, opened) -> None:
    """The first event is there while the script still runs."""
    settings = program(isolated, READY + "import time; time.sleep(600)")
    async with opened(settings) as run:
        events = run.exec("program", [])

        assert await anext(events) == Status(message="ready")
        await events.aclose()


async def test_time_limit_is_named(isolated, program, opened) -> None:
    """A script that takes too long is ended, and may be tried again."""
    settings = program(isolated, "import time; time.sleep(600)")
    async with opened(settings) as run:
        failure = await fails(run, timeout=timedelta(seconds=0.3))

    assert (failure.code, failure.retryable) == ("timeout", True)
    assert "took longer than 0.3 s, its limit" in failure.message


async def test_term_lets_a_script_clean_up(isolated, program, opened) -> None:
    """TERM comes first, and what the script says then is still heard."""
    source = (
        READY
        + """
import signal, time
def leave(*_):
    say('{"type": "status", "message": "cleaned up"}')
    raise SystemExit(0)
signal.signal(signal.SIGTERM, leave)
say('{"type": "status", "message": "armed"}')
time.sleep(600)
"""
    )
    async with opened(program(isolated, source)) as run:
        heard = []
        with pytest.raises(ScriptFailed, match="took longer"):
            async for event in run.exec("program", [], timeout=timedelta(seconds=2)):
                heard.append(event.message)

    assert heard == ["ready", "armed", "cleaned up"]


@pytest.mark.parametrize("way", ["close", "cancel", "leave"])
async def test_whole_tree_ends(isolated, program, opened, way: str, tmp_path: Path) -> None:
    """Children and daemons end when the events are closed, cancelled, or just left."""
    settings = program(isolated, SLEEPER)
    marker = f"tree-{tmp_path.name}-{os.getpid()}"
    started = asyncio.Event()

    async def follow() -> None:
        async with opened(settings) as run:
            events = run.exec("program", [marker])
            async for event in events:
                if isinstance(event, Progress):
                    await until(lambda: len(alive(marker)) >= 3)
                    started.set()
                    if way == "close":
                        await events.aclose()
                    if way != "cancel":
                        return

    task = asyncio.create_task(follow())
    await started.wait()
    if way == "cancel":
        task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert alive(marker) == []


async def test_killed_worker_leaves_no_orphan(isolated, tmp_path: Path) -> None:
    """``kill -9`` of the worker ends everything that it had started."""
    (tmp_path / "program.py").write_text(SLEEPER)
    marker = f"orphan-{tmp_path.name}-{os.getpid()}"
    worker = textwrap.dedent(f"""
        import asyncio, sys
        from pathlib import Path
        from sandbox.policy import ScriptPolicy
        from sandbox.session import SandboxSession, SandboxSettings
        async def main():
            program = ScriptPolicy("-", program=Path({str(tmp_path / "program.py")!r}))
            settings = SandboxSettings(
                home=Path({str(tmp_path / "home")!r}),
                backend={isolated.backend!r},
                scripts={{"program": program}},
            )
            session = await SandboxSession.get_or_create("shoot", settings)
            async with session.open("run") as run:
                async for event in run.exec("program", [sys.argv[1]]):
                    sys.stdout.write(event.type + "\\n")
                    sys.stdout.flush()
        asyncio.run(main())
    """)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", worker, marker, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    while await process.stdout.readline() != b"progress\n":
        pass
    await until(lambda: len(alive(marker)) >= 4)

    process.send_signal(signal.SIGKILL)
    await process.wait()

    await until(lambda: alive(marker) == [])


async def test_error_event_is_the_verdict(settings, program, opened) -> None:
    """Code, words, and when to come back are the script's own."""
    said = (
        '{"type":"error","error":"too busy","code":"retry-after","retryable":true,"retryAfter":3}'
    )
    async with opened(program(settings, SAY + f"say('{said}'); sys.exit(1)")) as run:
        failure = await fails(run)

    assert (failure.code, failure.message, failure.retryable) == ("retry-after", "too busy", True)
    assert (failure.retry_after, failure.exit_status) == (timedelta(seconds=3), 1)


async def test_error_event_counts_with_status_0(settings, program, opened) -> None:
    """A script cannot give up and succeed at the same time."""
    said = '{"type":"error","error":"no","code":"failed"}'
    async with opened(program(settings, SAY + f"say('{said}')")) as run:
        assert (await fails(run)).code == "failed"


async def test_crash_has_status_and_last_words(isolated, program, opened) -> None:
    """The last line on stderr says why."""
    async with opened(program(isolated, "raise RuntimeError('the lens is missing')")) as run:
        failure = await fails(run)

    assert (failure.code, failure.exit_status) == ("crashed", 1)
    assert "the lens is missing" in failure.message


async def test_death_by_signal_is_told(isolated, program, opened) -> None:
    """As a shell tells it."""
    source = "import os, signal; signal.signal(11, signal.SIG_DFL); os.kill(os.getpid(), 11)"
    async with opened(program(isolated, source)) as run:
        assert (await fails(run)).exit_status == 139


GREEDY = {
    "limit-memory": ("x = bytearray(3 * 10**9)", "64 MiB of memory"),
    "limit-open-files": ("fs = [open('/dev/null') for _ in range(500)]", "100 open files"),
    "limit-file-size": (
        "import sys; open(sys.argv[1] + '/a', 'wb').write(b'x' * 20_000_000)",
        "10 MiB in one file",
    ),
    "limit-cpu": ("while True: pass", "1 s of processor time"),
}


@pytest.mark.parametrize("code", GREEDY)
async def test_limit_is_named(isolated, program, opened, code: str) -> None:
    """Passing a limit ends the script with a message that names it."""
    source, words = GREEDY[code]
    limits = Limits(memory=64 * MIB, open_files=100, file_size=10 * MIB, cpu=timedelta(seconds=1))
    settings = replace(program(isolated, source), limits=limits)
    async with opened(settings) as run:
        failure = await fails(run, "{out}")

    assert failure.code == code
    assert words in failure.message
    assert "its limit" in failure.message
    assert not failure.retryable


def waiting(pid: str) -> bool:
    """Whether a process sleeps, in the kernel's words."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "S"


async def test_slow_reader_holds_the_writer_back(settings, program, opened) -> None:
    """A script that says more than anybody reads waits, and nothing piles up here."""
    marker = f"slow-{os.getpid()}"
    settings = replace(settings, backend="none")  # one process, so that it can be looked at
    source = (
        SAY
        + """
for count in range(100_000):
    with open(sys.argv[1] + "/count.txt", "w") as file: file.write(str(count))
    say('{"type": "status", "message": "' + "x" * 3000 + '"}')
"""
    )
    async with opened(program(settings, source)) as run:
        events = run.exec("program", ["{out}", marker])
        await anext(events)
        (pid,) = alive(marker)
        await until(lambda: all(waiting(pid) for _ in range(1000)))
        count = int(run.left("count.txt") or 0)
        await events.aclose()

    assert count < 100  # two pipes and one chunk of 3 KB events


async def test_thousand_events_a_second_are_all_there(settings, program, opened) -> None:
    """A talkative script loses nothing."""
    source = (
        SAY
        + """
for n in range(5000):
    say('{"type": "progress", "completed": %d, "total": 5000}' % n)
"""
    )
    async with opened(program(settings, source)) as run:
        events = [event async for event in run.exec("program", [])]

    assert [event.completed for event in events] == list(range(5000))


async def test_closed_output_folder_ends_the_run(isolated, program, opened) -> None:
    """What the script does to its folder, the verdict is a typed one, and it does not go on."""
    settings = program(isolated, "import os, sys, time; os.chmod(sys.argv[1], 0); time.sleep(0.7)")
    async with opened(settings) as run:
        try:
            _ = [event async for event in run.exec("program", ["{out}"])]
        except ScriptFailed as failed:
            assert failed.code == "unwatched"
        with pytest.raises(OutputRefused):
            run.outputs(["hero.png"])
