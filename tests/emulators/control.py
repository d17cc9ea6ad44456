"""The stand-ins' own host, for those who run them as a process of their own.

``https://control.emulators.test``, reached through the same proxy: ``GET /state`` shows what was
bought and complained about, ``POST /faults`` puts one in the way, ``POST /reset`` forgets all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.emulators import faults
from tests.emulators.faults import Fault
from tests.emulators.wire import Call, Provider, Reply, Route, reply

if TYPE_CHECKING:
    from tests.emulators.service import Emulators

HOST = "control.emulators.test"


class Control(Provider):
    """Speaks for all stand-ins of one service."""

    hosts = (HOST,)

    def __init__(self, emulators: Emulators) -> None:
        super().__init__(lambda port: None)
        self._emulators = emulators

    def routes(self) -> list[Route]:
        return [
            Route("state", "GET", HOST, "/state", self._state),
            Route("faults", "POST", HOST, "/faults", self._faults),
            Route("reset", "POST", HOST, "/reset", self._reset),
        ]

    async def _state(self, call: Call) -> Reply:
        return reply(200, state(self._emulators))

    async def _faults(self, call: Call) -> Reply:
        """Takes ``{"provider", "route", "fault", "arguments", "times", "after"}``; ``fault`` is
        the name of a function in :mod:`tests.emulators.faults`."""
        wish = call.json
        make = getattr(faults, wish["fault"], None)
        provider = self._emulators.providers.get(wish["provider"])
        if make is None or provider is None:
            return reply(404, {"detail": "no such fault or provider"})
        fault = make(**wish.get("arguments", {}))
        if not isinstance(fault, Fault):
            return reply(404, {"detail": "no such fault"})
        provider.fail_next(wish["route"], fault, wish.get("times", 1), wish.get("after", 0))
        return reply(200, {"waiting": wish})

    async def _reset(self, call: Call) -> Reply:
        self._emulators.reset()
        return reply(200, {})


def state(emulators: Emulators) -> dict[str, Any]:
    """What was bought from whom, what was charged, and what was not right, as plain data."""
    return {
        "fal": {
            "submissions": [
                {"requestId": one.request_id, "app": one.app, "cancelled": one.cancelled}
                for one in emulators.fal.submissions
            ],
            "charged": len(emulators.fal.charged),
            "uploads": len(emulators.fal.uploads),
        },
        "kling": {
            "submissions": [
                {"taskId": one.task_id, "externalTaskId": one.external_task_id}
                for one in emulators.kling.submissions
            ],
            "charged": len(emulators.kling.charged),
        },
        "anthropic": {"submissions": len(emulators.anthropic.submissions)},
        "complaints": emulators.complaints,
        "strays": emulators.strays,
    }
