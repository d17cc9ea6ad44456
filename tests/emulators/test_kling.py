"""The stand-in for Kling takes what Kling documents, and nothing else."""

from __future__ import annotations

import base64
import io
import time
from collections.abc import Callable
from typing import Any

import httpx
import jwt
import pytest
from PIL import Image

from tests.emulators.service import KLING_ACCESS_KEY, KLING_SECRET_KEY, Emulators

pytest_plugins = ("tests.emulators.plugin",)

URL = "https://api-singapore.klingai.com/v1/videos/image2video"
Ask = Callable[..., tuple[int, int, Any]]


def _picture(width: int = 320, height: int = 320) -> str:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


GOOD: dict[str, Any] = {
    "model_name": "kling-v2-6",
    "mode": "pro",
    "duration": "5",
    "prompt": "x",
    "image": _picture(),
    "image_tail": _picture(),
    "external_task_id": "k1",
}


def _token(
    secret: str = KLING_SECRET_KEY, header: dict[str, str] | None = None, **claims: Any
) -> str:
    now = int(time.time())
    usual = {"iss": KLING_ACCESS_KEY, "exp": now + 1800, "nbf": now - 5}
    kept = {name: value for name, value in (usual | claims).items() if value is not None}
    return jwt.encode(kept, secret, "HS256", headers=header)


@pytest.fixture
def ask(web: httpx.Client) -> Ask:
    """Ask Kling; returns HTTP status, code and data."""

    def asked(
        method: str, path: str = "", body: Any = None, token: str | None = None
    ) -> tuple[int, int, Any]:
        headers = {"Authorization": f"Bearer {token or _token()}"}
        answer = web.request(method, URL + path, json=body, headers=headers)
        return answer.status_code, answer.json()["code"], answer.json().get("data")

    return asked


def test_takes_a_task_and_finds_it_by_either_name(ask: Ask, providers: Emulators) -> None:
    """By its own id, by ours, and in the list."""
    task = ask("POST", body=GOOD)[2]["task_id"]
    assert [ask("GET", f"/{name}")[2]["task_id"] for name in (task, "k1")] == [task, task]
    [listed] = ask("GET", "?pageNum=1&pageSize=30")[2]
    assert listed["task_info"] == {"external_task_id": "k1"}
    assert providers.complaints == []


WRONG: list[Any] = [
    ({"duration": 5}, "duration"),
    ({"model_name": "kling-v9"}, "model_name"),
    ({"model": "kling-v1"}, "model"),
    ({"mode": "std"}, "image_tail"),
    ({"sound": "on"}, "image_tail"),
    ({"cfg_scale": 0.5}, "cfg_scale"),
    ({"image": f"data:image/png;base64,{_picture()}"}, "bare base64"),
    ({"image": _picture(299, 400)}, "299"),
    ({"image": _picture(300, 800)}, "800"),
    ({"image": "AAAA"}, "no picture"),
    ({"camera_control": {}}, "image_tail"),
    ({"prompt": "x" * 2501}, "prompt"),
]


@pytest.mark.parametrize(("change", "named"), WRONG)
def test_requests_are_checked(
    ask: Ask, providers: Emulators, change: dict[str, Any], named: str
) -> None:
    """Types, choices, pictures, and what excludes what."""
    status, code, _ = ask("POST", body=GOOD | change)
    assert status == 400 and code in (1200, 1201)
    assert named in providers.complaints[0]
    assert providers.kling.submissions == []


NOW = time.time()
TOKENS: list[Any] = [
    pytest.param(_token(secret="another" * 8), 1002, id="signature"),
    pytest.param(_token(exp=int(NOW) - 60), 1004, id="expired"),
    pytest.param(_token(nbf=int(NOW) + 3600, exp=int(NOW) + 5000), 1003, id="not-yet"),
    pytest.param(_token(exp=int(NOW) + 999_999), 1002, id="too-long"),
    pytest.param(_token(nbf=None), 1002, id="no-begin"),
    pytest.param(_token(iss="someone"), 1002, id="issuer"),
    pytest.param(_token(header={"typ": "at+jwt"}), 1002, id="type"),
    pytest.param("nonsense", 1002, id="nonsense"),
]


@pytest.mark.parametrize(("token", "code"), TOKENS)
def test_tokens_are_checked(ask: Ask, token: str, code: int) -> None:
    """Signature, issuer, life and header."""
    assert ask("GET", "/k1", token=token)[:2] == (401, code)


def test_a_key_is_taken_once(ask: Ask, providers: Emulators) -> None:
    """Kling's own guard against two of a name."""
    ask("POST", body=GOOD)
    assert ask("POST", body=GOOD)[:2] == (400, 1201)
    assert len(providers.kling.submissions) == 1


def test_no_more_tasks_than_slots(ask: Ask, providers: Emulators) -> None:
    """The account's limit is kept."""
    providers.kling.hold, providers.kling.slots = True, 1
    ask("POST", body=GOOD)
    assert ask("POST", body=GOOD | {"external_task_id": "k2"})[:2] == (429, 1303)
