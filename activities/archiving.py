"""Archive: the events so far and the state they lead to, from the workflow to the store."""

from __future__ import annotations

from temporalio.client import Client

from studio.records import Recorded, Records
from workflows.contract import ArchiveRequest
from workflows.reading import StreamReader
from workflows.shoot import Shoot


async def archive(client: Client, records: Records, request: ArchiveRequest) -> int:
    """Write the record; answer the offset up to which the event log now reaches.

    The state is read first, so that the log is never behind it.
    """
    state = await client.get_workflow_handle_for(Shoot.run, request.shoot_id).query(Shoot.state)
    reader = StreamReader(client, records, request.shoot_id)
    events: list[Recorded] = []
    due = request.after
    while page := await reader.page(due):
        events += page
        due = page[-1].offset + 1
    await records.append(request.shoot_id, events)
    await records.save(state)
    return due
