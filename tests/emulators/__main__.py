"""Run the stand-ins by hand: ``python -m tests.emulators`` prints what to export, then serves.

Ends on INT or TERM. With ``--json`` the environment is one JSON object on the first line, for
programs that start it.
"""

from __future__ import annotations

import argparse
import json
import shlex
import signal
import sys
import tempfile
import threading
from pathlib import Path

from tests.emulators.control import HOST
from tests.emulators.service import running


def main() -> int:
    """Serve until told to stop; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.emulators", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="of the proxy; 0 takes a free one")
    parser.add_argument("--pace", type=float, default=4.0, help="seconds that a job takes")
    parser.add_argument("--video-height", type=int, default=720, help="pixels")
    parser.add_argument("--json", action="store_true", help="print the environment as JSON")
    options = parser.parse_args()
    stopped = threading.Event()
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, lambda signum, frame: stopped.set())
    with (
        tempfile.TemporaryDirectory() as folder,
        running(
            Path(folder), pace=options.pace, video_height=options.video_height, port=options.port
        ) as emulators,
    ):
        sys.stdout.write(_exports(emulators.env, as_json=options.json))
        sys.stdout.flush()
        stopped.wait()
    return 0


def _exports(env: dict[str, str], *, as_json: bool) -> str:
    if as_json:
        return json.dumps(env) + "\n"
    lines = [f"export {name}={shlex.quote(value)}" for name, value in env.items()]
    note = f"# State and faults: https://{HOST}/state and /faults, through the proxy. Ctrl-C ends."
    return "\n".join([*lines, note, ""])


if __name__ == "__main__":
    sys.exit(main())
