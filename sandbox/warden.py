"""The supervisor of one execution under Landlock; a program of its own, outside of the confinement.

``python -m sandbox.warden ORDERS LIFELINE`` reads its orders from one descriptor, starts the
confined program, and waits until that has ended or until the other descriptor does, which is when
the worker lets go of it or dies. Whatever is left of the program's descendants then is killed:
orphans come here, because this process is their reaper.
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from sandbox import rlimits, seccomp, tree

if TYPE_CHECKING:
    import socket

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP = 1, 4, 24
_PR_SET_CHILD_SUBREAPER, _PR_CAP_AMBIENT, _CLEAR_ALL = 36, 47, 4
NOT_STARTED = 125


@dataclass(frozen=True)
class Orders:
    """What to run and how to confine it, as plain JSON.

    ``access`` are paths with Landlock's file rights as a number, ``port`` is the proxy's, to which
    every connection leads, ``limits`` the rows of ``rlimits.table``, ``seccomp`` the filter in hex,
    ``group`` the file to join a control group by.
    """

    command: list[str]
    environment: dict[str, str]
    folder: str
    access: list[tuple[str, int]]
    port: int | None
    limits: list[rlimits.Row]
    seccomp: str
    group: str | None = None


def main(argv: list[str]) -> int:
    """Run the orders; the exit status is the program's, 128 + n for signal n."""
    paper, lifeline = map(int, argv)
    with os.fdopen(paper) as file:
        orders = Orders(**json.load(file))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    ended, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    warden = os.getpid()
    channel = None if orders.port is None else _channel()
    program = os.fork()
    if program == 0:
        _become(orders, libc, warden, None if channel is None else channel[1])
    _let_go_of_streams()
    if channel is not None and orders.port is not None:
        channel[1].close()
        _connect_for_the_program(channel[0], orders.port)
    status = _wait(program, ended, lifeline)
    _kill_the_rest()
    return status


def _channel() -> tuple[socket.socket, socket.socket]:
    """Where the program's first process hands over what it wants answered."""
    import socket  # noqa: PLC0415 - most programs have no network, and it takes its time

    return socket.socketpair()


def _connect_for_the_program(channel: socket.socket, port: int) -> None:
    """Answer its connections in a thread, so that a slow proxy cannot keep us from ending it."""
    import threading  # noqa: PLC0415 - as above

    from sandbox import connector  # noqa: PLC0415 - as above

    def answer() -> None:
        listening = connector.taken_over(channel)
        if listening is not None:
            connector.serve(listening, port)

    threading.Thread(target=answer, daemon=True).start()


def _become(
    orders: Orders, libc: ctypes.CDLL, warden: int, channel: socket.socket | None
) -> NoReturn:
    """Confine this process and turn it into the program."""
    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGTERM, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        os.setsid()
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != warden:
            os._exit(NOT_STARTED)
        if orders.group is not None:
            Path(orders.group).write_text("0")
        os.chdir(orders.folder)
        _drop_capabilities(libc)
        rlimits.apply(0, orders.limits)
        _confine(orders)
        if channel is not None:
            from sandbox import connector  # noqa: PLC0415 - only where there is a network

            connector.hand_over(channel, connector.listener())
        seccomp.confine(bytes.fromhex(orders.seccomp))
        os.closerange(3, 65536)
        os.execve(orders.command[0], orders.command, orders.environment)  # noqa: S606 - no shell is wanted
    except BaseException as error:
        os.write(2, f"the program cannot be confined: {error}\n".encode())
        os._exit(NOT_STARTED)


def _drop_capabilities(libc: ctypes.CDLL) -> None:
    """Give up what root could do: an empty bounding set leaves nothing after the exec."""
    libc.prctl(_PR_CAP_AMBIENT, _CLEAR_ALL, 0, 0, 0)
    if os.geteuid() != 0:
        return
    last = int(Path("/proc/sys/kernel/cap_last_cap").read_text())
    for capability in range(last + 1):
        if libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "root's capabilities cannot be dropped")


def _confine(orders: Orders) -> None:
    """Landlock: everything is denied but the orders' paths."""
    from py_landlock import AccessFs, Landlock  # noqa: PLC0415 - after the fork

    rules = Landlock(strict=False)
    for path, rights in orders.access:
        rules.add_path_rule(path, access=AccessFs(rights))
    rules.apply()


def _let_go_of_streams() -> None:
    """Leave stdout and stderr to the program, so that their end is its end."""
    nowhere = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _wait(program: int, ended: int, lifeline: int) -> int:
    """The program's exit status; 128 + KILL when the lifeline ended first."""
    while True:
        readable, _, _ = select.select([ended, lifeline], [], [])
        if lifeline in readable:
            return 128 + signal.SIGKILL
        with suppress(BlockingIOError):
            os.read(ended, 4096)
        with suppress(ChildProcessError):
            while (child := os.waitpid(-1, os.WNOHANG))[0]:
                if child[0] == program:
                    code = os.waitstatus_to_exitcode(child[1])
                    return code if code >= 0 else 128 - code


def _kill_the_rest() -> None:
    """Kill every descendant, and those born meanwhile, until there is none."""
    while tree.send(os.getpid(), signal.SIGKILL):
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
