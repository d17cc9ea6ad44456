"""The documentation says what the code does."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.settings import table

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("name", "meaning"), [(row[0], row[2]) for row in table()])
def test_every_setting_is_documented(name, meaning):
    """The settings page has a row for every setting, with its meaning."""
    rows = (ROOT / "docs" / "settings.md").read_text().splitlines()
    assert any(row.startswith(f"| `{name}` |") and meaning in row for row in rows)


def test_documented_links_lead_somewhere():
    """Relative links of the README exist."""
    import re

    text = (ROOT / "README.md").read_text()
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    assert [link for link in links if not (ROOT / link).exists()] == []
