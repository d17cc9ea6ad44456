"""The studio's page and its files."""

from __future__ import annotations

import pytest


async def test_page_for_its_own_addresses(stack):
    """Every address of the page is the page, to be asked for anew each time, under its policy."""
    for path in ("/", "/new", "/shoots/some-shoot"):
        answer = await stack.http.get(path)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/html")
        assert answer.headers["cache-control"] == "no-cache"
        assert "script-src 'self'" in answer.headers["content-security-policy"]


async def test_files_are_revalidated(stack):
    """A file of the page is kept by browsers and asked for by its validator."""
    answer = await stack.http.get("/index.html")
    assert answer.headers["cache-control"] == "no-cache"
    again = await stack.http.get("/index.html", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/nothing.js", "/../pyproject.toml", "/%2e%2e/serving.py"])
async def test_no_such_file(stack, path):
    """What is no file of the page is a 404 in our form, also by clever addresses."""
    answer = await stack.http.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_other_methods(stack):
    """A method that an address does not take is a 405 that says which it takes."""
    answer = await stack.http.put("/api/shoots", json={})
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
