"""Inside a sandbox with a network of its own: make the egress proxy's socket an ordinary proxy.

``python -m sandbox.forward SOCKET PROGRAM ARG...`` listens on the sandbox's own loopback, passes
every connection on to the Unix socket, says so in ``HTTPS_PROXY``, and becomes PROGRAM. From then
on neither the program nor its children can make a Unix socket: only the forwarder, which was there
before the second seccomp filter, talks to the one at SOCKET.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import socket
import sys
from contextlib import suppress

from sandbox import seccomp

_PR_SET_DUMPABLE = 4
_CHUNK = 64 * 1024
_MOST = 64
"""Connections at once, as many as the proxy serves."""


def main(argv: list[str]) -> None:
    """Start the forwarder, then become the program; returns only by an exception."""
    path, *program = argv
    listener = socket.create_server(("127.0.0.1", 0), backlog=_MOST)
    proxy = f"http://127.0.0.1:{listener.getsockname()[1]}"
    if os.fork() == 0:
        if os.fork() == 0:
            _forward(listener, path)
        os._exit(0)
    os.wait()
    listener.close()
    os.environ.update(HTTPS_PROXY=proxy, https_proxy=proxy)
    seccomp.confine(seccomp.program(seccomp.Rules(internet=True)))
    os.execv(program[0], program)  # noqa: S606 - no shell is wanted


def _forward(listener: socket.socket, path: str) -> None:
    """Serve until the sandbox ends. TERM is the script's to answer, maybe over the network."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    asyncio.run(_serve(listener, path))


async def _serve(listener: socket.socket, path: str) -> None:
    served: set[asyncio.StreamWriter] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(served) >= _MOST:  # the proxy would refuse it
            writer.transport.abort()
            return
        served.add(writer)
        with suppress(OSError):
            there, back = await asyncio.open_unix_connection(path)
            await asyncio.gather(_pump(reader, back), _pump(there, writer), return_exceptions=True)
            back.close()
        writer.close()
        served.discard(writer)

    server = await asyncio.start_server(connected, sock=listener, backlog=_MOST)
    await server.serve_forever()


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while chunk := await source.read(_CHUNK):
        sink.write(chunk)
        await sink.drain()
    sink.write_eof()


if __name__ == "__main__":
    main(sys.argv[1:])
