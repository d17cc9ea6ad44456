"""Every setting of the studio, typed, from the environment, a ``.env`` file or a secrets folder.

Names begin with ``SHOOT_``; the four provider keys keep the names their providers gave them. The
address of a Temporal cluster is not here: it comes from Temporal's own environment settings.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SECRETS_FOLDER = Path("/run/secrets")
SECRET_NAMES = ("ANTHROPIC_API_KEY", "FAL_KEY", "KLING_ACCESS_KEY", "KLING_SECRET_KEY")
STORE_SECRET_NAMES = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


class SettingsError(ValueError):
    """A setting has a value it cannot have; the message names the setting, the rule, the value."""


def _default_home() -> Path:
    base = os.environ.get("XDG_STATE_HOME")
    return Path(base) / "shoot" if base else Path.home() / ".local" / "state" / "shoot"


def _secret(name: str) -> SecretStr | None:
    """A field read from the environment variable ``name``, without the prefix of the others."""
    field: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices(name, name.lower()), repr=False
    )
    return field


class Settings(BaseSettings):
    """What one process of the studio is told. Build it with :func:`load`."""

    model_config = SettingsConfigDict(env_prefix="SHOOT_", extra="ignore", frozen=True)

    home: Path = Field(
        default_factory=_default_home, description="Folder for all state of this machine"
    )
    store: str = Field(
        default="",
        description="Artifact store: empty for a folder under the home, or a file://, s3://, gs:// "
        "or az:// address",
    )
    host: str = Field(default="127.0.0.1", description="Address the gateway listens on")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=3002, description="Port of the gateway; 0 picks a free one"
    )
    temporal_port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=7233, description="Port of the embedded Temporal server; 0 picks a free one"
    )
    temporal_ui_port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=8233, description="Port of the embedded Temporal UI; 0 picks a free one"
    )
    sandbox: Literal["auto", "bubblewrap", "landlock", "none"] = Field(
        default="auto", description="Sandbox backend; none runs scripts without isolation"
    )
    media_slots: Annotated[int, Field(ge=1, le=64)] = Field(
        default_factory=lambda: max(1, os.cpu_count() or 1),
        description="How many scripts a worker runs at once",
    )
    proof_width: Annotated[int, Field(ge=480, le=5056)] = Field(
        default=2528, description="Width of proof pictures in pixels; their height is two thirds"
    )
    cache_mb: Annotated[int, Field(ge=64)] = Field(
        default=4096,
        description="Megabytes of pictures and clips that workers keep on this machine's disk, "
        "beside a store elsewhere; what was used longest ago goes first",
    )
    reopen_seconds: Annotated[int, Field(ge=0)] = Field(
        default=86_400, description="How long a finished shoot stays open for another cut"
    )
    director_model: str = Field(
        default="claude-sonnet-5-5", description="Claude's model for the director"
    )
    image_model: str = Field(
        default="fal-ai/nano-banana-pro", description="fal's model for pictures"
    )
    image_resolution: Literal["1K", "2K", "4K"] = Field(
        default="2K", description="Resolution of live pictures"
    )
    kling_model: str = Field(default="kling-v2-6", description="Kling's model for clips")
    kling_mode: Literal["std", "pro"] = Field(default="pro", description="Kling's quality")
    kling_host: Literal[
        "api-singapore.klingai.com", "api-beijing.klingai.com", "api.klingai.com"
    ] = Field(default="api-singapore.klingai.com", description="Kling's address for your account")
    fal_video_model: str = Field(
        default="v2.5-turbo/pro", description="Kling's model for clips when bought through fal"
    )
    kling_slots: Annotated[int, Field(ge=1, le=100)] = Field(
        default=5, description="How many clips this worker has in the making at Kling at once"
    )
    fal_slots: Annotated[int, Field(ge=1, le=100)] = Field(
        default=5, description="How many orders this worker has at fal at once"
    )
    fal_hosts: str = Field(
        default="",
        description="More hosts that pictures and clips from fal may be fetched from; names, or *. "
        "and a domain, separated by commas or white space",
    )
    kling_hosts: str = Field(
        default="", description="More hosts that clips from Kling may be fetched from, likewise"
    )
    kling_rate: Annotated[float, Field(gt=0, le=100)] = Field(
        default=3.0, description="How many clips all workers together begin at Kling in a second"
    )
    fal_rate: Annotated[float, Field(gt=0, le=100)] = Field(
        default=5.0, description="How many orders all workers together begin at fal in a second"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="Least serious log line that is written to stderr"
    )
    public_url: str = Field(
        default="",
        description="Where people reach the gateway, such as https://studio.example: for links in "
        "the Temporal UI",
    )
    tokens: SecretStr | None = Field(
        default=None,
        repr=False,
        description="Who may use the gateway: owner:token pairs, separated by commas or white "
        "space; empty opens it to this machine alone",
    )
    origins: str = Field(
        default="",
        description="Origins of other pages that may use the gateway, such as "
        "https://studio.example; separated by commas or white space",
    )
    streams_per_owner: Annotated[int, Field(ge=1, le=100_000)] = Field(
        default=200, description="How many event streams one owner may have open at a gateway"
    )
    anthropic_api_key: SecretStr | None = _secret("ANTHROPIC_API_KEY")
    fal_key: SecretStr | None = _secret("FAL_KEY")
    kling_access_key: SecretStr | None = _secret("KLING_ACCESS_KEY")
    kling_secret_key: SecretStr | None = _secret("KLING_SECRET_KEY")
    aws_access_key_id: SecretStr | None = _secret("AWS_ACCESS_KEY_ID")
    aws_secret_access_key: SecretStr | None = _secret("AWS_SECRET_ACCESS_KEY")

    @field_validator("home")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("public_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise ValueError("must be an address such as https://studio.example")
        if parts.query or parts.fragment or parts.username or set(value) & set(" ()<>|"):
            raise ValueError("must be a plain address, without a name, a query or blanks")
        return value.rstrip("/")

    @property
    def reopen_for(self) -> timedelta:
        """``reopen_seconds`` as a duration."""
        return timedelta(seconds=self.reopen_seconds)

    @property
    def store_url(self) -> str:
        """The artifact store's address."""
        return self.store or (self.home / "store").as_uri()

    @property
    def store_options(self) -> dict[str, str]:
        """What the object storage needs beside its address."""
        keys = {name: getattr(self, name.lower()) for name in STORE_SECRET_NAMES}
        return {name.lower(): key.get_secret_value() for name, key in keys.items() if key}

    @property
    def secrets(self) -> dict[str, SecretStr]:
        """The provider keys that are set, by the names their providers gave them."""
        keys = {name: getattr(self, name.lower()) for name in SECRET_NAMES}
        return {name: key for name, key in keys.items() if key and key.get_secret_value()}


def load(env_file: Path | None = None, **overrides: object) -> Settings:
    """Read the settings: ``overrides``, then the environment, then ``env_file``, then secret files.

    Raises :class:`SettingsError` naming the setting, its rule and the value (never a secret's).
    """
    folder = SECRETS_FOLDER if SECRETS_FOLDER.is_dir() else None
    try:
        return Settings(_env_file=env_file, _secrets_dir=folder, **overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError("; ".join(_problem(dict(item)) for item in error.errors())) from None


def _problem(item: Mapping[str, object]) -> str:
    location = item["loc"]
    name = str(location[0]) if isinstance(location, tuple) and location else "?"
    if name.upper() in SECRET_NAMES + STORE_SECRET_NAMES:
        return f"{name.upper()}: not a usable key"
    if name == "tokens":
        return f"SHOOT_TOKENS: {item['msg']}"
    return f"SHOOT_{name.upper()}={item['input']}: {item['msg']}"


def table() -> list[tuple[str, str, str]]:
    """Name, default and meaning of every setting: the source of the documented table."""
    rows = []
    for name, field in Settings.model_fields.items():
        if name.upper() in SECRET_NAMES:
            rows.append((name.upper(), "", "Key of the provider; without it its work is proofed"))
            continue
        if name.upper() in STORE_SECRET_NAMES:
            rows.append((name.upper(), "", "Credentials of an s3:// store"))
            continue
        default = DEFAULT_WORDS.get(name) or str(field.default)
        rows.append((f"SHOOT_{name.upper()}", default, field.description or ""))
    return rows


DEFAULT_WORDS = {
    "public_url": "(none)",
    "tokens": "(none)",
    "origins": "(none)",
    "fal_hosts": "(none)",
    "kling_hosts": "(none)",
    "home": "~/.local/state/shoot",
    "store": "(a folder under the home)",
    "media_slots": "(number of cores)",
}
