"""What all tests share: one real Temporal server a session."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from studio.cli.embedded import dynamic_config, server_program
from workflows.contract import SEARCH_ATTRIBUTES

ROOT = Path(__file__).parent
SLOW = (
    "whole",
    "browser",
    "sandbox/scripts/test_generate_image.py",
    "sandbox/scripts/test_generate_video.py",
)
"""What takes whole shoots, a browser, or waits for providers; `make slow` runs it."""
QUICK = ("whole/test_command_line.py", "whole/test_compose.py", "whole/test_durability.py")


WHOLE_SECONDS = 600
"""How long one of them may take: a whole shoot on a machine that has other work, too."""

# Machines are shared: how fast an example is made says nothing of the code.
settings.register_profile(
    "shared", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("shared")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow by their place."""
    for item in items:
        place = item.path.relative_to(ROOT).as_posix()
        if place.startswith(SLOW) and place not in QUICK:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.timeout(WHOLE_SECONDS), append=False)


@pytest.fixture(scope="session")
async def temporal() -> AsyncIterator[Client]:
    """A client of a real dev server that lives as long as the tests."""
    environment = await WorkflowEnvironment.start_local(
        dev_server_existing_path=str(server_program()),
        data_converter=pydantic_data_converter,
        search_attributes=SEARCH_ATTRIBUTES,
        dev_server_extra_args=dynamic_config(),
        dev_server_log_level="error",
    )
    async with environment:
        yield environment.client
