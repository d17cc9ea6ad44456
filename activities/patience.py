"""When to try again: by the policy, and no sooner than the provider asks."""

from __future__ import annotations

from datetime import timedelta

from temporalio.common import RetryPolicy


def no_sooner(asked: timedelta | None, attempt: int, policy: RetryPolicy) -> timedelta | None:
    """The pause before the next try, where a provider said not before when.

    Never shorter than the policy's own: a provider that asks for a second, and is busy for minutes,
    would otherwise use up all tries in seconds.
    """
    if asked is None:
        return None
    usual = policy.initial_interval * policy.backoff_coefficient ** (attempt - 1)
    return max(asked, min(usual, policy.maximum_interval or usual))
