"""Who does which work: chosen once a shoot, by its options and the keys the worker has."""

from __future__ import annotations

from typing import Literal

from temporalio.exceptions import ApplicationError

from studio.settings import Settings
from studio.shoot import Providers


def choose(wanted: Literal["auto", "live", "proof"], settings: Settings) -> Providers:
    """The providers for a shoot. Raises :class:`ApplicationError` where ``live`` lacks a key."""
    if wanted == "live":
        raise ApplicationError(
            "live rendering is not part of this version: choose provider proof",
            type="no-key",
            non_retryable=True,
        )
    return Providers()
