"""The deployment's files: what can be known of them without an engine to run them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest
import yaml

from studio.settings import SECRET_NAMES, STORE_SECRET_NAMES
from tests.whole.conftest import ROOT
from workflows.contract import SEARCH_ATTRIBUTES

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DEPLOY = (ROOT / "docs" / "deploy.md").read_text()
DEFAULT = re.compile(r"\$\{(\w+):-([^}]*)\}")
PINNED = re.compile(r"[\w./-]+:v?\d[\w.-]*")
OURS = ("worker", "gateway")


@pytest.mark.skipif(
    shutil.which("docker-compose") is None,
    reason="no docker-compose here: apt-get install docker-compose (Debian's package)",
)
def test_compose_accepts_the_file():
    """``docker-compose config`` finds nothing wrong, with the example's settings."""
    program = shutil.which("docker-compose")
    done = subprocess.run(
        [program, "--env-file", "deploy/env.example", "config", "--quiet"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", sorted(set(SERVICES) - set(OURS)))
def test_images_are_pinned(name):
    """Every image that we do not build has a version for a tag."""
    assert PINNED.fullmatch(DEFAULT.sub(r"\2", SERVICES[name]["image"]))


def test_base_images_are_pinned():
    """So have those that ours is built on."""
    bases = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert bases
    assert all(PINNED.fullmatch(base) for base in bases)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_key_in_an_environment(name):
    """Keys, tokens and passwords reach no service by its environment, except as a file's path."""
    for key in SERVICES[name].get("environment", {}):
        secret = re.search(r"KEY|TOKEN|PASSWORD|PWD|SECRET", key)
        assert secret is None or key.endswith("_FILE"), key


@pytest.mark.parametrize("name", sorted(COMPOSE["secrets"]))
def test_secrets_are_documented_files(name):
    """Each secret is a file in the folder that git and the image leave out; the page names it."""
    path = COMPOSE["secrets"][name]["file"]
    assert path.startswith("deploy/secrets/")
    assert path.removeprefix("deploy/secrets/") in DEPLOY
    assert any(name in service.get("secrets", []) for service in SERVICES.values())


def test_secrets_are_named_once():
    """What services ask for is declared, and under the names that the settings read."""
    asked = {name for service in SERVICES.values() for name in service.get("secrets", [])}
    assert asked == set(COMPOSE["secrets"])
    assert asked >= {*SECRET_NAMES, *STORE_SECRET_NAMES, "SHOOT_TOKENS"}


def test_secrets_stay_out_of_git():
    """The secrets' folder ignores all that is put into it."""
    assert (ROOT / "deploy/secrets/.gitignore").read_text().splitlines()[0] == "*"


def test_gateway_has_no_provider_key():
    """Provider keys go to workers alone: the gateway has no use for them."""
    assert not set(SECRET_NAMES) & set(SERVICES["gateway"]["secrets"])
    assert set(SERVICES["worker"]["secrets"]) >= set(SECRET_NAMES)


def test_mounted_files_exist():
    """Every file of this repository that a service mounts is there."""
    mounts = [item for one in SERVICES.values() for item in one.get("volumes", [])]
    ours = [item.split(":")[0] for item in mounts if item.startswith("./")]
    profiles = [
        option.removeprefix("seccomp=")
        for one in SERVICES.values()
        for option in one.get("security_opt", [])
        if option.startswith("seccomp=") and option != "seccomp=unconfined"
    ]
    assert ours
    assert [path for path in [*ours, *profiles] if not (ROOT / path).is_file()] == []


def test_settings_of_the_example_are_used():
    """Every line of the example sets something that the compose file reads."""
    text = (ROOT / "docker-compose.yml").read_text()
    lines = (ROOT / "deploy" / "env.example").read_text().splitlines()
    names = {line.partition("=")[0] for line in lines if not line.startswith("#")}
    assert names - {"COMPOSE_PROJECT_NAME"} <= {name for name, _ in DEFAULT.findall(text)}


def test_search_attributes_are_registered():
    """The set-up script registers, and the page names, what the workflow sets."""
    script = (ROOT / "deploy" / "temporal-setup.sh").read_text()
    for attribute in SEARCH_ATTRIBUTES:
        assert attribute.name in script
        assert attribute.name in DEPLOY
        assert attribute.indexed_value_type.name == "KEYWORD"


@pytest.mark.parametrize("script", sorted((ROOT / "deploy").glob("*.sh")), ids=lambda one: one.name)
def test_scripts_are_shell(script):
    """The scripts are read by a plain shell without complaint."""
    subprocess.run(["/bin/sh", "-n", str(script)], check=True)


@pytest.mark.skipif(
    shutil.which("caddy") is None, reason="no caddy here: apt-get install caddy (Debian's package)"
)
def test_caddy_accepts_its_file(tmp_path):
    """The proxy's own check finds its configuration valid."""
    subprocess.run(
        ["caddy", "validate", "--adapter", "caddyfile", "--config", "deploy/Caddyfile"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "SITE": "studio.example.com"},
        check=True,
        capture_output=True,
    )


def test_server_shares_fairly():
    """The compose file's server is given the same dynamic configuration as the embedded one."""
    from studio.cli.embedded import DYNAMIC_CONFIG

    given = yaml.safe_load((ROOT / "deploy" / "temporal-dynamic.yaml").read_text())
    assert {name: str(rows[0]["value"]).lower() for name, rows in given.items()} == DYNAMIC_CONFIG
    mounted = SERVICES["temporal"]["volumes"]
    assert "./deploy/temporal-dynamic.yaml:/dynamic.yaml:ro" in mounted
    assert SERVICES["temporal"]["environment"]["DYNAMIC_CONFIG_FILE_PATH"] == "/dynamic.yaml"


DOCKER = """#!/bin/sh
echo "$*" >> "$LOG"
case "$*" in
  *pg_dump*) echo dump ;;
  *"-czf /backup/store.tar.gz"*) echo files > "$OUT/store.tar.gz" ;;
  *"ps -q store"*|*"ps -aq store"*) echo container ;;
  *"$FAILS"*) exit 1 ;;
esac
"""
"""Stands for the engine: writes down what it is told, and fails at what it shall."""


def _script(tmp_path, name, folder, fails="nothing at all"):
    """Run one of the deployment's scripts against the stand-in; what it told the engine."""
    checkout, programs = tmp_path / "checkout", tmp_path / "bin"
    shutil.copytree(ROOT / "deploy", checkout / "deploy", dirs_exist_ok=True)
    (checkout / "deploy" / ".env").touch()
    programs.mkdir(exist_ok=True)
    (programs / "docker").write_text(DOCKER)
    (programs / "docker").chmod(0o755)
    log = tmp_path / "log"
    log.write_text("")
    env = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "LOG": str(log),
        "OUT": f"{folder}.part",
        "FAILS": fails,
    }
    command = [str(checkout / "deploy" / name), str(folder)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    return done, log.read_text().replace("compose --env-file deploy/.env ", "").splitlines()


def _places(told, *words):
    """Where in what was told each of the words comes, first to last."""
    return [next(n for n, line in enumerate(told) if word in line) for word in words]


def test_the_backup_takes_the_databases_first(tmp_path):
    """What an older database knows of is in the copy of the store, which stands still meanwhile."""
    done, told = _script(tmp_path, "backup.sh", tmp_path / "b")
    assert (done.returncode, done.stdout.strip()) == (0, str(tmp_path / "b"))
    order = ("pg_dump", "temporal_visibility", "stop store", "-czf /backup", "start store")
    assert _places(told, *order) == sorted(_places(told, *order))
    names = {"temporal.dump", "temporal_visibility.dump", "store.tar.gz", "secrets.tar.gz"}
    assert {path.name for path in (tmp_path / "b").iterdir()} == names


def test_a_failed_backup_is_none(tmp_path):
    """Where a step fails there is no folder that looks like a backup, and the store runs again."""
    done, told = _script(tmp_path, "backup.sh", tmp_path / "b", fails="stop store")
    assert done.returncode != 0
    assert told[-1] == "start store"
    assert not (tmp_path / "b").exists()


def test_the_restore_stops_who_writes(tmp_path):
    """Nobody writes while the databases are set back; a store with files in it stays as it is."""
    _script(tmp_path, "backup.sh", tmp_path / "b")
    done, told = _script(tmp_path, "restore.sh", tmp_path / "b")
    assert done.returncode == 0
    order = (
        "stop gateway worker temporal",
        "pg_restore",
        "stop store",
        "ls -A /data",
        "up -d --wait",
    )
    assert _places(told, *order) == sorted(_places(told, *order))
    assert told[-1] == "up -d --wait"


def test_only_backups_are_restored(tmp_path):
    """A folder without the dumps is refused before anything is stopped."""
    (tmp_path / "b").mkdir()
    done, told = _script(tmp_path, "restore.sh", tmp_path / "b")
    assert (done.returncode, told) == (2, [])
    assert "it is no backup" in done.stderr
