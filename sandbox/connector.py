"""Every ``connect`` of a script under Landlock, made by its supervisor: to the proxy, always.

Landlock's rule for TCP knows a port and no address, and a filter cannot look behind a pointer. So
the kernel stops a script's ``connect`` and tells the supervisor (``seccomp_unotify(2)``). That
connects a socket of its own to the egress proxy and puts it in the place of the script's. The
address that the script gave only decides whether it is told 'no' instead, so that it does not take
the proxy for something else; what it writes there meanwhile changes nothing. Landlock can refuse
every connection that the script might make itself.
"""

from __future__ import annotations

import array
import ctypes
import errno
import fcntl
import os
import platform
import socket
import struct
import sys
from contextlib import suppress
from pathlib import Path

from sandbox import seccomp, syscalls

_CALL_NUMBER = dict(zip(("x86_64", "aarch64"), (317, 277), strict=True))
_SET_MODE_FILTER, _NEW_LISTENER = 1, 8
_RECEIVE, _SEND, _ADD_DESCRIPTOR = 0xC0502100, 0xC0182101, 0x40182103
_REPLACE = 1
_NOTIFICATION, _ANSWER, _ADDITION = struct.Struct("=QIIiIQ6Q"), struct.Struct("=QqiI"), "=QIIII"
_ADDRESS = struct.Struct("=2s2s4s8x")
_TIMEOUT = 5.0


def listener() -> int:
    """Have this process and its children ask before they connect; returns where they ask.

    Needs 'no new privileges'. Raises ``OSError`` where the kernel does not accept it, as in a
    container whose own supervisor listens already.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    shape = seccomp.Program.of(seccomp.asking(syscalls.CONNECT))
    number = ctypes.c_long(_CALL_NUMBER[platform.machine()])
    made = libc.syscall(number, _SET_MODE_FILTER, _NEW_LISTENER, ctypes.byref(shape))
    if made < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"connections cannot be supervised: {os.strerror(code)}")
    return int(made)


def hand_over(channel: socket.socket, descriptor: int) -> None:
    """Send a descriptor to the process that holds the other end."""
    socket.send_fds(channel, [b"x"], [descriptor])
    os.close(descriptor)


def taken_over(channel: socket.socket) -> int | None:
    """The descriptor that was handed over, ``None`` if the other process ended before."""
    _, descriptors, _, _ = socket.recv_fds(channel, 1, 1)
    return descriptors[0] if descriptors else None


def serve(listening: int, port: int) -> None:
    """Answer every ``connect`` until nobody is left who could ask."""
    while True:
        asked = array.array("B", bytes(_NOTIFICATION.size))
        try:
            fcntl.ioctl(listening, _RECEIVE, asked, True)
        except OSError as error:
            if error.errno in (errno.EINTR, errno.ENOENT):  # the asker was killed meanwhile
                continue
            return
        ident, pid, _, _, _, _, descriptor, *there = _NOTIFICATION.unpack(asked.tobytes())
        code = errno.EACCES
        if _named(pid, there[0], there[1] & 0xFFFFFFFF) in (None, ("127.0.0.1", port)):
            code = _connect(listening, ident, pid, descriptor & 0xFFFFFFFF, port)
        with suppress(OSError):
            fcntl.ioctl(listening, _SEND, _ANSWER.pack(ident, 0, -code, 0))


def _connect(listening: int, ident: int, pid: int, descriptor: int, port: int) -> int:
    """Put a connection to the proxy in the place of the asker's socket; returns an error number."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=_TIMEOUT) as connection:
            flags = _flags(pid, descriptor)
            os.set_blocking(connection.fileno(), not flags & os.O_NONBLOCK)
            place = struct.pack(
                _ADDITION, ident, _REPLACE, connection.fileno(), descriptor, flags & os.O_CLOEXEC
            )
            fcntl.ioctl(listening, _ADD_DESCRIPTOR, place)
    except TimeoutError:
        return errno.ETIMEDOUT
    except OSError as error:
        return error.errno or errno.ECONNREFUSED
    return 0


def _named(pid: int, address: int, length: int) -> tuple[str, int] | None:
    """The IPv4 address that the asker names; ``None`` where its memory cannot be read (Yama)."""
    try:
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            memory.seek(address)
            name = memory.read(_ADDRESS.size)
    except (OSError, ValueError, OverflowError) as error:
        return None if isinstance(error, PermissionError) else ("", 0)
    if length < _ADDRESS.size or len(name) < _ADDRESS.size:
        return "", 0
    family, port, host = _ADDRESS.unpack(name)
    if int.from_bytes(family, sys.byteorder) != socket.AF_INET:
        return "", 0
    return socket.inet_ntoa(host), int.from_bytes(port, "big")


def _flags(pid: int, descriptor: int) -> int:
    """How the asker's socket was opened, so that its replacement blocks or not like that."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/fdinfo/{descriptor}").read_text().splitlines():
            if line.startswith("flags:"):
                return int(line.split()[1], 8)
    return os.O_CLOEXEC
