"""The studio on several machines: the processes of docker-compose.yml, started by hand."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import uuid
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import yaml
from moto.server import ThreadedMotoServer

from studio.cli.embedded import server_program
from tests.whole.conftest import ROOT, SHOOT, WIDTH

OWNER, TOKEN = "studio", uuid.uuid4().hex
_DEFAULT = re.compile(r"\$\{\w+:-([^}]*)\}")


@dataclass
class Cluster:
    """Two workers' homes and two gateways' addresses; nothing on disk is shared."""

    homes: list[Path]
    gateways: list[str]

    def client(self, number: int) -> httpx.AsyncClient:
        """A signed-in client of one of the gateways."""
        return httpx.AsyncClient(
            base_url=self.gateways[number],
            headers={"Authorization": f"Bearer {TOKEN}"},
            timeout=60,
        )


def service(name, **changes):
    """A service's command and environment as the compose file has them, but for ``changes``."""
    described = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"][name]
    given = {key: _DEFAULT.sub(r"\1", value) for key, value in described["environment"].items()}
    return described.get("command"), {**given, **changes}


def start(stack, home, command, environment):
    """Start ``shoot`` in an empty home; it is killed when the stack closes."""
    home.mkdir()
    process = subprocess.Popen(
        [str(SHOOT), *command],
        env={**environment, "SHOOT_HOME": str(home), "PYTHONUNBUFFERED": "1"},
        cwd=home,
        stdout=subprocess.PIPE,
        text=True,
    )
    stack.enter_context(process)
    stack.callback(process.kill)
    return process


@pytest.fixture
async def cluster(temporal, tmp_path, clean_env) -> AsyncIterator[Cluster]:
    """Temporal with a namespace made by the set-up script, S3 over HTTP, workers and gateways."""
    with ExitStack() as stack:
        server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
        server.start()
        stack.callback(server.stop)
        endpoint = "http://{}:{}".format(*server.get_host_and_port())
        async with httpx.AsyncClient() as client:
            (await client.put(f"{endpoint}/shoots")).raise_for_status()
        base = {name: value for name, value in clean_env.items() if not name.startswith("SHOOT_")}
        changes = {
            **base,
            "TEMPORAL_ADDRESS": temporal.service_client.config.target_host,
            "TEMPORAL_NAMESPACE": f"shoots-{uuid.uuid4().hex[:8]}",
        }
        await asyncio.to_thread(set_up, changes, tmp_path / "bin")
        changes |= {
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
        }
        small = {"SHOOT_PROOF_WIDTH": str(WIDTH), "SHOOT_MEDIA_SLOTS": "1"}
        here = {"SHOOT_HOST": "127.0.0.1", "SHOOT_PORT": "0", "SHOOT_TOKENS": f"{OWNER}:{TOKEN}"}
        homes = [tmp_path / "worker-1", tmp_path / "worker-2"]
        doors = [tmp_path / "gateway-1", tmp_path / "gateway-2"]
        started = [start(stack, home, *service("worker", **changes, **small)) for home in homes]
        started += [start(stack, home, *service("gateway", **changes, **here)) for home in doors]
        said = [await asyncio.to_thread(one.stdout.readline) for one in started]
        yield Cluster(homes, [line.split()[-1] for line in said[2:]])


def set_up(environment, programs):
    """Run the deployment's own set-up script, twice: the second time it finds all there."""
    programs.mkdir()
    (programs / "temporal").symlink_to(server_program())
    _, given = service("temporal-setup", **environment)
    given["PATH"] = f"{programs}{os.pathsep}{environment['PATH']}"
    for _ in range(2):
        subprocess.run(["/bin/sh", str(ROOT / "deploy/temporal-setup.sh")], env=given, check=True)


async def events(client, shoot_id, after):
    """The events behind offset ``after``, as (offset, event)."""
    path = f"/api/shoots/{shoot_id}/events"
    async with client.stream("GET", path, headers={"Last-Event-ID": str(after)}) as answer:
        assert answer.status_code == 200
        offset = None
        async for line in answer.aiter_lines():
            if line.startswith("id: "):
                offset = int(line.removeprefix("id: "))
            elif line.startswith("data: "):
                yield offset, json.loads(line.removeprefix("data: "))


async def read_until(client, shoot_id, after, last):
    """All events behind ``after`` up to the first that ``last`` accepts; then the line is cut."""
    seen = []
    stream = events(client, shoot_id, after)
    async for one in stream:
        seen.append(one)
        if last(one[1]):
            break
    await stream.aclose()
    return seen


async def begin(client):
    """Upload the example portrait and start a shoot on it, over HTTP; the shoot's id."""
    portrait = (ROOT / "examples/portrait.png").read_bytes()
    uploaded = await client.post("/api/uploads", files={"images": ("portrait.png", portrait)})
    path = uploaded.raise_for_status().json()["files"][0]["path"]
    brief = {
        "prompt": "Edgy, industrial, hard light",
        "references": [path],
        "options": {"provider": "proof", "autopilot": True},
    }
    return (await client.post("/api/shoots", json=brief)).raise_for_status().json()["id"]


@pytest.mark.slow
async def test_one_shoot_through_a_whole_cluster(cluster):
    """Both workers make it; its stream, cut on one gateway, goes on exactly on the other; both
    serve the same bytes."""
    async with cluster.client(0) as one, cluster.client(1) as other:
        shoot_id = await begin(one)
        first = await read_until(
            one, shoot_id, -1, lambda event: event["type"] == "artifact" and "frames" in str(event)
        )
        rest = await read_until(
            other, shoot_id, first[-1][0], lambda event: event["type"] == "complete"
        )
        offsets = [offset for offset, _ in [*first, *rest]]
        assert offsets == list(range(len(offsets)))
        assert "gap" not in {event["type"] for _, event in [*first, *rest]}
        again = await read_until(one, shoot_id, -1, lambda event: event["type"] == "complete")
        assert again == [*first, *rest]

        for home in cluster.homes:
            assert any(path.is_file() for path in (home / "cache").rglob("*")), home
            assert not (home / "store").exists()

        names = ["hero.png", "contact-sheet.png", "frames/frame-6.png", "videos/video-1.mp4"]
        for name in [*names, "final/fashion-video.mp4", "shoot.json"]:
            answers = [await at.get(f"/outputs/{shoot_id}/{name}") for at in (one, other)]
            assert [answer.status_code for answer in answers] == [200, 200], name
            assert answers[0].content == answers[1].content, name


async def test_gateways_believe_their_proxy(cluster):
    """Behind the proxy's TLS the cookie is for TLS alone; without a token nothing is shown."""
    elsewhere = httpx.AsyncHTTPTransport(local_address="127.0.0.2")  # 127.0.0.1 is always believed
    async with httpx.AsyncClient(base_url=cluster.gateways[0], transport=elsewhere) as client:
        assert (await client.get("/api/shoots")).status_code == 401
        headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
        answer = await client.post("/api/sign-in", json={"token": TOKEN}, headers=headers)
        assert "secure" in answer.headers["set-cookie"].lower()
