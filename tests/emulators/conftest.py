"""Clients of the stand-ins: whole programs by environment, and open connections for quick tests."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import anthropic
import httpx
import httpx2
import pytest

from tests.emulators.service import ANTHROPIC_API_KEY, Emulators

Program = Callable[[str], Any]


@pytest.fixture
def program(providers: Emulators) -> Program:
    """Run Python source with the stand-ins' environment; returns the JSON it prints last."""

    def run(source: str) -> Any:
        env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **providers.env}
        command = [sys.executable, "-c", source]
        done = subprocess.run(
            command, env=env, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run


@pytest.fixture
def trust(providers: Emulators) -> ssl.SSLContext:
    """Trust in the stand-ins' authority."""
    return ssl.create_default_context(cafile=providers.env["SSL_CERT_FILE"])


@pytest.fixture
def web(providers: Emulators, trust: ssl.SSLContext) -> Iterator[httpx.Client]:
    """A plain client that reaches the stand-ins."""
    with httpx.Client(proxy=providers.env["HTTPS_PROXY"], verify=trust, timeout=10) as client:
        yield client


@pytest.fixture
def claude(providers: Emulators, trust: ssl.SSLContext) -> Iterator[anthropic.Anthropic]:
    """Anthropic's own client, without repeats, for the stand-in."""
    proxy = providers.env["HTTPS_PROXY"]
    with httpx2.Client(proxy=proxy, verify=trust) as http:
        yield anthropic.Anthropic(
            api_key=ANTHROPIC_API_KEY, http_client=http, max_retries=0, timeout=5
        )
