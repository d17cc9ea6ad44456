"""Access: who may do what, route by route, and from which pages."""

from __future__ import annotations

import time

import pytest
from pydantic import SecretStr

from gateway.access import COOKIE, Access, Throttle, is_loopback, parse_tokens
from gateway.app import endpoints
from gateway.origins import Origins
from gateway.problems import Problem
from gateway.signouts import SignOuts
from studio.settings import SettingsError, load
from tests.waiting import until

ANNA, BEN = "anna-token-0123456789", "ben-token-0123456789"
TOKENS = SecretStr(f"anna:{ANNA}, ben:{BEN}")


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def calls():
    """Every call of the description: its method, its path, and who may make it."""
    return [(one.method, one.described_path, one.access) for one in endpoints()]


@pytest.fixture
async def shared(new_stack):
    """A gateway with two owners."""
    async with new_stack(tokens=TOKENS) as made:
        made.http.headers.update(bearer(ANNA))
        yield made


@pytest.fixture
async def ben(shared):
    """Ben's client of it."""
    async with shared.client(headers=bearer(BEN)) as client:
        yield client


def addressed(path, shoot_id, upload):
    """A described path with Anna's things in it."""
    named = path.replace("{id}", shoot_id).replace("{path}", "hero.png")
    return named.replace("{name}", upload)


async def anna_has(shared, picture):
    """A shoot and an upload of Anna's."""
    files = {"images": ("a.png", picture("red", (77, 55)), "image/png")}
    taken = (await shared.http.post("/api/uploads", files=files)).json()["files"][0]
    shoot_id = await shared.begin()
    await shared.waiting(shoot_id)
    return shoot_id, taken


async def test_every_call_needs_a_token(shared, picture):
    """Without a token, every call that is not declared open is a 401, and nothing else is told."""
    shoot_id, taken = await anna_has(shared, picture)
    async with shared.client() as stranger:
        for method, path, access in calls():
            at = addressed(path, shoot_id, taken["filename"])
            answer = await stranger.request(method, at)
            if access == "open":
                assert answer.status_code != 403, path
            else:
                assert answer.status_code == 401, path
                assert answer.headers["www-authenticate"] == "Bearer"
                assert shoot_id not in answer.text


async def test_open_calls_are_these(shared):
    """What is open to everybody is this list; whoever adds to it changes this test."""
    assert [path for _, path, access in calls() if access == "open"] == [
        "/api/health",
        "/api/ready",
        "/api/sign-in",
        "/api/sign-out",
    ]


async def test_other_owners_see_nothing(shared, ben, picture):
    """Whatever address names a thing of Anna's is a 404 for Ben, whatever he wants of it."""
    shoot_id, taken = await anna_has(shared, picture)
    bodies = {"decision": {"type": "approve"}, "prompt": "continue"}
    for method, path, access in calls():
        if "{" not in path:
            continue
        assert access == "shoot" or path == "/uploads/{name}", f"{path} names a thing: guard it"
        at = addressed(path, shoot_id, taken["filename"])
        mine = await (shared.http.head(at) if method == "GET" else shared.http.options(at))
        assert mine.status_code != 404, path
        body = bodies if method == "POST" else None
        answer = await ben.request(method, at, json=body)
        assert answer.status_code == 404, path
    state = await shared.http.get(f"/api/shoots/{shoot_id}")
    assert state.json()["checkpoint"]["id"] == "1-hero"


async def test_lists_are_by_owner(shared, ben, picture):
    """Each list holds the caller's own shoots only."""
    shoot_id, _ = await anna_has(shared, picture)
    while True:
        rows = (await shared.http.get("/api/shoots")).json()["shoots"]
        if shoot_id in [row["id"] for row in rows]:
            break
    assert {row["owner"] for row in rows} == {"anna"}
    assert all(row["owner"] == "ben" for row in (await ben.get("/api/shoots")).json()["shoots"])
    sessions = (await ben.get("/api/sessions")).json()["sessions"]
    assert shoot_id not in [row["id"] for row in sessions]


async def test_same_photo_of_two_owners(shared, ben, picture):
    """The same photo is stored once, and is each owner's own all the same."""
    _, taken = await anna_has(shared, picture)
    assert (await ben.get(taken["url"])).status_code == 404
    brief = {"prompt": "a", "references": [taken["path"]]}
    assert (await ben.post("/api/shoots", json=brief)).status_code == 422
    files = {"images": ("b.png", picture("red", (77, 55)), "image/png")}
    same = (await ben.post("/api/uploads", files=files)).json()["files"][0]
    assert same["path"] == taken["path"]
    assert (await ben.get(taken["url"])).status_code == 200


async def test_taken_session_id(shared, ben, fresh_id):
    """A session id that is somebody else's is a 404, and their shoot is left alone."""
    body = {"prompt": "hers", "sessionId": fresh_id}
    shared.started.append(fresh_id)
    await shared.http.post("/api/generate", json=body)
    answer = await ben.post("/api/generate", json={"prompt": "his", "sessionId": fresh_id})
    assert answer.status_code == 404
    state = (await shared.http.get(f"/api/shoots/{fresh_id}")).json()
    assert (state["brief"]["prompt"], state["checkpoint"]["id"]) == ("hers", "1-hero")


async def test_key_is_by_owner(shared, ben, fresh_id):
    """The same idempotency key of two owners is two shoots."""
    headers = {"Idempotency-Key": fresh_id}
    first = await shared.http.post("/api/shoots", json={"prompt": "a"}, headers=headers)
    second = await ben.post("/api/shoots", json={"prompt": "a"}, headers=headers)
    shared.started += [first.json()["id"], second.json()["id"]]
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] != second.json()["id"]


async def test_sign_in_sets_a_cookie(shared):
    """A right token becomes a cookie that no script can read and no other site can send."""
    async with shared.client() as browser:
        answer = await browser.post("/api/sign-in", json={"token": ANNA})
        assert answer.json() == {"success": True, "owner": "anna"}
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert ANNA not in cookie
        assert (await browser.get("/api/options")).json()["owner"] == "anna"
        await browser.post("/api/sign-out")
        assert (await browser.get("/api/options")).status_code == 401


async def test_sign_out_ends_the_session(shared, store):
    """A copy of the cookie is worth nothing after signing out, on this gateway and on others."""
    async with shared.client() as browser:
        await browser.post("/api/sign-in", json={"token": ANNA})
        kept = dict(browser.cookies)
        assert (await browser.get("/api/shoots")).status_code == 200
        other = Access(parse_tokens(f"anna:{ANNA}"), signouts=SignOuts(shared.shoots.records.store))
        assert (await browser.post("/api/sign-out")).status_code == 200
    async with shared.client(cookies=kept) as thief:
        assert (await thief.get("/api/shoots")).status_code == 401
    await other.signouts.refresh()
    assert other.owner_of_cookie(kept[COOKIE], time.time()) is None


async def test_right_token_is_never_locked_out(shared):
    """Somebody who guesses from the same address is told to wait; whoever knows a token is not."""
    async with shared.client() as guesser:
        wrong = [await guesser.get("/api/shoots", headers=bearer("x" * 20)) for _ in range(9)]
        assert [one.status_code for one in wrong][-1] == 429
        assert (await guesser.get("/api/shoots", headers=bearer(ANNA))).status_code == 200
        assert (await guesser.post("/api/sign-in", json={"token": ANNA})).status_code == 200


async def test_streams_are_counted_by_owner(new_stack):
    """An owner has so many streams at once; one that ends makes room, and others have their own."""
    async with new_stack(tokens=TOKENS, streams_per_owner=2) as stack:
        stack.http.headers.update(bearer(ANNA))
        shoot_id = await stack.begin()
        path = f"/api/shoots/{shoot_id}/events"
        async with stack.http.stream("GET", path) as first:
            assert first.status_code == 200
            async with stack.http.stream("GET", path) as second:
                assert second.status_code == 200
                refused = await stack.http.get(path)
                assert (refused.status_code, refused.json()["code"]) == (429, "too-many-streams")
                assert int(refused.headers["retry-after"]) > 0

        async def room():
            async with stack.http.stream("GET", path) as again:
                return again.status_code == 200

        await until(room)


async def test_guesses_are_counted_by_the_connection(shared):
    """A client cannot choose the address that its guesses count against."""
    async with shared.client() as guesser:
        statuses = [
            (
                await guesser.get(
                    "/api/shoots",
                    headers={**bearer("y" * 20), "X-Forwarded-For": f"198.51.100.{n}"},
                )
            ).status_code
            for n in range(9)
        ]
    assert statuses[-1] == 429


async def test_sign_in_page(shared):
    """Without a cookie the page leads to the sign-in page, whose form leads back."""
    async with shared.client() as browser:
        away = await browser.get("/")
        assert (away.status_code, away.headers["location"]) == (303, "/sign-in")
        page = await browser.get("/sign-in")
        assert '<form method="post" action="/api/sign-in">' in page.text
        assert "script-src 'self'" in page.headers["content-security-policy"]
        wrong = await browser.post("/api/sign-in", data={"token": "wrong"})
        assert (wrong.status_code, "not known" in wrong.text) == (401, True)
        back = await browser.post("/api/sign-in", data={"token": BEN})
        assert (back.status_code, back.headers["location"]) == (303, "/")
        assert (await browser.get("/api/options")).json()["owner"] == "ben"


async def test_guessing_is_slowed(shared):
    """After five wrong tokens an address has to wait, and is told how long."""
    async with shared.client() as guesser:
        for _ in range(5):
            assert (await guesser.post("/api/sign-in", json={"token": "x"})).status_code == 401
        answer = await guesser.post("/api/sign-in", json={"token": "x"})
        assert answer.status_code == 429
        assert 1 <= int(answer.headers["retry-after"]) <= 60
        assert (await guesser.get("/api/shoots", headers=bearer("x"))).status_code == 429


async def test_cookie_needs_own_origin(shared):
    """With a cookie, a request that changes something must come from a page of this gateway."""
    async with shared.client() as browser:
        await browser.post("/api/sign-in", json={"token": ANNA})
        own = shared.address
        for origin, status in ((own, 400), ("https://evil.example", 403), ("null", 403)):
            answer = await browser.post("/api/shoots", headers={"Origin": origin}, content=b"{")
            assert answer.status_code == status, origin
        sneaky = {"Sec-Fetch-Site": "cross-site"}
        assert (await browser.post("/api/shoots", headers=sneaky)).status_code == 403


async def test_loopback_origins_are_friends(stack):
    """On a loopback gateway a front end's development server may use the APIs."""
    headers = {"Origin": "http://localhost:5173"}
    answer = await stack.http.post("/api/shoots", headers=headers, content=b"{")
    assert answer.status_code == 400
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:3002", 200),
        ("127.0.0.1", 200),
        ("[::1]:3002", 200),
        ("evil.example", 403),
        ("evil.example:3002", 403),
        ("localhost.evil.example", 403),
        ("", 403),
    ],
)
async def test_foreign_hosts(stack, host, status):
    """An open gateway answers to names of this machine only, on every path."""
    for path in ("/api/health", "/api/options", "/sign-in.css"):
        answer = await stack.http.get(path, headers={"Host": host})
        assert answer.status_code == status


async def test_named_origins(new_stack):
    """A named origin may change things and read answers; its preflight says so."""
    async with new_stack(origins="https://studio.example") as stack:
        headers = {
            "Origin": "https://studio.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "idempotency-key",
        }
        allowed = await stack.http.options("/api/shoots", headers=headers)
        assert allowed.headers["access-control-allow-origin"] == "https://studio.example"
        refused = await stack.http.options(
            "/api/shoots", headers={**headers, "Origin": "https://evil.example"}
        )
        assert "access-control-allow-origin" not in refused.headers


async def test_security_headers(stack):
    """Every answer tells browsers to guess nothing, frame nothing and run nothing of it."""
    for path in ("/api/health", "/api/nothing", "/sign-in.css"):
        headers = (await stack.http.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]


def test_open_to_the_world_is_refused(tmp_path):
    """Where other machines could reach it, the gateway does not start without a token."""
    for host in ("0.0.0.0", "::", "192.168.1.7", "studio.example"):  # noqa: S104
        with pytest.raises(SettingsError, match="SHOOT_TOKENS"):
            Access.of(load(home=tmp_path, host=host))
    assert Access.of(load(home=tmp_path, host="0.0.0.0", tokens=TOKENS)).tokens  # noqa: S104


@pytest.mark.parametrize(
    "text", ["anna", f":{ANNA}", "anna:short", f"a/b:{ANNA}", f"a:{ANNA} b:{ANNA}"]
)
def test_bad_tokens_are_named_without_being_told(text):
    """A token that cannot be is refused by its place, and not repeated."""
    with pytest.raises(SettingsError) as refused:
        parse_tokens(text)
    assert "SHOOT_TOKENS" in str(refused.value)
    assert ANNA not in str(refused.value)


def test_settings_do_not_show_tokens(tmp_path):
    """Neither the settings' repr nor the access' shows a token."""
    settings = load(home=tmp_path, tokens=TOKENS)
    assert ANNA not in repr(settings) + str(settings) + repr(Access.of(settings))


@pytest.mark.parametrize("origin", ["studio.example", "https://studio.example/page", "ftp://x"])
def test_bad_origins(tmp_path, origin):
    """What is no origin is refused when the gateway starts."""
    with pytest.raises(SettingsError, match="SHOOT_ORIGINS"):
        Origins.of(load(home=tmp_path, origins=origin), is_open=True)


def test_loopback_addresses():
    """This machine's addresses are told from others."""
    assert all(is_loopback(one) for one in ("127.0.0.1", "127.8.8.8", "::1", "localhost"))
    assert not any(is_loopback(one) for one in ("0.0.0.0", "10.0.0.1", "localhost.x", ""))  # noqa: S104


@pytest.mark.parametrize(
    "change", ["owner", "expiry", "number", "signature", "parts", "late", "token"]
)
def test_forged_cookies(change):
    """A cookie with another owner, expiry or signature, an old one, and one of a token that was
    changed since: none is anybody's."""
    access, now = Access(parse_tokens(f"anna:{ANNA},ben:{BEN}")), time.time()
    cookie = cookie_of(access, ANNA)
    owner, expiry, number, signature = cookie.split(".")
    assert access.owner_of_cookie(cookie, now) == "anna"
    match change:
        case "owner":
            cookie = f"ben.{expiry}.{number}.{signature}"
        case "expiry":
            cookie = f"{owner}.{int(expiry) + 9}.{number}.{signature}"
        case "number":
            cookie = f"{owner}.{expiry}.{'0' * len(number)}.{signature}"
        case "signature":
            cookie = f"{owner}.{expiry}.{number}.{'0' * len(signature)}"
        case "parts":
            cookie = f"{owner}.{expiry}.{signature}"
        case "late":
            now = float(expiry) + 1
        case "token":
            access = Access(parse_tokens(f"anna:{ANNA}-new"))
    assert access.owner_of_cookie(cookie, now) is None


def cookie_of(access, token):
    """The cookie's value that a right token is given."""
    from starlette.requests import Request
    from starlette.responses import Response

    scope = {"type": "http", "client": ("127.0.0.1", 1), "scheme": "http", "path": "/"}
    response = Response()
    access.sign_in(Request({**scope, "headers": [], "server": ("x", 1)}), token, response)
    return response.headers["set-cookie"].partition(f"{COOKIE}=")[2].partition(";")[0]


def test_throttle_remembers_few():
    """The throttle forgets the oldest addresses, so that guessing cannot fill the memory."""
    throttle = Throttle(allowed=1, remembered=2)
    for address in ("a", "b", "c"):
        throttle.failed(address)
    throttle.check("a")
    with pytest.raises(Problem):
        throttle.check("c")
