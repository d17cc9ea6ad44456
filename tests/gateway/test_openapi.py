"""The description: whole, true, and held to by the routes."""

from __future__ import annotations

import asyncio
import re
from types import SimpleNamespace

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.routing import Route

from gateway.app import application, build, endpoints
from gateway.openapi import describe
from studio.settings import load
from workflows.client import Shoots

CHECKS = (
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


def description():
    """The description, as it is published."""
    return describe(endpoints(), "0")


def test_every_api_route_is_described(tmp_path, store):
    """Whatever answers under /api, /outputs or /uploads is in the description."""
    shoots = Shoots(SimpleNamespace(), SimpleNamespace(store=store))  # type: ignore[arg-type]
    app = application(build(shoots, load(home=tmp_path)))
    paths = description()["paths"]
    for route in app.routes:
        if isinstance(route, Route) and re.match("/(api|outputs|uploads|metrics)", route.path):
            described = re.sub(r":\w+}", "}", route.path)
            assert described in paths or described == "/api/openapi.json"


def test_references_resolve():
    """Every schema that is referred to is there."""
    document = description()
    schemas = document["components"]["schemas"]
    names = set(re.findall(r"#/components/schemas/([^'\"]+)", str(document)))
    assert names <= set(schemas)


def test_operations_have_names_of_their_own():
    """No two calls share an operationId."""
    operations = [one for path in description()["paths"].values() for one in path.values()]
    names = [one["operationId"] for one in operations]
    assert len(set(names)) == len(names)


def test_only_open_calls_go_without_a_token():
    """A call that needs a token says so, and one that does not is declared open."""
    for one in endpoints():
        operation = description()["paths"][one.described_path][one.method.lower()]
        assert (operation["security"] == []) == (one.access == "open")
        assert ("401" in operation["responses"]) or one.access == "open"


async def test_description_is_served(stack):
    """The description can be fetched, and is OpenAPI 3.1."""
    document = (await stack.http.get("/api/openapi.json")).json()
    assert document["openapi"] == "3.1.0"
    assert document["paths"].keys() == description()["paths"].keys()


STREAMS = ("/api/generate", "/api/sessions/{id}/continue", "/stream", "/events")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.timeout(300)
async def test_answers_are_as_described(stack):
    """Generated requests, right and wrong, get no fault of ours and no undocumented answer."""
    shoot_id, _ = await stack.reach("hero")
    schema = schemathesis.openapi.from_dict(description())
    schema.config.update(base_url=stack.address)
    operations = [one.ok() for one in schema.get_all_operations()]
    plain = [one for one in operations if not any(part in one.path for part in STREAMS)]
    assert len(plain) > 15
    cases = [case for one in plain for case in generated(one, shoot_id)]
    assert len(cases) > 200
    await asyncio.to_thread(send, cases)
    stack.started += [row.id async for row in stack.shoots.list()]


def generated(operation, shoot_id):
    """Requests to one operation, right and wrong ones; some are for a shoot that exists."""
    cases = []
    phases = (Phase.explicit, Phase.generate)
    quiet = list(HealthCheck)
    right = operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)
    wrong = operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)

    @settings(
        max_examples=20, deadline=None, database=None, phases=phases, suppress_health_check=quiet
    )
    @given(case=st.one_of(right, right, wrong), known=st.booleans())
    def run(case, known):
        if known and case.path_parameters and "id" in case.path_parameters:
            case.path_parameters["id"] = shoot_id
        cases.append(case)

    run()
    return cases


def send(cases):
    """Send them one after the other, and check every answer."""
    for case in cases:
        case.call_and_validate(checks=CHECKS, timeout=20)
