"""The service around the stand-ins: proxy, certificates, and running by itself."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from tests.emulators.service import Emulators

pytest_plugins = ("tests.emulators.plugin",)

ASK = """
import httpx, json, sys
try:
    print(json.dumps(httpx.get("{}", timeout=2).status_code))
except httpx.HTTPError as error:
    print(json.dumps(type(error).__name__))
"""


def test_unknown_hosts_are_refused_and_noted(program: Any, providers: Emulators) -> None:
    """Nothing leads out of the stand-ins' world."""
    assert program(ASK.format("https://elsewhere.example/")) == "ProxyError"
    assert providers.strays == ["elsewhere.example:443"]


@pytest.mark.parametrize(
    ("how", "error"), [("refuse", "ProxyError"), ("drop", "RemoteProtocolError")]
)
def test_connections_can_be_refused(
    program: Any, providers: Emulators, how: Any, error: str
) -> None:
    """Once, then all is well again."""
    providers.refuse("queue.fal.run", how)
    assert program(ASK.format("https://queue.fal.run/")) == error
    assert program(ASK.format("https://queue.fal.run/")) == 404


def test_unknown_calls_are_complained_about(program: Any, providers: Emulators) -> None:
    """A call that no document has is an error, and is noted."""
    assert program(ASK.format("https://rest.fal.ai/nonsense")) == 404
    assert "no such call" in providers.complaints[0]


def test_runs_by_itself() -> None:
    """As a process it prints what to export, shows its state, takes faults, and ends on TERM."""
    command = [sys.executable, "-m", "tests.emulators", "--json", "--pace", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        env = json.loads(process.stdout.readline())
        control = """
import httpx, json, fal_client
base = "https://control.emulators.test"
fault = {"provider": "fal", "route": "status", "fault": "answer", "arguments":
    {"status": 500, "body": {"detail": "oops"}}}
armed = httpx.post(base + "/faults", json=fault).status_code
handle = fal_client.submit("fal-ai/nano-banana-pro", {"prompt": "x"})
try:
    handle.status()
except fal_client.FalClientHTTPError as error:
    seen = error.status_code
print(json.dumps([armed, seen, httpx.get(base + "/state").json()["fal"]["submissions"][0]["app"]]))
"""
        done = subprocess.run(
            [sys.executable, "-c", control],
            check=False,
            env={"PATH": os.environ["PATH"], **env},
            capture_output=True,
            text=True,
            timeout=60,
        )
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    assert json.loads(done.stdout) == [200, 500, "fal-ai/nano-banana-pro"], done.stderr
