"""``shoot continue``: its exit status tells whether what was said is followed."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from temporalio.exceptions import ApplicationError

from studio.cli.continuing import go_on
from studio.decisions import UseTake
from studio.director.interface import Reply
from studio.stages import Stage
from tests.workflows.conftest import new_rig, rig, store  # noqa: F401


@pytest.fixture
def console():
    """A console that can be read."""
    return Console(file=io.StringIO(), width=200)


async def test_plain_continue_approves(rig, console):  # noqa: F811
    """Without words what is shown is approved."""
    before = await rig.start()
    assert await go_on(rig.shoots, rig.id, None, console) == 0
    state = await rig.waiting(before.checkpoint.id)
    assert state.checkpoint.stage is Stage.CONTACT_SHEET


async def test_plain_continue_tries_again(rig, console):  # noqa: F811
    """At a failure it is a retry."""
    rig.studio.faults["hero"] = ApplicationError("no", type="refused-content", non_retryable=True)
    before = await rig.start()
    rig.studio.faults.clear()
    assert await go_on(rig.shoots, rig.id, None, console) == 0
    assert (await rig.waiting(before.checkpoint.id)).checkpoint.status == "complete"


async def test_nothing_is_agreed_to(rig, console):  # noqa: F811
    """A price wants more than a plain continue; how to agree is said."""
    rig.studio.faults["hero"] = ApplicationError("$9", type="over-budget", non_retryable=True)
    await rig.start()
    assert await go_on(rig.shoots, rig.id, None, console) == 3
    assert f"shoot run --id {rig.id}" in console.file.getvalue()


async def test_blank_text_is_refused(rig, console):  # noqa: F811
    """Blanks approve nothing."""
    await rig.start()
    assert await go_on(rig.shoots, rig.id, "  ", console) == 3


async def test_words_that_come_to_nothing_exit_3(rig, console):  # noqa: F811
    """What the director decides and the shoot cannot follow is told; an answer is none of that."""
    wrong = UseTake(stage=Stage.HERO, take=9)
    rig.studio.replies |= {
        "nine": Reply(words="Nine.", decisions=(wrong,)),
        "hm": Reply(words="Hm?"),
    }
    await rig.start()
    assert await go_on(rig.shoots, rig.id, "nine", console) == 3
    assert "no take 9" in console.file.getvalue()
    await rig.waiting("1-hero")
    assert await go_on(rig.shoots, rig.id, "hm", console) == 0
