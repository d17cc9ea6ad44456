"""A running execution: its two streams, its process tree, and the ways it can end."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress

from sandbox import tree
from sandbox.pids import Group
from sandbox.pipe import Pipe, readable

GRACE = 5.0
"""Seconds between TERM and KILL."""


def spawn(
    argv: Sequence[str], *, environment: Mapping[str, str], pass_fds: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """Start ``argv`` with nothing but the three standard streams and ``pass_fds``.

    stdin is empty, stdout and stderr are pipes. The child leads a session of its own.
    """
    return subprocess.Popen(
        list(argv),
        env=dict(environment),
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        pass_fds=pass_fds,
        start_new_session=True,
    )


class Process:
    """Owns the child that the worker started, and through it everything inside.

    ``root`` is the process that outlives all others of the tree: a PID namespace's init, a
    supervisor, or the child itself. Unless it ``takes_term``, it gets no TERM, because it has to
    stay until the others are gone. A supervisor has a ``lifeline``, a descriptor: when that is
    closed, it kills everything inside and ends; it is not killed itself unless it fails to.
    The control ``group`` that holds the tree, if any, is removed with it.
    """

    def __init__(
        self,
        child: subprocess.Popen[bytes],
        root: int,
        *,
        takes_term: bool = False,
        lifeline: int | None = None,
        group: Group | None = None,
    ) -> None:
        assert child.stdout is not None and child.stderr is not None  # noqa: S101 - spawn()
        self.root = root
        self.stdout = Pipe(os.dup(child.stdout.fileno()))
        self.stderr = Pipe(os.dup(child.stderr.fileno()))
        child.stdout.close()
        child.stderr.close()
        self._child = child
        self._takes_term = takes_term
        self._lifeline = lifeline
        self._group = group
        self._supervised = lifeline is not None
        self._handles = [handle for pid in {root, child.pid} if (handle := _open(pid)) is not None]
        self._ended = os.pidfd_open(child.pid)
        self._exit = asyncio.ensure_future(self._await_exit())

    @property
    def alive(self) -> bool:
        return self._child.poll() is None

    async def wait(self) -> int:
        """The exit status as a shell gives it: 128 + n for signal n."""
        return await asyncio.shield(self._exit)

    async def _await_exit(self) -> int:
        while (status := self._child.poll()) is None:
            await readable(self._ended)
        return status if status >= 0 else 128 - status

    async def stop(self, grace: float = GRACE) -> None:
        """TERM for everything inside, then KILL after ``grace`` seconds; returns when all ended.

        Without ``grace`` there is no TERM either.
        """
        try:
            if grace > 0 and self.alive and await asyncio.to_thread(self._terminate):
                with suppress(TimeoutError):
                    async with asyncio.timeout(grace):
                        await self.wait()
        finally:
            self.kill()
            if self._supervised:
                with suppress(TimeoutError):
                    async with asyncio.timeout(GRACE):
                        await self.wait()
                self._kill_all()
            await self.wait()

    def _terminate(self) -> bool:
        """Tell everything inside to end; a look at all processes, so not on the event loop."""
        sent = tree.send(self.root, signal.SIGTERM)
        if self._takes_term:
            self._child.terminate()
        return sent > 0 or self._takes_term

    def kill(self) -> None:
        """KILL, at once, everything inside. Does nothing when it has ended."""
        if self._lifeline is not None:
            os.close(self._lifeline)
            self._lifeline = None
        if not self._supervised:
            self._kill_all()

    def _kill_all(self) -> None:
        if not self.alive:
            return
        if self.root == self._child.pid:  # no namespace whose init takes the others with it
            tree.send(self.root, signal.SIGKILL)
        for handle in self._handles:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(handle, signal.SIGKILL)

    def close(self) -> None:
        """Let go of the streams and handles of a process that has ended."""
        self.kill()
        self.stdout.close()
        self.stderr.close()
        for handle in (*self._handles, self._ended):
            os.close(handle)
        self._handles.clear()
        if self._group is not None:
            self._group.remove()
        self._exit.cancel()


def _open(pid: int) -> int | None:
    try:
        return os.pidfd_open(pid)
    except ProcessLookupError:
        return None
