"""Owners share the workers fairly."""

from __future__ import annotations

import uuid

from temporalio.worker import Worker

from studio.records import Records
from studio.shoot import Brief
from tests.waiting import until
from tests.workflows.conftest import FakeStudio
from workflows.client import Shoots
from workflows.contract import MEDIA_QUEUE, SHOOTS_QUEUE
from workflows.shoot import Shoot

MANY, FEW = 40, 5


async def test_many_shoots_of_one_owner_keep_nobody_waiting(temporal, store):
    """Another's few shoots, begun behind a long queue, are worked on beside it, not after it."""
    records = Records(store)
    studio = FakeStudio(records)
    shoots = Shoots(temporal, records)
    owners = {uuid.uuid4().hex: "anna" for _ in range(MANY)}
    owners |= {uuid.uuid4().hex: "ben" for _ in range(FEW)}
    activities = [studio.prepare, studio.direct, studio.hear, studio.archive]
    shoots_worker = Worker(
        temporal, task_queue=SHOOTS_QUEUE, workflows=[Shoot], activities=activities
    )
    async with shoots_worker:
        for shoot_id, owner in owners.items():
            await shoots.start(shoot_id, Brief(prompt="a brief"), owner)

        async def queued():
            states = [await shoots.state(one) for one in owners]
            return all(one.numbered for one in states)

        await until(queued)
        media = Worker(
            temporal,
            task_queue=MEDIA_QUEUE,
            activities=[studio.produce],
            max_concurrent_activities=1,
        )
        async with media:
            await until(lambda: len(studio.jobs) >= MANY + FEW)
        for shoot_id in owners:
            await temporal.get_workflow_handle(shoot_id).terminate("the test is over")
    order = [owners[job.shoot_id] for job in studio.jobs]
    last = len(order) - order[::-1].index("ben")
    assert FEW <= last <= MANY * 3 // 4, "first come first served puts it behind all of Anna's"
