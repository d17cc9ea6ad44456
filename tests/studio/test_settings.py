"""Settings: typed, from their sources, refused by name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from studio.settings import Settings, SettingsError, load, table


@pytest.fixture(autouse=True)
def _clean(monkeypatch, tmp_path):
    """No setting of the machine reaches a test."""
    import os

    for name in list(os.environ):
        if name.startswith("SHOOT_") or name.endswith("_KEY"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


def test_home_is_a_folder_of_the_user(tmp_path):
    """Without a setting, state lives in the user's state folder."""
    assert load().home == tmp_path / "shoot"


def test_environment_sets_values(monkeypatch):
    """``SHOOT_…`` variables are read and typed."""
    monkeypatch.setenv("SHOOT_PORT", "4000")
    monkeypatch.setenv("SHOOT_REOPEN_SECONDS", "90")
    settings = load()
    assert (settings.port, settings.reopen_for) == (4000, timedelta(seconds=90))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHOOT_PORT", "notaport"),
        ("SHOOT_PORT", "70000"),
        ("SHOOT_SANDBOX", "docker"),
        ("SHOOT_MEDIA_SLOTS", "0"),
        ("SHOOT_PROOF_WIDTH", "12"),
        ("SHOOT_REOPEN_SECONDS", "-1"),
    ],
)
def test_wrong_values_are_refused_by_name(monkeypatch, name, value):
    """The error names the setting and the value."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"{name}={value}: "):
        load()


def test_env_file_is_below_the_environment(monkeypatch, tmp_path):
    """A ``.env`` file fills in what the environment leaves open."""
    file = tmp_path / ".env"
    file.write_text("SHOOT_PORT=4001\nSHOOT_HOST=0.0.0.0\nFAL_KEY=from-file\n")
    monkeypatch.setenv("SHOOT_PORT", "4000")
    settings = load(env_file=file)
    assert (settings.port, settings.host) == (4000, "0.0.0.0")  # noqa: S104
    assert settings.secrets["FAL_KEY"].get_secret_value() == "from-file"


def test_secrets_keep_their_providers_names(monkeypatch):
    """Only the keys that are set are there, by the names their providers gave them."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "a")
    monkeypatch.setenv("FAL_KEY", "")
    assert list(load().secrets) == ["ANTHROPIC_API_KEY"]


def test_secrets_show_nowhere(monkeypatch):
    """Neither repr nor dump of the settings gives a key away."""
    monkeypatch.setenv("KLING_SECRET_KEY", "very-secret")
    settings = load()
    assert "very-secret" not in repr(settings)
    assert "very-secret" not in settings.model_dump_json()


def test_table_names_every_setting():
    """The documented table has a row for every setting."""
    assert len(table()) == len(Settings.model_fields)
    assert all(meaning for _, _, meaning in table())


@pytest.mark.parametrize(
    "value",
    ["studio.example", "ftp://a", "https://", "https://a/?q=1", "https://u:p@a", "https://a b"],
)
def test_public_url_is_a_plain_address(value):
    """What links cannot begin with is refused by name."""
    with pytest.raises(SettingsError, match="SHOOT_PUBLIC_URL"):
        load(public_url=value)
    assert load(public_url="https://studio.example/").public_url == "https://studio.example"
