"""The sandbox shows the interpreter's folders, wherever they are, and not what lies around them."""

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

import providers
import sandbox
from sandbox import interpreter


def shown(path: Path) -> bool:
    return any(path.is_relative_to(folder) for folder in interpreter.read_only_paths())


def test_everything_python_needs_is_shown() -> None:
    """The interpreter, its library, the packages, and this package."""
    for name in ("stdlib", "platstdlib", "purelib", "platlib"):
        assert shown(Path(sysconfig.get_path(name)))
    assert shown(Path(sys.executable))
    assert shown(Path(sys.executable).resolve())
    assert shown(Path(sandbox.__file__))
    assert shown(Path(str(providers.__file__)))


def test_repository_of_an_editable_install_is_not_shown() -> None:
    """A .env beside the package stays outside."""
    repository = Path(sandbox.__file__).parent.parent
    if repository.is_relative_to(sys.prefix):
        pytest.skip("the package is installed, not editable")

    assert not shown(repository / ".env")
    assert not shown(Path.home() / ".ssh")


def test_nothing_is_shown_twice() -> None:
    """Nothing lies below anything else of the list."""
    paths = interpreter.read_only_paths()

    assert not [a for a in paths for b in paths if a != b and a.is_relative_to(b)]


def test_environment_in_the_project_folder_hides_the_project(tmp_path: Path) -> None:
    """Where the project is the environment, its programs and packages are shown, and no key."""
    venv.create(tmp_path, with_pip=False, symlinks=True)
    (tmp_path / ".env").write_text("FAL_KEY=x")
    packages = next(tmp_path.glob("lib/python3*/site-packages"))
    paths = [sysconfig.get_path("purelib"), str(Path(sandbox.__file__).parent.parent)]
    (packages / "test.pth").write_text("\n".join(paths))
    code = "from sandbox.interpreter import *; print(*read_only_paths(), sep='\\n')"

    done = subprocess.run(
        [tmp_path / "bin" / "python", "-c", code], capture_output=True, text=True, check=True
    )

    paths = done.stdout.splitlines()
    inside = sorted(path for path in paths if Path(path).is_relative_to(tmp_path))
    assert [Path(path).relative_to(tmp_path).parts[0] for path in inside] == [
        "bin",
        "lib",
        "pyvenv.cfg",
    ]
    assert any(packages.is_relative_to(path) for path in inside)
    assert str(tmp_path) not in paths


def test_every_link_on_the_way_is_found(tmp_path: Path) -> None:
    """A chain of links in different folders, as virtual environments make them."""
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
    (tmp_path / "c" / "python3.11").touch()
    (tmp_path / "b" / "python").symlink_to("../c/python3.11")
    (tmp_path / "a" / "python").symlink_to(tmp_path / "b" / "python")

    hops = interpreter._hops(tmp_path / "a" / "python")

    assert [hop.resolve().name for hop in hops] == ["python3.11"] * 3
    assert [hop.parent.resolve().name for hop in hops] == ["a", "b", "c"]


@pytest.mark.usefixtures("bubblewrap")
def test_environment_in_an_odd_place_works(tmp_path: Path) -> None:
    """An environment of another, below /tmp, with a base interpreter in yet another folder."""
    home = tmp_path / "odd place" / "environment"
    venv.create(home, with_pip=False, symlinks=True)
    packages = next(home.glob("lib/python3*/site-packages"))
    paths = [sysconfig.get_path("purelib"), str(Path(sandbox.__file__).parent.parent)]
    (packages / "test.pth").write_text("\n".join(paths))
    code = (
        "import asyncio, sys; from pathlib import Path; from sandbox.session import *\n"
        "settings = SandboxSettings(home=Path(sys.argv[1]), backend='bubblewrap')\n"
        "sys.stdout.write(asyncio.run(diagnose(settings)).summary)"
    )

    done = subprocess.run(
        [home / "bin" / "python", "-c", code, str(tmp_path / "home")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.startswith("bubblewrap ("), done.stdout + done.stderr
