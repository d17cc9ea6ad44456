"""Runs that are dropped from a worker's cache ask for no workflow where there is none."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import uuid

from studio.shoot import Brief
from tests.waiting import until


async def test_eviction_at_work_is_quiet(new_rig, caplog, monkeypatch):
    """More shoots at work than the cache holds, then a worker that ends: no complaints."""
    complaints = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    begun = []
    with caplog.at_level(logging.WARNING):
        async with new_rig(max_cached=2) as rig:

            async def hold(job):
                begun.append(job)
                await asyncio.Event().wait()

            rig.studio.before = hold
            names = [uuid.uuid4().hex for _ in range(6)]
            for name in names:
                await rig.shoots.start(name, Brief(prompt="a brief"))
            await until(lambda: len({job.shoot_id for job in begun}) == len(names))
            for name in names:
                await rig.client.get_workflow_handle(name).terminate("the test is over")
        gc.collect()
    assert not complaints
    assert not [one for one in caplog.records if one.exc_info or "Traceback" in one.getMessage()]
