"""What all tests share: one real Temporal server a session."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from studio.cli.embedded import server_program
from workflows.contract import SEARCH_ATTRIBUTES


@pytest.fixture(scope="session")
async def temporal() -> AsyncIterator[Client]:
    """A client of a real dev server that lives as long as the tests."""
    environment = await WorkflowEnvironment.start_local(
        dev_server_existing_path=str(server_program()),
        data_converter=pydantic_data_converter,
        search_attributes=SEARCH_ATTRIBUTES,
        dev_server_log_level="error",
    )
    async with environment:
        yield environment.client
