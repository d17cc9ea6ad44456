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
<title>Sign in · shoot</title><link rel="stylesheet" href="/sign-in.css"></head>
<body><main><h1>shoot</h1>
<form method="post" action="/api/sign-in">
<label for="token">Token</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
{fault}<button type="submit">Sign in</button>
</form></main></body></html>
"""
_STYLE = """
:root { color-scheme: dark; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #0d0d0e;
  color: #ece9e4; font: 16px/1.5 system-ui, sans-serif; }
main { width: min(22rem, calc(100vw - 3rem)); }
h1 { font-weight: 500; letter-spacing: .02em; margin: 0 0 2rem; }
label { display: block; font-size: .875rem; color: #a8a49d; margin-bottom: .375rem; }
input, button { width: 100%; font: inherit; padding: .75rem .875rem; border-radius: .5rem; }
input { background: #18181a; color: inherit; border: 1px solid #3a3a3d; }
button { margin-top: 1rem; background: #ece9e4; color: #0d0d0e; border: 0; font-weight: 600;
  cursor: pointer; }
input:focus-visible, button:focus-visible { outline: 2px solid #e6b97a; outline-offset: 2px; }
p { color: #f0a08c; margin: .75rem 0 0; }
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
    """Forget the cookie."""
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
