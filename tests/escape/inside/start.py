"""Runs inside the sandbox: one attempt, by the name of its module and function.

``start.py FOLDER MODULE FUNCTION BAIT`` calls the function with the bait (JSON: what the host has
laid out) and says in a status event whether it got through. A function gets through by returning
what it won; an error, or ``None``, means that it was held.
"""

import json
import os
import runpy
import sys


def main(folder: str, module: str, function: str, bait: str) -> None:
    attempts = runpy.run_path(f"{folder}/{module}.py")
    try:
        won = attempts[function](json.loads(bait))
    except Exception as error:  # whatever stops it, stops it
        outcome = f"held: {type(error).__name__}: {error}"
    else:
        outcome = "held" if won is None else f"escaped: {won}"
    frame = json.dumps({"type": "status", "message": outcome[:500]})
    os.write(1, f"data: {frame}\n\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
