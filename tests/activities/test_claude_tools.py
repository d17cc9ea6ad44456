"""The tools that Claude is given, and what is made of their input."""

from __future__ import annotations

from typing import get_args

import jsonschema_rs
import pytest

from activities.claude.tools import (
    WrongInputError,
    decision_of,
    decision_tools,
    direction_of,
    direction_tool,
)
from studio.decisions import (
    DECISION,
    Approve,
    Cancel,
    Decision,
    Modify,
    Regenerate,
    Resize,
    Revise,
)
from studio.stages import Stage
from tests.activities.claude_kit import (
    DIRECTION,
    MODEL,
)
from tests.emulators.claude_rules import Invalid, check


def test_schemas_are_strict() -> None:
    """The API takes every tool's schema as a strict one."""
    words = [{"role": "user", "content": "x"}]
    for tools in ([direction_tool()], decision_tools()):
        assert all(tool["strict"] for tool in tools)
        try:
            check({"model": MODEL, "max_tokens": 9, "messages": words, "tools": tools}, {})
        except Invalid as invalid:
            pytest.fail(str(invalid))


def test_every_decision_has_a_tool() -> None:
    """All but feedback, which is what the tools are made from; none asks for what is ours."""
    kinds = {model.model_fields["type"].default for model in get_args(get_args(Decision)[0])}
    tools = {tool["name"].replace("_", "-"): tool for tool in decision_tools()}
    assert tools.keys() == kinds - {"feedback"}
    for tool in tools.values():
        assert not {"type", "checkpointId", "by"} & set(dict(tool["input_schema"])["properties"])


@pytest.mark.parametrize(
    "decision",
    [
        Approve(),
        Cancel(),
        Revise(stage=Stage.HERO, instruction="darker", pose="urban-lean"),
        Modify(frames=(1, 6), instruction="darker"),
        Resize(aspect_ratio="2:3"),
        Regenerate(clips=(2,)),
        DECISION.validate_python({"type": "edit", "pace": 1.25, "easing": "linear"}),
        DECISION.validate_python({"type": "use-take", "stage": "clips", "take": 2}),
        DECISION.validate_python({"type": "retry"}),
    ],
    ids=lambda decision: decision.type,
)
def test_what_a_schema_allows_is_the_decision(decision: Decision) -> None:
    """A decision's own fields fit its tool's schema, and come back as the same decision."""
    name = decision.type.replace("-", "_")
    schema = next(tool["input_schema"] for tool in decision_tools() if tool["name"] == name)
    fields = decision.model_dump(mode="json", exclude={"type", "checkpoint_id", "by"})
    given = {key: value for key, value in fields.items() if value is not None}
    assert jsonschema_rs.is_valid(dict(schema), given)
    assert decision_of(name, given) == decision.model_copy(update={"by": "director"})


def test_a_revision_must_say_what_to_change() -> None:
    """A button may leave the words out, a model may not."""
    schema = next(one["input_schema"] for one in decision_tools() if one["name"] == "revise")
    assert {"stage", "instruction"} <= set(dict(schema)["required"])
    assert "null" not in str(dict(schema)["properties"]["instruction"])


@pytest.mark.parametrize("given", [None, "text", [], {}, {**DIRECTION, "pace": 3}])
def test_no_direction_is_made_of_nonsense(given: object) -> None:
    """Whatever comes, the complaint is one for the model to read."""
    with pytest.raises(WrongInputError):
        direction_of(given)
