"""Signing in: a small page, and a token exchanged for a cookie."""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qs

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from gateway.access import COOKIE
from gateway.context import MAX_JSON, Call
from gateway.problems import Problem
from gateway.wire import SignedIn, SignIn

_FORM = "application/x-www-form-urlencoded"
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark"><meta name="theme-color" content="#0b0b0a">
<title>Sign in · Shoot</title><link rel="icon" href="/pictures/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/css/fonts.css"><link rel="stylesheet" href="/css/base.css">
<link rel="stylesheet" href="/css/controls.css"><link rel="stylesheet" href="/sign-in.css"></head>
<body><main><h1>Shoot</h1>
<form method="post" action="/api/sign-in">
<label for="token">Your token</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
{fault}<button type="submit" class="button">Sign in</button>
</form></main></body></html>
"""
_STYLE = """
body { display: grid; place-items: center; }
main { width: min(24rem, calc(100vw - 3rem)); padding-bottom: 8vh; }
h1 { font: 400 clamp(3.5rem, 9vw, 6rem)/1 var(--title); font-variation-settings: "opsz" 24;
  letter-spacing: -0.03em; margin-bottom: 2.5rem; }
form { display: grid; gap: 0.5rem; }
label { color: var(--ash); font-size: var(--small); }
input { min-height: 2.75rem; padding: 0.5rem 0.875rem; border: 1px solid var(--line-strong);
  border-radius: 2px; background: none; }
input:focus { outline: none; border-color: var(--paper); }
button { margin-top: 0.75rem; }
p { color: var(--red); font-size: var(--small); }
"""


async def page(call: Call) -> Response:
    """The sign-in page; whoever needs none is sent on."""
    if call.gateway.access.person(call.request) is not None:
        return RedirectResponse("/", 303)
    return _page()


async def style(call: Call) -> Response:
    """Its style sheet."""
    return Response(_STYLE, media_type="text/css", headers={"Cache-Control": "no-cache"})


async def sign_in(call: Call) -> Response:
    """Take a token, from the page's form or as JSON, and set the cookie."""
    access = call.gateway.access
    kind = call.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    from_page = kind == _FORM
    token = await _form_token(call) if from_page else (await call.json(SignIn)).token
    if access.is_open:
        return RedirectResponse("/", 303) if from_page else _signed_in(None)
    response: Response = RedirectResponse("/", 303) if from_page else _signed_in(None)
    try:
        owner = access.sign_in(call.request, token, response)
    except Problem as problem:
        if not from_page:
            raise
        return _page(problem)
    if not from_page:
        named = _signed_in(owner)
        named.raw_headers += [h for h in response.raw_headers if h[0] == b"set-cookie"]
        return named
    return response


async def sign_out(call: Call) -> Response:
    """End the session: the cookie is worth nothing any more, wherever a copy of it is."""
    await call.gateway.access.sign_out(call.request)
    response = _signed_in(None)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return response


async def _form_token(call: Call) -> str:
    fields = parse_qs((await call.body(MAX_JSON)).decode(errors="replace"))
    return fields.get("token", [""])[0]


def _signed_in(owner: str | None) -> JSONResponse:
    return JSONResponse(SignedIn(owner=owner).model_dump())


def _page(problem: Problem | None = None) -> HTMLResponse:
    fault = f'<p role="alert">{escape(problem.detail)}</p>' if problem else ""
    status, headers = (problem.status, problem.headers) if problem else (200, None)
    return HTMLResponse(_PAGE.format(fault=fault), status, headers)
