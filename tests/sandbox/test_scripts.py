"""Every script runs with what is declared: no network, no .env, no installing."""

import ast
import json
from pathlib import Path

import pytest

import sandbox.scripts
from sandbox.policy import SCRIPTS
from sandbox.protocol import Status

FOLDER = Path(sandbox.scripts.__file__).parent
MODULES = sorted(
    ".".join(("sandbox.scripts", *path.relative_to(FOLDER).with_suffix("").parts))
    for path in FOLDER.rglob("*.py")
    if path.name != "__init__.py"
)
FORBIDDEN = {"dotenv", "pip", "ensurepip", "setuptools", "uv", "pkg_resources"}

IMPORT = """
import importlib, json, sys
failed = {}
for name in json.loads(sys.argv[1]):
    try:
        importlib.import_module(name)
    except BaseException as error:
        failed[name] = f"{type(error).__name__}: {error}"
loaded = sorted({name.partition(".")[0] for name in sys.modules})
frame = {"type": "status", "message": json.dumps([failed, loaded])}
sys.stdout.write("data: " + json.dumps(frame) + "\\n\\n")
"""


async def test_every_script_imports_without_a_network(isolated, program, opened) -> None:
    """With the locked packages alone, and without what scripts must not use."""
    async with opened(program(isolated, IMPORT)) as run:
        events = [event async for event in run.exec("program", [json.dumps(MODULES)])]
    (event,) = [event for event in events if isinstance(event, Status)]
    failed, loaded = json.loads(event.message)

    assert failed == {}
    assert FORBIDDEN.isdisjoint(loaded)


@pytest.mark.parametrize("name", MODULES)
def test_script_loads_no_settings_and_installs_nothing(name: str) -> None:
    """Not at import, and nowhere else in it either."""
    path = FOLDER.joinpath(*name.split(".")[2:]).with_suffix(".py")
    syntax = ast.parse(path.read_text())
    imported = {
        alias.name.partition(".")[0]
        for node in ast.walk(syntax)
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {
        (node.module or "").partition(".")[0]
        for node in ast.walk(syntax)
        if isinstance(node, ast.ImportFrom)
    }
    words = {
        node.value
        for node in ast.walk(syntax)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert FORBIDDEN.isdisjoint(imported)
    assert not words & {"pip", "apt-get", "uv", "npm"}


def test_every_script_has_a_policy_and_every_policy_a_script() -> None:
    """The table and the folder agree."""
    scripts = {path.stem for path in FOLDER.glob("*.py") if not path.name.startswith("_")}

    assert set(SCRIPTS) == scripts
