"""Keys reach every process of the script that needs them, and nothing else on the machine."""

import json
from pathlib import Path

import pytest

from sandbox import tree
from sandbox.errors import ScriptFailed
from sandbox.policy import Route
from sandbox.protocol import Status

ROUTE = Route("fal", frozenset({"FAL_KEY"}), ("fal.run",))
MARKER = "marker-fal_key"

GRANDCHILD = """
import json, os, subprocess, sys
if len(sys.argv) < 3:
    subprocess.run([sys.executable, sys.argv[0], sys.argv[1], "x"], check=True)
else:
    names = sorted(n for n in os.environ if n.endswith("_KEY"))
    length = len(os.environ["FAL_KEY"])
    frame = {"type": "status", "message": f"{names} {length}"}
    sys.stdout.write("data: " + json.dumps(frame) + "\\n\\n")
"""
WAIT = """
import sys, time
sys.stdout.write('data: {"type": "status", "message": "ready"}\\n\\n'); sys.stdout.flush()
time.sleep(600)
"""
LEAK = """
import base64, json, os, sys, urllib.parse
key = os.environ["FAL_KEY"]
for text in (key, urllib.parse.quote(key), base64.b64encode(("x:" + key).encode()).decode()):
    frame = {"type": "artifact", "path": "a", "artifactType": "image", "provenance": {text: [text]}}
    sys.stdout.write("data: " + json.dumps(frame) + "\\n\\n")
raise RuntimeError("the key is " + key)
"""


async def test_descendants_have_the_key_and_no_other(isolated, program, opened) -> None:
    """A child's child has what the script has, on the first run as on any later one."""
    settings = program(isolated, GRANDCHILD, routes=(ROUTE,))
    for _ in range(2):
        async with opened(settings) as run:
            events = [event async for event in run.exec("program", ["one"])]

        assert events == [Status(message=f"['FAL_KEY'] {len(MARKER)}")]


async def test_worker_environment_is_not_inherited(isolated, program, opened, monkeypatch) -> None:
    """What the worker has in its own environment does not reach a script."""
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "inherited")
    source = """
import json, os, sys
frame = {"type": "status", "message": json.dumps(sorted(os.environ))}
sys.stdout.write("data: " + json.dumps(frame) + "\\n\\n")
"""
    async with opened(program(isolated, source)) as run:
        (event,) = [event async for event in run.exec("program", [], env={"SHOOT_X": "1"})]

    known = {"HOME", "LANG", "PATH", "PWD", "TMPDIR", "SHOOT_X", "LC_CTYPE"}
    assert {n for n in json.loads(event.message) if not n.startswith("PYTHON")} <= known


async def test_key_is_in_no_process_list_and_on_no_disk(isolated, program, opened) -> None:
    """argv of every process, the environment of every one outside, and the folders meanwhile."""
    settings = program(isolated, WAIT, routes=(ROUTE,))
    async with opened(settings) as run:
        events = run.exec("program", [])
        await anext(events)
        (process,) = run._running
        inside = set(tree.descendants(process.root))
        argv, environments = [], []
        for folder in Path("/proc").iterdir():
            try:
                if folder.name.isdigit() and MARKER.encode() in (folder / "cmdline").read_bytes():
                    argv.append(folder.name)
                if folder.name.isdigit() and MARKER.encode() in (folder / "environ").read_bytes():
                    environments.append(int(folder.name))
            except OSError:
                continue
        written = [path for path in settings.home.rglob("*") if path.is_file()]
        files = [path for path in written if MARKER.encode() in path.read_bytes()]
        await events.aclose()

    assert argv == []
    assert environments
    assert set(environments) <= inside
    assert files == []


async def test_nothing_that_is_said_has_the_key(isolated, program, opened, caplog) -> None:
    """Events, names in them, the failure's text and the log are masked."""
    caplog.set_level("DEBUG")
    async with opened(program(isolated, LEAK, routes=(ROUTE,))) as run:
        said = []
        with pytest.raises(ScriptFailed) as failed:
            async for event in run.exec("program", []):
                said.append(event.model_dump_json())

    assert len(said) == 3
    assert all("[secret]" in text and MARKER not in text for text in said)
    assert failed.value.message.endswith("the key is [secret]")
    assert MARKER not in caplog.text


async def test_key_in_two_pieces_is_masked(isolated, program, opened) -> None:
    """On stdout as on stderr, with time for the first half to be read alone."""
    source = """
import os, sys, time
key = os.environ["FAL_KEY"]
for stream, before, after in (
    (1, b'data: {"type": "status", "message": "', b'"}\\n\\n'), (2, b"the key is ", b"\\n")
):
    for piece in (before + key[:7].encode(), key[7:].encode() + after):
        os.write(stream, piece)
        time.sleep(0.1)
raise SystemExit(5)
"""
    async with opened(program(isolated, source, routes=(ROUTE,))) as run:
        said = []
        with pytest.raises(ScriptFailed, match=r"the key is \[secret\]$"):
            async for event in run.exec("program", []):
                said.append(event)

    assert said == [Status(message="[secret]")]


def test_settings_do_not_show_their_secrets(settings) -> None:
    """A repr that ends up in a log gives nothing away."""
    assert "marker" not in repr(settings)
