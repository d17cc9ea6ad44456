"""The battery's table as it stands in docs/sandbox.md.

Run by hand after a change, ``python tests/escape/document.py`` writes it there; a test compares.
"""

from __future__ import annotations

from pathlib import Path

from table import ATTEMPTS

PAGE = Path(__file__).parents[2] / "docs" / "sandbox.md"
BEGIN, END = "<!-- battery -->\n", "<!-- /battery -->"


def battery_table() -> str:
    """Every attempt: what it would win, and what stops it with each backend."""
    rows = [f"| {a.name} | {a.wins} | {a.by} | {a.weaker} |" for a in ATTEMPTS]
    head = ["| attempt | would win | bubblewrap | landlock |", "| --- | --- | --- | --- |"]
    return "\n".join([*head, *rows, ""])


def documented() -> str:
    """The page with the table as it should be."""
    before, _, rest = PAGE.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{battery_table()}{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(documented())
